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
from audits.logo.gradients import field
from audits.logo.marks import Mark

SIZES = (14, 18, 28, 40, 56)  # pixels a side of a square as large as a mark when it is looked at
ROUGH = 18  # the size at which the first fit is made
MARGIN = 3  # pixels of ground around it
_STEPS = {1: 5, 2: 3}
_MOST = 0.08  # share of the mark that one step may move or grow it
_STILL = 0.002
_FINER = 1.4  # pixels of a photograph to one of the mark, from which it is halved first


class Box(NamedTuple):
    """A rectangle in pixels of the photograph, which may end between them."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A mark at one size, with MARGIN pixels of ground on each side.

    `cover` and `inks` are as in Mark; `edges` its field of directions, `smooth` the same blurred, `slopes` how that
    changes with the width, the height and the two places of the box (height x width x 2 x 4); `weights` where it counts.
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
    size, around = (width, height), ((MARGIN, MARGIN), (MARGIN, MARGIN))
    cover = cv2.resize(mark.cover, size, interpolation=cv2.INTER_AREA)
    laid = cv2.resize(mark.colours * mark.cover[..., None], size, interpolation=cv2.INTER_AREA)
    inks = np.pad(laid / np.maximum(cover, 0.02)[..., None], (*around, (0, 0)), mode="edge")
    cover = np.pad(cover, around)
    edges = directions(cover[..., None] * inks + (1 - cover[..., None]) * mark.ground)
    smooth = cv2.GaussianBlur(edges, (0, 0), 1.0)
    strength = cv2.dilate(np.linalg.norm(edges, axis=2), np.ones((3, 3), np.uint8))
    return Drawing(
        width=width,
        height=height,
        cover=cover.astype(np.float32),
        inks=inks.astype(np.float32),
        edges=edges,
        smooth=smooth,
        slopes=_slopes(smooth, width, height),
        weights=(cv2.GaussianBlur(strength, (0, 0), 1.0) + 0.05).astype(np.float32),
    )


def directions(pixels: Floats) -> Floats:
    """The field of a small picture, a little blurred so that a jagged edge has one direction."""
    return field(cv2.GaussianBlur(pixels.astype(np.float32), (0, 0), 0.5))


def pyramid(pixels: Floats) -> tuple[Floats, ...]:
    """A float32 RGB photograph, and its halves down to 24 pixels."""
    made = [pixels]
    while min(made[-1].shape[:2]) > 24:
        half = (made[-1].shape[1] // 2, made[-1].shape[0] // 2)
        made.append(cv2.resize(made[-1], half, interpolation=cv2.INTER_AREA))
    return tuple(made)


def patch(photos: tuple[Floats, ...], own: Drawing, box: Box) -> Floats:
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
    return cv2.warpAffine(photo, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)


def fit(photos: tuple[Floats, ...], own: Drawing, box: Box, *, free: bool = False) -> Box:
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
    answer = np.linalg.solve(normal, weighted.T)
    wanted = own.smooth.ravel()
    length = float((weights * wanted) @ wanted) + 1e-6
    for _ in range(3 if free else 5):
        seen = cv2.GaussianBlur(directions(patch(photos, own, box)), (0, 0), 1.0).ravel()
        gain = min(max(float((weights * seen) @ wanted) / length, 0.3), 1.5)
        move = np.clip(answer @ (seen / gain - wanted), -_MOST, _MOST)
        box = _moved(box, move.tolist() if free else [float(move[0]), *move.tolist()])
        if float(np.abs(move).max()) < _STILL:
            break
    return box


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
