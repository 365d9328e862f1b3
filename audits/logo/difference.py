"""A picture of where a photo differs from the approved logo, for a person to look at.

What a platform may do by itself (scale a little, shift, blur) is taken out first; all else is shown.
"""

from __future__ import annotations

import io
import math
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from audits.logo.colour import Floats, squared

Place = tuple[float, float, float, float, float, float]
Mask = npt.NDArray[np.bool_]
Pixels = npt.NDArray[np.uint8]

LARGEST = 192  # pixels a side of what is made here
_TURN, _STRETCH = 3.0, 1.04  # degrees and ratio beyond which the picture was bent, which is shown as a difference
_SMALLER, _LARGER = 0.8, 3.0  # a logo outside these scales is not brought to the frame: nothing would be left of it
_SHOWN = 0.485  # radius of the circle that every platform shows, clear of the edge of a mask
_TOLERATED, _FULL = 9.0, 30.0  # steps in Lab that are not shown yet, and those shown most strongly
_SHARP = 144  # pixels a side below which more is tolerated: a small photo is blurred, and JPEG harms it more
_LEAST = 0.002  # share of the circle below which there is nothing to be seen
_FAINT, _STRONG = 0.35, 0.85  # how strongly the smallest and the largest difference are coloured, as a share
_COARSEST = 64  # pixels a side; a photo that shows less of the logo is looked at as if it did
_EVERYWHERE: Place = (1, 0, 0, 0, 1, 0)
_FIELDS = tuple(np.ones((side, side), dtype=np.uint8) for side in (3, 5, 5))  # for L, a and b
_GROUND = (238, 241, 244)
_COLOUR = (196, 0, 58)


def difference(photo: Image.Image, approved: Image.Image, place: Place, px: int) -> bytes | None:
    """The approved picture (square RGB) in pale grey with the places coloured where a photo (RGB) differs, as PNG.

    `place` is that of a LogoVerdict. A logo that was turned, mirrored or stretched is laid upon the approved one as it
    stands, so that this shows. `px` (at most LARGEST) is the side; the same input gives the same bytes. `None` when
    the difference cannot be drawn or seen.
    """
    fair = _fair(place)
    if fair is None:
        return None
    side = min(px, LARGEST)
    square = squared(photo)
    seen = max(_COARSEST, min(side, round(square.width * _scale(fair))))  # no finer than the photo shows the logo
    own = np.asarray(approved.resize((seen, seen), Image.Resampling.LANCZOS))
    laid, inside = _laid_upon(square, fair, seen)
    strength = _strength(own, laid, inside)
    if float(np.count_nonzero(strength)) < _LEAST * seen * seen:
        return None
    return _png(_coloured(_enlarged(own, side), _enlarged(strength, side), _circle(_in_photo(fair, side), side)))


def _fair(place: Place) -> Place | None:
    """The part of a placement that is no difference: shift and scale, and a bend too slight to be one.

    `None` where no two pictures can be laid upon each other with something to be seen.
    """
    a, b, tx, c, d, ty = place
    scale = _scale(place)
    if not (all(map(math.isfinite, place)) and _SMALLER <= scale <= _LARGER):
        return None
    long, short = np.linalg.svd(np.array([[a, b], [c, d]]), compute_uv=False)
    turn = abs(math.degrees(math.atan2(c - b, a + d)))
    bent = a * d < b * c or turn > _TURN or float(long) > _STRETCH * float(short)
    return (scale, 0.0, tx, 0.0, scale, ty) if bent else place


def _scale(place: Place) -> float:
    a, b, _, c, d, _ = place
    return math.sqrt(abs(a * d - b * c))


def _laid_upon(photo: Image.Image, place: Place, side: int) -> tuple[Pixels, Mask]:
    """A square photo in the frame of the approved picture, and which pixels lie in the circle that it shows."""
    width = max(1, min(photo.width, round(side / _scale(place))))  # no finer than what is shown, or lines would flicker
    pixels = np.asarray(photo.resize((width, width), Image.Resampling.BOX, reducing_gap=3.0))
    to_pixels = np.array([[width, 0, width / 2 - 0.5], [0, width, width / 2 - 0.5], [0, 0, 1]])
    at = _in_photo(place, side)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    laid = cv2.warpAffine(pixels, (to_pixels @ at)[:2], (side, side), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return laid.astype(np.uint8), _circle(at, side)


def _in_photo(place: Place, side: int) -> npt.NDArray[np.float64]:
    """From a pixel of the approved picture at `side` to coordinates of the photo (a 3 x 3 matrix)."""
    a, b, tx, c, d, ty = place
    centred = np.array([[1 / side, 0, 0.5 / side - 0.5], [0, 1 / side, 0.5 / side - 0.5], [0, 0, 1]])
    matrix: npt.NDArray[np.float64] = np.array([[a, b, tx], [c, d, ty], [0, 0, 1]]) @ centred
    return matrix


def _circle(at: npt.NDArray[np.float64], side: int) -> Mask:
    down, across = np.mgrid[0:side, 0:side].astype(np.float64)
    x = at[0, 0] * across + at[0, 1] * down + at[0, 2]
    y = at[1, 0] * across + at[1, 1] * down + at[1, 2]
    inside: Mask = np.hypot(x, y) <= _SHOWN
    return inside


def _strength(wanted: Pixels, photo: Pixels, inside: Mask) -> Floats:
    """How strongly each pixel is coloured, 0 to 1: by the difference in Lab, most where drawing is cut off."""
    own, other = _lab(wanted), _lab(photo)
    step = cv2.medianBlur(np.maximum(_beyond(own, other), _beyond(other, own)), 3)
    tolerated = _TOLERATED * max(1, _SHARP / len(wanted))
    shares = np.clip((step - tolerated) / (_FULL - tolerated), 0, 1)
    coloured = np.where(step > tolerated, _FAINT + (_STRONG - _FAINT) * shares, 0)
    whole = _circle(_in_photo(_EVERYWHERE, len(wanted)), len(wanted))
    strength = np.where(inside, coloured, np.where(_drawn(own, whole), _STRONG, 0.0))
    return np.where(whole, strength, 0.0).astype(np.float32)


def _beyond(lab: Floats, neighbours: Floats) -> Floats:
    """How far each pixel lies outside of what the other picture shows in and around that place.

    Colour is looked for farther around: a JPEG keeps it at half the resolution.
    """
    out = [
        np.maximum(level - cv2.dilate(around, field), 0) + np.maximum(cv2.erode(around, field) - level, 0)
        for level, around, field in zip(cv2.split(lab), cv2.split(neighbours), _FIELDS, strict=True)
    ]
    return np.asarray(np.linalg.norm(out, axis=0), dtype=np.float32)


def _drawn(lab: Floats, whole: Mask) -> Mask:
    """Where the approved picture shows something else than the ground along its rim."""
    rim = whole & ~cv2.erode(whole.astype(np.uint8), np.ones((3, 3), dtype=np.uint8)).astype(bool)
    ground = np.median(lab[rim], axis=0)
    drawn: Mask = np.linalg.norm(lab - ground, axis=2) > _FULL
    return drawn


def _enlarged(pixels: Any, side: int) -> Any:
    return pixels if len(pixels) == side else cv2.resize(pixels, (side, side), interpolation=cv2.INTER_LINEAR)


def _coloured(wanted: Pixels, strength: Floats, inside: Mask) -> Pixels:
    grey = cv2.cvtColor(wanted, cv2.COLOR_RGB2GRAY).astype(np.float32)
    pale = np.repeat((255 - (255 - grey) * 0.35)[..., None], 3, axis=2)
    pale[~inside] = _GROUND
    share = strength[..., None]
    return np.rint(pale * (1 - share) + np.array(_COLOUR, dtype=np.float32) * share).astype(np.uint8)


def _lab(pixels: Pixels) -> Floats:
    """Height x width x (L 0-100, a, b), a little softened."""
    soft = cv2.GaussianBlur(pixels, (3, 3), 0.8)
    return np.asarray(cv2.cvtColor(soft.astype(np.float32) / 255, cv2.COLOR_RGB2LAB), dtype=np.float32)


def _png(pixels: Pixels) -> bytes:
    """As a small PNG of at most 48 colours."""
    held = io.BytesIO()
    image = Image.fromarray(pixels).quantize(48, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    image.save(held, "PNG", optimize=True)
    return held.getvalue()
