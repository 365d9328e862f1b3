"""What was done to a logo, read from how it lies in the picture and where the picture differs from it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from audits.logo.blocks import STEPS, Truths
from audits.logo.calibration import Limits
from audits.logo.colour import Floats, rgb
from audits.logo.comparison import Surface
from audits.logo.likeness import Likeness
from audits.logo.placement import grid

MIRRORED, ROTATED, STRETCHED, CROPPED, REDUCED = "mirrored", "rotated", "stretched", "cropped", "reduced"
INVERTED, RECOLOURED, GREY, TINTED = "inverted", "recoloured", "grey", "tinted"
OVERLAID, FRAMED, COVERED, CHANGED = "overlaid", "framed", "covered", "changed"
OLD_LOGO, OTHER_FORCE, KNOWN_BAD = "old_logo", "other_force", "known_bad"

_TURN = 3.0  # degrees
_STRETCH = 0.045  # log of the ratio of the sides
_LARGER, _SMALLER = 1.23, 0.8  # beyond what platforms cut off or add
_SPARE = 0.03  # share of the places that may be off in a picture of which only the hue is
_INTACT = 0.8  # share of the drawing that is there when nothing but its colours was changed
_DRAWN, _HALF_DRAWN = 0.5, 0.25  # share of the drawing that must be there to speak of other colours
_SAME = 8.0  # Lab units within which a pixel of the logo has one of its main colours
_FEW = 12  # pixels
_MOVED = 5.5  # Lab units
_VIVID = 12.0  # Lab chroma
_RECOLOURED, _ALL = 0.6, 0.95  # share of the coloured pixels
_PALE = 0.3  # strength of colour, as a share of the logo's, below which a picture is called grey
_TINTED = 10.0  # Lab units between the colours in which the same ground comes back
_RINGS, _WIDE = (0.30, 0.33, 0.36, 0.39, 0.42), 0.05  # radii at which a frame may lie, and how wide it is at least
_INNER = 0.22  # radius within which no frame reaches
_ALL_AROUND, _MOST = 0.85, 0.7  # share of the places there
_PATCH = 0.06  # share of the picture from which an even spot is more than a part of the drawing
_WRITTEN = 0.3  # share of what is wrong
_LETTER, _LARGE, _NEARLY_ALL = 0.08, 0.2, 0.85  # a letter of a word is less, another word or emblem more
_FOREIGN = 45.0  # levels from all mixtures of the logo's colours
_STRANGE = 0.12  # share of what is wrong in foreign colours, from which something of another's lies over the logo
_ONE_INK = 9.0  # Lab units
_ONE_COLOUR = 0.6  # share of what is wrong that is in one colour


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The reasons, at least one, the general before the particular; and by how much, for those that have a measure."""

    reasons: tuple[str, ...]
    amounts: dict[str, float]


def account(one: Likeness, own: Surface, limits: Limits) -> Account:
    """What was done to the approved picture `own` that was found as `one`, at the size class of all three."""
    moved = _moved(one)
    shifts = _shifts(one, own, limits.tints)
    colours = _colours(one, shifts) if _turned(one, limits) or _recoloured(one, shifts) else ()
    parts = () if moved or colours else _parts(one, np.array([ink for ink, _ in own.inks]), shifts)
    return Account(reasons=(*moved, *colours, *parts) or (CHANGED,), amounts=_amounts(one, moved))


def _moved(one: Likeness) -> tuple[str, ...]:
    place = one.place
    signs = (
        (MIRRORED, place.mirrored),
        (ROTATED, abs(place.turn) > _TURN),
        (STRETCHED, place.stretch > _STRETCH),
        (CROPPED, place.scale > _LARGER),
        (REDUCED, place.scale < _SMALLER),
    )
    return tuple(reason for reason, shows in signs if shows)


def _amounts(one: Likeness, moved: tuple[str, ...]) -> dict[str, float]:
    measures = {ROTATED: one.place.turn, STRETCHED: (float(np.exp(one.place.stretch)) - 1) * 100}
    return {reason: round(measures[reason], 1) for reason in moved if reason in measures}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shift:
    """What became of one of the logo's colours: its pixels, whether their middle moved and how far they strayed."""

    colour: Floats
    count: int
    moved: bool
    strayed: float


def _shifts(one: Likeness, own: Surface, limits: Floats) -> list[_Shift]:
    """One for each of the logo's colours where the drawing is shown: what was stuck on elsewhere does not matter."""
    shown = np.repeat(np.repeat(one.drawing.shown.reshape(STEPS // 2, -1), 2, axis=0), 2, axis=1)
    clear = _pixels(shown, one.residue.mask)
    found = []
    for (colour, where), limit in zip(own.inks, limits, strict=True):
        at = where[clear.ravel()[where]]
        if len(at) >= _FEW:
            seen = one.residue.toned.reshape(-1, 3)[at]
            middle = np.median(seen, axis=0)
            strayed = float(np.linalg.norm(seen - middle, axis=1).mean())
            moved = float(np.linalg.norm(middle - colour)) > max(_MOVED, float(limit))
            found.append(_Shift(colour=colour, count=len(seen), moved=moved, strayed=strayed))
    return found


def _recoloured(one: Likeness, shifts: list[_Shift]) -> bool:
    """The drawing is there, and most of what is not white, grey or black in it has another colour."""
    vivid = [shift for shift in shifts if shift.moved or float(np.hypot(*shift.colour[1:])) > _VIVID]
    moved = sum(shift.count for shift in vivid if shift.moved) / max(sum(shift.count for shift in vivid), 1)
    drawn = one.drawing.agreement - one.drawing.disturbance / 2
    return moved > _RECOLOURED and drawn > (_HALF_DRAWN if moved > _ALL else _DRAWN)


def _turned(one: Likeness, limits: Limits) -> bool:
    """Nothing is wrong at any place, but the colours as a whole are of another hue: thin lines hide it elsewhere."""
    wrong = float((one.seen & ~one.right).sum()) / max(float(one.seen.sum()), 1.0)
    return one.residue.hue > limits.hue and one.drawing.agreement > _INTACT and wrong < _SPARE


def _colours(one: Likeness, shifts: list[_Shift]) -> tuple[str, ...]:
    if one.residue.vividness < _PALE:
        return (RECOLOURED, GREY)
    largest = max(shifts, key=lambda shift: shift.count)
    return (RECOLOURED, TINTED) if largest.strayed > _TINTED else (RECOLOURED,)


def _parts(one: Likeness, colours: Floats, shifts: list[_Shift]) -> tuple[str, ...]:
    """What lies over a part of the logo, or is other than it was."""
    wrong = one.seen & ~one.right
    seen = one.residue.toned[_pixels(wrong, one.residue.mask)]
    share = float(wrong.sum()) / float(one.seen.sum()) if len(seen) else 1.0
    if share > _NEARLY_ALL:
        return (CHANGED,)
    if shifts and shifts[0].moved:
        return (CHANGED, RECOLOURED)
    if _framed(one):
        return (OVERLAID, FRAMED)
    if share > _PATCH and _even(seen):
        ground = float(np.linalg.norm(np.median(seen, axis=0) - colours[0])) < _SAME
        return (CHANGED,) if ground else (COVERED,)
    strange = float((_away(seen, colours) > _FOREIGN).mean())
    patch = _LETTER < share < _LARGE and (_one_piece(wrong) or _on_ground(one, wrong))
    return (OVERLAID,) if strange > _STRANGE or patch else (CHANGED,)


def _framed(one: Likeness) -> bool:
    """All around something is wrong at one distance from the middle, and nearly nothing within."""
    reach = np.hypot(*(grid(STEPS) @ one.place.matrix.T + one.place.shift).T).reshape(STEPS, STEPS)
    inner = one.seen & (reach < _INNER)
    rings = [one.seen & (reach >= least) & (reach < least + _WIDE) for least in _RINGS]
    wrong = max((float((~one.right)[ring].mean()) for ring in rings if ring.any()), default=0.0)
    return wrong > _ALL_AROUND and inner.any() and float(one.right[inner].mean()) > _MOST


def _on_ground(one: Likeness, wrong: Truths) -> bool:
    """Much of what is wrong stands where the logo is even, as when something was written over it."""
    foreign = np.repeat(np.repeat(one.drawing.foreign.reshape(STEPS // 2, -1), 2, axis=0), 2, axis=1)
    return float(foreign[wrong].mean()) > _WRITTEN


def _one_piece(wrong: Truths) -> bool:
    """Whether nearly all that is wrong hangs together."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(wrong.astype(np.uint8), connectivity=8)
    return bool(stats[1:, cv2.CC_STAT_AREA].max() > 0.8 * wrong.sum())


def _even(colours: Floats) -> bool:
    """Most of these (n x 3, Lab) are one colour."""
    if not len(colours):
        return False
    return float((np.linalg.norm(colours - np.median(colours, axis=0), axis=1) < _ONE_INK).mean()) > _ONE_COLOUR


def _away(colours: Floats, palette: Floats) -> Floats:
    """How far each colour (n x 3, Lab) is from all mixtures of two of the palette (k x 3), in levels of 0 to 255."""
    levels, inks = rgb(colours), rgb(palette)
    nearest: Floats = np.linalg.norm(levels - inks[0], axis=1)
    for number, one in enumerate(inks):
        for other in inks[number + 1 :]:
            along = other - one
            share = np.clip((levels - one) @ along / max(float(along @ along), 1.0), 0, 1)
            nearest = np.minimum(nearest, np.linalg.norm(levels - one - share[:, None] * along, axis=1))
    return nearest


def _pixels(places: Truths, mask: Floats) -> Truths:
    """The pixels of a frame that belong to some of the STEPS x STEPS places."""
    wide = cv2.resize(places.astype(np.uint8), mask.shape[::-1], interpolation=cv2.INTER_NEAREST)
    chosen: Truths = (wide > 0) & (mask > 0)
    return chosen
