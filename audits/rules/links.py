"""Rules about the links of a profile."""

from __future__ import annotations

from typing import Annotated

import msgspec

from adapters.model import Outcome
from audits.model import Facts, Judgement, Verdict
from audits.rules.absence import absent
from audits.text import addresses, bare_addresses, cut_addresses, host, in_domain, path

# Links that lead to no place on the web.
OTHER_SCHEMES = ("tel:", "mailto:")


class Domains(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`domains` and all under them are allowed; `wrappers` hide where a link leads: a host, or one path of it
    (`youtube.com/redirect`)."""

    domains: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    wrappers: tuple[str, ...] = ()


def links_allowed(facts: Facts, wanted: Domains) -> Judgement:
    """Every link and web address leads to an allowed domain; what only looks like an address is for a person."""
    bio = facts.value("bio")
    links, cut = _shown(facts)
    hidden = [link for link in links if _wrapped(link, wanted)]
    outside = [link for link in links if not in_domain(host(link), wanted.domains) and link not in hidden]
    domains = ", ".join(wanted.domains)
    if outside:
        return Judgement(verdict=Verdict.FAIL, seen=outside[0], wanted=domains)
    if hidden or cut:
        return Judgement(verdict=Verdict.UNKNOWN, seen=[*hidden, *cut][0], wanted=domains, gap=str(Outcome.PARTIAL))
    loose = [link for link in bare_addresses(bio or "") if not in_domain(host(link), wanted.domains)]
    if loose:
        return Judgement(verdict=Verdict.REVIEW, seen=loose[0], wanted=domains)
    seen = ", ".join(links)
    if bio is None or "bio" in facts.gaps:
        return Judgement(verdict=Verdict.UNKNOWN, seen=seen, wanted=domains, gap=facts.gap("bio"))
    return Judgement(verdict=Verdict.PASS, seen=seen, wanted=domains)


def link_official(facts: Facts, wanted: Domains) -> Judgement:
    """One of the links, or an address in the bio, leads to an official domain."""
    shown, cut = _shown(facts)
    domains = ", ".join(wanted.domains)
    for link in shown:
        if in_domain(host(link), wanted.domains):
            return Judgement(verdict=Verdict.PASS, seen=link, wanted=domains)
    seen = ", ".join(shown)
    if cut or any(_wrapped(link, wanted) for link in shown):
        return Judgement(verdict=Verdict.UNKNOWN, seen=seen, wanted=domains, gap=str(Outcome.PARTIAL))
    if facts.value("bio") is None:
        return Judgement(verdict=Verdict.UNKNOWN, seen=seen, wanted=domains, gap=facts.gap("bio"))
    return absent(facts, "bio" if "bio" in facts.gaps else "links", seen=seen, wanted=domains)


def _shown(facts: Facts) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The links of the profile with the addresses in its bio, and the addresses there that are cut short."""
    bio, partly = facts.value("bio") or "", "bio" in facts.gaps
    links = [link for link in facts.value("links") if link.strip() and not _elsewhere(link)]
    return (*links, *addresses(bio, partly=partly)), cut_addresses(bio, partly=partly)


def _elsewhere(link: str) -> bool:
    return link.strip().casefold().startswith(OTHER_SCHEMES)


def _wrapped(link: str, wanted: Domains) -> bool:
    """Whether a link leads to a host, or to the path of one, behind which another place lies."""
    for wrapper in wanted.wrappers:
        domain, slash, rest = wrapper.partition("/")
        if in_domain(host(link), (domain,)) and (not slash or path(link).strip("/") == rest):
            return True
    return False
