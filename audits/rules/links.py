"""Rules about the links of a profile."""

from __future__ import annotations

from typing import Annotated

import msgspec

from adapters.model import Outcome
from audits.model import Facts, Judgement, Verdict
from audits.rules.absence import absent
from audits.text import addresses, bare_addresses, host, in_domain


class Domains(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`domains` and all under them are allowed; `wrappers` are hosts that hide where a link leads."""

    domains: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    wrappers: tuple[str, ...] = ()


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


def link_official(facts: Facts, wanted: Domains) -> Judgement:
    """One of the links, or an address in the bio, leads to an official domain."""
    links = facts.value("links")
    shown = (*links, *addresses(facts.value("bio") or ""))
    domains = ", ".join(wanted.domains)
    for link in shown:
        if in_domain(host(link), wanted.domains):
            return Judgement(verdict=Verdict.PASS, seen=link, wanted=domains)
    seen = ", ".join(shown)
    if any(in_domain(host(link), wanted.wrappers) for link in shown):
        return Judgement(verdict=Verdict.UNKNOWN, seen=seen, wanted=domains, gap=str(Outcome.PARTIAL))
    if facts.value("bio") is None:
        return Judgement(verdict=Verdict.UNKNOWN, seen=seen, wanted=domains, gap=facts.gap("bio"))
    return absent(facts, "bio" if "bio" in facts.gaps else "links", seen=seen, wanted=domains)
