"""Rules about the row of the register: they need nothing from the platform, or only whether the account is there."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from adapters.model import Outcome, Platform, Profile, ids_of
from audits.model import TYPES, Account, Facts, Judgement, Verdict
from audits.rules.identity import is_stranger

ONCE, ENDED, NOWHERE = "once", "ended", "nowhere"
# What the import of a register writes before the id of the other account; the second group leaves room for doubt.
# `same_place` is in neither: it tells of two profiles for one place, not of one profile twice.
TWINS = ("handle_twice:", "platform_id_twice:")
DOUBTFUL = ("contradicted:", "handle_and_address:", "other_place:", "name_says_other_place:")
ENDINGS = {
    Outcome.OK: Verdict.FAIL,
    Outcome.PARTIAL: Verdict.FAIL,
    Outcome.RESTRICTED: Verdict.FAIL,
    Outcome.NOT_FOUND: Verdict.PASS,
    Outcome.SUSPENDED: Verdict.PASS,
    Outcome.MOVED: Verdict.REVIEW,
    Outcome.NOT_ELIGIBLE: Verdict.REVIEW,
}
Column = Literal["platform_id", "type", "unit", "area", "area_aliases", "beheerders", "status", "confirmed_on", "notes"]


class Platforms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`platforms` are allowed for every type of account; `by_type` says otherwise for some."""

    platforms: tuple[Platform, ...]
    by_type: dict[str, tuple[Platform, ...]] = {}

    def __post_init__(self) -> None:
        unknown = sorted(self.by_type.keys() - TYPES)
        if unknown:
            raise ValueError(f"there is no account type {unknown[0]!r}")


class Columns(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`columns` must be filled in; `without_area` are the types of account that have no area."""

    columns: Annotated[tuple[Column, ...], msgspec.Meta(min_length=1)]
    without_area: tuple[str, ...] = ()


def account_unique(facts: Facts, _: msgspec.Struct) -> Judgement:
    """The register holds the profile once; rows that contradict each other are for a person."""
    conflicts = facts.account.conflicts
    twins = [mark.partition(":")[2] for mark in conflicts if mark.startswith(TWINS)]
    if twins:
        return Judgement(verdict=Verdict.FAIL, seen=", ".join(dict.fromkeys(twins)), wanted=ONCE)
    doubts = dict.fromkeys(mark.partition(":")[0] for mark in conflicts if mark.startswith(DOUBTFUL))
    verdict = Verdict.REVIEW if doubts else Verdict.PASS
    return Judgement(verdict=verdict, seen=", ".join(doubts) or ONCE, wanted=ONCE)


def account_ended(facts: Facts, _: msgspec.Struct) -> Judgement:
    """An account that has ended according to the register is gone from the platform too."""
    account, outcome, profile = facts.account, facts.outcome, facts.profile or Profile()
    seen = str(outcome)
    if is_stranger(account, profile):
        return Judgement(verdict=Verdict.REVIEW, seen=seen, wanted=ENDED)
    if outcome not in ENDINGS:
        return Judgement(verdict=Verdict.UNKNOWN, seen=seen, wanted=ENDED, gap=seen)
    unsure = account.platform_id and account.platform_id not in ids_of(account.platform, profile).values()
    if ENDINGS[outcome] is Verdict.FAIL and unsure:
        # By now the name may be somebody else's.
        return Judgement(verdict=Verdict.UNKNOWN, seen=seen, wanted=ENDED, gap=facts.gap("platform_id"))
    return Judgement(verdict=ENDINGS[outcome], seen=seen, wanted=ENDED)


def platform_allowed(facts: Facts, wanted: Platforms) -> Judgement:
    """An account of this type may be on this platform."""
    account = facts.account
    allowed = wanted.by_type.get(account.type or "", wanted.platforms)
    verdict = Verdict.PASS if account.platform in allowed else Verdict.FAIL
    return Judgement(verdict=verdict, seen=str(account.platform), wanted=", ".join(allowed) or NOWHERE)


def register_complete(facts: Facts, wanted: Columns) -> Judgement:
    """The columns of the register that must be filled in are."""
    account = facts.account
    asked = [name for name in wanted.columns if not (name == "area" and account.type in wanted.without_area)]
    missing = [name for name in asked if not _filled(account, name)]
    if missing:
        return Judgement(verdict=Verdict.FAIL, seen="", wanted=", ".join(missing))
    return Judgement(verdict=Verdict.PASS, seen=", ".join(asked), wanted=", ".join(asked))


def has_ended(account: Account) -> bool:
    """Whether the register says that the account has ended."""
    return account.ended


def _filled(account: Account, column: str) -> bool:
    value = getattr(account, column)
    return bool(value.strip() if isinstance(value, str) else value)
