"""What the image check says of a picture, in the words of a language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from adapters.model import Value
from audits.model import LogoVerdict
from audits.report.texts import Words

VERDICTS = ("approved", "altered", "contains", "different", "unreadable")
WIDTH, NEAR_LIMIT = "width", "near_limit"
# A word that says more than another one: where both are given, the general one is left out.
_GENERAL = {"grey": "recoloured", "tinted": "recoloured", "framed": "overlaid"}
_TOLD = re.compile(r"(?P<head>[a-z_]+(?: [a-z_]+)*)(?:: (?P<name>.+)| \((?P<marks>.+)\))?", re.DOTALL)
_MARK = re.compile(r"(?P<word>[a-z_]+)(?:=(?P<amount>-?\d+(?:\.\d+)?)|: (?P<name>.+))?", re.DOTALL)


class Mark(Value, frozen=True, kw_only=True):
    """One thing about a picture: a reason, by how much (in the unit of its text), or the entry that it is about."""

    word: str
    amount: float | None = None
    name: str | None = None


def told(words: Words, text: str) -> str:
    """What a rule about pictures saw or wanted: `altered (stretched=12, grey)`, `approved: emblem`, `not default`.

    What is in no such form, or begins with a word that is not known, stays as it is.
    """
    found = _TOLD.fullmatch(text)
    if found is None or found["head"] not in words.image:
        return text
    head = words.image[found["head"]]
    if found["name"]:
        return f"{head}: {found['name']}"
    marks = [_MARK.fullmatch(mark) for mark in (found["marks"] or "").split(", ") if mark]
    if None in marks:
        return text
    return _with(head, _phrases(words, (_mark(one.groupdict()) for one in marks if one)))


def reasons_in_words(words: Words, verdict: LogoVerdict) -> str:
    """The reasons of a verdict with their amounts, and how wide the logo is in a photo; empty when it has none."""
    marks = [Mark(word=reason, amount=verdict.amounts.get(reason)) for reason in verdict.reasons]
    if WIDTH in verdict.amounts:
        marks.append(Mark(word=WIDTH, amount=verdict.amounts[WIDTH]))
    return ", ".join(_phrases(words, marks))


def _mark(found: Mapping[str, str | None]) -> Mark:
    amount = found["amount"]
    return Mark(word=found["word"] or "", amount=None if amount is None else float(amount), name=found["name"])


def _phrases(words: Words, marks: Iterable[Mark]) -> list[str]:
    """Each mark in words, in their order; that a person must look comes last."""
    given = sorted(marks, key=lambda mark: mark.word == NEAR_LIMIT)
    spared = {_GENERAL.get(mark.word) for mark in given}
    return [_phrase(words, mark) for mark in given if mark.word not in spared]


def _phrase(words: Words, mark: Mark) -> str:
    amount = None if mark.amount is None else round(abs(mark.amount))
    by = words.image.get(f"{mark.word}_by")
    phrase = by.format(amount=amount) if amount and by else words.image.get(mark.word, mark.word)
    return f"{phrase}: {mark.name}" if mark.name else phrase


def _with(head: str, phrases: list[str]) -> str:
    return f"{head} ({', '.join(phrases)})" if phrases else head
