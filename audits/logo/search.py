"""Finds an approved logo inside a photograph: a quick look at every place, then a fit and a proof at the likest ones."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from PIL import Image

from audits.logo.approved import Entry
from audits.logo.colour import Floats
from audits.logo.marks import Mark, marks
from audits.logo.search_cells import Template, alike, levels, places, template
from audits.logo.search_fit import ROUGH, SIZES, Box, Drawing, Photos, agreement, drawing, fit, patch, pyramid
from audits.logo.search_ground import made_ground
from audits.logo.search_proof import Evidence, excess, prove

_PROMISING = 0.35  # agreement after a rough fit below which a place is left
_HOLDS = 0.8  # share of a smaller box that a larger one must hold to take its place
_LARGER = 1.15  # times
_ROOM = 1.15  # a drawing may have this many times as many pixels a side as the photograph shows
_GREY = 12.0  # Lab chroma up to which a ground is white, grey or black, on which any logo may stand
_OTHER_HUE, _OTHER_LIGHT = 20.0, 30.0  # Lab units from every approved ground at which a ground is another colour


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A logo in a photograph: the name of the entry, the box of its ink, and how surely (0 at the limit, 1 at best).

    `width` is the share of the photograph's width that the box takes.
    """

    name: str
    box: tuple[int, int, int, int]
    strength: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One mark ready to be searched, with the whole mark that it is a part of, and its drawings by size."""

    mark: Mark
    whole: Mark
    template: Template
    drawings: dict[int, Drawing]

    @property
    def ground(self) -> Floats:
        """The colour of the approved ground (Lab)."""
        return np.asarray(cv2.cvtColor(self.mark.ground[None, None] / 255, cv2.COLOR_RGB2Lab)[0, 0], np.float32)

    def drawn(self, box: Box) -> Drawing:
        """The drawing with about as many pixels as a photograph shows at `box`."""
        side = math.sqrt(box.area) * _ROOM
        return self.drawings[max((size for size in SIZES if size <= side), default=SIZES[0])]


class Sought:
    """What is searched for of one approved logo. Made once and kept with the entry: it takes tens of milliseconds."""

    def __init__(self, entry: Entry) -> None:
        self.name = entry.name
        self._entry = entry

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """The marks of the logo, the whole one first; none when ink and ground cannot be told apart."""
        made = marks(self._entry.image, self._entry.shape)
        return tuple(
            Target(
                mark=mark,
                whole=made[0],
                template=template(mark),
                drawings={side: drawing(mark, side) for side in SIZES},
            )
            for mark in made
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A target that was fitted at a place, and how much speaks against it: at most 1 when it is there."""

    name: str
    target: Target
    box: Box
    excess: float


def find(image: Image.Image, sought: Sequence[Sought]) -> Found | None:
    """The surest logo in an RGB photograph, of at most 512 pixels a side as `decode` gives it; the larger of two nested.

    The box is that of the ink: of the emblem, the word or both, without the square, disc or strip they stand on.
    """
    pixels = np.asarray(image).astype(np.float32)
    grounds = [target.ground for one in sought for target in one.targets]
    seen = [one for one in _sightings(pixels, sought) if one.excess <= 1 and not _recoloured(pixels, one, grounds)]
    if not seen:
        return None
    best = min(seen, key=lambda one: (round(one.excess, 1), one.target.mark is not one.target.whole, one.excess))
    for one in sorted(seen, key=lambda one: one.box.area):
        if one.box.area > _LARGER * best.box.area and one.box.overlap(best.box) > _HOLDS * best.box.area:
            best = one
    return _found(image, best)


def _found(image: Image.Image, best: Sighting) -> Found:
    box = best.box
    left, top = max(0, round(box.x)), max(0, round(box.y))
    right, bottom = min(image.width, round(box.x + box.width)), min(image.height, round(box.y + box.height))
    return Found(
        name=best.name,
        box=(left, top, right - left, bottom - top),
        strength=round(1 - best.excess, 3),
        width=round((right - left) / image.width, 3),
    )


def _sightings(pixels: Floats, sought: Sequence[Sought]) -> Iterator[Sighting]:
    """Each place that was looked at closely."""
    photos = pyramid(pixels)
    cells = levels(photos)
    for group in _groups(sought):
        first = group[0][1]
        for place in places(cells, first.template):
            rough = first.drawings[ROUGH]
            box = fit(photos, rough, place.box, 4)
            if agreement(photos, rough, box) < _PROMISING:
                continue
            for name, target in group:
                fitted, evidence = inspect(photos, target, box)
                yield Sighting(name=name, target=target, box=fitted, excess=excess(evidence))


def inspect(photos: Photos, target: Target, box: Box) -> tuple[Box, Evidence]:
    """Fits a mark near a box, and says what speaks against it there."""
    own = target.drawn(box)
    box = fit(photos, own, fit(photos, own, box, 4), 3, free=True)
    return box, prove(patch(photos, own, box), own)


def _groups(sought: Sequence[Sought]) -> list[list[tuple[str, Target]]]:
    """Targets of one shape together: in directions of edges, a mark in other colours is the same."""
    groups: list[list[tuple[str, Target]]] = []
    for one in sought:
        for target in one.targets:
            same = (group for group in groups if alike(group[0][1].template, target.template))
            group = next(same, None)
            if group is None:
                groups.append([(one.name, target)])
            else:
                group.append((one.name, target))
    return groups


def _recoloured(pixels: Floats, one: Sighting, grounds: Sequence[Floats]) -> bool:
    """Whether the mark, or the whole one that it is a part of, stands on a ground made for it in a foreign colour."""
    part, whole = one.target.mark.box, one.target.whole.box
    across, down = one.box.width / part[2], one.box.height / part[3]
    around = Box(
        one.box.x + (whole[0] - part[0]) * across,
        one.box.y + (whole[1] - part[1]) * down,
        whole[2] * across,
        whole[3] * down,
    )
    found = (made_ground(pixels, box) for box in {one.box, around})
    return any(ground is not None and _foreign(ground, grounds) for ground in found)


def _foreign(ground: Floats, grounds: Sequence[Floats]) -> bool:
    if math.hypot(ground[1], ground[2]) < _GREY:
        return False
    return all(
        math.hypot(*(ground - own)[1:]) > _OTHER_HUE or abs(float(ground[0] - own[0])) > _OTHER_LIGHT for own in grounds
    )
