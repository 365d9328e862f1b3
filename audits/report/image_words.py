"""What the image check says of a picture, in the words of a language."""

from __future__ import annotations

import re
from collections.abc import Iterable

from adapters.model import Value
from audits.model import LogoVerdict
from audits.report.texts import Words

VERDICTS = ("approved", "altered", "contains", "different", "unreadable")
WIDTH, NEAR_LIMIT = "width", "near_limit"
# A word that says more than another one: where both are given, the general one is left out.
_GENERAL = {"grey": "recoloured", "tinted": "recoloured", "framed": "overlaid"}
# Words that say all by themselves: such a picture is not told to be altered or different as well.
_WHOLE = frozenset({"old_logo", "other_force", "known_bad", "not_yet_valid", "other_platform", "other_type"})
_TOLD = re.compile(r"(?P<head>[a-z_]+(?: [a-z_]+)*)(?:: (?P<name>.+)| \((?P<marks>.+)\))?", re.DOTALL)
_MARK = re.compile(r"(?P<word>[a-z_]+)(?:=(?P<amount>-?\d+(?:\.\d+)?)|: (?P<name>.+))?", re.DOTALL)


class Mark(Value, frozen=True, kw_only=True):
    """One thing about a picture: a reason, by how much (in the unit of its text), or the entry that it is about."""

    word: str
    amount: float | None = None
    name: str | None = None


class Said(Value, frozen=True, kw_only=True):
    """What was said of a picture, and why, one phrase a reason."""

    head: str
    why: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.head} ({', '.join(self.why)})" if self.why else self.head


def told(words: Words, text: str, kind: str = "avatar") -> str:
    """What a rule about pictures saw or wanted: `altered (stretched=12, grey)`, `approved: emblem`, `not default`.

    `kind` is `avatar` or `banner`. What is in no such form, or begins with a word that is not known, stays as it is.
    """
    found = _TOLD.fullmatch(text)
    if found is None or found["head"] not in words.image:
        return text
    if found["name"]:
        return f"{_word(words, found['head'], kind)}: {found['name']}"
    marks = [_mark(mark) for mark in found["marks"].split(", ")] if found["marks"] else []
    known = [mark for mark in marks if mark]
    return str(_said(words, found["head"], known, kind)) if len(known) == len(marks) else text


def verdict_in_words(words: Words, verdict: LogoVerdict) -> Said:
    """A verdict, its reasons with their amounts, and how wide the logo is in a photo."""
    names = [*verdict.reasons, *([WIDTH] if WIDTH in verdict.amounts else [])]
    marks = [Mark(word=name, amount=verdict.amounts.get(name)) for name in names]
    return _said(words, verdict.verdict, marks, "avatar")


def _mark(text: str) -> Mark | None:
    found = _MARK.fullmatch(text)
    amount = found and found["amount"]
    return found and Mark(word=found["word"], amount=float(amount) if amount else None, name=found["name"])


def _said(words: Words, head: str, marks: Iterable[Mark], kind: str) -> Said:
    """The reasons in their order; that a person must look comes last."""
    given = sorted(marks, key=lambda mark: (mark.word not in _WHOLE, mark.word == NEAR_LIMIT))
    spared = {_GENERAL.get(mark.word) for mark in given}
    phrases = [_phrase(words, mark, kind) for mark in given if mark.word not in spared]
    if given and given[0].word in _WHOLE:
        return Said(head=phrases[0], why=tuple(phrases[1:]))
    return Said(head=_word(words, head, kind), why=tuple(phrases))


def _phrase(words: Words, mark: Mark, kind: str) -> str:
    amount = None if mark.amount is None else round(abs(mark.amount))
    by = words.image.get(f"{mark.word}_by")
    phrase = by.format(amount=amount) if amount and by else _word(words, mark.word, kind)
    return f"{phrase}: {mark.name}" if mark.name else phrase


def _word(words: Words, word: str, kind: str) -> str:
    """The text of a word; some have one of their own for a banner."""
    return words.image.get(f"{kind}_{word}") or words.image.get(word, word)
