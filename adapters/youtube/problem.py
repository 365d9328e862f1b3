"""Errors of Google's interfaces: the reason in the envelope decides, the status only where there is none."""

from __future__ import annotations

from typing import Any

from adapters.model import Outcome, Response
from adapters.page import at, count, listed, text

# YouTube Data API "Errors" and "Global domain errors" pages, 2026-06. In small letters.
REASONS = {
    **dict.fromkeys(
        (
            *("quotaexceeded", "dailylimitexceeded", "dailylimitexceededunreg", "ratelimitexceeded"),
            *("userratelimitexceeded", "ratelimitexceededunreg", "userratelimitexceededunreg"),
            *("servinglimitexceeded", "concurrentlimitexceeded", "limitexceeded", "variabletermlimitexceeded"),
            *("rate_limit_exceeded", "resource_exhausted"),
        ),
        Outcome.RATE_LIMITED,
    ),
    **dict.fromkeys(
        (
            *("keyinvalid", "keyexpired", "forbidden", "accessnotconfigured", "insufficientpermissions"),
            *("iprefererblocked", "refererblocked", "autherror", "autherrorgeneric", "expired", "required"),
            *("accountdisabled", "accountdeleted", "channelforbidden", "unregistered", "usageforbidden"),
            *("service_disabled", "consumer_invalid", "consumer_suspended", "billing_disabled", "unauthenticated"),
        ),
        Outcome.DENIED,
    ),
    **dict.fromkeys(("backenderror", "internalerror", "internal", "unavailable"), Outcome.TRANSPORT_ERROR),
}
# Reasons that say what is wrong with a key: not valid, expired, blocked for this service or address.
_KEY = "api_key_"
_MISSING = "channelnotfound"
STATUSES = {
    401: Outcome.DENIED,
    429: Outcome.RATE_LIMITED,
}


def about_request(answer: Any, response: Response, *, alone: bool) -> tuple[Outcome, str] | None:
    """Outcome and reason of an answer that is no list; `None` when it is one.

    The error that a channel does not exist is about the subject only where it is `alone`.
    """
    error = at(answer, "error")
    status = response.status
    if isinstance(error, dict):
        return _error(error, count(at(error, "code")) or status, alone=alone)
    if status in STATUSES or status >= 500:
        return STATUSES.get(status, Outcome.TRANSPORT_ERROR), f"status:{status}"
    if not isinstance(answer, dict):
        return Outcome.TRANSPORT_ERROR, "no_json"
    return None if 200 <= status < 300 else (Outcome.AMBIGUOUS, f"status:{status}")


def _error(error: dict[str, Any], status: int, *, alone: bool) -> tuple[Outcome, str]:
    """What the reasons say, the more telling first: since 2021 a wrong key is a `badRequest` with its reason beside."""
    stated = [text(at(one, "reason")) for one in (*listed(at(error, "details")), *listed(at(error, "errors")))]
    reasons = [reason for reason in (*stated, text(at(error, "status"))) if reason]
    for reason in reasons:
        folded = reason.lower()
        if folded == _MISSING:
            return (Outcome.NOT_FOUND if alone else Outcome.AMBIGUOUS), reason
        if folded.startswith(_KEY) or folded in REASONS:
            return REASONS.get(folded, Outcome.DENIED), reason
    otherwise = Outcome.TRANSPORT_ERROR if status >= 500 else Outcome.AMBIGUOUS
    return STATUSES.get(status, otherwise), next(iter(reasons), f"status:{status}")
