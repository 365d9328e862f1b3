"""A quick look where in a photograph a mark may be: cells of edge directions, compared at every place and size."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

import cv2
import numpy as np

from audits.logo.colour import Floats
from audits.logo.gradients import dot, field
from audits.logo.marks import Mark
from audits.logo.search_fit import Box, Photos

_CELLS = 11  # cells a side of a square as large as a mark
_WIDEST = 30  # cells
_SMALLEST = 1.6  # pixels a cell
_STEP = 1.12  # from one size to the next
_HALVED = 3.0  # pixels a cell from which a photograph of half the size is used
_FEWEST = 8  # cells that a photograph is high or wide at the least
_PEAKS = 3  # places kept at each size
_TRIED = 3  # places kept for each mark
_HINT = 0.28  # likeness below which a place is not looked at
_QUIET = 0.3  # share of a template's edges that a place must show at the least
_APART = 0.5  # share of two boxes in common from which they are one place
_SAME = 0.93  # likeness of two templates that are searched as one


class Level(NamedTuple):
    """A photograph as cells: pixels a cell across and down, the field, and the square of its length."""

    across: float
    down: float
    cells: Floats
    energy: Floats


class Place(NamedTuple):
    """Where a mark may be, and how alike it is (-1 to 1)."""

    likeness: float
    box: Box


class Template(NamedTuple):
    """A mark as cells with one cell of ground around it, their Euclidean length, and its width by height."""

    cells: Floats
    length: float
    aspect: float


def template(mark: Mark) -> Template:
    """The template of a mark."""
    width = min(_WIDEST, max(6, round(_CELLS * math.sqrt(mark.aspect))))
    height = min(_WIDEST, max(3, round(width / mark.aspect)))
    canvas = np.empty((2 * height + 4, 2 * width + 4, 3), np.float32)
    canvas[:] = mark.ground
    canvas[2:-2, 2:-2] = mark.on_ground(2 * width, 2 * height)
    cells = np.asarray(cv2.resize(field(canvas), (width + 2, height + 2), interpolation=cv2.INTER_AREA), np.float32)
    return Template(cells=cells, length=float(np.linalg.norm(cells)), aspect=mark.aspect)


def alike(one: Template, other: Template) -> bool:
    """Whether two marks have the same shape, whatever their colours."""
    if one.cells.shape != other.cells.shape:
        return False
    return float((one.cells * other.cells).sum()) > _SAME * one.length * other.length


def symmetry(one: Template) -> float:
    """How alike a mark is to its own mirror image (-1 to 1)."""
    mirrored = one.cells[:, ::-1] * np.array([1, -1], np.float32)
    return float((one.cells * mirrored).sum()) / one.length**2


def levels(photos: Photos) -> tuple[Level, ...]:
    """A photograph (as `search_fit.pyramid` gives it) in cells of growing size."""
    high, wide = photos[0].shape[:2]
    made, cell, half = [], _SMALLEST, 0
    edges = field(photos[0])
    while min(high, wide) / cell >= _FEWEST:
        if cell / 2**half > _HALVED and half + 1 < len(photos):
            half += 1
            edges = field(photos[half])
        size = (round(wide / cell), round(high / cell))
        inner = cv2.resize(edges, size, interpolation=cv2.INTER_AREA)
        cells = np.asarray(cv2.copyMakeBorder(inner, 2, 2, 2, 2, cv2.BORDER_CONSTANT), np.float32)
        made.append(Level(wide / size[0], high / size[1], cells, dot(cells, cells)))
        cell *= _STEP
    return tuple(made)


def places(photo: Iterable[Level], wanted: Template) -> list[Place]:
    """The places that are most like a mark, each only once, the likest first."""
    peaks = [peak for level in photo for peak in _peaks(level, wanted)]
    kept: list[Place] = []
    for peak in sorted(peaks, key=lambda one: -one.likeness):
        if len(kept) < _TRIED and all(peak.box.common(other.box) < _APART for other in kept):
            kept.append(peak)
    return kept


def _peaks(level: Level, wanted: Template) -> list[Place]:
    high, wide = wanted.cells.shape[:2]
    if level.cells.shape[0] < high or level.cells.shape[1] < wide:
        return []
    likeness = np.asarray(cv2.matchTemplate(level.cells, wanted.cells, cv2.TM_CCORR), np.float32)
    sums = cv2.boxFilter(level.energy, -1, (wide, high), anchor=(0, 0), normalize=False)
    least = _QUIET * wanted.length**2
    likeness /= wanted.length * np.sqrt(np.maximum(sums[: likeness.shape[0], : likeness.shape[1]], least))
    made = []
    for _ in range(_PEAKS):
        _, best, _, (x, y) = cv2.minMaxLoc(likeness)
        if best < _HINT:
            break
        width, height = (wide - 2) * level.across, (wide - 2) * level.across / wanted.aspect
        top = (y - 1) * level.down + ((high - 2) * level.down - height) / 2
        made.append(Place(best, Box((x - 1) * level.across, top, width, height)))
        likeness[max(0, y - 2) : y + 3, max(0, x - 3) : x + 4] = -1
    return made
