"""Rules about the pictures of a profile."""

from __future__ import annotations

from adapters.model import Outcome
from audits.model import TOO_SMALL, Facts, Judgement, LogoVerdict, Verdict
from audits.rules.naming import Nothing

NEAR_LIMIT = "near_limit"
UNREADABLE = "unreadable"
APPROVED = "approved"
DEFAULT = "default"


def avatar_approved(facts: Facts, _: Nothing) -> Judgement:
    """The profile picture is one of the approved pictures; the platform's default picture is not."""
    match facts.logo:
        case LogoVerdict(reasons=("default" | "none" as missing,)):
            return Judgement(verdict=Verdict.FAIL, seen=missing, wanted=APPROVED)
        case LogoVerdict(verdict="unreadable", reasons=reasons):
            gap = TOO_SMALL if TOO_SMALL in reasons else str(Outcome.TRANSPORT_ERROR)
            return Judgement(verdict=Verdict.UNKNOWN, seen=UNREADABLE, wanted=APPROVED, gap=gap)
        case LogoVerdict(verdict=kind, variant=variant, reasons=reasons):
            seen = f"{kind} ({', '.join(reasons)})" if reasons else kind
            wanted = f"{APPROVED}: {variant}" if variant else APPROVED
            return Judgement(verdict=_verdict(kind, reasons), seen=seen, wanted=wanted)
        case None:
            return Judgement(verdict=Verdict.UNKNOWN, wanted=APPROVED, gap=facts.gap("logo"))


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
