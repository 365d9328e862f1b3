"""The vocabulary of the audit: an account of the register, the facts about it, and what the policy makes of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec

from adapters.model import SEEN, Outcome, Platform, Profile, Value

# Reasons for `unknown` besides the outcomes of an observation.
TOO_SMALL = "too_small"
FIRST_OBSERVATION = "first_observation"
NO_SOURCE = "no_source"
BLIND = "blind"
NOT_ASKED = "not_asked"
GAPS = frozenset({TOO_SMALL, FIRST_OBSERVATION, NO_SOURCE, BLIND, NOT_ASKED}) | {str(outcome) for outcome in Outcome}
# The kinds of account that the register tells apart and that a clause can be limited to.
TYPES = frozenset(
    {
        *("landelijk", "landelijke_eenheid", "eenheid", "district", "basisteam", "politieteam", "wijkteam", "bureau"),
        *("wijkagent", "wijkagenten", "jeugdagent", "digitaal_wijkagent", "portefeuille", "flexteam"),
        *("specialistisch_team", "teamchef", "leiding", "woordvoering", "webcare", "opsporing", "thema", "werving"),
        *("vlogger", "persoon", "dier", "historisch", "onbekend"),
    }
)


# Words of a register for an account that is no longer used.
ENDED = frozenset({"beëindigd", "beeindigd", "gearchiveerd", "opgeheven", "ended", "archived", "closed"})


class Verdict(StrEnum):
    """What a rule says of an account."""

    PASS = "pass"  # noqa: S105 - a verdict, not a secret
    FAIL = "fail"
    REVIEW = "review"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Severity(StrEnum):
    """How much a clause weighs; `info` never changes the status of an account."""

    MUST = "must"
    SHOULD = "should"
    INFO = "info"


class Status(StrEnum):
    """What the findings together say of an account."""

    COMPLIANT = "compliant"
    NON_COMPLIANT = "non_compliant"
    REVIEW = "review"
    UNDETERMINED = "undetermined"


class Account(Value, frozen=True, kw_only=True):
    """One row of the register. `area_aliases` are other names of the area; `conflicts` are remarks of the import.

    `confirmed_on` and `confirmed_by` say when and who confirmed that this is ours; `source_url` is the official
    page that names the account.
    """

    account_id: str
    platform: Platform
    handle: str
    platform_id: str | None = None
    type: str | None = None
    unit: str | None = None
    area: str | None = None
    area_aliases: tuple[str, ...] = ()
    beheerders: tuple[str, ...] = ()
    status: str | None = None
    confirmed_on: str | None = None
    confirmed_by: str | None = None
    source_url: str | None = None
    notes: str | None = None
    conflicts: tuple[str, ...] = ()

    @property
    def ended(self) -> bool:
        """Whether the register says that the account is no longer used."""
        return (self.status or "").strip().casefold() in ENDED


class LogoVerdict(Value, frozen=True, kw_only=True):
    """What the image check says of one picture. `distance` is a share of the limit: 0 = equal, above 1 = beyond it.

    `verdict` is one of approved, altered, contains, different, unreadable; `box` is x, y, width, height in pixels.
    `amounts` says by how much, for a reason (`stretched`: per cent, `rotated`: degrees clockwise) or for the box
    (`width`: per cent of the picture). `place` maps the nearest approved picture onto this one: an affine map, row by
    row, of coordinates from -0.5 to 0.5 over each picture made square; with a negative determinant it is mirrored.
    `size` is width and height of the file in pixels, upright; `None` where it could not be read or was not kept.
    """

    verdict: str
    variant: str | None = None
    distance: float | None = None
    box: tuple[int, int, int, int] | None = None
    reasons: tuple[str, ...] = ()
    amounts: dict[str, float] = {}
    place: tuple[float, float, float, float, float, float] | None = None
    size: tuple[int, int] | None = None


# The field of the profile from which the verdict on a picture comes.
PICTURES = {"logo": "avatar_url", "banner": "banner_url"}


class Facts(Value, frozen=True, kw_only=True):
    """All that a rule may see. A field that is missing has its reason in `gaps`, by the name of the profile field.

    A field may have a value and a gap at once: then only a part of it was seen. `seen_before` counts the earlier runs
    that in unbroken succession ended in the same outcome; `sources` names the source of each field, `times` says when
    it was observed (UTC ISO 8601).
    """

    account: Account
    outcome: Outcome
    profile: Profile | None = None
    logo: LogoVerdict | None = None
    banner: LogoVerdict | None = None
    gaps: dict[str, str] = {}
    seen_before: int = 0
    today: date | None = None
    sources: dict[str, str] = {}
    times: dict[str, str] = {}

    def value(self, need: str) -> Any:
        """The fact called `need`: `logo`, `banner`, `outcome` or a field of the profile; `None` when not known."""
        if need in {"logo", "banner", "outcome"}:
            return getattr(self, need)
        return None if self.profile is None else getattr(self.profile, need)

    def gap(self, need: str) -> str:
        """Why `need` is not known (or not in full): its own gap, else the outcome, else `not_asked`."""
        own = self.gaps.get(need) or self.gaps.get(PICTURES.get(need, need))
        if own:
            return own
        return NOT_ASKED if self.outcome is Outcome.OK else str(self.outcome)

    @property
    def seen(self) -> bool:
        """Whether the platform answered about this account at all."""
        return self.outcome in SEEN


class Judgement(Value, frozen=True, kw_only=True):
    """What a rule answers: a verdict, what was seen and what was wanted. No prose. `gap` only with `unknown`."""

    verdict: Verdict
    seen: str | None = None
    wanted: str | None = None
    gap: str | None = None


class Rule(Value, frozen=True, kw_only=True):
    """A check: its id, the facts it cannot do without, the shape of its parameters, and the function itself.

    `check` is only called when every fact in `needs` is known; it may still answer `unknown` for others it looks at
    (`optional`). Both together are what fetching has to bring. `applies` says from the register alone whether the rule
    can say anything about an account (`None` = about every one); where it cannot, the clause is not applicable.
    `asks` says the same of the parameters of a clause: one that asks nothing looks at nothing either.
    """

    id: str
    needs: frozenset[str]
    parameters: type[msgspec.Struct]
    check: Callable[[Facts, Any], Judgement]
    optional: frozenset[str] = frozenset()
    applies: Callable[[Account], bool] | None = None
    asks: Callable[[Any], bool] | None = None


class Waived(Value, frozen=True, kw_only=True):
    """Why a finding does not count for the time being."""

    reason: str
    approver: str
    until: str


class Finding(Value, frozen=True, kw_only=True):
    """One clause held against one account. `observed_at`: when its source showed what was seen.

    `first_seen` is set by the store for findings that go on. Both are UTC ISO 8601.
    """

    rule: str
    clause: str
    verdict: Verdict
    severity: Severity
    seen: str | None = None
    wanted: str | None = None
    gap: str | None = None
    waived: Waived | None = None
    source: str | None = None
    first_seen: str | None = None
    observed_at: str | None = None


class Differing(Value, frozen=True, kw_only=True):
    """A field that two sources showed differently: `value` of `source` is the one that counts."""

    field: str
    source: str
    value: str
    other_source: str
    other: str


class Result(Value, frozen=True, kw_only=True):
    """One line of `results.jsonl`: an account, its status and all its findings.

    `identity` says who or what confirms that the account is ours (a word of `audits.identity`), where it was looked at.
    """

    account_id: str
    platform: Platform
    handle: str
    status: Status
    observed_at: str | None
    outcome: Outcome
    sources: tuple[str, ...]
    findings: tuple[Finding, ...]
    differing: tuple[Differing, ...] = ()
    identity: str | None = None
