"""Rules about what an account is: whether it exists, is open to all, and is still the one that was registered."""

from __future__ import annotations

from typing import Annotated

import msgspec

from adapters.model import Outcome, Profile, id_kind, ids_of, is_name, same_handle
from audits.model import FIRST_OBSERVATION, Account, Facts, Judgement, Verdict
from audits.rules.naming import Nothing

EXISTENCE = {
    Outcome.OK: Verdict.PASS,
    Outcome.PARTIAL: Verdict.PASS,
    Outcome.RESTRICTED: Verdict.PASS,
    Outcome.SUSPENDED: Verdict.FAIL,
    Outcome.MOVED: Verdict.REVIEW,
    Outcome.NOT_ELIGIBLE: Verdict.REVIEW,
}


class Observations(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """In how many successive runs an account must be missing before it counts as gone."""

    observations: Annotated[int, msgspec.Meta(ge=1)] = 2


def account_exists(facts: Facts, wanted: Observations) -> Judgement:
    """The platform knows the account; missing counts from the second observation, suspended at once."""
    outcome = facts.outcome
    seen = str(outcome)
    if outcome in EXISTENCE:
        return Judgement(verdict=EXISTENCE[outcome], seen=seen, wanted="ok")
    if outcome is not Outcome.NOT_FOUND:
        return Judgement(verdict=Verdict.UNKNOWN, seen=seen, wanted="ok", gap=seen)
    if facts.seen_before >= wanted.observations - 1:
        return Judgement(verdict=Verdict.FAIL, seen=seen, wanted="ok")
    return Judgement(verdict=Verdict.UNKNOWN, seen=seen, wanted="ok", gap=FIRST_OBSERVATION)


def account_public(facts: Facts, _: Nothing) -> Judgement:
    """Everybody can read the account."""
    private = facts.value("private")
    verdict = Verdict.FAIL if private else Verdict.PASS
    return Judgement(verdict=verdict, seen="private" if private else "public", wanted="public")


def identity_stable(facts: Facts, _: Nothing) -> Judgement:
    """The platform id and the handle are still those of the register, where both know a handle.

    Registers write the id where they know no name, and a page without a name is shown with an empty one.
    """
    account, profile = facts.account, facts.profile or Profile()
    if is_stranger(account, profile):
        return Judgement(verdict=Verdict.FAIL, seen=profile.platform_id, wanted=account.platform_id)
    ids = ids_of(account.platform, profile).values()
    if account.platform_id not in ids:
        return Judgement(verdict=Verdict.UNKNOWN, wanted=account.platform_id, gap=facts.gap("platform_id"))
    registered, shown = account.handle.removeprefix("@"), profile.handle or ""
    named = shown and is_name(account.platform, registered) and registered not in ids
    renamed = named and not same_handle(account.platform, registered, shown)
    return Judgement(verdict=Verdict.FAIL if renamed else Verdict.PASS, seen=shown, wanted=account.handle)


def goes_on(account: Account) -> bool:
    """Whether the register does not say that the account has ended."""
    return not account.ended


def has_platform_id(account: Account) -> bool:
    """Whether the register holds an id to compare with."""
    return bool(account.platform_id)


def is_stranger(account: Account, profile: Profile) -> bool:
    """Whether the profile bears another id of the register's kind: the handle has passed to someone else."""
    ids = ids_of(account.platform, profile)
    if not account.platform_id or account.platform_id in ids.values():
        return False
    return id_kind(account.platform, account.platform_id) in ids
