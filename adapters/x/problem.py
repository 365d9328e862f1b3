"""What the errors of the X API v2 mean: about one account, or about the whole request."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from adapters.model import Outcome, Subject
from adapters.page import at, count, text

# By the last part of the problem's `type` (X docs "Response codes & errors", 2026-08).
TYPES = {
    "usage-capped": Outcome.RATE_LIMITED,
    "rate-limit-exceeded": Outcome.RATE_LIMITED,
    "credits": Outcome.RATE_LIMITED,
    "client-forbidden": Outcome.DENIED,
    "unsupported-authentication": Outcome.DENIED,
    "oauth1-permissions": Outcome.DENIED,
    "invalid-request": Outcome.AMBIGUOUS,
    "internal-error": Outcome.TRANSPORT_ERROR,
}
# The numbers of interface 1.1, which some refusals still bear.
CODES = {
    17: Outcome.NOT_FOUND,
    32: Outcome.DENIED,
    50: Outcome.NOT_FOUND,
    63: Outcome.SUSPENDED,
    88: Outcome.RATE_LIMITED,
    89: Outcome.DENIED,
    99: Outcome.DENIED,
    130: Outcome.TRANSPORT_ERROR,
    131: Outcome.TRANSPORT_ERROR,
    215: Outcome.DENIED,
    239: Outcome.DENIED,
    326: Outcome.DENIED,
}
STATUSES = {
    401: Outcome.DENIED,
    402: Outcome.RATE_LIMITED,
    403: Outcome.DENIED,
    404: Outcome.NOT_FOUND,
    429: Outcome.RATE_LIMITED,
    500: Outcome.TRANSPORT_ERROR,
    503: Outcome.TRANSPORT_ERROR,
}
# What is true of one account only, and says nothing about the others of a batch.
_OF_ONE = frozenset({Outcome.NOT_FOUND, Outcome.SUSPENDED})

# A handle may itself be called "suspended": the sentence counts, not the word.
_SUSPENDED = re.compile(r"user has been suspended\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\[(\w{1,30})\]")


def named(problem: Any) -> Subject | None:
    """The account that a problem is about; `None` when it is about the request, or about something else than a user."""
    if text(at(problem, "resource_type")) not in {None, "user"}:
        return None
    bracketed = _BRACKETS.search(text(at(problem, "detail")) or "")
    value = text(at(problem, "value")) or text(at(problem, "resource_id")) or (bracketed and bracketed.group(1))
    if not value:
        return None
    match at(problem, "parameter"):
        case "ids" | "id":
            return Subject(platform_id=value)
        case "usernames" | "username":
            return Subject(handle=value)
    return Subject(handle=value, platform_id=value if value.isdigit() else None)


def about_account(problem: Any) -> tuple[Outcome, str]:
    """What a problem says of the account it names. Title and detail decide: the type of all of them is the same."""
    title = text(at(problem, "title")) or "untitled"
    if _SUSPENDED.match(text(at(problem, "detail")) or ""):
        return Outcome.SUSPENDED, title
    if title.casefold().startswith("not found"):
        return Outcome.NOT_FOUND, title
    return _known(problem) or Outcome.AMBIGUOUS, title


def about_request(status: int, problems: Sequence[Any], *, alone: bool) -> tuple[Outcome, str]:
    """What holds for the accounts that the answer does not name. `alone` = no more than one account was asked for."""
    for problem in problems:
        outcome = None if named(problem) else _known(problem)
        if outcome and (alone or outcome not in _OF_ONE):
            return outcome, _label(problem)
    outcome = STATUSES.get(status, Outcome.AMBIGUOUS)
    if outcome in _OF_ONE and not alone:
        outcome = Outcome.AMBIGUOUS
    return outcome, "absent" if status < 400 else f"status:{status}"


def _known(problem: Any) -> Outcome | None:
    code = count(at(problem, "code"))
    return TYPES.get(_tail(problem)) or (CODES.get(code) if code is not None else None)


def _label(problem: Any) -> str:
    return _tail(problem) or f"code:{count(at(problem, 'code'))}"


def _tail(problem: Any) -> str:
    """The last part of a problem's type; empty when it has none."""
    return (text(at(problem, "type")) or "").rstrip("/").rpartition("/")[2]
