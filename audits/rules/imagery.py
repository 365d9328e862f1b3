"""Rules about the pictures of a profile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec

from adapters.model import Outcome
from audits.model import NOT_ASKED, TOO_SMALL, TYPES, Facts, Judgement, LogoVerdict, Verdict
from audits.rules.naming import Nothing

NEAR_LIMIT = "near_limit"
UNREADABLE = "unreadable"
APPROVED = "approved"
CONTAINS = "contains"
DEFAULT = "default"
READABLE = "readable"
WIDTH, PIXELS = "width", "px"
# With these reasons the nearest picture is not the one to be had, but the one that should not be there.
NAMED = frozenset({"old_logo", "other_force", "known_bad", "not_yet_valid", "other_platform", "other_type"})

Expected = Literal["logo", "portrait_with_logo", "either"]
PerCent = Annotated[int, msgspec.Meta(ge=0, le=100)]


class Avatars(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a profile picture must be: `expect` for every type of account, `by_type` says otherwise for some.

    `logo`: an approved picture and nothing else; `portrait_with_logo`: a photo that shows an approved logo; `either`.
    In a photo the logo takes at least `min_width` and at most `max_width` per cent of the width.
    """

    expect: Expected = "logo"
    by_type: dict[str, Expected] = {}
    min_width: PerCent | None = None
    max_width: PerCent | None = None

    def __post_init__(self) -> None:
        unknown = sorted(self.by_type.keys() - TYPES)
        if unknown:
            raise ValueError(f"there is no account type {unknown[0]!r}")
        widths = [width for width in (self.min_width, self.max_width) if width is not None]
        if widths != sorted(widths):
            raise ValueError("min_width is more than max_width")
        if widths and {self.expect, *self.by_type.values()} == {"logo"}:
            raise ValueError("min_width and max_width are about a logo in a photo, and no type of account may have one")


class Sizes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What it means that a picture is too small: `fail`, `review` or `unknown`.

    Too small is what cannot be read for it, and what has a side of less than `min_px` pixels.
    """

    too_small: Literal["fail", "review", "unknown"] = "review"
    min_px: Annotated[int, msgspec.Meta(ge=1)] | None = None


class Banners(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`approved`: only approved pictures may be a banner (else every banner is free); `required`: there must be one."""

    approved: bool = False
    required: bool = False


def avatar_approved(facts: Facts, wanted: Avatars) -> Judgement:
    """The profile picture is what the type of account asks for; the platform's default picture never is."""
    return _approved(facts, "logo", wanted)


def avatar_readable(facts: Facts, wanted: Sizes) -> Judgement:
    """The profile picture is large enough; where there is none, there is nothing to read."""
    told = _noted(READABLE, {"min_px": wanted.min_px})
    match facts.logo:
        case LogoVerdict(reasons=("default" | "none",)):
            return Judgement(verdict=Verdict.NOT_APPLICABLE)
        case LogoVerdict(size=(width, height)) if wanted.min_px is not None and min(width, height) < wanted.min_px:
            return _too_small(wanted, min(width, height), told)
        case LogoVerdict(verdict="unreadable", reasons=reasons, size=size) if TOO_SMALL in reasons:
            return _too_small(wanted, None if size is None else min(size), told)
        case LogoVerdict(verdict="unreadable"):
            gap = str(Outcome.TRANSPORT_ERROR)
            return Judgement(verdict=Verdict.UNKNOWN, seen=UNREADABLE, wanted=told, gap=gap)
        case LogoVerdict(size=None) if wanted.min_px is not None:
            return Judgement(verdict=Verdict.UNKNOWN, wanted=told, gap=NOT_ASKED)
        case _:
            return Judgement(verdict=Verdict.PASS, seen=READABLE, wanted=told)


def banner_approved(facts: Facts, wanted: Banners) -> Judgement:
    """The banner is one of the approved pictures; where none is required, no banner is fine too."""
    match facts.banner:
        case LogoVerdict(reasons=("none",)) if not wanted.required:
            return Judgement(verdict=Verdict.PASS, seen="none", wanted=APPROVED)
        case _:
            return _approved(facts, "banner", Avatars())


def banners_matter(wanted: Banners) -> bool:
    """Whether there is a set of approved banners to hold one against."""
    return wanted.approved


def avatar_not_default(facts: Facts, _: Nothing) -> Judgement:
    """The profile picture is not the platform's default picture."""
    if facts.value("avatar_is_default"):
        return Judgement(verdict=Verdict.FAIL, seen=DEFAULT, wanted="not default")
    return Judgement(verdict=Verdict.PASS, seen="not default", wanted="not default")


def _too_small(wanted: Sizes, pixels: int | None, told: str) -> Judgement:
    verdict = Verdict(wanted.too_small)
    gap = TOO_SMALL if verdict is Verdict.UNKNOWN else None
    return Judgement(verdict=verdict, seen=_noted(TOO_SMALL, {PIXELS: pixels}), wanted=told, gap=gap)


def _approved(facts: Facts, need: str, wanted: Avatars) -> Judgement:
    expected = wanted.by_type.get(facts.account.type or "", wanted.expect)
    picture = facts.value(need)
    told = _told(picture, expected, wanted)
    match picture:
        case LogoVerdict(reasons=("default" | "none" as missing,)):
            return Judgement(verdict=Verdict.FAIL, seen=missing, wanted=told)
        case LogoVerdict(verdict="unreadable", reasons=reasons):
            gap = TOO_SMALL if TOO_SMALL in reasons else str(Outcome.TRANSPORT_ERROR)
            return Judgement(verdict=Verdict.UNKNOWN, seen=UNREADABLE, wanted=told, gap=gap)
        case LogoVerdict():
            return Judgement(verdict=_verdict(picture, expected, wanted), seen=_seen(picture), wanted=told)
        case _:
            return Judgement(verdict=Verdict.UNKNOWN, wanted=told, gap=facts.gap(need))


def _verdict(picture: LogoVerdict, expected: Expected, wanted: Avatars) -> Verdict:
    """Too near a limit to accuse, or to call it fine: then a person has to look."""
    if NEAR_LIMIT in picture.reasons:
        return Verdict.REVIEW
    if picture.verdict == APPROVED:
        return Verdict.FAIL if expected == "portrait_with_logo" else Verdict.PASS
    if picture.verdict != CONTAINS or expected == "logo":
        return Verdict.FAIL
    return _wide_enough(picture.amounts.get(WIDTH), wanted)


def _wide_enough(width: float | None, wanted: Avatars) -> Verdict:
    """By the whole per cent, as it is shown; a width that nobody measured is for a person, where it matters."""
    if wanted.min_width is None and wanted.max_width is None:
        return Verdict.PASS
    if width is None:
        return Verdict.REVIEW
    least, most = wanted.min_width or 0, 100 if wanted.max_width is None else wanted.max_width
    return Verdict.PASS if least <= round(width) <= most else Verdict.FAIL


def _seen(picture: LogoVerdict) -> str:
    """`altered (stretched=12, recoloured)`, `contains (width=31)`, `different (other_force: toezicht)`."""
    names = (*picture.reasons, *((WIDTH,) if picture.verdict == CONTAINS else ()))
    notes = [_reason(name, picture) for name in names if name != WIDTH or WIDTH in picture.amounts]
    return f"{picture.verdict} ({', '.join(notes)})" if notes else picture.verdict


def _reason(name: str, picture: LogoVerdict) -> str:
    if name in NAMED and picture.variant:
        return f"{name}: {picture.variant}"
    return f"{name}={round(picture.amounts[name])}" if name in picture.amounts else name


def _told(picture: LogoVerdict | None, expected: Expected, wanted: Avatars) -> str:
    """What is asked for, with the approved picture that is nearest where there is one."""
    if expected == "logo":
        nearest = picture.variant if picture and not NAMED & set(picture.reasons) else None
        return f"{APPROVED}: {nearest}" if nearest else APPROVED
    return _noted(expected, {"min_width": wanted.min_width, "max_width": wanted.max_width})


def _noted(word: str, amounts: Mapping[str, int | None]) -> str:
    """A word with the amounts that are known behind it: `readable (min_px=100)`."""
    notes = [f"{name}={amount}" for name, amount in amounts.items() if amount is not None]
    return f"{word} ({', '.join(notes)})" if notes else word
