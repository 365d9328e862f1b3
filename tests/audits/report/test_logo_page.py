"""The page of `logos check --html`: complete, offline, and harmless whatever a file is called."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from audits.model import LogoVerdict
from audits.report.logo_page import Checked, LogoCheck, logos_html
from audits.report.model import CloseUp
from tests.audits.report import nights

TEXTS = nights.texts()
ALTERED = LogoVerdict(
    verdict="altered", variant="emblem", distance=2.349, reasons=("stretched", "grey"), amounts={"stretched": 12.2}
)
CHECK = LogoCheck(
    files=(
        Checked(
            file="een.png", verdict=ALTERED, photo=nights.picture(1), closeup=CloseUp(difference=nights.picture(2))
        ),
        Checked(
            file="in-foto.jpg",
            verdict=LogoVerdict(
                verdict="contains", variant="emblem", distance=7.0, box=(1, 1, 9, 9), amounts={"width": 31.0}
            ),
            photo=nights.picture(3),
            closeup=CloseUp(boxed=True),
        ),
        Checked(
            file="goed.png",
            verdict=LogoVerdict(verdict="approved", variant="emblem", distance=0.12),
            photo=nights.picture(4),
        ),
        Checked(
            file="bijna.png",
            verdict=LogoVerdict(verdict="approved", variant="emblem", distance=0.9, reasons=("near_limit",)),
            photo=nights.picture(5),
        ),
        Checked(
            file="<script>alert(1)</script>.png", verdict=LogoVerdict(verdict="unreadable", reasons=("truncated",))
        ),
    ),
    approved={"emblem": nights.emblem(), "unused": nights.picture(9)},
    origins={"emblem": "https://intranet.example/logo?a=1&b=2, of vraag <uw> regisseur"},
)


def parsed(check: LogoCheck = CHECK, lang: Any = "nl") -> Any:
    return HTMLParser(logos_html(check, TEXTS, lang).decode())


def cards(lang: Any = "nl") -> list[str]:
    return [node.text(separator=" ", strip=True) for node in parsed(lang=lang).css("article")]


def test_each_file_has_a_card_with_outcome_reason_and_distance():
    said = cards()

    assert len(said) == 5
    for part in ("een.png", "logo is veranderd", "uitgerekt 12 %, andere kleuren: zwart-wit", "emblem", "2,35 keer"):
        assert part in said[0]
    assert "31 % van de breedte" in said[1]
    assert "dicht bij de grens" in said[3]
    assert "het bestand is beschadigd of niet compleet" in said[4]


def test_the_english_page_is_english():
    said = cards("en")

    assert "stretched by 12 %, other colours: black and white" in said[0]
    assert "2.35 times what is allowed" in said[0]


def test_the_pictures_stand_side_by_side_with_a_text_for_who_cannot_see_them():
    shown = [len(card.css(".picture:not(.blank)")) for card in parsed().css("article")]

    assert shown == [3, 2, 2, 2, 0]
    assert all(node.attributes["aria-label"] for node in parsed().css("[role=img]"))
    assert all(node.attributes["alt"] for node in parsed().css("img"))
    assert "met een kader om het logo" in parsed().css("article")[1].css_first("img").attributes["alt"]


def test_the_tone_of_a_card_is_that_of_its_verdict():
    tones = [(node.attributes["class"] or "").split()[1] for node in parsed().css("article")]

    assert tones == ["non_compliant", "non_compliant", "compliant", "review", "undetermined"]


def test_where_the_right_picture_is_is_told_with_a_link_but_not_for_an_approved_one():
    origins = [card.css_first(".origin") for card in parsed().css("article")]

    assert [origin is not None for origin in origins] == [True, True, False, False, False]
    assert origins[0] is not None
    assert origins[0].text() == "https://intranet.example/logo?a=1&b=2, of vraag <uw> regisseur"
    assert [link.attributes["href"] for link in origins[0].css("a")] == ["https://intranet.example/logo?a=1&b=2"]


def test_the_page_loads_and_runs_nothing():
    page = parsed()

    assert page.css("script, link, iframe, object, base, form") == []
    policy = page.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"] or ""
    style = page.css_first("style").text()
    assert f"style-src 'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    names = {name for node in page.css("*") if not node.tag.startswith("-") for name in node.attributes}
    assert [name for name in names if name.startswith("on") or name == "style"] == []


def test_only_pictures_that_are_shown_are_in_the_file():
    page = logos_html(CHECK, TEXTS).decode()

    assert page.count("data:image/") == 6
    assert page.count("url(") == page.count(b64encode(nights.emblem()).decode()) == 1
    assert b64encode(nights.picture(9)).decode() not in page


@pytest.mark.parametrize("name", nights.HOSTILE)
def test_the_name_of_a_file_is_shown_as_text(name):
    page = parsed(LogoCheck(files=(Checked(file=name, verdict=ALTERED),), approved={}))

    assert {node.tag for node in page.css("h3 *") if not node.tag.startswith("-")} <= {"bdi", "span"}
    assert page.css("script, img, svg") == []


def test_the_same_check_gives_the_same_bytes():
    assert logos_html(CHECK, TEXTS) == logos_html(CHECK, TEXTS)
