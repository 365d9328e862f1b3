"""Rules about the pictures of a profile."""

from __future__ import annotations

from typing import Literal

import msgspec

from adapters.model import Outcome
from audits.model import TOO_SMALL, Facts, Judgement, LogoVerdict, Verdict
from audits.rules.naming import Nothing

NEAR_LIMIT = "near_limit"
UNREADABLE = "unreadable"
APPROVED = "approved"
DEFAULT = "default"
READABLE = "readable"


class TooSmall(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What it means that a picture is too small to read: `fail`, `review` or `unknown`."""

    too_small: Literal["fail", "review", "unknown"] = "review"


class Banners(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`approved`: only approved pictures may be a banner (else every banner is free); `required`: there must be one."""

    approved: bool = False
    required: bool = False


def avatar_approved(facts: Facts, _: Nothing) -> Judgement:
    """The profile picture is one of the approved pictures; the platform's default picture is not."""
    return _approved(facts, "logo")


def avatar_readable(facts: Facts, wanted: TooSmall) -> Judgement:
    """The profile picture is large enough to be read; where there is none, there is nothing to read."""
    match facts.logo:
        case LogoVerdict(reasons=("default" | "none",)):
            return Judgement(verdict=Verdict.NOT_APPLICABLE)
        case LogoVerdict(verdict="unreadable", reasons=reasons):
            small = TOO_SMALL in reasons
            verdict = Verdict(wanted.too_small) if small else Verdict.UNKNOWN
            gap = (TOO_SMALL if small else str(Outcome.TRANSPORT_ERROR)) if verdict is Verdict.UNKNOWN else None
            return Judgement(verdict=verdict, seen=TOO_SMALL if small else UNREADABLE, wanted=READABLE, gap=gap)
        case _:
            return Judgement(verdict=Verdict.PASS, seen=READABLE, wanted=READABLE)


def banner_approved(facts: Facts, wanted: Banners) -> Judgement:
    """The banner is one of the approved pictures; where none is required, no banner is fine too."""
    match facts.banner:
        case LogoVerdict(reasons=("none",)) if not wanted.required:
            return Judgement(verdict=Verdict.PASS, seen="none", wanted=APPROVED)
        case _:
            return _approved(facts, "banner")


def banners_matter(wanted: Banners) -> bool:
    """Whether there is a set of approved banners to hold one against."""
    return wanted.approved


def _approved(facts: Facts, need: str) -> Judgement:
    match facts.value(need):
        case LogoVerdict(reasons=("default" | "none" as missing,)):
            return Judgement(verdict=Verdict.FAIL, seen=missing, wanted=APPROVED)
        case LogoVerdict(verdict="unreadable", reasons=reasons):
            gap = TOO_SMALL if TOO_SMALL in reasons else str(Outcome.TRANSPORT_ERROR)
            return Judgement(verdict=Verdict.UNKNOWN, seen=UNREADABLE, wanted=APPROVED, gap=gap)
        case LogoVerdict(verdict=kind, variant=variant, reasons=reasons):
            seen = f"{kind} ({', '.join(reasons)})" if reasons else kind
            wanted = f"{APPROVED}: {variant}" if variant else APPROVED
            return Judgement(verdict=_verdict(kind, reasons), seen=seen, wanted=wanted)
        case _:
            return Judgement(verdict=Verdict.UNKNOWN, wanted=APPROVED, gap=facts.gap(need))


def _verdict(kind: str, reasons: tuple[str, ...]) -> Verdict:
    """Too near a limit to accuse, or to call it fine: then a person has to look."""
    if NEAR_LIMIT in reasons:
        return Verdict.REVIEW
    return Verdict.PASS if kind == APPROVED else Verdict.FAIL


def avatar_not_default(facts: Facts, _: Nothing) -> Judgement:
    """The profile picture is not the platform's default picture."""
    if facts.value("avatar_is_default"):
        return Judgement(verdict=Verdict.FAIL, seen=DEFAULT, wanted="not default")
    return Judgement(verdict=Verdict.PASS, seen="not default", wanted="not default")
