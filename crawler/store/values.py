"""What the store gives back: frozen values, times as UTC ISO 8601 text."""

from __future__ import annotations

from typing import Literal

from adapters.model import Observation, Outcome, Platform, Value
from audits.model import Account, Verdict

RunState = Literal["running", "finished", "abandoned"]
EndReason = Literal["fixed", "not_applicable", "verdict_changed", "clause_gone", "account_gone"]


class RegisterVersion(Value, frozen=True, kw_only=True):
    """Accounts by their hash, in order; `imported_at` is `None` for those that only a run was about."""

    digest: str
    imported_at: str | None
    accounts: tuple[Account, ...]


class RunRow(Value, frozen=True, kw_only=True):
    """One run: `kind` is `audit`, `scan`, …; `complete` is known once it is finished (`False`: exit code 3)."""

    run_id: str
    kind: str
    state: RunState
    started_at: str
    finished_at: str | None
    register_digest: str
    policy_id: str
    policy_sha256: str
    complete: bool | None
    settings_json: str


class Sighting(Value, frozen=True, kw_only=True):
    """What one run saw of one account: the merged outcome, every observation, and the content of the pictures.

    `image_sha256` names the bytes of the avatar in `Store.images`, `banner_sha256` those of the banner; the gaps say
    why there are none.
    """

    account_id: str
    platform: Platform
    handle: str
    outcome: Outcome
    observations: tuple[Observation, ...]
    observed_at: str
    image_sha256: str | None = None
    image_gap: str | None = None
    banner_sha256: str | None = None
    banner_gap: str | None = None


class Interval(Value, frozen=True, kw_only=True):
    """How long one clause was found wanting for one account; open while `ended_at` is `None`.

    `verdict` is `fail` or `review`, `seen` what was seen last. `first_seen`, `last_seen` and `ended_at` are the
    times of the audits beside them, not of the single observations.
    """

    account_id: str
    platform: Platform
    rule: str
    verdict: Verdict
    seen: str | None
    first_seen: str
    first_run: str
    last_seen: str
    last_run: str
    ended_at: str | None = None
    ended_run: str | None = None
    end_reason: EndReason | None = None


class Condition(Value, frozen=True, kw_only=True):
    """A store in figures: where, which version of its tables, bytes on disk, the times of its runs, rows per table."""

    place: str
    revision: str | None
    bytes: int
    oldest_run: str | None
    newest_run: str | None
    unfinished: int
    rows: dict[str, int]


class Adoption(Value, frozen=True, kw_only=True):
    """Who adopted which policy file (by its SHA-256) on which date (ISO 8601)."""

    policy_id: str
    sha256: str
    by: str
    on: str
