"""What the report page shows, as plain values: the template only lays them out."""

from __future__ import annotations

from adapters.model import Value
from audits.model import Differing, Waived
from audits.report.model import PlatformCount


class Comparison(Value, frozen=True, kw_only=True):
    """A photo beside the approved picture, each as its gallery shows it, and the name of the approved picture.

    `difference` is missing where none can be shown; `boxed`: the logo is framed in the photo.
    """

    photo: str
    logo: str | None
    variant: str | None
    difference: str | None = None
    boxed: bool = False


class FindingView(Value, frozen=True, kw_only=True):
    """One finding on a card. `since` is `None` when it was first seen in this run.

    `origin` says where the approved picture can be had.
    """

    rule: str
    clause: str
    severity: str
    requirement: str
    remedy: str
    basis: str
    evidence: str | None = None
    seen: str | None = None
    wanted: str | None = None
    since: str | None = None
    source: str | None = None
    observed_at: str | None = None
    new: bool = False
    waived: Waived | None = None
    comparison: Comparison | None = None
    origin: str | None = None


class Unseen(Value, frozen=True, kw_only=True):
    """Why something about an account could not be seen, and the requirements (rule ids) that this leaves open."""

    gap: str
    rules: tuple[str, ...]


class Card(Value, frozen=True, kw_only=True):
    """One account. `picture` and `logo` are as the gallery shows them; either may be missing."""

    number: int
    account_id: str
    platform: str
    handle: str
    status: str
    outcome: str
    name: str | None = None
    url: str | None = None
    unit: str | None = None
    area: str | None = None
    type: str | None = None
    beheerders: tuple[str, ...] = ()
    observed_at: str | None = None
    picture: str | None = None
    logo: str | None = None
    fails: tuple[FindingView, ...] = ()
    reviews: tuple[FindingView, ...] = ()
    waived: tuple[FindingView, ...] = ()
    unseen: tuple[Unseen, ...] = ()
    differing: tuple[Differing, ...] = ()
    identity: str | None = None

    @property
    def new(self) -> bool:
        """Whether any of its failing findings is new."""
        return any(finding.new for finding in self.fails)


class Group(Value, frozen=True, kw_only=True):
    """The cards of one unit."""

    unit: str | None
    cards: tuple[Card, ...]


class UnitRow(Value, frozen=True, kw_only=True):
    """Accounts of one unit by status."""

    unit: str | None
    statuses: dict[str, int]
    total: int


class RuleRow(Value, frozen=True, kw_only=True):
    """One requirement and the number of accounts that do not meet it (waived ones not counted)."""

    rule: str
    clause: str
    severity: str
    requirement: str
    accounts: int


class Mended(Value, frozen=True, kw_only=True):
    """A finding that was there in the earlier run and is gone."""

    platform: str
    handle: str
    requirement: str
    since: str | None


class Trouble(Value, frozen=True, kw_only=True):
    """What was wrong with one platform in this run. `reason` is a key of the texts when it is known there."""

    platform: str
    blind: bool
    reason: str
    detail: str
    fields: tuple[str, ...]


class Closed(Value, frozen=True, kw_only=True):
    """A source that was not asked any more in the course of the run, and the outcome that closed it."""

    platform: str
    source: str
    outcome: str


class NotTested(Value, frozen=True, kw_only=True):
    """A requirement that no permitted source of a platform can decide, and the fact that is missing for it."""

    platform: str
    requirement: str
    fact: str


class Page(Value, frozen=True, kw_only=True):
    """Everything on the page. `lower` and `upper` bound the share of compliant accounts (0..1).

    `gallery` holds the pictures with how each is shown.
    """

    total: int
    statuses: dict[str, int]
    lower: float
    upper: float
    uncertain: int
    gaps: tuple[tuple[str, int], ...]
    platforms: dict[str, PlatformCount]
    units: tuple[UnitRow, ...]
    rules: tuple[RuleRow, ...]
    groups: tuple[Group, ...]
    reviews: tuple[Group, ...]
    undetermined: tuple[Card, ...]
    mended: tuple[Mended, ...]
    not_tested: tuple[NotTested, ...]
    closed: tuple[Closed, ...]
    troubles: tuple[Trouble, ...]
    problems: tuple[str, ...]
    gallery: dict[bytes, str]
