"""Rules about the bio: what must stand in it, and what it says of reports."""

from __future__ import annotations

from typing import Annotated

import msgspec

from audits.gazetteer import spellings
from audits.model import Facts, Judgement, Verdict
from audits.rules.absence import absent
from audits.rules.naming import DisplayWords, Nothing, tells
from audits.text import fold, has_number, has_phrase, is_glued, plain, without_addresses, words

PRESENT = "a text"


Digits = Annotated[str, msgspec.Meta(pattern=r"^\d+$")]


class Number(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`number`: digits only."""

    number: Digits


class BioWords(DisplayWords, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """As `DisplayWords`; `denials` are phrases that say it is not the police, or leave that open."""

    denials: tuple[str, ...] = ()


class Phrases(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of `phrases` settles it; one of `hints` says that a person must read."""

    phrases: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    hints: tuple[str, ...] = ()


def bio_present(facts: Facts, _: Nothing) -> Judgement:
    """There is a bio with words in it; one of signs only is for a person."""
    bio = facts.value("bio")
    if words(bio):
        return Judgement(verdict=Verdict.PASS, seen=bio, wanted=PRESENT)
    if plain(bio).strip():
        return Judgement(verdict=Verdict.REVIEW, seen=bio, wanted=PRESENT)
    return absent(facts, "bio", seen=bio, wanted=PRESENT)


def bio_police(facts: Facts, wanted: BioWords) -> Judgement:
    """The bio says that this is the police; a word in an address or @name alone, or a denial, is for a person."""
    bio, account = facts.value("bio"), facts.account
    own = spellings(account.area, account.area_aliases)
    telling = ", ".join((*wanted.stems, *wanted.roles))
    if any(has_phrase(words(bio), words(denial)) for denial in wanted.denials):
        return Judgement(verdict=Verdict.REVIEW, seen=bio, wanted=telling)
    if tells(without_addresses(fold(bio)), wanted, own):
        return Judgement(verdict=Verdict.PASS, seen=bio, wanted=telling)
    if tells(bio, wanted, own):
        return Judgement(verdict=Verdict.REVIEW, seen=bio, wanted=telling)
    return absent(facts, "bio", seen=bio, wanted=telling)


def bio_number(facts: Facts, wanted: Number) -> Judgement:
    """The number to call stands in the bio, on its own; glued to a word (`bel112`) a person must look."""
    bio = facts.value("bio")
    if has_number(bio, wanted.number):
        return Judgement(verdict=Verdict.PASS, seen=wanted.number, wanted=wanted.number)
    if is_glued(bio, wanted.number):
        return Judgement(verdict=Verdict.REVIEW, seen=bio, wanted=wanted.number)
    return absent(facts, "bio", seen=bio, wanted=wanted.number)


def bio_phrases(facts: Facts, wanted: Phrases) -> Judgement:
    """The bio says that reports cannot be made here; words about reports that say it otherwise are for a person."""
    bio = facts.value("bio")
    text = words(bio)
    phrases = " / ".join(wanted.phrases)
    for phrase in wanted.phrases:
        if has_phrase(text, words(phrase)):
            return Judgement(verdict=Verdict.PASS, seen=phrase, wanted=phrases)
    if any(has_phrase(text, words(hint)) for hint in wanted.hints):
        return Judgement(verdict=Verdict.REVIEW, seen=bio, wanted=phrases)
    return absent(facts, "bio", seen=bio, wanted=phrases)
