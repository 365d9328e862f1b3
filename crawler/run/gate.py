"""The gate: whether a platform, or a field of it, can be trusted in this run. A run that cannot see must not accuse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from adapters.model import Profile, Value, observed
from audits.report.model import CanaryResult

# Fields that differ from account to account by nature; a text may be the same everywhere, an empty one may not.
DISTINCT = ("handle", "platform_id", "display_name", "avatar_url")
TEXTS = ("display_name", "bio")
FEWEST = 20
LARGEST_SHARE = 0.9
# Of the fields that every account has, so large a part must come at least.
SMALLEST_FILL = 0.1


class Trust(Value, frozen=True, kw_only=True):
    """What may be believed of a platform in this run; `untrusted` = its canaries failed, not only its coverage."""

    blind: bool = False
    untrusted: bool = False
    reason: str | None = None
    fields: frozenset[str] = frozenset()

    @property
    def complete(self) -> bool:
        """Whether nothing of this platform is blind."""
        return not self.blind and not self.fields


class Read(Value, frozen=True, kw_only=True):
    """What was read of one account; `promised` are the fields that the sources that read it show in full."""

    profile: Profile
    promised: frozenset[str] = frozenset()


def trust(coverage: float, min_coverage: float, canaries: Sequence[CanaryResult], reads: Sequence[Read]) -> Trust:
    """The verdict of the gate over one platform."""
    wrong = [canary for canary in canaries if not canary.right]
    doubtful = monotonous(read.profile for read in reads) | unfilled(reads)
    fields = frozenset(field for canary in wrong for field in canary.wrong_fields) | doubtful
    if wrong:
        first = wrong[0]
        what = ", ".join(first.wrong_fields) or first.outcome
        return Trust(blind=True, untrusted=True, reason=f"canary {first.handle} ({first.when}): {what}", fields=fields)
    if coverage < min_coverage:
        return Trust(blind=True, reason=f"coverage {coverage:.1%} below {min_coverage:.1%}", fields=fields)
    doubt = f"drift: {', '.join(sorted(fields))}" if fields else None
    return Trust(fields=fields, reason=doubt)


def monotonous(profiles: Iterable[Profile]) -> frozenset[str]:
    """Fields that come empty, or equal where they should differ, for nearly all of at least twenty accounts."""
    seen = list(profiles)
    return frozenset(
        field for field in {*DISTINCT, *TEXTS} if _dull([getattr(profile, field) for profile in seen], field)
    )


def unfilled(reads: Sequence[Read]) -> frozenset[str]:
    """Fields that every account has, and that hardly any has of at least twenty whose source should show them."""
    return frozenset(
        field for field in DISTINCT if _bare([read.profile for read in reads if field in read.promised], field)
    )


def _bare(profiles: Sequence[Profile], field: str) -> bool:
    return len(profiles) >= FEWEST and sum(observed(one, field) for one in profiles) < SMALLEST_FILL * len(profiles)


def _dull(values: Sequence[str | None], field: str) -> bool:
    known = [value for value in values if value is not None]
    if len(known) < FEWEST:
        return False
    value, count = Counter(known).most_common(1)[0]
    return count > LARGEST_SHARE * len(known) and (field in DISTINCT or not value.strip())
