"""What several sources said of one account, put together: each field with its source and time, every gap named."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from adapters.model import Observation, Outcome, Platform, Profile, Value, ids_of, observed
from audits.model import NO_SOURCE, NOT_ASKED, Differing

# The outcomes with which a profile was read that may be judged.
JUDGED = frozenset({Outcome.OK, Outcome.PARTIAL, Outcome.RESTRICTED})
# The platform's own word that there is nothing to see: it explains every field that is missing.
FINAL = frozenset({Outcome.SUSPENDED, Outcome.NOT_FOUND, Outcome.NOT_ELIGIBLE, Outcome.MOVED})
RANK = {
    Outcome.OK: 0,
    Outcome.PARTIAL: 1,
    Outcome.SUSPENDED: 2,
    # Signs of life; that there is none, a source may say of what it only does not show.
    Outcome.RESTRICTED: 3,
    Outcome.MOVED: 3,
    Outcome.NOT_FOUND: 4,
    Outcome.NOT_ELIGIBLE: 5,
}
UNSEEN = 6
FIELDS = tuple(field for field in Profile.__struct_fields__ if field not in {"alt_ids", "extra"})
# Fields that only mean something beside another one are taken from the same source as that one.
# What two sources of one platform should show alike; pictures, counts, places and times each shows in its own way.
COMPARED = ("handle", "display_name", "bio", "links", "verified", "private")
LEADERS = {"followers_exact": "followers", "verified_kind": "verified"}


class SourceGives(Value, frozen=True, kw_only=True):
    """A permitted source: the profile fields it shows in full (`gives`) and those of which it may show only a part."""

    name: str
    gives: frozenset[str]
    hints: frozenset[str] = frozenset()


class Merged(Value, frozen=True, kw_only=True):
    """What all sources together said. `sources`: field -> source, and `outcome` -> the source that settled it.

    `gaps`: field -> why it is not known; a field with value and gap was seen only in part. `times`: as `sources`, when
    it was observed. `differing`: fields of which two sources said different things.
    """

    outcome: Outcome
    profile: Profile | None
    sources: dict[str, str]
    gaps: dict[str, str]
    times: dict[str, str] = {}
    differing: tuple[Differing, ...] = ()


class _Read(Value, frozen=True, kw_only=True):
    source: str
    observed_at: str | None
    profile: Profile
    hints: frozenset[str]


def merge(observations: Sequence[Observation], wanted: frozenset[str], permitted: Sequence[SourceGives]) -> Merged:
    """The observations of one account, in the order they were made, as one.

    `permitted` stands in order of preference: the first source that observed a field in full wins. Only `wanted`
    fields get a gap when they are missing.
    """
    leading = _leading(observations)
    outcome = leading.outcome if leading else Outcome.NOT_PERMITTED
    reads = _reads(observations, permitted) if outcome in JUDGED else ()
    sources = {"outcome": leading.source} if leading else {}
    times = {"outcome": leading.observed_at} if leading and leading.observed_at else {}
    values: dict[str, Any] = {}
    gaps: dict[str, str] = {}
    for field in FIELDS:
        found = _find(field, reads)
        if found:
            values[field], sources[field] = getattr(found.profile, field), found.source
            times |= {field: found.observed_at} if found.observed_at else {}
        if field in wanted and (found is None or field in found.hints):
            gaps[field] = _gap(field, outcome, observations, permitted)
    if not reads:
        return Merged(outcome=outcome, profile=None, sources=sources, gaps=gaps, times=times)
    alt_ids = {kind: found for read in reversed(reads) for kind, found in read.profile.alt_ids.items()}
    extra = {key: found for read in reversed(reads) for key, found in read.profile.extra.items()}
    profile = Profile(alt_ids=alt_ids, extra=extra, **values)
    return Merged(
        outcome=outcome,
        profile=profile,
        sources=sources,
        gaps=gaps,
        times=times,
        differing=tuple(_differing(reads)),
    )


def _leading(observations: Sequence[Observation]) -> Observation | None:
    """The observation that settles the outcome; of several unseen ones the last."""
    if not observations:
        return None
    best = min(RANK.get(one.outcome, UNSEEN) for one in observations)
    among = [one for one in observations if RANK.get(one.outcome, UNSEEN) == best]
    return among[-1] if best == UNSEEN else among[0]


def _reads(observations: Sequence[Observation], permitted: Sequence[SourceGives]) -> tuple[_Read, ...]:
    """The profiles that were read, by preference, without those that bear another id than the first."""
    known = {source.name: source for source in permitted}
    order = {name: at for at, name in enumerate(known)}
    reads = [
        _Read(source=one.source, observed_at=one.observed_at, profile=one.profile, hints=_hints(known.get(one.source)))
        for one in sorted(observations, key=lambda one: order.get(one.source, len(order)))
        if one.profile is not None and one.outcome in JUDGED
    ]
    return tuple(read for read in reads if _same(observations[0].platform, read.profile, reads[0].profile))


def _hints(source: SourceGives | None) -> frozenset[str]:
    return source.hints - source.gives if source else frozenset()


def _same(platform: Platform, one: Profile, other: Profile) -> bool:
    """Whether two profiles can be of one account: an id of the same kind agrees, or they share no kind."""
    ids, others = ids_of(platform, one), ids_of(platform, other)
    shared = ids.keys() & others.keys()
    return not shared or any(ids[kind] == others[kind] for kind in shared)


def _find(field: str, reads: Sequence[_Read]) -> _Read | None:
    """The reading from which a field is taken: in full before in part, an exact number before a rounded one."""
    leader = LEADERS.get(field, field)
    those = [read for read in reads if observed(read.profile, leader)]
    if leader == "followers":
        those.sort(key=lambda read: read.profile.followers_exact is not True)
    those.sort(key=lambda read: leader in read.hints)
    return those[0] if those and observed(those[0].profile, field) else None


def _differing(reads: Sequence[_Read]) -> Iterator[Differing]:
    """Every field that the source it is taken from and another one show in full, and show differently."""
    for field in COMPARED:
        taken = _find(field, reads)
        for read in reads if taken else ():
            if taken is None or read is taken or field in read.hints | taken.hints or not observed(read.profile, field):
                continue
            value, other = getattr(taken.profile, field), getattr(read.profile, field)
            if _plain(field, value) != _plain(field, other):
                yield Differing(
                    field=field, source=taken.source, value=_told(value), other_source=read.source, other=_told(other)
                )


def _plain(field: str, value: Any) -> Any:
    """A value in the form in which sources are compared: how each writes capitals, blanks and marks does not count."""
    match value:
        case str():
            text = "".join(char for char in unicodedata.normalize("NFC", value) if unicodedata.category(char) != "Cf")
            text = " ".join(text.split())
            return text.casefold() if field == "handle" else text
        case tuple():
            return frozenset(link.rstrip("/") for link in value)
        case _:
            return value


def _told(value: Any) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _gap(field: str, outcome: Outcome, observations: Sequence[Observation], permitted: Sequence[SourceGives]) -> str:
    """Why a field is not known: the platform's word, no source has it, or what became of the last source that has."""
    if outcome in FINAL:
        return str(outcome)
    able = {source.name for source in permitted if field in source.gives}
    if not able:
        return NO_SOURCE
    last = next((one.outcome for one in reversed(observations) if one.source in able), None)
    if last is None:
        return NOT_ASKED
    return str(Outcome.PARTIAL if last is Outcome.OK else last)
