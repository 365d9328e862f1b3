"""What of an approved picture is the mark itself: the ink without its ground, without stripes, rings and corners.

In a photograph a logo stands on a square, a disc, a strip or nothing at all; only the ink is the same each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from audits.logo.colour import Floats, lab

SIDE = 384  # pixels a side at which ink and ground are told apart
_BIN = 10.0  # Lab units: colours this near may be one ground
_NOISE = 10.0  # Lab units: what differs less from the ground is ground
_SPECK = 0.0004  # share of the picture below which a group of ink is no part of a mark
_ROUND = 0.492  # radius of a disc, when the corners have another colour than the ground
_LEAST = 0.004  # share of the picture that a mark must cover
_TALL = 0.5  # share of the height from which ink at the border is a frame, not striping
_LETTERS = 3
_LONG = 2.0  # a line of text is at least this many times wider than high
_EVEN = 0.10  # spread of the areas of shapes that are all alike: striping, no letters

Mask = npt.NDArray[np.bool_]
Rows = list[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A drawing cut out of its ground.

    `colours` is height x width x RGB (0-255, the ink, also where there is none), `cover` how much of each pixel is ink
    (0-1), `ground` the RGB it stood on. Both arrays end where the ink ends; `box` is where they were cut from: left,
    top, width and height, in a picture of SIDE pixels a side.
    """

    colours: Floats
    cover: Floats
    ground: Floats
    box: tuple[int, int, int, int]

    @property
    def aspect(self) -> float:
        """Width by height."""
        return float(self.cover.shape[1] / self.cover.shape[0])

    def at(self, width: int, height: int) -> tuple[Floats, Floats]:
        """Cover and colours at another size in pixels."""
        cover = cv2.resize(self.cover, (width, height), interpolation=cv2.INTER_AREA)
        laid = cv2.resize(self.colours * self.cover[..., None], (width, height), interpolation=cv2.INTER_AREA)
        colours = laid / np.maximum(cover, 0.02)[..., None]
        return np.asarray(cover, np.float32), np.asarray(colours, np.float32)

    def on_ground(self, width: int, height: int) -> Floats:
        """The mark on its own ground, as RGB of another size in pixels."""
        cover, colours = self.at(width, height)
        return cover[..., None] * colours + (1 - cover[..., None]) * self.ground


def marks(image: Image.Image, shape: str) -> tuple[Mark, ...]:
    """The marks of an approved square RGB picture, the whole one first, then its line of text and its emblem alone.

    Empty when nothing can be told from the ground. `shape` is one of emblem, wordmark and full.
    """
    small = image.resize((SIDE, SIDE), Image.Resampling.LANCZOS) if image.width != SIDE else image
    seen = lab(np.asarray(small))
    ground = _ground(seen)
    cover = _cover(seen, ground)
    groups = _groups(cover, seen, ground)
    if not groups.any():
        return ()
    pixels = np.asarray(small).astype(np.float32)
    return tuple(_cut(pixels, cover, mask, seen, ground) for mask in _parts(groups, shape))


def _ground(seen: Floats) -> Floats:
    """The commonest colour near the edge of the circle that platforms show (Lab)."""
    down, across = np.mgrid[:SIDE, :SIDE]
    radius = np.hypot(down - SIDE / 2, across - SIDE / 2) / SIDE
    ring = seen[(radius > 0.36) & (radius < 0.47)]
    bins, index, counts = np.unique(np.round(ring / _BIN), axis=0, return_inverse=True, return_counts=True)
    del bins
    middle: Floats = np.median(ring[index.ravel() == int(np.argmax(counts))], axis=0).astype(np.float32)
    return middle


def _cover(seen: Floats, ground: Floats) -> Floats:
    """How much ink lies in each pixel, 0-1: its distance from the ground as a share of that of its neighbours."""
    away = np.linalg.norm(seen - ground, axis=2).astype(np.float32)
    peak = cv2.dilate(away, np.ones((5, 5), np.uint8))
    share = np.clip((away - _NOISE / 2) / np.maximum(peak - _NOISE / 2, _NOISE), 0, 1)
    return np.where(away > _NOISE, share, 0).astype(np.float32)


def _groups(cover: Floats, seen: Floats, ground: Floats) -> npt.NDArray[np.int32]:
    """Connected ink, numbered from 1 and 0 elsewhere, without what is at the border or in a row with it."""
    down, across = np.mgrid[:SIDE, :SIDE]
    radius = np.hypot(down - SIDE / 2 + 0.5, across - SIDE / 2 + 0.5) / SIDE
    corners = np.median(seen[radius > 0.56], axis=0)
    disc = float(np.linalg.norm(corners - ground)) > _NOISE
    inside = radius < _ROUND if disc else np.ones_like(radius, dtype=np.bool_)
    count, found, stats, _ = cv2.connectedComponentsWithStats(((cover > 0.5) & inside).astype(np.uint8), connectivity=8)
    labels = np.asarray(found, np.int32)
    square = np.pad(np.zeros((SIDE - 4, SIDE - 4), np.bool_), 2, constant_values=True)
    edge = radius > _ROUND - 0.006 if disc else square
    border = set(np.unique(labels[edge & (labels > 0)]).tolist())
    striped = [stats[number] for number in border if stats[number, cv2.CC_STAT_HEIGHT] < _TALL * SIDE]
    for number in range(1, count):
        small = stats[number, cv2.CC_STAT_AREA] < _SPECK * SIDE * SIDE
        if small or number in border or any(_in_row(stats[number], other) for other in striped):
            labels[labels == number] = 0
    return labels if float((labels > 0).mean()) > _LEAST else np.zeros_like(labels)


def _in_row(one: npt.NDArray[Any], other: npt.NDArray[Any]) -> bool:
    """Whether a group stands beside another one of about its height."""
    top, high = int(one[cv2.CC_STAT_TOP]), int(one[cv2.CC_STAT_HEIGHT])
    start, long = int(other[cv2.CC_STAT_TOP]), int(other[cv2.CC_STAT_HEIGHT])
    shared = min(top + high, start + long) - max(top, start)
    return shared > 0.8 * high and high > 0.6 * long


def _parts(groups: npt.NDArray[np.int32], shape: str) -> list[Mask]:
    """The whole mark, and of a full logo in several rows its line of text and the rest as well."""
    whole = groups > 0
    rows = _rows(whole)
    lines = [row for row in rows if _is_text(groups[slice(*row)])]
    if shape != "full" or len(rows) < 2 or not lines:
        return [whole]
    top, bottom = max(lines, key=lambda row: row[1] - row[0])
    text = np.zeros_like(whole)
    text[top:bottom] = whole[top:bottom]
    rest = whole & ~text
    return [whole, text, rest] if rest.mean() > _LEAST else [whole]


def _rows(mask: Mask) -> Rows:
    """Where ink begins and ends from top to bottom, as (first, one beyond the last)."""
    filled = np.concatenate(([0], mask.any(axis=1).astype(np.int8), [0]))
    turns = np.flatnonzero(np.diff(filled)).tolist()
    return list(zip(turns[::2], turns[1::2], strict=True))


def _is_text(groups: npt.NDArray[np.int32]) -> bool:
    """Whether a row of groups is a line of letters: several, wide, and not all alike."""
    numbers, areas = np.unique(groups[groups > 0], return_counts=True)
    columns = np.flatnonzero(groups.any(axis=0))
    wide = (int(columns[-1]) - int(columns[0]) + 1) > _LONG * groups.shape[0]
    return len(numbers) >= _LETTERS and wide and float(areas.std() / areas.mean()) > _EVEN


def _cut(pixels: Floats, cover: Floats, mask: Mask, seen: Floats, ground: Floats) -> Mark:
    """The part of the picture where `mask` is, with the colour of the ink spread over its soft edges."""
    near = cv2.dilate(mask.astype(np.uint8), np.ones((3, 3), np.uint8))
    own = cover * near
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    top, bottom = max(0, int(rows[0]) - 1), int(rows[-1]) + 2
    left, right = max(0, int(columns[0]) - 1), int(columns[-1]) + 2
    solid = ((own > 0.95) & mask).astype(np.float32)
    spread = cv2.GaussianBlur(pixels * solid[..., None], (0, 0), 1.5)
    weight = cv2.GaussianBlur(solid, (0, 0), 1.5)[..., None]
    colours = np.where(solid[..., None] > 0, pixels, spread / np.maximum(weight, 1e-4))
    like = np.linalg.norm(seen - ground, axis=2) < _NOISE / 2
    level = np.median(pixels[like], axis=0) if like.any() else pixels.mean(axis=(0, 1))
    return Mark(
        colours=colours[top:bottom, left:right].astype(np.float32),
        cover=own[top:bottom, left:right],
        ground=level.astype(np.float32),
        box=(left, top, right - left, bottom - top),
    )
