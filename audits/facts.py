"""From observations to facts: what several sources said of one account, put together, with the reason for every gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from adapters.model import Observation, Outcome, Platform, Profile, Value, ids_of, observed
from audits.model import BLIND, GAPS, NO_SOURCE, NOT_ASKED, Account, Facts, LogoVerdict
from audits.rules.identity import is_stranger

# The outcomes with which a profile was read that may be judged.
JUDGED = frozenset({Outcome.OK, Outcome.PARTIAL, Outcome.RESTRICTED})
# The platform's own word that there is nothing to see: it explains every field that is missing.
FINAL = frozenset({Outcome.SUSPENDED, Outcome.NOT_FOUND, Outcome.NOT_ELIGIBLE, Outcome.MOVED})
RANK = {
    Outcome.OK: 0,
    Outcome.PARTIAL: 1,
    Outcome.SUSPENDED: 2,
    Outcome.NOT_FOUND: 3,
    Outcome.RESTRICTED: 4,
    Outcome.NOT_ELIGIBLE: 4,
    Outcome.MOVED: 4,
}
UNSEEN = 5
FIELDS = tuple(field for field in Profile.__struct_fields__ if field not in {"alt_ids", "extra"})
# Fields that only mean something beside another one are taken from the same source as that one.
LEADERS = {"followers_exact": "followers", "verified_kind": "verified"}
LOGO_VERDICTS = frozenset({"approved", "altered", "contains", "different", "unreadable"})
LISTS = frozenset({"area_aliases", "beheerders", "conflicts"})


class SourceGives(Value, frozen=True, kw_only=True):
    """A permitted source: the profile fields it shows in full (`gives`) and those of which it may show only a part."""

    name: str
    gives: frozenset[str]
    hints: frozenset[str] = frozenset()


class Merged(Value, frozen=True, kw_only=True):
    """What all sources together said. `sources`: field -> source, and `outcome` -> the source that settled it.

    `gaps`: field -> why it is not known; a field with value and gap was seen only in part.
    """

    outcome: Outcome
    profile: Profile | None
    sources: dict[str, str]
    gaps: dict[str, str]


class _Read(Value, frozen=True, kw_only=True):
    source: str
    profile: Profile
    hints: frozenset[str]


class _Line(Value, frozen=True, kw_only=True):
    account: dict[str, Any]
    outcome: Outcome | None = None
    profile: dict[str, Any] | None = None
    logo: LogoVerdict | None = None
    banner: LogoVerdict | None = None
    gaps: dict[str, str | None] | None = None
    seen_before: int | None = None
    today: date | None = None


def merge(observations: Sequence[Observation], wanted: frozenset[str], permitted: Sequence[SourceGives]) -> Merged:
    """The observations of one account, in the order they were made, as one.

    `permitted` stands in order of preference: the first source that observed a field in full wins. Only `wanted`
    fields get a gap when they are missing.
    """
    leading = _leading(observations)
    outcome = leading.outcome if leading else Outcome.NOT_PERMITTED
    reads = _reads(observations, permitted) if outcome in JUDGED else ()
    sources = {"outcome": leading.source} if leading else {}
    values: dict[str, Any] = {}
    gaps: dict[str, str] = {}
    for field in FIELDS:
        found = _find(field, reads)
        if found:
            values[field], sources[field] = getattr(found.profile, field), found.source
        if field in wanted and (found is None or field in found.hints):
            gaps[field] = _gap(field, outcome, observations, permitted)
    if not reads:
        return Merged(outcome=outcome, profile=None, sources=sources, gaps=gaps)
    alt_ids = {kind: found for read in reversed(reads) for kind, found in read.profile.alt_ids.items()}
    extra = {key: found for read in reversed(reads) for key, found in read.profile.extra.items()}
    profile = Profile(alt_ids=alt_ids, extra=extra, **values)
    return Merged(outcome=outcome, profile=profile, sources=sources, gaps=gaps)


def facts(
    account: Account,
    merged: Merged,
    *,
    logo: LogoVerdict | None = None,
    logo_gap: str | None = None,
    seen_before: int = 0,
    today: date | None = None,
    blind_fields: frozenset[str] = frozenset(),
) -> Facts:
    """What a rule may see of an account: without the values of `blind_fields`, and without a stranger's profile.

    `logo_gap` says why there is no verdict on the avatar (an outcome); `seen_before` as in `Facts`.
    """
    seen = Facts(
        account=account,
        outcome=merged.outcome,
        profile=merged.profile,
        logo=logo or _without_looking(merged.profile),
        gaps=merged.gaps | ({"logo": logo_gap} if logo_gap and logo is None else {}),
        seen_before=seen_before,
        today=today,
        sources=merged.sources,
    )
    return _withheld(_blinded(seen, blind_fields))


def _without_looking(profile: Profile | None) -> LogoVerdict | None:
    """The verdict on an avatar that nobody has to look at: the platform's default picture, or none at all."""
    if profile is None or (not profile.avatar_is_default and profile.avatar_url != ""):
        return None
    return LogoVerdict(verdict="different", reasons=("default" if profile.avatar_is_default else "none",))


def stranger(account: Account, profile: Profile | None) -> bool:
    """Whether a profile was read that bears another platform id than the register."""
    return profile is not None and is_stranger(account, profile)


def facts_from_json(line: bytes, today: date | None = None) -> Facts:
    """Facts written by hand, one JSON object. Absent keys are not observed; ValueError (one line) for wrong ones.

    Without `outcome`, a line with a profile is `ok` and one without is `ambiguous`; without `today`, `today` counts.
    """
    try:
        read = msgspec.json.decode(line, type=_Line)
        account = msgspec.convert(_cells(read.account), Account)
        profile = msgspec.convert(_known(read.profile), Profile) if read.profile is not None else None
    except msgspec.MsgspecError as error:
        raise ValueError(str(error)) from error
    _check_words(read)
    outcome = read.outcome or (Outcome.OK if profile else Outcome.AMBIGUOUS)
    return _withheld(
        Facts(
            account=account,
            outcome=outcome,
            profile=profile if outcome in JUDGED else None,
            logo=(read.logo or _without_looking(profile)) if outcome in JUDGED else None,
            banner=read.banner if outcome in JUDGED else None,
            gaps=_known(read.gaps or {}),
            seen_before=read.seen_before or 0,
            today=read.today or today,
        )
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
        _Read(source=one.source, profile=one.profile, hints=_hints(known.get(one.source)))
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


def _blinded(facts: Facts, fields: frozenset[str]) -> Facts:
    """Without the fields that cannot be trusted in this run, and without what was derived from them."""
    if facts.profile is None or not fields:
        return facts
    if "platform_id" in fields and facts.account.platform_id:
        # Nobody can say whose profile this is, so nothing in it is held against the account.
        fields = frozenset(Profile.__struct_fields__) - {"alt_ids", "extra"}
    gone: dict[str, Any] = dict.fromkeys(fields)
    if "platform_id" in fields:
        gone["alt_ids"] = {}
    return msgspec.structs.replace(
        facts,
        profile=msgspec.structs.replace(facts.profile, **gone),
        logo=None if "avatar_url" in fields else facts.logo,
        banner=None if "banner_url" in fields else facts.banner,
        gaps=facts.gaps | dict.fromkeys(fields, BLIND),
    )


def _withheld(facts: Facts) -> Facts:
    """Of a profile that bears another id than the register: only whose it is. A stranger is not judged."""
    profile = facts.profile
    if profile is None or not stranger(facts.account, profile):
        return facts
    hidden = {*Profile.__struct_fields__, "logo", "banner"} - {"platform_id", "alt_ids", "extra"}
    return msgspec.structs.replace(
        facts,
        profile=Profile(platform_id=profile.platform_id, alt_ids=profile.alt_ids, handle=profile.handle),
        logo=None,
        banner=None,
        gaps=dict.fromkeys(sorted(hidden), NOT_ASKED),
    )


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _cells(row: Mapping[str, Any]) -> dict[str, Any]:
    """A register row as written by hand: lists may be written as one text with semicolons."""
    return {
        key: tuple(part.strip() for part in value.split(";") if part.strip())
        if key in LISTS and isinstance(value, str)
        else value
        for key, value in _known(row).items()
    }


def _check_words(line: _Line) -> None:
    for gap in _known(line.gaps or {}).values():
        if gap not in GAPS:
            raise ValueError(f"gaps: {gap!r} is no reason for a gap (one of {', '.join(sorted(GAPS))})")
    for picture in (line.logo, line.banner):
        if picture and picture.verdict not in LOGO_VERDICTS:
            raise ValueError(f"logo: {picture.verdict!r} is no verdict (one of {', '.join(sorted(LOGO_VERDICTS))})")
