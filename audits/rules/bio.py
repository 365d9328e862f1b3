"""Rules about the bio and the links."""

from __future__ import annotations

from typing import Annotated

import msgspec

from adapters.model import Outcome
from audits.model import Facts, Judgement, Verdict
from audits.rules.absence import absent
from audits.text import addresses, bare_addresses, has_number, has_phrase, host, in_domain, is_glued, words


class Number(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`number`: digits only."""

    number: Annotated[str, msgspec.Meta(pattern=r"^\d+$")]


class Phrases(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of `phrases` settles it; one of `hints` says that a person must read."""

    phrases: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    hints: tuple[str, ...] = ()


class Domains(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`domains` and all under them are allowed; `wrappers` are hosts that hide where a link leads."""

    domains: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    wrappers: tuple[str, ...] = ()


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


def links_allowed(facts: Facts, wanted: Domains) -> Judgement:
    """Every link and web address leads to an allowed domain; what only looks like an address is for a person."""
    bio = facts.value("bio")
    links = (*facts.value("links"), *addresses(bio or ""))
    outside = [link for link in links if not in_domain(host(link), (*wanted.domains, *wanted.wrappers))]
    hidden = [link for link in links if in_domain(host(link), wanted.wrappers)]
    domains = ", ".join(wanted.domains)
    if outside:
        return Judgement(verdict=Verdict.FAIL, seen=outside[0], wanted=domains)
    if hidden:
        return Judgement(verdict=Verdict.UNKNOWN, seen=hidden[0], wanted=domains, gap=str(Outcome.PARTIAL))
    loose = [link for link in bare_addresses(bio or "") if not in_domain(host(link), wanted.domains)]
    if loose:
        return Judgement(verdict=Verdict.REVIEW, seen=loose[0], wanted=domains)
    seen = ", ".join(links)
    if bio is None or "bio" in facts.gaps:
        return Judgement(verdict=Verdict.UNKNOWN, seen=seen, wanted=domains, gap=facts.gap("bio"))
    return Judgement(verdict=Verdict.PASS, seen=seen, wanted=domains)
