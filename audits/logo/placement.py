"""Where an approved logo lies in a picture: a first guess from a table of views, then least squares on grey levels.

Coordinates run from -0.5 to 0.5 over the width and height of a square picture, whatever its pixels.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from audits.logo.colour import Floats

_SHOWN = 0.47  # radius within which the pixels of a picture count, clear of the edge of a round mask


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """An affine map from the logo to the picture: `matrix @ (x, y) + shift`."""

    matrix: Floats
    shift: Floats

    @property
    def scale(self) -> float:
        """How much larger than the whole picture the logo is; 1 when they are equal."""
        return math.sqrt(abs(float(np.linalg.det(self.matrix))))

    @property
    def stretch(self) -> float:
        """How much longer one direction became than the one across, as a natural logarithm; 0 for none."""
        long, short = np.linalg.svd(self.matrix, compute_uv=False)
        return float(math.log(max(float(long), 1e-6) / max(float(short), 1e-6)))

    @property
    def astray(self) -> float:
        """How far the logo lies beside where cutting off or adding a border can bring it, as a share of the width."""
        return max(0.0, float(np.abs(self.shift).max()) - abs(self.scale - 1) / 2)

    @property
    def mirrored(self) -> bool:
        """Whether left and right are exchanged."""
        return float(np.linalg.det(self.matrix)) < 0

    @property
    def turn(self) -> float:
        """Rotation in degrees, clockwise as one sees it, -180 to 180; of a mirrored logo after mirroring it back."""
        (a, b), (c, d) = (self.flipped if self.mirrored else self).matrix.tolist()
        return math.degrees(math.atan2(c - b, a + d))

    @property
    def flipped(self) -> Placement:
        """The same logo in the picture with left and right exchanged."""
        flip = np.array([-1, 1], dtype=np.float32)
        return Placement(matrix=self.matrix * flip[:, None], shift=self.shift * flip)

    @property
    def inverse(self) -> Placement:
        """The map from the picture to the logo."""
        matrix = np.linalg.inv(self.matrix)
        return Placement(matrix=matrix, shift=-matrix @ self.shift)

    @property
    def numbers(self) -> tuple[float, float, float, float, float, float]:
        """The six numbers, row by row."""
        (a, b), (c, d) = self.matrix.tolist()
        x, y = self.shift.tolist()
        return (a, b, x, c, d, y)


def placement(scale: float, shift: tuple[float, float] = (0, 0), turn: float = 0, wide: float = 1) -> Placement:
    """The placement of a logo scaled, turned by degrees, made `wide` times wider than high, then shifted."""
    angle = math.radians(turn)
    spin = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    size = np.diag([scale * math.sqrt(wide), scale / math.sqrt(wide)])
    return Placement(matrix=(size @ spin).astype(np.float32), shift=np.array(shift, dtype=np.float32))


@cache
def views() -> tuple[tuple[Placement, ...], int]:
    """The placements that are tried, and how many of them, the first ones, a platform may cause by itself."""
    plain = [
        placement(scale, (across, down))
        for scale in np.exp(np.linspace(-0.2, 0.2, 9)).tolist()
        for across in np.arange(-3, 4) * 0.03
        for down in np.arange(-3, 4) * 0.03
        if max(abs(across), abs(down)) <= abs(scale - 1) / 2 + 0.031
    ]
    turned = [placement(scale, turn=turn) for turn in range(10, 360, 10) for scale in (0.87, 1.0, 1.15)]
    wide = [
        placement(scale, wide=more) for more in (0.65, 0.75, 0.85, 1.18, 1.33, 1.54) for scale in (0.9, 1.0, 1.1, 1.2)
    ]
    return tuple(plain + turned + wide), len(plain)


@cache
def grid(side: int) -> Floats:
    """The centres of side x side pixels, as (x, y) rows."""
    line = (np.arange(side, dtype=np.float32) + 0.5) / side - 0.5
    across, down = np.meshgrid(line, line)
    return np.stack((across.ravel(), down.ravel()), axis=1)


def sample(levels: npt.NDArray[Any], place: Placement, side: int, *, cubic: bool = False) -> Floats:
    """A square picture (with or without channels) seen through the logo's frame: side x side, black where it ends."""
    width = levels.shape[0]
    matrix = place.matrix.astype(np.float64) * (width / side)
    corner = (place.matrix.astype(np.float64) @ (-0.5, -0.5) + place.shift + 0.5) * width
    shift = corner + matrix @ (0.5, 0.5) - 0.5  # pixel centres, not corners, carry the whole numbers
    way = cv2.INTER_CUBIC if cubic else cv2.INTER_LINEAR
    seen = cv2.warpAffine(levels, np.column_stack((matrix, shift)), (side, side), flags=way | cv2.WARP_INVERSE_MAP)
    return np.asarray(seen, dtype=np.float32)


def shown(place: Placement, side: int) -> npt.NDArray[np.bool_]:
    """Which pixels of the logo's frame lie within the circle that the picture shows."""
    at = grid(side) @ place.matrix.T + place.shift
    inside: npt.NDArray[np.bool_] = at[:, 0] ** 2 + at[:, 1] ** 2 < _SHOWN * _SHOWN
    return inside
