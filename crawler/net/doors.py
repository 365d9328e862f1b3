"""Which sources have closed in this run (refused, used up, wall after wall), so that they are asked no more."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from adapters.model import SEEN, Outcome, Platform, Value

# After so many answers of one kind in succession a source is closed. A denial may be about one account only.
LIMITS: Mapping[Outcome, int] = {
    Outcome.DENIED: 3,
    Outcome.RATE_LIMITED: 3,
    Outcome.LOGIN_WALL: 8,
    Outcome.CONSENT_WALL: 8,
    Outcome.BLOCKED: 8,
}
# The platform's word that nothing is left for today: waiting does not help.
_USED_UP = re.compile(r"quota|credits|usage-capped|dailylimit", re.IGNORECASE)
# Reasons of a denial, as the readers tell them, that are about our credential or app: refused once is refused for all.
# The rest (graph_error:10, 100 and 200-299, status:403, forbidden, channelForbidden, accountDeleted) may be about one
# account.
_OURS = re.compile(
    r"no_credential|status:401"
    # Graph: session, signature, token, no token at all; with or without a subcode.
    r"|graph_error:(?:102|104|190|2500)(?:/.*)?"
    # X: by type, and by the numbers of interface 1.1, all of which tell of token, app or our own account.
    r"|client-forbidden|unsupported-authentication|oauth1-permissions|code:[0-9]+"
    # Google: key, project and token.
    r"|api_key_\w+|key(?:invalid|expired)|accessnotconfigured|insufficientpermissions|unregistered|unauthenticated"
    r"|(?:ip)?refererblocked|autherror(?:generic)?|expired|required"
    r"|service_disabled|consumer_(?:invalid|suspended)|billing_disabled",
    re.IGNORECASE,
)


class Refusal(Value, frozen=True, kw_only=True):
    """Why a source is closed: the outcome that closed it and the platform's reason."""

    outcome: Outcome
    reason: str


class Doors:
    """The sources of one run; a source is named by its platform and name."""

    def __init__(self, limits: Mapping[Outcome, int] = LIMITS) -> None:
        self._limits = limits
        self._row: dict[tuple[Platform, str], tuple[Outcome, int]] = {}
        self.closed: dict[tuple[Platform, str], Refusal] = {}

    def note(self, door: tuple[Platform, str], outcomes: Collection[Outcome], reason: str | None) -> None:
        """Take in one whole answer: the outcomes of all its subjects, and the reason of the first."""
        outcome = next(iter(outcomes), None)
        if outcome is None or door in self.closed:
            return
        if len(set(outcomes)) > 1 or outcome not in self._limits:
            # Only what was truly seen shows that the door is open; a time-out shows nothing.
            if not SEEN.isdisjoint(outcomes):
                self._row.pop(door, None)
            return
        before, count = self._row.get(door, (outcome, 0))
        count = count + 1 if before is outcome else 1
        self._row[door] = (outcome, count)
        if count >= self._limits[outcome] or _is_final(outcome, reason or ""):
            self.closed[door] = Refusal(outcome=outcome, reason=reason or str(outcome))


def _is_final(outcome: Outcome, reason: str) -> bool:
    """Whether one such answer is enough: it will be the same for every account."""
    match outcome:
        case Outcome.DENIED:
            return _OURS.fullmatch(reason) is not None
        case Outcome.RATE_LIMITED:
            return _USED_UP.search(reason) is not None
    return False
