"""The words of the reports: complete in both languages, or said so at once."""

from __future__ import annotations

from pathlib import Path

import pytest

import audits.register
import audits.report
from audits.report.texts import LANGUAGES, TEMPLATES, Texts, TextsError
from audits.report.wording import day, number, percent, spoken, time
from tests.audits.report import nights

FOLDER = Path(audits.report.__file__).parent
NL, EN = ((FOLDER / "texts" / f"{lang}.toml").read_text() for lang in LANGUAGES)
TEMPLATE_TEXTS = {name: (FOLDER / "templates" / name).read_text() for name in TEMPLATES}
WORDS = nights.texts().words


def parse(nl: str = NL, en: str = EN, **templates: str) -> Texts:
    changed = {name.replace("_", "."): text for name, text in templates.items()}
    return Texts.parse(nl.encode(), en.encode(), {**TEMPLATE_TEXTS, **changed})


def test_the_shipped_texts_are_complete():
    assert set(parse().words) == set(LANGUAGES)


def without(text: str, start: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith(start))


BROKEN = [
    ({"nl": without(NL, "login_wall")}, r"nl: \[outcomes\] login_wall"),
    ({"en": without(EN, "first_observation")}, r"en: \[gaps\] first_observation"),
    ({"en": without(EN, "skip")}, r"\[report\] skip is not there in both"),
    ({"nl": NL.replace("{shown} van {total}", "{shown}")}, r"\[report\] filter_shown does not fill in the same"),
    ({"nl": NL.replace('language = "nl"', 'language = "fy"')}, "language"),
    ({"nl": NL.replace("[gaps]", "[gapz]")}, "gaps"),
    ({"nl": NL + "\n= x"}, "texts nl"),
    ({"report_html": '{{ t("unheard_of") }}'}, r"report.html: the text \[report\] unheard_of is missing"),
]


@pytest.mark.parametrize(("change", "said"), BROKEN)
def test_texts_that_lack_something_are_refused_with_the_place(change, said):
    with pytest.raises(TextsError, match=said):
        parse(**change)


def test_a_missing_template_is_named():
    with pytest.raises(TextsError, match=r"report\.css"):
        Texts.parse(NL.encode(), EN.encode(), {name: "" for name in TEMPLATES if name != "report.css"})


def test_every_remark_of_the_register_has_words():
    source = "".join(path.read_text() for path in Path(audits.register.__file__).parent.glob("*.py"))
    assert {reason for reason in WORDS["nl"].remarks if f'"{reason}"' not in source} <= {
        "handle_twice",
        "platform_id_twice",
    }


def test_a_count_of_one_takes_the_singular():
    assert WORDS["nl"].say("group_count", count=1) == "1 account"
    assert WORDS["nl"].say("group_count", count="1.200") == "1.200 accounts"


@pytest.mark.parametrize(
    ("lang", "value", "said"),
    [("nl", 1234567, "1.234.567"), ("en", 1234567, "1,234,567"), ("nl", 0, "0"), ("nl", 61.5, "62")],
)
def test_numbers_follow_the_language(lang, value, said):
    assert number(WORDS[lang], value) == said


@pytest.mark.parametrize(
    ("share", "said"), [(0, "0,0 %"), (1, "100,0 %"), (0.9999, "99,9 %"), (0.00001, "0,1 %"), (0.295, "29,5 %")]
)
def test_shares_never_round_to_all_or_none(share, said):
    assert percent(WORDS["nl"], share) == said


def test_times_are_said_in_utc_and_what_is_no_time_stays():
    assert time(WORDS["nl"], "2026-11-22T03:14:00+01:00") == "22 november 2026 om 02:14 uur (UTC)"
    assert day(WORDS["en"], "2026-01-31") == "31 January 2026"
    assert day(WORDS["nl"], "gisteren") == "gisteren"
    assert day(WORDS["nl"], None) == ""


SPOKEN = [
    (
        "avatar-approved",
        "altered (stretched=12, grey)",
        "logo is veranderd (uitgerekt 12 %, andere kleuren: zwart-wit)",
    ),
    ("banner-approved", "none", "geen omslagfoto"),
    ("avatar-not-default", "not default", "eigen foto"),
    ("account-exists", "suspended", "geschorst of verwijderd door het platform"),
    ("account-public", "private", "besloten"),
    ("bio-emergency-line", "default", "default"),
    ("account-ended", "ok", "profiel gelezen"),
    ("register-complete", "unit, beheerders", "eenheid, beheerders"),
    ("platform-allowed", "x, youtube", "X, YouTube"),
    ("platform-allowed", "nowhere", "op geen enkel platform"),
    ("account-unique", "x-2, once upon", "x-2, once upon"),
    ("account-unique", "once", "één keer in het register"),
    ("bio-present", "a text", "een tekst"),
    ("bio-present", "Dit is a text", "Dit is a text"),
    ("name-ornaments", "plain letters", "gewone letters"),
    ("avatar-approved", "strange", "strange"),
]


@pytest.mark.parametrize(("rule", "text", "said"), SPOKEN)
def test_code_words_are_spoken_and_texts_of_profiles_are_not(rule, text, said):
    assert spoken(WORDS["nl"], text, rule) == said
