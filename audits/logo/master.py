"""An approved picture made ready for everything that pictures are held against; each part when it is first needed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from PIL import Image

from audits.logo.alignment import SIDES, Pattern, pattern, table
from audits.logo.colour import Floats, Pixels, grey, pixels
from audits.logo.comparison import FRAMES, Surface, surface
from audits.logo.edges import edges
from audits.logo.structure import Structure, structure


@dataclass(frozen=True)
class Master:
    """A square RGB picture and what is derived from it."""

    image: Image.Image

    @cached_property
    def levels(self) -> Pixels:
        """Its pixels."""
        return pixels(self.image)

    @cached_property
    def table(self) -> Floats:
        """The logo in many places, small and in grey."""
        return table(grey(self.levels))

    @cached_property
    def patterns(self) -> dict[int, Pattern]:
        """By side, what the fit in grey works with."""
        levels = grey(self.levels)
        return {side: pattern(levels, side) for side in SIDES}

    @cached_property
    def surfaces(self) -> dict[int, Surface]:
        """By size class, what a fitted picture is compared with."""
        return {least: surface(self.levels, least) for least in FRAMES}

    @cached_property
    def edges(self) -> Floats:
        """Its edges."""
        return edges(self.levels)

    @cached_property
    def edge_table(self) -> Floats:
        """Its edges in many places, small."""
        return table(self.edges)

    @cached_property
    def edge_patterns(self) -> dict[int, Pattern]:
        """By side, what the fit on edges works with."""
        return {side: pattern(self.edges, side) for side in SIDES}

    @cached_property
    def structures(self) -> dict[int, Structure]:
        """By size class, its drawing, block by block."""
        return {least: structure(self.surfaces[least].values) for least in FRAMES}
