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
    if facts.value("avatar_is_default"):
        return Judgement(verdict=Verdict.FAIL, seen=DEFAULT, wanted=APPROVED)
    if facts.value("avatar_url") == "":
        return Judgement(verdict=Verdict.FAIL, seen="", wanted=APPROVED)
    match facts.logo:
        case None:
            return Judgement(verdict=Verdict.UNKNOWN, wanted=APPROVED, gap=facts.gap("logo"))
        case LogoVerdict(verdict="unreadable", reasons=reasons):
            gap = TOO_SMALL if TOO_SMALL in reasons else str(Outcome.TRANSPORT_ERROR)
            return Judgement(verdict=Verdict.UNKNOWN, seen=UNREADABLE, wanted=APPROVED, gap=gap)
        case LogoVerdict(verdict=kind, reasons=reasons) if NEAR_LIMIT in reasons:
            return Judgement(verdict=Verdict.REVIEW, seen=f"{kind} ({', '.join(reasons)})", wanted=APPROVED)
        case LogoVerdict(verdict=kind):
            verdict = Verdict.PASS if kind == APPROVED else Verdict.FAIL
            return Judgement(verdict=verdict, seen=kind, wanted=APPROVED)


def avatar_not_default(facts: Facts, _: Nothing) -> Judgement:
    """The profile picture is not the platform's default picture."""
    if facts.value("avatar_is_default"):
        return Judgement(verdict=Verdict.FAIL, seen=DEFAULT, wanted="not default")
    return Judgement(verdict=Verdict.PASS, seen="not default", wanted="not default")
