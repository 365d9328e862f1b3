"""From what was observed to what a rule may see: without what cannot be trusted, and without a stranger's profile."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from adapters.model import Outcome, Profile, Value, id_kind, ids_of
from audits.merging import JUDGED, Merged
from audits.model import BLIND, GAPS, NO_SOURCE, NOT_ASKED, Account, Facts, LogoVerdict
from audits.rules.identity import is_stranger

LOGO_VERDICTS = frozenset({"approved", "altered", "contains", "different", "unreadable"})
LISTS = frozenset({"area_aliases", "beheerders", "conflicts"})
WHOLE = frozenset(Profile.__struct_fields__) - {"alt_ids", "extra"}
PORTRAIT = frozenset({"avatar_url", "avatar_is_default"})


class _Line(Value, frozen=True, kw_only=True):
    account: dict[str, Any]
    outcome: Outcome | None = None
    profile: dict[str, Any] | None = None
    logo: LogoVerdict | None = None
    banner: LogoVerdict | None = None
    gaps: dict[str, str | None] | None = None
    seen_before: int | None = None
    today: date | None = None


class Look(Value, frozen=True, kw_only=True):
    """What came of looking at one picture: the verdict, or why there is none (`gap`: an outcome or `not_asked`)."""

    verdict: LogoVerdict | None = None
    gap: str | None = None


UNLOOKED = Look()


def facts(
    account: Account,
    merged: Merged,
    *,
    logo: Look = UNLOOKED,
    banner: Look = UNLOOKED,
    seen_before: int = 0,
    today: date | None = None,
    blind_fields: frozenset[str] = frozenset(),
) -> Facts:
    """What a rule may see of an account: without the values of `blind_fields`, and without a profile that is, or
    may be, a stranger's.

    `logo` is what came of looking at the avatar, `banner` the same of the banner; `seen_before` as in `Facts`.
    """
    looks = {"logo": logo, "banner": banner}
    seen = Facts(
        account=account,
        outcome=merged.outcome,
        profile=merged.profile,
        logo=logo.verdict or _without_looking(merged.profile),
        banner=banner.verdict or _no_banner(merged.profile),
        gaps=merged.gaps | {need: look.gap for need, look in looks.items() if look.gap and look.verdict is None},
        seen_before=seen_before,
        today=today,
        sources=merged.sources,
        times=merged.times,
    )
    return _withheld(_nobodys(_blinded(seen, blind_fields)))


def _without_looking(profile: Profile | None) -> LogoVerdict | None:
    """The verdict on an avatar that nobody has to look at: the platform's default picture, or none at all."""
    if profile is None or (not profile.avatar_is_default and profile.avatar_url != ""):
        return None
    return LogoVerdict(verdict="different", reasons=("default" if profile.avatar_is_default else "none",))


def _no_banner(profile: Profile | None) -> LogoVerdict | None:
    """The verdict on a banner that was seen not to be there."""
    return LogoVerdict(verdict="different", reasons=("none",)) if profile and profile.banner_url == "" else None


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
    told = Facts(
        account=account,
        outcome=outcome,
        profile=profile if outcome in JUDGED else None,
        logo=(read.logo or _without_looking(profile)) if outcome in JUDGED else None,
        banner=(read.banner or _no_banner(profile)) if outcome in JUDGED else None,
        gaps=_known(read.gaps or {}),
        seen_before=read.seen_before or 0,
        today=read.today or today,
    )
    return _withheld(_nobodys(told))


def _blinded(facts: Facts, fields: frozenset[str]) -> Facts:
    """Without the fields that cannot be trusted in this run."""
    if "platform_id" in fields and facts.account.platform_id:
        # Nobody can say whose profile this is, so nothing in it is held against the account.
        fields = WHOLE
    return _without(facts, fields, BLIND)


def _nobodys(facts: Facts) -> Facts:
    """Without a profile of which nobody can say whose it is: the source that shows the register's id was not read.

    Where no source shows it (`no_source`) the name alone has to do.
    """
    account, profile, gap = facts.account, facts.profile, facts.gaps.get("platform_id", NO_SOURCE)
    if profile is None or not account.platform_id or gap == NO_SOURCE:
        return facts
    shown = id_kind(account.platform, account.platform_id) in ids_of(account.platform, profile)
    return facts if shown else _without(facts, WHOLE, gap)


def _without(facts: Facts, fields: frozenset[str], gap: str) -> Facts:
    """Without these fields of the profile, and without what was derived from them."""
    if facts.profile is None or not fields:
        return facts
    # What is said of a picture is told from its address as well.
    fields |= PORTRAIT if fields & PORTRAIT else frozenset()
    gone: dict[str, Any] = dict.fromkeys(fields)
    if "platform_id" in fields:
        gone["alt_ids"] = {}
    return msgspec.structs.replace(
        facts,
        profile=msgspec.structs.replace(facts.profile, **gone),
        logo=None if "avatar_url" in fields else facts.logo,
        banner=None if "banner_url" in fields else facts.banner,
        gaps=facts.gaps | dict.fromkeys(fields, gap),
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
