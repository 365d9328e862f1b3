"""Is an approved picture approved for this account, today? The picture itself was judged before."""

from __future__ import annotations

from datetime import date

import msgspec

from audits.logo.approved import ApprovedSet
from audits.logo.manifest import Scope
from audits.model import Account, LogoVerdict

OLD_LOGO, NOT_YET_VALID = "old_logo", "not_yet_valid"
OTHER_PLATFORM, OTHER_TYPE, UNKNOWN_TYPE = "other_platform", "other_type", "unknown_type"
APPROVED, ALTERED, DIFFERENT, NEAR_LIMIT = "approved", "altered", "different", "near_limit"
_UNTOLD = (None, "onbekend")  # types by which the register does not tell what account it is


def within_scope(
    verdict: LogoVerdict, approved: ApprovedSet, account: Account | None, today: date | None
) -> LogoVerdict:
    """The verdict as it counts for this account today; without a day or an account, none is held against the picture.

    An approved picture that is out of date becomes `altered`, one for another platform or type `different`. Where the
    register does not tell the type and the picture is not for all types, a person has to look.
    """
    scope = next(
        (entry.scope for entry in (*approved.entries, *approved.banners) if entry.name == verdict.variant), None
    )
    if verdict.verdict != APPROVED or scope is None:
        return verdict
    if outdated := _outdated(scope, today):
        return _instead(verdict, ALTERED, outdated)
    return verdict if account is None else _for(account, verdict, scope)


def _for(account: Account, verdict: LogoVerdict, scope: Scope) -> LogoVerdict:
    """An approved picture that is in date, on this account."""
    if scope.platforms and account.platform not in scope.platforms:
        return _instead(verdict, DIFFERENT, OTHER_PLATFORM)
    if not scope.types or account.type in scope.types:
        return verdict
    if account.type in _UNTOLD:
        return _instead(verdict, APPROVED, UNKNOWN_TYPE, NEAR_LIMIT)
    return _instead(verdict, DIFFERENT, OTHER_TYPE)


def _outdated(scope: Scope, today: date | None) -> str | None:
    """The reason why a picture does not count today."""
    if today is None:
        return None
    if scope.valid_to is not None and today > scope.valid_to:
        return OLD_LOGO
    return NOT_YET_VALID if scope.valid_from is not None and today < scope.valid_from else None


def _instead(verdict: LogoVerdict, word: str, *reasons: str) -> LogoVerdict:
    """The same find with another verdict; whether a person has to look anyway stays as it was."""
    told = dict.fromkeys((*reasons, *verdict.reasons))
    return msgspec.structs.replace(verdict, verdict=word, reasons=tuple(told))
