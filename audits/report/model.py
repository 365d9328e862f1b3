"""What a report is made of: one run, its results, and what changed since the last one. Values only."""

from __future__ import annotations

from adapters.model import Platform, Profile, Value
from audits.model import Account, Result
from audits.policy import Policy


class PolicyMark(Value, frozen=True, kw_only=True):
    """Which policy judged: its id and file hash, and who adopted it when (both `None`: a draft)."""

    id: str
    sha256: str
    adopted_by: str | None = None
    adopted_on: str | None = None


class RegisterMark(Value, frozen=True, kw_only=True):
    """Which register was audited: hash of its accounts, their number, and how many bear a conflict."""

    sha256: str
    accounts: int
    conflicts: int = 0


class SourceCount(Value, frozen=True, kw_only=True):
    """How one source did: requests sent, observations by outcome, and why it was not asked any more (if so)."""

    requests: int = 0
    outcomes: dict[str, int] = {}
    closed: str | None = None


class PlatformCount(Value, frozen=True, kw_only=True):
    """How one platform did. `coverage` = seen / planned (0..1); `no_source` = rule -> why no source shows its fact."""

    planned: int
    seen: int
    coverage: float
    blind: bool = False
    blind_reason: str | None = None
    blind_fields: tuple[str, ...] = ()
    outcomes: dict[str, int] = {}
    statuses: dict[str, int] = {}
    no_source: dict[str, str] = {}
    sources: dict[str, SourceCount] = {}


class CanaryResult(Value, frozen=True, kw_only=True):
    """One canary account at one moment (`before` or `after` its platform's batches) and what was wrong with it."""

    platform: Platform
    handle: str
    when: str
    outcome: str
    right: bool
    wrong_fields: tuple[str, ...] = ()


class Run(Value, frozen=True, kw_only=True):
    """`run.json`: one audit. Times are UTC ISO 8601, `seconds` is the wall time; `complete` = exit code is not 3.

    Of a `resumed` run, `canaries`, `requests` and `seconds` are those of its last part. `problems` made it incomplete;
    `remarks` say what it did without. `unconfirmed` = accounts of which nothing confirms that they are ours.
    """

    run_id: str
    kind: str
    started_at: str
    finished_at: str
    policy: PolicyMark
    register: RegisterMark
    code_version: str
    permissions: dict[str, tuple[str, ...]]
    platforms: dict[str, PlatformCount]
    canaries: tuple[CanaryResult, ...] = ()
    statuses: dict[str, int] = {}
    requests: int = 0
    seconds: float = 0.0
    resumed: bool = False
    complete: bool = True
    problems: tuple[str, ...] = ()
    unconfirmed: int = 0
    remarks: tuple[str, ...] = ()


class Change(Value, frozen=True, kw_only=True):
    """One finding that became new, was fixed or stayed, of one account."""

    account_id: str
    platform: Platform
    handle: str
    rule: str
    seen: str | None = None
    since: str | None = None


class Diff(Value, frozen=True, kw_only=True):
    """`diff.json`: this run against an earlier one (`since` = its id, `None` when this is the first)."""

    run_id: str
    since: str | None = None
    new: tuple[Change, ...] = ()
    fixed: tuple[Change, ...] = ()
    unchanged: tuple[Change, ...] = ()
    appeared: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


class CloseUp(Value, frozen=True, kw_only=True):
    """That a photo is to be looked at closely: the difference from the approved picture (PNG), where there is one.

    `boxed`: the photo has a frame drawn round the logo in it.
    """

    difference: bytes | None = None
    boxed: bool = False


class Night(Value, frozen=True, kw_only=True):
    """What the reports of one run need. `pictures` = small JPEG by account id; `approved` = PNG by variant.

    `closeups` are those of accounts by id; `origins` says where an approved picture can be had, by variant.
    """

    run: Run
    results: tuple[Result, ...]
    accounts: dict[str, Account]
    profiles: dict[str, Profile]
    policy: Policy
    diff: Diff
    pictures: dict[str, bytes] = {}
    closeups: dict[str, CloseUp] = {}
    approved: dict[str, bytes] = {}
    origins: dict[str, str] = {}
    profile_urls: dict[str, str] = {}
