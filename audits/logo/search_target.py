"""What is searched for of one approved logo: its marks, ready to be found, fitted and proven."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from PIL import Image

from audits.logo.colour import Floats
from audits.logo.marks import SIDE, Mark, marks
from audits.logo.search_cells import Template, template
from audits.logo.search_fit import SIZES, Box, Drawing, drawing

_ROOM = 1.15  # a drawing may have this many times as many pixels a side as the photograph shows


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One mark ready to be searched: as cells, and as drawings by size."""

    mark: Mark
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

    def place_of(self, other: Target, box: Box) -> Box:
        """Where another mark of the same logo lies when this one lies at `box`."""
        return self._placed(Box(*other.mark.box), box)

    def frame(self, box: Box) -> Box:
        """Where the whole approved picture ends when the mark lies at `box`."""
        return self._placed(Box(0, 0, SIDE, SIDE), box)

    def _placed(self, wanted: Box, box: Box) -> Box:
        own = self.mark.box
        across, down = box.width / own[2], box.height / own[3]
        left, top = box.x + (wanted.x - own[0]) * across, box.y + (wanted.y - own[1]) * down
        return Box(left, top, wanted.width * across, wanted.height * down)


class Sought:
    """What is searched for of one approved logo. Made once and kept with the entry: it takes tens of milliseconds."""

    def __init__(self, name: str, image: Image.Image, shape: str) -> None:
        self.name = name
        self._image, self._shape = image, shape

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """The whole mark, then its parts; none when ink and ground cannot be told apart."""
        return tuple(
            Target(mark=mark, template=template(mark), drawings={side: drawing(mark, side) for side in SIZES})
            for mark in marks(self._image, self._shape)
        )
