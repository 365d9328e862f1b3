"""What the image check says, in words: every word it knows, in both languages, with its amounts."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import audits.logo
from audits.model import LogoVerdict
from audits.report.image_words import VERDICTS, told, verdict_in_words
from audits.report.texts import LANGUAGES, NEEDED
from tests.audits.report import nights

WORDS = nights.texts().words
SOURCES = {path.name: path.read_text() for path in Path(audits.logo.__file__).parent.glob("*.py")}
# The modules that say something of a picture.
SAYING = {"reasons.py", "verify.py", "scope.py", "banner.py"}
SPOKEN = [
    ("altered (mirrored)", "logo is veranderd (gespiegeld)"),
    ("altered (stretched=12, recoloured)", "logo is veranderd (uitgerekt 12 %, andere kleuren)"),
    ("altered (rotated=-15)", "logo is veranderd (gedraaid 15 graden)"),
    ("altered (rotated=0)", "logo is veranderd (gedraaid)"),
    ("altered (recoloured, grey)", "logo is veranderd (andere kleuren: zwart-wit)"),
    ("altered (grey)", "logo is veranderd (andere kleuren: zwart-wit)"),
    ("altered (overlaid, framed)", "logo is veranderd (een ring om het logo geplakt)"),
    (
        "altered (overlaid, covered)",
        "logo is veranderd (iets over het logo geplakt, een deel van het logo is afgedekt)",
    ),
    (
        "altered (near_limit, mirrored)",
        "logo is veranderd (gespiegeld, dicht bij de grens: een mens moet kijken)",
    ),
    ("altered (old_logo: embleem 1994)", "oud logo: embleem 1994"),
    ("approved (near_limit)", "goedgekeurd logo (dicht bij de grens: een mens moet kijken)"),
    ("approved: emblem-blue", "goedgekeurd logo: emblem-blue"),
    ("approved: grey", "goedgekeurd logo: grey"),
    ("contains (width=31)", "het logo staat in de foto (31 % van de breedte)"),
    ("contains", "het logo staat in de foto"),
    ("different (other_force: toezicht)", "logo van een andere dienst: toezicht"),
    (
        "altered (mirrored, old_logo, near_limit)",
        "oud logo (gespiegeld, dicht bij de grens: een mens moet kijken)",
    ),
    ("different (other_platform: x-logo)", "logo voor een ander platform: x-logo"),
    (
        "approved (unknown_type, near_limit)",
        "goedgekeurd logo (het register zegt niet wat voor account dit is, dicht bij de grens: een mens moet kijken)",
    ),
    ("too_small (px=96)", "te klein om te beoordelen (96 pixels)"),
    ("readable (min_px=200)", "goed te lezen (minstens 200 pixels)"),
    (
        "portrait_with_logo (min_width=15, max_width=40)",
        "foto met het logo erin (minstens 15 % van de breedte, hoogstens 40 % van de breedte)",
    ),
    ("not default", "eigen foto"),
    ("unreadable (unknown_format)", "beeld is niet te lezen (geen beeldbestand dat we kennen)"),
]


@pytest.mark.parametrize(("text", "said"), SPOKEN)
def test_what_a_rule_saw_is_told_with_its_amounts(text, said):
    assert told(WORDS["nl"], text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("altered (overlaid)", "omslagfoto is veranderd (iets over de omslagfoto geplakt)"),
        ("altered (cropped)", "omslagfoto is veranderd (afgesneden)"),
        ("approved: kust", "goedgekeurde omslagfoto: kust"),
        ("different (old_logo: kust)", "oude omslagfoto: kust"),
        ("none", "geen omslagfoto"),
    ],
)
def test_a_banner_is_not_called_a_logo(text, said):
    assert told(WORDS["nl"], text, "banner") == said


@pytest.mark.parametrize(
    "text", ["strange", "altered (", "altered ()", "altered (a b c)", "", "<b>", "approved\n: x", "altered (x=1=2)"]
)
def test_what_is_in_no_form_that_is_known_stays_as_it_is(text):
    assert told(WORDS["nl"], text) == text


def test_a_word_that_is_not_known_stays_and_the_others_are_told():
    assert told(WORDS["nl"], "altered (mirrored, unheard_of=3)") == "logo is veranderd (gespiegeld, unheard_of)"


def test_the_words_of_a_verdict_are_those_of_the_rule():
    verdict = LogoVerdict(verdict="altered", reasons=("near_limit", "stretched"), amounts={"stretched": 11.7})

    said = verdict_in_words(WORDS["en"], verdict)

    assert said.head == "logo was altered"
    assert said.why == ("stretched by 12 %", "close to the limit: a person should look")


def test_the_width_of_a_logo_in_a_photo_is_told_in_per_cent():
    verdict = LogoVerdict(verdict="contains", box=(1, 2, 3, 4), amounts={"width": 30.6})

    assert str(verdict_in_words(WORDS["nl"], verdict)) == "het logo staat in de foto (31 % van de breedte)"
    assert str(verdict_in_words(WORDS["nl"], LogoVerdict(verdict="approved"))) == "goedgekeurd logo"


def constants(source: str) -> set[str]:
    """The plain words that a module gives public names in capitals at its top."""
    assigned = [node for node in ast.parse(source).body if isinstance(node, ast.Assign)]
    named = [node.value for node in assigned if re.fullmatch(r"\(?[A-Z][A-Z_, ]*\)?", ast.unparse(node.targets[0]))]
    values = [value for node in named for value in (node.elts if isinstance(node, ast.Tuple) else [node])]
    words = {value.value for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str)}
    return {word for word in words if re.fullmatch("[a-z_]+", word)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_of_the_image_check_has_words_in_both_languages(lang):
    saying = [source for name, source in SOURCES.items() if name in SAYING]
    words = {word for source in saying for word in constants(source)}
    refusals = set(re.findall(r'Unreadable\("(\w+)"\)', SOURCES["decode.py"]))
    known = words | refusals | set(VERDICTS)

    assert {"mirrored", "recoloured", "truncated", "empty", "approved", "near_limit"} <= known
    assert {word for word in known if word not in WORDS[lang].image} == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_says_something_else_in_each_language(lang):
    texts = WORDS[lang].image
    assert set(NEEDED["image"]) <= set(texts)
    assert len(set(texts.values())) == len(texts)
    other = WORDS["en" if lang == "nl" else "nl"].image
    assert {key for key in texts if texts[key] == other[key]} <= {"px_by"}
