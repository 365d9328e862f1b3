"""What one run is given: whom to audit, by which policy and pictures, and in which world."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Protocol

from adapters.model import Adapter, Outcome, Platform, Value
from audits.logo.approved import ApprovedSet
from audits.model import Account, Status
from audits.policy import Policy
from audits.report.model import PolicyMark
from crawler.clock import Clock
from crawler.config import Settings
from crawler.store import Store

CODE_VERSION = version("herkenbaar")


class Watcher(Protocol):
    """Who follows a run while it goes on."""

    def begin(self, total: int) -> None:
        """The run has so many accounts to observe; what was stored before is not among them."""

    def watch(self, platform: Platform, status: Status, outcome: Outcome) -> None:
        """One more account, with its status as it looks now."""


class Job(Value, frozen=True, kw_only=True):
    """One run. `kind` is `audit` (moves the baseline) or `scan` (never does); `resume` goes on with an unfinished one.

    `policy_text` is the file as it was read, kept with the run so that its reports can be written again. `whole` says
    that the accounts are the whole register: whoever is not among them has left it. `drafts` are announced policies, of
    which already is observed what they will need. `logos` is the folder of the policy's own approved pictures.
    """

    kind: str
    accounts: tuple[Account, ...]
    register_digest: str
    policy: Policy
    policy_text: str
    mark: PolicyMark
    min_coverage: float = 0.95
    resume: bool = False
    whole: bool = True
    drafts: tuple[Policy, ...] = ()
    logos: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything a run touches besides the network."""

    settings: Settings
    store: Store
    adapters: Mapping[Platform, Adapter]
    approved: ApprovedSet
    clock: Clock
    watch: Watcher
