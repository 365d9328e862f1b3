"""Lays a mark upon a place in a photograph, to a fraction of a pixel, by the directions of its edges alone.

Neither the colours nor the ground behind the mark take part, so the fit holds on a box, a strip and a bare photograph.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np

from audits.logo.colour import Floats
from audits.logo.gradients import dot, field
from audits.logo.marks import Mark

SIZES = (14, 18, 28, 40, 56)  # pixels a side of a square as large as a mark when it is looked at
ROUGH = 18  # the size at which the first fit is made
MARGIN = 3  # pixels of ground around it
_SMALLEST_SIDE = 24  # pixels below which a photograph is not halved again
_MOST = 0.08  # share of the mark that one step may move or grow it
_STILL = 0.002
_FINER = 1.4  # pixels of a photograph to one of the mark, from which a halved one is looked at
_GAIN = (0.3, 1.5)  # how weak or strong the edges of a photograph may be
_BLUR = 1.0  # pixels

Photos = tuple[Floats, ...]  # a float32 RGB photograph and its halves


class Box(NamedTuple):
    """A rectangle in pixels of the photograph, which may end between them."""

    x: float
    y: float
    width: float
    height: float

    @property
    def area(self) -> float:
        """In square pixels."""
        return self.width * self.height

    def overlap(self, other: Box) -> float:
        """Square pixels in common."""
        across = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        down = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        return max(0.0, across) * max(0.0, down)

    def common(self, other: Box) -> float:
        """Intersection over union."""
        shared = self.overlap(other)
        return shared / (self.area + other.area - shared)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A mark at one size, with MARGIN pixels of ground on each side.

    `cover` and `inks` are as in Mark; `edges` its field of directions, `smooth` the same blurred, `slopes` how that
    changes with the width, the height and the place of the box (height x width x 2 x 4); `weights` where it counts.
    """

    width: int
    height: int
    cover: Floats
    inks: Floats
    edges: Floats
    smooth: Floats
    slopes: Floats
    weights: Floats


def drawing(mark: Mark, side: int) -> Drawing:
    """The mark as it looks with as many pixels as a square of `side`."""
    width = max(8, round(side * math.sqrt(mark.aspect)))
    height = max(5, round(width / mark.aspect))
    around = ((MARGIN, MARGIN), (MARGIN, MARGIN))
    cover, inks = mark.at(width, height)
    cover, inks = np.pad(cover, around), np.pad(inks, (*around, (0, 0)), mode="edge")
    edges = directions(cover[..., None] * inks + (1 - cover[..., None]) * mark.ground)
    smooth = np.asarray(cv2.GaussianBlur(edges, (0, 0), _BLUR), np.float32)
    strength = cv2.dilate(np.sqrt(dot(edges, edges)), np.ones((3, 3), np.uint8))
    return Drawing(
        width=width,
        height=height,
        cover=cover,
        inks=inks,
        edges=edges,
        smooth=smooth,
        slopes=_slopes(smooth, width, height),
        weights=np.asarray(cv2.GaussianBlur(strength, (0, 0), _BLUR) + 0.05, np.float32),
    )


def directions(pixels: Floats) -> Floats:
    """The field of a small picture, a little blurred so that a jagged edge has one direction."""
    return field(np.asarray(cv2.GaussianBlur(pixels.astype(np.float32), (0, 0), 0.5), np.float32))


def pyramid(pixels: Floats) -> Photos:
    """A float32 RGB photograph, and its halves."""
    made = [pixels]
    while min(made[-1].shape[:2]) > _SMALLEST_SIDE:
        half = (made[-1].shape[1] // 2, made[-1].shape[0] // 2)
        made.append(np.asarray(cv2.resize(made[-1], half, interpolation=cv2.INTER_AREA), np.float32))
    return tuple(made)


def patch(photos: Photos, own: Drawing, box: Box) -> Floats:
    """What the photograph shows at `box`, with as many pixels as the drawing."""
    level, step = 0, box.width / own.width
    while step > _FINER and level + 1 < len(photos):
        level, step = level + 1, step / 2
    photo = photos[level]
    across, down = photo.shape[1] / photos[0].shape[1], photo.shape[0] / photos[0].shape[0]
    wide, high = box.width * across / own.width, box.height * down / own.height
    left = box.x * across + (0.5 - MARGIN) * wide - 0.5
    top = box.y * down + (0.5 - MARGIN) * high - 0.5
    matrix = np.array([[wide, 0, left], [0, high, top]], np.float32)
    size = (own.cover.shape[1], own.cover.shape[0])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(
        cv2.warpAffine(photo, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE), dtype=np.float32
    )


def fit(photos: Photos, own: Drawing, box: Box, steps: int, *, free: bool = False) -> Box:
    """The box near `box` where the edges of the photograph run most like those of the drawing.

    Width and height keep their proportion unless `free`.
    """
    slopes = own.slopes.reshape(-1, 4)
    if not free:
        slopes = np.stack((slopes[:, 0] + slopes[:, 1], slopes[:, 2], slopes[:, 3]), axis=1)
    weights = np.repeat(own.weights.ravel(), 2)
    weighted = slopes * weights[:, None]
    normal = weighted.T @ slopes
    normal[np.diag_indices(len(normal))] += 1e-3 * float(np.trace(normal)) / len(normal) + 1e-6
    wanted = own.smooth.ravel()
    length = float((weights * wanted) @ wanted) + 1e-6
    for _ in range(steps):
        seen = cv2.GaussianBlur(directions(patch(photos, own, box)), (0, 0), _BLUR).ravel()
        gain = min(max(float((weights * seen) @ wanted) / length, _GAIN[0]), _GAIN[1])
        move = np.clip(np.linalg.solve(normal, weighted.T @ (seen / gain - wanted)), -_MOST, _MOST)
        box = _moved(box, move.tolist() if free else [float(move[0]), *move.tolist()])
        if float(np.abs(move).max()) < _STILL:
            break
    return box


def agreement(photos: Photos, own: Drawing, box: Box) -> float:
    """The cosine between the directions of the photograph at `box` and those of the drawing, near its edges."""
    seen = directions(patch(photos, own, box))
    near = np.minimum(own.weights, 1)
    along, one, other = (
        float((dot(*pair) * near).sum()) for pair in ((seen, own.edges), (seen, seen), (own.edges,) * 2)
    )
    return along / math.sqrt(one * other + 1e-6)


def _moved(box: Box, move: list[float]) -> Box:
    """The box after the inverse of a step: growth in width and height, then shifts in shares of the new size."""
    width, height = box.width / (1 + move[0]), box.height / (1 + move[1])
    middle = box.x + box.width / 2 - width * move[2], box.y + box.height / 2 - height * move[3]
    return Box(middle[0] - width / 2, middle[1] - height / 2, width, height)


def _slopes(smooth: Floats, width: int, height: int) -> Floats:
    across = cv2.Scharr(smooth, cv2.CV_32F, 1, 0, scale=1 / 32) * width
    down = cv2.Scharr(smooth, cv2.CV_32F, 0, 1, scale=1 / 32) * height
    x = (np.arange(smooth.shape[1], dtype=np.float32) + 0.5 - MARGIN) / width - 0.5
    y = (np.arange(smooth.shape[0], dtype=np.float32) + 0.5 - MARGIN) / height - 0.5
    return np.stack((across * x[None, :, None], down * y[:, None, None], across, down), axis=-1).astype(np.float32)
