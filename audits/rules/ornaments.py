"""The rule about decoration in the name that is shown: emoji, styled letters, signs that cannot be seen."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import msgspec

from audits.model import Facts, Judgement, Verdict

PLAIN = "plain letters"
# What only changes the sign before it: joiners, variation selectors, the signs for women and men, shades of skin.
BELONGING = frozenset("\u200d\ufe0e\ufe0f♀♂") | {chr(code) for code in range(0x1F3FB, 0x1F400)}
INVISIBLE = frozenset({"Cf", "Cc", "Co", "Cn", "Cs"})
# Marks that platforms and keyboards put around names by themselves: byte order, direction (but no override), joins and
# breaks of lines.
ADDED = frozenset("\u00ad\u061c\u200e\u200f\u202a\u202b\u202c\u2060\u2066\u2067\u2068\u2069\ufeff")
# Signs of texts and offices that are no decoration, and letters that fall apart in NFKC but are ordinary Dutch.
ORDINARY = frozenset("©®™°№€§\n\r\t ĲĳŉŀĿªº²³¹¼½¾…")


class Ornaments(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`allowed`: the emoji and signs that may stand in a name, at most `most` of them."""

    allowed: tuple[str, ...] = ()
    most: int = 1


def name_ornaments(facts: Facts, wanted: Ornaments) -> Judgement:
    """The name that is shown bears no decoration but what is allowed; letters of another script are for a person."""
    shown = facts.value("display_name")
    allowed = frozenset("".join(wanted.allowed)) - BELONGING
    signs = tuple(_ornaments(shown))
    asked = " ".join(wanted.allowed) or PLAIN
    if set(signs) - allowed or len(signs) > wanted.most:
        return Judgement(verdict=Verdict.FAIL, seen=shown, wanted=asked)
    if any(map(_foreign, shown)):
        return Judgement(verdict=Verdict.REVIEW, seen=shown, wanted=asked)
    return Judgement(verdict=Verdict.PASS, seen=shown, wanted=asked)


def _ornaments(text: str) -> Iterator[str]:
    """The decorative signs of a text, without what belongs to the emoji before it; piled marks count as one."""
    within_emoji, marks = False, 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char) in {"Mn", "Me"} and char not in BELONGING else 0
        if within_emoji and char in BELONGING:
            continue
        within_emoji = _is_ornament(char)
        if within_emoji or marks == 3:
            yield char


def _is_ornament(char: str) -> bool:
    """Emoji and other pictures, signs without shape, and letters or digits in another dress (bold, circled, wide)."""
    if char in ORDINARY or char in ADDED or char.isascii():
        return False
    kind = unicodedata.category(char)
    if kind in {"So", "Sk", "Me"} or kind in INVISIBLE or char in BELONGING:
        return True
    dressed = unicodedata.normalize("NFKC", char) != unicodedata.normalize("NFC", char)
    return _small_capital(char) or (dressed and kind[0] in "LN")


def _small_capital(char: str) -> bool:
    return "LETTER SMALL CAPITAL" in unicodedata.name(char, "")


def _foreign(char: str) -> bool:
    return char.isalpha() and not unicodedata.name(char, "").startswith(("LATIN ", "FEMININE ", "MASCULINE "))
