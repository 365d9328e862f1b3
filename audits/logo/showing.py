"""Pictures of a photo for a person to look at: what it shows, where the logo lies in it, where it differs from it.

Only re-encoded pixels are passed on, never a stranger's bytes.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw

from audits.logo.decode import Picture, decode
from audits.logo.difference import LARGEST, difference
from audits.model import LogoVerdict

_COLOUR = (196, 0, 58)


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """A photo as JPEG, with the logo framed in it when `boxed`; the difference from the approved logo as PNG."""

    photo: bytes
    difference: bytes | None = None
    boxed: bool = False


def show(data: bytes, verdict: LogoVerdict, approved: Image.Image | None, px: int) -> Showing:
    """What there is to see of a photo with this verdict, no side longer than `px` (192 at most). Raises Unreadable.

    `approved` is the logo (square RGB) that `verdict.place` is about; without it, or without a place, or for a logo
    inside a photo, there is no difference to be shown.
    """
    picture = decode(data)
    side = min(px, LARGEST)
    if verdict.box is not None:
        return Showing(photo=_jpeg(_boxed(picture, verdict.box, side)), boxed=True)
    changed = None
    if approved is not None and verdict.place is not None:
        changed = difference(picture.image, approved, verdict.place, side)
    return Showing(photo=_jpeg(_small(picture, side)), difference=changed)


def _small(picture: Picture, side: int) -> Image.Image:
    small = picture.image.copy()
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    return small


def _boxed(picture: Picture, box: tuple[int, int, int, int], side: int) -> Image.Image:
    """The photo with a frame round `box` (x, y, width and height in pixels of the file, upright)."""
    small = _small(picture, side)
    across, down = small.width / picture.width, small.height / picture.height
    x, y, width, height = box
    left, right = sorted(_within(round(at * across), small.width) for at in (x, x + width))
    top, bottom = sorted(_within(round(at * down), small.height) for at in (y, y + height))
    pen = ImageDraw.Draw(small)
    # A coloured frame between two light ones stands out on every ground.
    for grown, colour in ((2, "white"), (1, _COLOUR), (0, _COLOUR), (-1, "white")):
        if right - left > -2 * grown and bottom - top > -2 * grown:
            pen.rectangle((left - grown, top - grown, right + grown, bottom + grown), outline=colour)
    return small


def _within(at: int, side: int) -> int:
    return max(0, min(side - 1, at))


def _jpeg(image: Image.Image) -> bytes:
    held = io.BytesIO()
    image.save(held, "JPEG", quality=80, optimize=True)
    return held.getvalue()
