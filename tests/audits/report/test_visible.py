"""Characters that cannot be seen, or that turn the reading direction, are shown; all others stay."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.report.visible import parts, visible

SHOWN = [
    ("a\u202eb", "a⟨U+202E⟩b"),
    ("a\u200bb", "a⟨U+200B⟩b"),
    ("a\u00adb", "a⟨U+00AD⟩b"),
    ("\ufeffa", "⟨U+FEFF⟩a"),
    ("a\u3164b", "a⟨U+3164⟩b"),
    ("a\x00b", "a⟨U+0000⟩b"),
    ("a\x1b[31mb", "a⟨U+001B⟩[31mb"),
    ("\U000e0041", "⟨U+E0041⟩"),
    ("a\r\nb\nc\rd", "a⏎b⏎c⏎d"),
    ("a\tb", "a⇥b"),
    ("a\u200db", "a⟨U+200D⟩b"),
    ("a" + "\u0301" * 5, "a" + "\u0301" * 3 + "⟨U+0301⟩⟨U+0301⟩"),
]
UNCHANGED = [
    "Politie Fryslân",
    "’s-Hertogenbosch",
    "👮\u200d♂\ufe0f agent",
    "👮🏽\u200d♀\ufe0f",
    "شرطة",
    "e\u0301",
    "",
    "a  b",
]


@pytest.mark.parametrize(("text", "shown"), SHOWN)
def test_a_character_that_cannot_be_seen_is_shown(text, shown):
    assert visible(text) == shown


@pytest.mark.parametrize("text", UNCHANGED)
def test_ordinary_text_and_emoji_stay_as_they_are(text):
    assert visible(text) == text
    assert not any(mark for _, mark in parts(text))


@given(st.text(st.characters(exclude_categories=[])))
def test_nothing_hidden_is_left_whatever_the_text(text):
    left = {unicodedata.category(character) for character in visible(text) if character != "\u200d"}
    assert not left & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    visible(text).encode("utf-8")
