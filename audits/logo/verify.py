"""Is a picture an approved logo? Laid upon each other first, then judged by what is left."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageOps

from audits.logo.alignment import (
    AFFINE,
    FINE,
    SIDES,
    UNIFORM,
    Greys,
    Guess,
    edges_found,
    guesses,
    refine,
    signature,
    strongest,
)
from audits.logo.approved import RESOLUTIONS, ApprovedSet, Entry, hash_of
from audits.logo.colour import Floats, squared
from audits.logo.comparison import Comparison, compare
from audits.logo.decode import Picture, Unreadable, decode
from audits.logo.placement import Placement
from audits.logo.reasons import INVERTED, reasons_for
from audits.model import TOO_SMALL, LogoVerdict

APPROVED, ALTERED, DIFFERENT, UNREADABLE = "approved", "altered", "different", "unreadable"
NEAR_LIMIT = "near_limit"

SURE_SIZE = 100  # pixels of the shorter side from which every verdict may be given
APPROVED_SIZE = 72  # from here a clear likeness may be told
SMALLEST = 48  # below this nothing is told
_WORKING = 192  # pixels a side to which larger pictures are brought at once
_NEAR = 0.3  # this far from a limit, either way, a person has to look
_UNDOUBTED = 0.35  # a share of the limit below which nothing can have been bent
_PLAINLY_BENT = 2.0  # times the limit: a line of text leaves its stretch open by about one
_SAME_DRAWING = 20  # of 256 bits: so near only a plain copy of that very drawing comes
_RIVAL = 0.2  # a logo whose first correlation is this much lower than the best cannot be the one
_PROMISING = 0.6  # nor one that correlates less than this while another does more; approved ones reach 0.8
_LIKENESS = 0.2  # share of the logo's edges that must be found to call a picture an altered logo
_HINT = 0.1  # and to suspect one in a picture too small to tell
_PLAIN = 0.15  # what a likeness must gain by being taken for a negative
_STARTS = 3  # how many views a fit may begin from
_TRIES = 4  # how many guesses are followed up to explain a picture that is not approved


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """A picture made ready: square RGB, in grey, its row for the tables, the resolution to judge at."""

    image: Image.Image
    greys: Greys
    row: Floats
    resolution: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A logo laid upon a picture, which was mirrored before or not."""

    entry: Entry
    place: Placement
    mirrored: bool
    comparison: Comparison


def verify(data: bytes, approved: ApprovedSet) -> LogoVerdict:
    """The verdict on an avatar: approved, altered, different or unreadable, with the nearest logo, distance, reasons.

    A picture under 100 pixels is told approved or different only when that is clear, else unreadable (`too_small`).
    """
    try:
        picture = decode(data)
    except Unreadable as refusal:
        return LogoVerdict(verdict=UNREADABLE, reasons=(refusal.reason,))
    if min(picture.width, picture.height) < SMALLEST:
        return LogoVerdict(verdict=UNREADABLE, reasons=(TOO_SMALL,))
    return _judge(picture, approved)


def look_alikes(approved: ApprovedSet) -> tuple[tuple[str, str], ...]:
    """The pairs of approved logos that can hardly be told apart, by name."""
    looks = {entry.name: _look(entry.image, max(RESOLUTIONS)) for entry in approved.entries}
    pairs = [(one, other) for i, one in enumerate(approved.entries) for other in approved.entries[i + 1 :]]
    return tuple(
        (one.name, other.name)
        for one, other in pairs
        if _nearest(looks[one.name], (other,)).comparison.distance <= 1 + _NEAR
    )


def _judge(picture: Picture, approved: ApprovedSet) -> LogoVerdict:
    size = min(picture.width, picture.height)
    look = _look(squared(picture.image), size)
    best = _nearest(look, approved.entries)
    distance = max(best.comparison.distance, _bent(look, best))
    if size < SURE_SIZE:
        return _small(look, best, distance, size, approved)
    if distance <= 1:
        return _verdict(APPROVED, best, distance, near=distance > 1 - _NEAR)
    if distance <= 1 + _NEAR:
        return _verdict(ALTERED, best, distance, near=True)
    likeness = _likeness(look, approved)
    if likeness.comparison.agreement < _LIKENESS:
        return LogoVerdict(verdict=DIFFERENT, distance=round(distance, 3))
    negative = _negative(look, approved)
    if negative is not None:
        return LogoVerdict(verdict=ALTERED, variant=negative, distance=round(distance, 3), reasons=(INVERTED,))
    return _verdict(ALTERED, likeness, distance, near=False)


def _small(look: _Look, best: Match, distance: float, size: int, approved: ApprovedSet) -> LogoVerdict:
    """What may be said of a picture between 48 and 100 pixels."""
    if size >= APPROVED_SIZE and distance <= 1 - _NEAR:
        return _verdict(APPROVED, best, distance, near=False)
    if distance > 1 + _NEAR and _likeness(look, approved).comparison.agreement < _HINT:
        return LogoVerdict(verdict=DIFFERENT, distance=round(distance, 3))
    return LogoVerdict(verdict=UNREADABLE, variant=best.entry.name, distance=round(distance, 3), reasons=(TOO_SMALL,))


def _verdict(word: str, match: Match, distance: float, *, near: bool) -> LogoVerdict:
    reasons = () if word == APPROVED else reasons_for(match.comparison, mirrored=match.mirrored)
    return LogoVerdict(
        verdict=word,
        variant=match.entry.name,
        distance=round(distance, 3),
        reasons=(*reasons, NEAR_LIMIT) if near else reasons,
    )


def _look(image: Image.Image, size: int) -> _Look:
    """Prepares a square RGB picture of which the shorter side was `size` pixels."""
    small = image.resize((_WORKING, _WORKING), Image.Resampling.BICUBIC) if image.width > _WORKING else image
    grey = small.convert("L").convert("F")
    resolution = next((side for side in RESOLUTIONS if side <= size), min(RESOLUTIONS))
    greys = {side: grey.resize((side, side), Image.Resampling.BICUBIC) for side in SIDES}
    return _Look(image=small, greys=greys, row=signature(grey), resolution=resolution)


def _nearest(look: _Look, entries: tuple[Entry, ...]) -> Match:
    """The logo with the least distance, each laid upon the picture as a platform might have moved it."""
    own = hash_of(look.image)
    same = min(entries, key=lambda entry: entry.hash - own)
    rivals = (same,) if same.hash - own <= _SAME_DRAWING else entries
    first = [(entry, guesses(entry.table, look.row)[0]) for entry in rivals]
    best = max(guess.score for _, guess in first)
    least = max(best - _RIVAL, min(best, _PROMISING))
    matches = [_fitted(look, entry) for entry, guess in first if guess.score >= least]
    return min(matches, key=lambda match: match.comparison.distance)


def _fitted(look: _Look, entry: Entry) -> Match:
    """A logo fitted from its best view; where that leaves a difference, from the next best ones too."""
    best: Match | None = None
    for guess in guesses(entry.table, look.row, _STARTS):
        place = refine(look.greys, entry.patterns, guess.place, UNIFORM, SIDES)
        match = _match(look, entry, place)
        if best is None or match.comparison.distance < best.comparison.distance:
            best = match
        if guess.score < _PROMISING or best.comparison.distance <= 1 - _NEAR:
            break
    if best is None:
        raise ValueError("a logo without views")
    return best


def _bent(look: _Look, match: Match) -> float:
    """How far beyond the limits the logo was stretched or turned, when that explains what is left; else 0.

    A small logo on much white differs little from itself stretched, so the difference alone would not show it.
    """
    if not _UNDOUBTED < match.comparison.distance <= _PLAINLY_BENT:
        return 0.0
    free = compare(
        look.image,
        match.entry.surfaces[look.resolution],
        refine(look.greys, match.entry.patterns, match.place, AFFINE, SIDES),
    )
    bend = max(free.ratios["stretch"], free.ratios["turn"])
    explained = free.figures.shape < match.comparison.figures.shape / 2
    return bend if explained and bend > _PLAINLY_BENT else 0.0


def _likeness(look: _Look, approved: ApprovedSet) -> Match:
    """The logo of which most edges are found, also turned, stretched, mirrored or as a negative."""
    flipped = _look(ImageOps.mirror(look.image), look.resolution)
    tries = [
        (side, entry, guess)
        for side in (look, flipped)
        for entry in approved.entries
        for guess in (*guesses(entry.table, side.row), strongest(entry.table, side.row))
    ]
    tries.sort(key=lambda one: -abs(one[2].score))
    side, entry, place = max((_rough(*one) for one in tries[:_TRIES]), key=_strength)
    place = refine(side.greys, entry.patterns, place, AFFINE, SIDES)
    return _match(side, entry, place, mirrored=side is flipped)


def _negative(look: _Look, approved: ApprovedSet) -> str | None:
    """The logo of which the picture is the negative, colours and all; in grey, another logo may be as near."""
    turned = _nearest(_look(ImageOps.invert(look.image), look.resolution), approved.entries)
    return turned.entry.name if turned.comparison.distance <= 1 + _NEAR else None


def _rough(look: _Look, entry: Entry, guess: Guess) -> tuple[_Look, Entry, Placement]:
    """A guess brought nearly to its place."""
    return look, entry, refine(look.greys, entry.patterns, guess.place, AFFINE, SIDES[:1])


def _strength(found: tuple[_Look, Entry, Placement]) -> float:
    """How much of the logo is there. In grey, one logo may be the negative of another: then the plain one is meant."""
    look, entry, place = found
    edges, alike = edges_found(look.greys, entry.patterns[FINE], place)
    return abs(edges) + abs(alike) + (_PLAIN if alike > 0 else 0.0)


def _match(look: _Look, entry: Entry, place: Placement, *, mirrored: bool = False) -> Match:
    comparison = compare(look.image, entry.surfaces[look.resolution], place)
    return Match(entry=entry, place=place, mirrored=mirrored, comparison=comparison)
