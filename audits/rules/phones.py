"""Rules about telephone numbers in the bio, and how such numbers are read in all the ways people write them."""

from __future__ import annotations

import re
from typing import Annotated

import msgspec

from audits.model import Facts, Judgement, Verdict
from audits.rules.absence import absent
from audits.rules.bio import Digits, Number
from audits.text import fold, without_addresses

_GAP = r"[ ./()\u2010-\u2015-]"
_ABROAD = rf"(?:\+|00)31{_GAP}{{0,2}}(?:\(0\))?{_GAP}?"
DATE = re.compile(r"(?<!\d)\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})(?!\d)")
ACCOUNT_NUMBER = re.compile(r"(?<!\w)[a-z]{2}\d\d ?[a-z]{4}(?: ?\d){10}(?!\d)")  # of a Dutch bank (IBAN)
# Service numbers are written with four or seven digits behind the prefix (Autoriteit Consument & Markt, number plan).
SERVICE = re.compile(
    rf"(?<!\d)(?:0|{_ABROAD})[89]0[069]{_GAP}{{0,3}}(?:\d\d{_GAP}?\d\d|\d{{3}}{_GAP}?\d\d{_GAP}?\d\d)(?!\d)"
)
DUTCH = re.compile(rf"(?<!\d)(?:\(?0|{_ABROAD})[1-9](?:{_GAP}{{0,2}}\d){{8}}(?!\d)")
FOREIGN = re.compile(rf"(?<![\w+])(?:\+|00)(?!31)[1-9](?:{_GAP}{{0,2}}\d){{7,13}}(?!\d)")
# Mobile numbers and those of organisations with several offices (number plan of 2026): neither is private as such.
MAYBE_OWN = ("06", "088")
HOURS = re.compile(r"0[89]00(?:[01]\d|2[0-4])[0-5]\d")


class Numbers(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`numbers`: those that may stand in a bio, digits only (`09008844`), without the code of the country."""

    numbers: Annotated[tuple[Digits, ...], msgspec.Meta(min_length=1)]


def bio_service_number(facts: Facts, wanted: Number) -> Judgement:
    """The service number stands in the bio, however it is spelled."""
    bio = facts.value("bio")
    if wanted.number in telephone_numbers(bio):
        return Judgement(verdict=Verdict.PASS, seen=wanted.number, wanted=wanted.number)
    return absent(facts, "bio", seen=bio, wanted=wanted.number)


def bio_phone_numbers(facts: Facts, wanted: Numbers) -> Judgement:
    """Every telephone number in the bio is on the list; what may be in order, or no number at all, is for a person.

    The police answers WhatsApp on numbers that begin with 06 and has offices under 088; opening hours look like a
    service number.
    """
    numbers = telephone_numbers(facts.value("bio"))
    listed = ", ".join(wanted.numbers)
    others = [number for number in numbers if number not in wanted.numbers]
    certain = [number for number in others if not (HOURS.fullmatch(number) or number.startswith(MAYBE_OWN))]
    if certain:
        return Judgement(verdict=Verdict.FAIL, seen=certain[0], wanted=listed)
    if others:
        return Judgement(verdict=Verdict.REVIEW, seen=others[0], wanted=listed)
    return Judgement(verdict=Verdict.PASS, seen=", ".join(numbers), wanted=listed)


def telephone_numbers(text: str) -> tuple[str, ...]:
    """The telephone numbers of a text as digits, in order of kind: service, Dutch (`+31` is 0), foreign (`+32…`).

    Numbers of three digits are none (112 has a rule of its own), nor are dates, bank accounts and
    what stands in an address or @name.
    """
    rest = without_addresses(fold(text))
    for other in (DATE, ACCOUNT_NUMBER):
        rest = other.sub(" ; ", rest)
    found = []
    for kind in (SERVICE, DUTCH, FOREIGN):
        found += [_digits(match) for match in kind.findall(rest)]
        rest = kind.sub(" ; ", rest)
    return tuple(dict.fromkeys(found))


def _digits(written: str) -> str:
    number = "".join(char for char in written.replace("(0)", "") if char.isdigit() or char == "+")
    number = re.sub(r"^00", "+", number)
    return re.sub(r"^\+31", "0", number)
