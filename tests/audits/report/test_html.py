"""`report.html`: complete, offline, readable for everyone, and harmless whatever strangers write."""

from __future__ import annotations

import itertools
import json
import re
import time
from base64 import b64encode
from hashlib import sha256
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node

from audits.report.html import report_html
from audits.report.model import Night
from audits.report.rendering import show
from tests.audits.report import nights

TEXTS = nights.texts()


def parsed(night: Night, lang: Any = "nl") -> HTMLParser:
    return HTMLParser(report_html(night, TEXTS, lang).decode("utf-8"))


def nodes(tree: HTMLParser) -> list[Node]:
    return [node for node in tree.css("*") if node.tag not in {"-text", "_comment"}]


PAGES = {lang: parsed(nights.night(), lang) for lang in ("nl", "en")}


@pytest.fixture(params=["nl", "en"])
def tree(request) -> HTMLParser:
    return PAGES[request.param]


def text_of(tree: HTMLParser, selector: str) -> str:
    return " ".join(node.text(separator=" ", strip=True) for node in tree.css(selector))


def test_no_script_runs_but_our_own_which_the_policy_names_by_hash(tree):
    scripts = tree.css("script")
    assert [script.attributes.get("type") for script in scripts] == ["application/json", None]
    own = scripts[1].text()
    assert own == TEXTS.templates["report.js"]
    policy = tree.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"] or ""
    assert "default-src 'none'" in policy
    assert f"script-src 'sha256-{b64encode(sha256(own.encode()).digest()).decode()}'" in policy
    style = tree.css_first("style").text()
    assert f"style-src 'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" in policy
    assert "unsafe" not in policy


def test_no_element_bears_an_event_handler_or_a_style_of_its_own(tree):
    names = {name for node in nodes(tree) for name in node.attributes}
    assert [name for name in names if name.startswith("on") or name == "style"] == []


def test_nothing_is_loaded_from_elsewhere(tree):
    loading = [
        node.attributes.get(name) or ""
        for node in nodes(tree)
        for name in ("src", "srcset", "data", "poster", "background")
        if name in node.attributes
    ]
    assert len(loading) == 30
    assert [address[:40] for address in loading if not address.startswith("data:image/jpeg;base64,")] == []
    assert tree.css("link, iframe, object, embed, base, video, audio, source") == []
    style = tree.css_first("style").text()
    assert style.count("url(") == style.count('url("data:image/png;base64,') == 1
    assert "@import" not in style


def test_links_lead_to_profiles_only_and_tell_them_nothing(tree):
    outward = [node for node in tree.css("a") if not (node.attributes["href"] or "").startswith("#")]
    assert outward
    assert all((node.attributes["href"] or "").startswith("https://x.com/") for node in outward)
    assert all("noreferrer" in (node.attributes["rel"] or "") for node in outward)


def test_every_link_within_the_page_has_a_target(tree):
    targets = {node.attributes["id"] for node in tree.css("[id]")}
    inward = {(node.attributes["href"] or "")[1:] for node in tree.css("a[href^='#']")}
    named = {
        name for node in tree.css("[aria-labelledby]") for name in (node.attributes["aria-labelledby"] or "").split()
    }
    assert inward | named <= targets
    assert len(tree.css("[id]")) == len(targets)


@pytest.mark.parametrize("text", nights.HOSTILE)
def test_texts_of_strangers_are_shown_as_text(text):
    page = HTMLParser(f"<p>{show(text)}</p>")
    tags = {node.tag for node in page.css("p *")}
    assert tags <= {"bdi", "span"}
    assert page.css_first("p > bdi") is not None


def test_characters_that_cannot_be_seen_are_shown(tree):
    seen = text_of(tree, "dd.seen")
    assert "⟨U+202E⟩" in seen
    assert "⟨U+200B⟩" in seen
    assert not set(seen) & set("\u202e\u202c\u200b\u2028\ud800")


def test_a_long_text_is_cut():
    assert len(HTMLParser(str(show("a" * 50_000))).text()) < 1_100


def test_a_profile_address_that_is_no_web_address_is_no_link():
    night = nights.night()
    urls = dict.fromkeys(night.profile_urls, "javascript:alert(1)")
    page = parsed(nights.with_fields(night, profile_urls=urls))
    assert page.css("a[rel]") == []
    assert "javascript" not in {(node.attributes["href"] or "")[:10] for node in page.css("a")}


def test_a_picture_that_is_no_picture_is_left_out():
    night = nights.night()
    pictures = dict.fromkeys(night.pictures, b"<svg onload=alert(1)>")
    page = parsed(nights.with_fields(night, pictures=pictures))
    assert len(page.css("section[aria-labelledby=list] .pictures .blank")) == 31
    assert page.css("img, svg") == []


def test_the_data_stands_in_a_json_block_that_nothing_can_close(tree):
    raw = tree.css_first("#data").text()
    assert not set(raw) & set("<>&\u2028")
    data = json.loads(raw)
    assert data["statuses"] == {"compliant": 18, "non_compliant": 31, "review": 4, "undetermined": 8}
    assert len(data["accounts"]) == 31
    assert {"account_id", "platform", "handle", "unit", "findings"} <= set(data["accounts"][0])


def test_the_page_is_built_for_keyboards_and_screen_readers(tree):
    assert tree.css_first("html").attributes["lang"] in {"nl", "en"}
    assert (tree.css_first("body a").attributes["class"], tree.css_first("body a").attributes["href"]) == (
        "skip",
        "#list",
    )
    assert all(node.attributes.get("scope") in {"col", "row"} for node in tree.css("th"))
    assert all(node.attributes.get("alt") for node in tree.css("img"))
    assert all(node.attributes.get("aria-label") for node in tree.css("[role=img]"))
    labelled = {node.attributes["for"] for node in tree.css("label")}
    assert {node.attributes["id"] for node in tree.css("input, select")} == labelled
    levels = [int(node.tag[1]) for node in tree.css("h1, h2, h3, h4, h5")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_text_colour_stands_out_against_its_ground():
    style = TEXTS.templates["report.css"]
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", style))
    texts = set(re.findall(r"(?<![\w-])color: var\(--(\w+)\)", style)) - {"tone"} | {"red", "amber", "grey", "green"}
    assert "gold" not in texts
    for name in texts:
        for ground in ("#ffffff", colours["soft"]):
            light, dark = sorted((luminance(colours[name]), luminance(ground)), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (name, ground)


@pytest.mark.parametrize(("adopted", "complete"), [(True, True), (True, False), (False, True), (False, False)])
def test_a_draft_policy_and_an_incomplete_run_are_said_at_the_top_and_only_then(adopted, complete):
    page = parsed(nights.night(adopted=adopted, complete=complete))
    alerts = [node.attributes["data-alert"] for node in page.css("main > .alert")]
    assert alerts == [*([] if adopted else ["draft"]), *([] if complete else ["incomplete"])]
    first = page.css("main > section")[0]
    assert ("alert" in (first.attributes.get("class") or "")) == (not (adopted and complete))


def test_an_incomplete_run_names_what_was_blind_and_why():
    said = text_of(parsed(nights.night(complete=False)), "[data-alert=incomplete]")
    assert "Instagram: niet te vertrouwen" in said
    assert "We konden te weinig accounts zien. (41.0% below 95.0%)" in said
    assert "bio" in said
    assert "the clock of this machine stood still" in said
    assert said.count("41.0%") == 1


def test_counts_keep_undetermined_apart_with_its_reasons_in_words():
    page = PAGES["nl"]
    assert text_of(page, ".count.undetermined .figure") == "8"
    assert text_of(page, ".count.compliant .figure") == "18"
    reasons = text_of(page, "section[aria-labelledby=gaps]")
    assert "Het platform toonde een inlogscherm." in reasons
    assert "Zeker 29,5 % van de accounts voldoet. Het kan hoogstens 49,1 % zijn, want 12" in text_of(page, "main")


def test_each_finding_says_what_was_seen_wanted_how_to_mend_since_when_and_where():
    card = text_of(PAGES["nl"], "#account-0")
    for part in (
        "Artikel 4.1",
        "In de bio staat dat u 112 belt bij spoed.",
        "Gezien",
        "Gewenst",
        "112",
        "Zo herstelt u het",
    ):
        assert part in card
    assert "Sinds 3 oktober 2026" in card
    assert "officiële koppeling, 22 november 2026 om 02:14 uur (UTC)" in card


def test_code_words_of_picture_rules_are_said_in_words():
    seen = text_of(PAGES["nl"], "[data-rule=avatar-approved] dd.seen")
    assert "ander beeld dan het logo" in seen
    assert "different" not in seen


def test_a_waived_finding_is_shown_apart_with_reason_and_end():
    waived = text_of(PAGES["nl"], ".findings.waived")
    assert "Vrijgesteld tot 31 januari 2027" in waived
    assert "Verhuizing (toegestaan door regisseur)" in waived


def test_units_stand_by_name_and_accounts_without_one_come_last():
    titles = [
        node.text()
        for node in PAGES["nl"].css("section[aria-labelledby=list] h3[id]")
        if "group-" in (node.attributes["id"] or "")
    ]
    assert [title.split(" (")[0] for title in titles] == [
        "Eenheid 02 Oost-Nederland",
        "Eenheid 05 Amsterdam",
        "Eenheid 09 Oost-Brabant",
        "Zonder eenheid",
    ]


def test_a_picture_stands_in_the_file_once_however_many_accounts_show_it():
    night = nights.night()
    same = nights.with_fields(night, pictures=dict.fromkeys(night.pictures, nights.picture(1)))
    page = report_html(same, TEXTS).decode()
    assert page.count(b64encode(nights.emblem()).decode()) == 1
    assert page.count(b64encode(nights.picture(1)).decode()) == 1
    assert len(HTMLParser(page).css(".pictures .picture:not(.blank)")) > 40


def test_a_night_without_any_account_gives_a_whole_page():
    page = parsed(nights.night(0, 0, 0, 0))
    assert text_of(page, "section[aria-labelledby=list] p") == "Geen enkel account voldoet niet."
    assert page.css("form") == []


def test_the_same_night_gives_the_same_bytes():
    assert report_html(nights.night(), TEXTS) == report_html(nights.night(), TEXTS)


@pytest.mark.slow
def test_eight_hundred_non_compliant_accounts_stay_within_eight_megabytes():
    night = nights.night(800, 100, 300, 1300)
    start = time.perf_counter()
    size = len(report_html(night, TEXTS))
    assert size < 8_000_000
    assert time.perf_counter() - start < 10
