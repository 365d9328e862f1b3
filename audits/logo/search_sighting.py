"""Where in a photograph a logo may be: a quick look at every place, then a fit and a proof at the likest ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audits.logo.search_cells import alike, levels, places
from audits.logo.search_fit import ROUGH, Box, Photos, agreement, fit, patch
from audits.logo.search_proof import Evidence, drawn, excess, prove
from audits.logo.search_target import Sought, Target

STEPS = 4  # of each fit
_PROMISING = 0.28  # agreement after a rough fit below which a place is left
_HOLDS = 0.8  # share of a smaller box that a larger one must hold to be taken for it
_LARGER = 1.5  # times


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

    def holds(self, other: Sighting) -> bool:
        """Whether it is much larger and the other one lies in it."""
        area = other.box.area
        return self.box.area > _LARGER * area and self.box.overlap(other.box) > _HOLDS * area

    @property
    def whole(self) -> Target:
        """The whole mark of the logo."""
        return self.sought.targets[0]


def sightings(photos: Photos, sought: Sequence[Sought]) -> Iterator[Sighting]:
    """Each place that was looked at closely."""
    cells = levels(photos)
    for group in _groups(sought):
        first = group[0][1]
        for place in places(cells, first.template):
            rough = first.drawings[ROUGH]
            box = fit(photos, rough, place.box, STEPS)
            if agreement(photos, rough, box) < _PROMISING:
                continue
            for one, target in group:
                sighting = _sighting(photos, one, target, box)
                yield sighting
                if target is not one.targets[0] and sighting.excess <= 1:
                    yield _sighting(photos, one, one.targets[0], target.place_of(one.targets[0], sighting.box))


def inspect(photos: Photos, target: Target, box: Box) -> tuple[Box, Evidence]:
    """Fits a mark near a box, and says what speaks against it there."""
    own = target.drawn(box)
    kept = fit(photos, own, box, STEPS)
    boxes = kept, fit(photos, own, kept, STEPS, free=True)
    tries = ((each, prove(patch(photos, own, each), own, each.width / own.width)) for each in boxes)
    return min(tries, key=lambda one: excess(one[1]))


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
