"""What makes a logo doubtful that is drawn rightly: its ground, what stands beside it, a mirror."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from audits.logo.colour import Floats
from audits.logo.search_cells import symmetry
from audits.logo.search_fit import Box, Photos, agreement, fit, pyramid
from audits.logo.search_ground import busy, foreign, made_ground
from audits.logo.search_proof import excess
from audits.logo.search_sighting import STEPS, Sighting, inspect, sightings
from audits.logo.search_target import Sought, Target

_ANOTHER = 0.45  # agreement from which the other part of a logo is drawn beside the one found
_SYMMETRIC = 0.75  # likeness to its own mirror image from which a mark does not show that it is mirrored
_NEARBY = 5.0  # times the width of such a mark: as far as the rest of its logo may reach
_NEARLY = 1.5  # excess at which the larger logo is there as good as surely
_LEGIBLE = 48  # pixels a side that are enough of it


def recoloured(colours: Floats, one: Sighting, grounds: Sequence[Floats]) -> bool:
    """Whether the mark, or the whole one that it is a part of, stands on a ground made for it in a foreign colour."""
    around = one.target.place_of(one.whole, one.box)
    frame = one.target.frame(one.box)
    found = (made_ground(colours, box, frame) for box in {one.box, around})
    return any(ground is not None and foreign(ground, grounds) for ground in found)


def complete(photos: Photos, colours: Floats, one: Sighting) -> bool:
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


def part_of_altered(one: Sighting, others: Sequence[Sighting]) -> bool:
    """Whether the logo found is but a part of a larger one that is there in other colours."""
    return any(other.drawn and other.holds(one) for other in others)


def part_of_mirrored(photos: Photos, one: Sighting, sought: Sequence[Sought]) -> bool:
    """Whether a mark that is the same in a mirror is part of a larger logo that is mirrored."""
    if symmetry(one.target.template) < _SYMMETRIC:
        return False
    level = max(0, min(len(photos) - 1, math.ceil(math.log2(math.sqrt(one.box.area) / _LEGIBLE))))
    box = Box(*(edge / 2**level for edge in one.box))
    high, wide = photos[level].shape[:2]
    left, right = max(0, round(box.x - _NEARBY * box.width)), min(wide, round(box.x + (1 + _NEARBY) * box.width))
    top, bottom = max(0, round(box.y - 2 * box.height)), min(high, round(box.y + 3 * box.height))
    around = pyramid(np.ascontiguousarray(photos[level][top:bottom, left:right][:, ::-1]))
    there = Box(right - box.x - box.width, box.y - top, box.width, box.height)
    here = Sighting(sought=one.sought, target=one.target, box=there, evidence=one.evidence)
    there_too = (other for other in sightings(around, sought) if other.holds(here))
    return any(other.drawn or other.excess < _NEARLY for other in there_too)


def _drawn(photos: Photos, target: Target, box: Box) -> bool:
    own = target.drawn(box)
    return agreement(photos, own, fit(photos, own, box, STEPS)) > _ANOTHER
