"""Both languages are whole: nothing of the other one is left, but for what is quoted."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from adapters.model import Outcome, Platform
from audits.engine import result
from audits.facts import facts_from_json
from audits.model import GAPS, Facts, LogoVerdict
from audits.policy import Policy
from audits.report.html import report_html
from audits.report.model import Night
from tests.audits import making
from tests.audits.report import nights

TEXTS = nights.texts()
# Words of one language that are none of the other, as whole words and in lower case.
WORDS = {
    "nl": "het een niet geen wordt deze dit zijn naar voor staat moet voldoet aan uit bij ook wij hebben kan onze zet",
    "en": "the and not this that with are has from which what must should account's see our be you your put remove",
}
# What is quoted: texts of the profile and the register, words to put in a profile, and sources in their own language.
QUOTED = ".seen, .wanted, .remedy, .who, .basis, .detail, h4, script, style, code, small, option"


def foreign(text: str, lang: str) -> set[str]:
    """Words of the other language in a text; the ids of rules (`avatar-not-default`) are codes."""
    other = "nl" if lang == "en" else "en"
    return set(WORDS[other].split()) & set(re.findall(r"(?<![\w-])[a-zà-ÿ']+(?![\w-])", text.casefold()))


def account(number: int, **fields: Any) -> Facts:
    """Facts of an account of its own, changed as in `making.made`."""
    row = {"account_id": f"a{number}", **fields.pop("account", {})}
    return making.made(account=row, **fields)


def nightly(policy: Policy) -> Night:
    """A night in which every clause fails, is doubted or cannot be told."""
    wrong = {"display_name": "⭐ Assen", "handle": "x", "bio": "", "links": ("https://a.example",), "private": True}
    doubtful = {"display_name": "Wijkagent Jan Politie Zwolle", "bio": "Meldingen? Open 0900-1700. Zie www.politie.nl"}
    row = {"conflicts": ("handle_twice:x-2",), "unit": None, "status": "beëindigd", "type": "historisch"}
    small = LogoVerdict(verdict="unreadable", reasons=("too_small",))
    altered = LogoVerdict(verdict="altered", variant="emblem", reasons=("mirrored", "recoloured"))
    facts = [
        account(1, account=row, profile=wrong, logo=altered),
        account(2, profile=doubtful, logo=small),
        account(3, account={"conflicts": ("contradicted:area", "handle_and_address:x")}, logo=small),
        account(4, profile={"bio": "06-12345678 👮"}, logo=LogoVerdict(verdict="different", reasons=("default",))),
        *(
            account(number, profile=dict.fromkeys(making.PROFILE.__struct_fields__), gaps={"bio": gap}, logo=None)
            for number, gap in enumerate(sorted(GAPS), 5)
        ),
        *(account(number, outcome=outcome) for number, outcome in enumerate(Outcome, 100)),
    ]
    told = tuple(result(one, policy, nights.NOW, ["api", "page"]) for one in facts)
    night = nights.of(told, adopted=False, complete=False)
    accounts = {one.account.account_id: one.account for one in facts}
    return nights.with_fields(night, policy=policy, accounts=accounts)


def page(lang: Any, year: int) -> HTMLParser:
    return HTMLParser(report_html(nightly(making.policy(year)), TEXTS, lang).decode())


@pytest.mark.parametrize("year", [2020, 2024])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_page_holds_no_word_of_the_other_language_but_for_what_is_quoted(lang, year):
    tree = page(lang, year)
    for node in tree.css(QUOTED):
        node.decompose()
    text = tree.body.text(separator=" ") if tree.body else ""
    assert len(text) > 2_000
    assert foreign(text.replace("Meldingen? Open 0900-1700. Zie www.politie.nl", ""), lang) == set()


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_code_words_are_told_in_the_language_of_the_page(lang):
    said = {node.text(strip=True) for node in page(lang, 2024).css(".seen, .wanted")}
    codes = {"once", "nowhere", "plain letters", "a text", "ended", "readable", "too_small", "unit", "private", "ok"}
    same = {"ended", "a text", "plain letters", "unit", "private"} if lang == "en" else set()
    assert said & (codes - same) == set()


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_texts_of_the_reports_are_in_their_language(lang):
    words = msgspec.to_builtins(TEXTS.words[lang])
    sections = {name: part for name, part in words.items() if isinstance(part, dict)}
    wrong = {
        f"{name}.{key}": foreign(text, lang)
        for name, part in sections.items()
        for key, text in part.items()
        if foreign(re.sub(r"\{\w+\}", "", text), lang)
    }
    assert wrong == {}


@pytest.mark.parametrize("path", sorted(making.POLICIES.glob("*.toml")), ids=lambda path: path.stem)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_requirements_are_in_their_language(lang, path: Path):
    year = int(path.stem[-4:])
    wrong = {one.rule: foreign(one.text[lang], lang) for one in making.policy(year).clauses}
    assert {rule: words for rule, words in wrong.items() if words} == {}


def test_a_word_of_the_other_language_is_found():
    assert foreign("Put the word in the bio", "nl") == {"put", "the"}
    assert foreign("Dit is een bio", "en") == {"dit", "een"}


def test_the_source_of_a_requirement_is_marked_as_dutch_on_an_english_page():
    bases = page("en", 2024).css(".basis")
    assert bases
    assert {node.attributes.get("lang") for node in bases} == {"nl"}
    assert {node.attributes.get("lang") for node in page("nl", 2024).css(".basis")} == {None}


def test_a_row_of_the_register_is_told_without_a_source():
    line = b'{"account": {"account_id": "a", "platform": "threads", "handle": "h", "type": "historisch"}}'
    told = result(facts_from_json(line), making.policy(), None, [])
    found = next(one for one in told.findings if one.rule == "platform-allowed")
    assert (told.platform, found.verdict, found.source) == (Platform.THREADS, "fail", None)
