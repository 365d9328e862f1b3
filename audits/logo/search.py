"""Finds an approved logo inside a photograph: a quick look at every place, then a fit and a proof at the best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

from audits.logo.colour import Floats
from audits.logo.search_cells import alike, levels, places
from audits.logo.search_fit import ROUGH, Box, Photos, agreement, fit, patch, pyramid
from audits.logo.search_ground import busy, foreign, made_ground
from audits.logo.search_proof import Evidence, drawn, excess, prove
from audits.logo.search_target import Sought, Target

_PROMISING = 0.28  # agreement after a rough fit below which a place is left
_ANOTHER = 0.45  # agreement from which the other part of a logo is drawn beside the one found
_HOLDS = 0.8  # share of a smaller box that a larger one must hold to take its place
_LARGER = 1.15  # times
_PART = 0.15  # excess by which a part must be surer than a whole mark to be named instead
_STEPS = 4


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
class Sighting:
    """A target of a logo that was fitted at a place, and what speaks against it there."""

    sought: Sought
    target: Target
    box: Box
    evidence: Evidence

    @property
    def excess(self) -> float:
        """How much speaks against it."""
        return excess(self.evidence)

    @property
    def drawn(self) -> bool:
        """Whether its edges are there, in whatever colours."""
        return drawn(self.evidence)

    @property
    def whole(self) -> Target:
        """The whole mark of the logo."""
        return self.sought.targets[0]


def find(image: Image.Image, sought: Sequence[Sought]) -> Found | None:
    """The surest logo in an RGB photograph (as `decode` gives it, at most 512 pixels a side); the larger of two nested.

    The box is that of the ink: of the emblem, the word or both, without the square, disc or strip they stand on.
    """
    photos = pyramid(np.asarray(image).astype(np.float32))
    sightings = list(_sightings(photos, sought))
    seen = [one for one in sightings if one.excess <= 1]
    if not seen:
        return None
    colours = np.asarray(cv2.cvtColor(photos[0] / 255, cv2.COLOR_RGB2Lab), np.float32)
    grounds = [target.ground for one in sought for target in one.targets]
    seen = [one for one in seen if not _recoloured(colours, one, grounds) and _complete(photos, colours, one)]
    best = _largest(seen) if seen else None
    return None if best is None or _altered(best, sightings) else _found(image, best)


def inspect(photos: Photos, target: Target, box: Box) -> tuple[Box, Evidence]:
    """Fits a mark near a box, and says what speaks against it there."""
    own = target.drawn(box)
    kept = fit(photos, own, box, _STEPS)
    tries = ((each, prove(patch(photos, own, each), own)) for each in (kept, fit(photos, own, kept, _STEPS, free=True)))
    return min(tries, key=lambda one: excess(one[1]))


def _sightings(photos: Photos, sought: Sequence[Sought]) -> Iterator[Sighting]:
    """Each place that was looked at closely."""
    cells = levels(photos)
    for group in _groups(sought):
        first = group[0][1]
        for place in places(cells, first.template):
            rough = first.drawings[ROUGH]
            box = fit(photos, rough, place.box, _STEPS)
            if agreement(photos, rough, box) < _PROMISING:
                continue
            for one, target in group:
                sighting = _sighting(photos, one, target, box)
                yield sighting
                if target is not one.targets[0] and sighting.excess <= 1:
                    yield _sighting(photos, one, one.targets[0], target.place_of(one.targets[0], sighting.box))


def _sighting(photos: Photos, one: Sought, target: Target, box: Box) -> Sighting:
    fitted, evidence = inspect(photos, target, box)
    return Sighting(sought=one, target=target, box=fitted, evidence=evidence)


def _groups(sought: Sequence[Sought]) -> list[list[tuple[Sought, Target]]]:
    """Targets of one shape together: in directions of edges, a mark in other colours is the same."""
    groups: list[list[tuple[Sought, Target]]] = []
    for one in sought:
        for target in one.targets:
            same = (group for group in groups if alike(group[0][1].template, target.template))
            group = next(same, None)
            if group is None:
                groups.append([(one, target)])
            else:
                group.append((one, target))
    return groups


def _recoloured(colours: Floats, one: Sighting, grounds: Sequence[Floats]) -> bool:
    """Whether the mark, or the whole one that it is a part of, stands on a ground made for it in a foreign colour."""
    around = one.target.place_of(one.whole, one.box)
    frame = one.target.frame(one.box)
    found = (made_ground(colours, box, frame) for box in {one.box, around})
    return any(ground is not None and foreign(ground, grounds) for ground in found)


def _complete(photos: Photos, colours: Floats, one: Sighting) -> bool:
    """Whether a whole logo on a ground of its own is right in each part, and a part of one stands by itself.

    Beside a part there may be neither the rest in other colours nor another drawing. On a bare photograph the parts of
    a whole logo are not asked again: there each is less sure than all together.
    """
    around = one.target.place_of(one.whole, one.box)
    ground = made_ground(colours, around, one.target.frame(one.box))
    others = [other for other in one.sought.targets[1:] if other is not one.target]
    if one.target is one.whole:
        return ground is None or all(
            excess(inspect(photos, other, one.target.place_of(other, one.box))[1]) <= 1 for other in others
        )
    if ground is not None and busy(colours, ground, around, one.box):
        return False
    return not any(_drawn(photos, other, one.target.place_of(other, one.box)) for other in others)


def _drawn(photos: Photos, target: Target, box: Box) -> bool:
    own = target.drawn(box)
    return agreement(photos, own, fit(photos, own, box, _STEPS)) > _ANOTHER


def _largest(seen: Sequence[Sighting]) -> Sighting:
    """The surest of the sightings, or a larger one that holds it; a whole mark before a part that is about as sure."""
    best = min(seen, key=lambda one: one.excess + (0 if one.target is one.whole else _PART))
    for one in sorted(seen, key=lambda one: one.box.area):
        if _holds(one, best):
            best = one
    return best


def _altered(best: Sighting, sightings: Sequence[Sighting]) -> bool:
    """Whether the logo found is but a part of a larger one that is there in other colours."""
    return any(one.drawn and _holds(one, best) for one in sightings)


def _holds(large: Sighting, small: Sighting) -> bool:
    area = small.box.area
    return large.box.area > _LARGER * area and large.box.overlap(small.box) > _HOLDS * area


def _found(image: Image.Image, best: Sighting) -> Found:
    box = best.box
    left, top = max(0, round(box.x)), max(0, round(box.y))
    right, bottom = min(image.width, round(box.x + box.width)), min(image.height, round(box.y + box.height))
    return Found(
        name=best.sought.name,
        box=(left, top, right - left, bottom - top),
        strength=round(1 - best.excess, 3),
        width=round((right - left) / image.width, 3),
    )
