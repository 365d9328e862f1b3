"""Finds an approved logo inside a photograph: cells of edge directions at many sizes, then a fit and a proof."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import cv2
import numpy as np
from PIL import Image

from audits.logo.approved import Entry
from audits.logo.colour import Floats
from audits.logo.gradients import field
from audits.logo.marks import Mark, marks
from audits.logo.search_fit import ROUGH, SIZES, Box, Drawing, drawing, fit, patch, pyramid
from audits.logo.search_proof import Evidence, excess, prove

_CELLS = 11  # cells a side of a square as large as a mark
_WIDEST = 24  # cells
_SMALLEST = 1.6  # pixels a cell
_STEP = 1.12  # from one size to the next
_HELD = 3.0  # pixels a cell from which the photograph is halved
_FEWEST = 8  # cells that a photograph is high or wide at the least
_PEAKS = 3  # places kept at each size
_TRIED = 3  # places fitted for each mark
_HINT = 0.28  # likeness below which a place is not looked at
_SAME = 0.93  # likeness of two marks that are searched as one
_APART = 0.5  # share of two boxes in common from which they are one place
_HOLDS = 0.8  # share of a smaller box that a larger one must hold to take its place


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A logo in a photograph: the name of the entry, the box of its ink, and how surely (0-1; 0 at the limit).

    `width` is the share of the photograph's width that the box takes.
    """

    name: str
    box: tuple[int, int, int, int]
    strength: float
    width: float


class _Level(NamedTuple):
    """A photograph as cells: pixels a cell across and down, the field, and the square of its length."""

    across: float
    down: float
    cells: Floats
    energy: Floats


class _Place(NamedTuple):
    """Where a mark may be, and how alike it is (-1 to 1)."""

    likeness: float
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One mark ready to be searched: a template of cells (with one cell of ground around) and its drawings by size."""

    mark: Mark
    template: Floats
    drawings: dict[int, Drawing]

    @property
    def length(self) -> float:
        """The template's Euclidean length."""
        return float(np.linalg.norm(self.template))


class Sought:
    """What is searched for of one approved logo. Made once and kept with the entry: it takes tens of milliseconds."""

    def __init__(self, entry: Entry) -> None:
        self.name = entry.name
        self._entry = entry

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """The marks of the logo, the whole one first; none when ink and ground cannot be told apart."""
        return tuple(_target(mark) for mark in marks(self._entry.image, self._entry.shape))


def find(image: Image.Image, sought: Sequence[Sought]) -> Found | None:
    """The surest logo in an RGB photograph, of at most 512 pixels a side as `decode` gives it; the larger of two nested.

    The box is that of the ink: of the emblem, the word or both, without the square, disc or strip they stand on.
    """
    pixels = np.asarray(image).astype(np.float32)
    found = [one for one in _sightings(pixels, sought) if one[1] <= 1]
    if not found:
        return None
    best = min(found, key=lambda one: one[1])
    for one in sorted(found, key=lambda one: one[2].width * one[2].height):
        if _holds(one[2], best[2]):
            best = one
    return _found(image, *best)


def _found(image: Image.Image, name: str, over: float, box: Box) -> Found:
    left, top = max(0, round(box.x)), max(0, round(box.y))
    right, bottom = min(image.width, round(box.x + box.width)), min(image.height, round(box.y + box.height))
    return Found(
        name=name,
        box=(left, top, right - left, bottom - top),
        strength=round(1 - over, 3),
        width=round((right - left) / image.width, 3),
    )


def _sightings(pixels: Floats, sought: Sequence[Sought]) -> list[tuple[str, float, Box]]:
    """Name, excess and box of each place that was looked at closely."""
    levels, photos = _levels(pixels), pyramid(pixels)
    made = []
    for group in _groups(sought):
        for place in _places(levels, group[0][1]):
            for name, target in group:
                box, evidence = inspect(photos, target, place.box)
                made.append((name, excess(evidence), box))
    return made


def inspect(photos: tuple[Floats, ...], target: Target, box: Box) -> tuple[Box, Evidence]:
    """Fits a mark near a box, and says what speaks against it there."""
    side = math.sqrt(box.width * box.height) * 1.15
    own = target.drawings[max((size for size in SIZES if size <= side), default=SIZES[0])]
    if own.width > target.drawings[ROUGH].width:
        box = fit(photos, target.drawings[ROUGH], box)
    box = fit(photos, own, box)
    box = fit(photos, own, box, free=True)
    return box, prove(patch(photos, own, box), own)


def _groups(sought: Sequence[Sought]) -> list[list[tuple[str, Target]]]:
    """Targets of one shape together: in directions of edges, a mark in other colours is the same."""
    groups: list[list[tuple[str, Target]]] = []
    for one in sought:
        for target in one.targets:
            for group in groups:
                if _alike(group[0][1], target):
                    group.append((one.name, target))
                    break
            else:
                groups.append([(one.name, target)])
    return groups


def _alike(one: Target, other: Target) -> bool:
    if one.template.shape != other.template.shape:
        return False
    return float((one.template * other.template).sum()) > _SAME * one.length * other.length


def _target(mark: Mark) -> Target:
    width = min(_WIDEST, max(6, round(_CELLS * math.sqrt(mark.aspect))))
    height = min(_WIDEST, max(3, round(width / mark.aspect)))
    size = (2 * width, 2 * height)
    cover = cv2.resize(mark.cover, size, interpolation=cv2.INTER_AREA)[..., None]
    laid = cv2.resize(mark.colours * mark.cover[..., None], size, interpolation=cv2.INTER_AREA)
    whole = np.empty((2 * height + 4, 2 * width + 4, 3), np.float32)
    whole[:] = mark.ground
    whole[2:-2, 2:-2] = laid + (1 - cover) * mark.ground
    template = cv2.resize(field(whole), (width + 2, height + 2), interpolation=cv2.INTER_AREA)
    return Target(mark=mark, template=template, drawings={side: drawing(mark, side) for side in SIZES})


def _levels(pixels: Floats) -> tuple[_Level, ...]:
    """The photograph in cells of growing size."""
    high, wide = pixels.shape[:2]
    made, cell, half, photo = [], _SMALLEST, 1.0, pixels
    edges = field(photo)
    while min(high, wide) / cell >= _FEWEST:
        if cell / half > _HELD:
            half *= 2
            size = (max(1, round(wide / half)), max(1, round(high / half)))
            photo = cv2.resize(photo, size, interpolation=cv2.INTER_AREA)
            edges = field(photo)
        size = (round(wide / cell), round(high / cell))
        cells = cv2.resize(edges, size, interpolation=cv2.INTER_AREA)
        cells = cv2.copyMakeBorder(cells, 2, 2, 2, 2, cv2.BORDER_CONSTANT)
        made.append(_Level(wide / size[0], high / size[1], cells, (cells * cells).sum(axis=2)))
        cell *= _STEP
    return tuple(made)


def _places(levels: Iterable[_Level], target: Target) -> list[_Place]:
    """The places that are most like the mark, each only once."""
    peaks = [peak for level in levels for peak in _peaks(level, target)]
    kept: list[_Place] = []
    for peak in sorted(peaks, key=lambda one: -one.likeness):
        if peak.likeness < _HINT or len(kept) == _TRIED:
            break
        if all(_common(peak.box, other.box) < _APART for other in kept):
            kept.append(peak)
    return kept


def _peaks(level: _Level, target: Target) -> list[_Place]:
    high, wide = target.template.shape[:2]
    if level.cells.shape[0] < high or level.cells.shape[1] < wide:
        return []
    likeness = cv2.matchTemplate(level.cells, target.template, cv2.TM_CCORR)
    sums = cv2.boxFilter(
        level.energy, -1, (wide, high), anchor=(0, 0), normalize=False, borderType=cv2.BORDER_CONSTANT
    )[: likeness.shape[0], : likeness.shape[1]]
    length = target.length
    likeness /= length * np.sqrt(np.maximum(sums, 0.3 * length**2))
    made = []
    for _ in range(_PEAKS):
        _, best, _, (x, y) = cv2.minMaxLoc(likeness)
        width, height = (wide - 2) * level.across, (wide - 2) * level.across / target.mark.aspect
        top = (y - 1) * level.down + ((high - 2) * level.down - height) / 2
        made.append(_Place(best, Box((x - 1) * level.across, top, width, height)))
        likeness[max(0, y - 2) : y + 3, max(0, x - 3) : x + 4] = -1
    return made


def _overlap(one: Box, other: Box) -> float:
    """Pixels in common."""
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return max(0.0, across) * max(0.0, down)


def _common(one: Box, other: Box) -> float:
    """Intersection over union."""
    shared = _overlap(one, other)
    return shared / (one.width * one.height + other.width * other.height - shared)


def _holds(large: Box, small: Box) -> bool:
    size = small.width * small.height
    return _overlap(large, small) > _HOLDS * size and large.width * large.height > 1.15 * size
