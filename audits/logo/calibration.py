"""The limits of one approved picture: what platforms do to it by themselves, with room to spare, place by place."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from audits.logo.colour import Floats
from audits.logo.comparison import FRAMES, Residue
from audits.logo.fitting import Fit, fitted
from audits.logo.look import look
from audits.logo.master import Master
from audits.logo.variants import variants

VARIANTS = 100  # pictures of each size class from which the limits are taken
_LARGEST = 360  # pixels a side of the largest of them
_ASTRAY = 0.03  # a fit that is off by this (log of the scale) says nothing of the picture and sets no limit
_MARGIN = {
    "light": 1.8,
    "colour": 2.0,
    "spot": 1.8,
    "wash_light": 1.8,
    "wash_colour": 1.8,
    "hue": 2.0,
    "tints": 2.0,
    "shape": 1.8,
}
_FLOORS = {
    "light": 3.0,
    "colour": 4.0,
    "spot": 8.0,
    "wash_light": 2.0,
    "wash_colour": 2.5,
    "hue": 5.0,
    "tints": 3.0,
    "shape": 0.01,
}
SIZE = 0.26  # log of the scale: room beyond the 8 % a side that platforms cut off or add


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What of each figure of a residue is still genuine, in one size class; the first three place by place."""

    light: Floats
    colour: Floats
    spot: Floats
    wash_light: float
    wash_colour: float
    hue: float
    tints: Floats
    shape: float

    def by_place(self, residue: Residue) -> Floats:
        """STEPS x STEPS: the worst figure at each place as a share of its limit."""
        shares = (residue.light / self.light, residue.colour / self.colour, residue.spot / self.spot)
        worst: Floats = np.maximum.reduce(shares)
        return worst

    def distance(self, residue: Residue) -> float:
        """The worst figure as a share of its limit."""
        return max(
            float(self.by_place(residue).max()),
            residue.wash_light / self.wash_light,
            residue.wash_colour / self.wash_colour,
            residue.hue / self.hue,
            float((residue.tints / self.tints).max()),
            residue.shape / self.shape,
            residue.size / SIZE,
        )


def calibrate(master: Master) -> dict[int, Limits]:
    """The limits by size class; always the same for the same picture. About two seconds."""
    edges = [*FRAMES, _LARGEST + 1]
    return {least: _limits(_residues(master, least, more - 1)) for least, more in pairwise(edges)}


def _residues(master: Master, least: int, most: int) -> list[Residue]:
    """What is left of genuine pictures of `least` to `most` pixels a side."""
    passed = variants(master.levels, (least, most), VARIANTS, seed=least)
    fits = [(one.scale, fitted(look(one.levels), master, least)) for one in passed]
    return [fit.residue for scale, fit in fits if not _astray(fit, scale)] or [fit.residue for _, fit in fits]


def _astray(fit: Fit, scale: float) -> bool:
    return abs(math.log(fit.place.scale / scale)) > _ASTRAY


def _limits(residues: list[Residue]) -> Limits:
    kernel = np.ones((3, 3), dtype=np.uint8)

    def most_of(name: str, around: npt.NDArray[np.uint8] = kernel[:1, :1]) -> Floats:
        most = np.max([getattr(one, name) for one in residues], axis=0).astype(np.float32)
        room = np.maximum(cv2.dilate(most, around) * _MARGIN[name], _FLOORS[name]).astype(np.float32)
        return np.asarray(room.reshape(most.shape))

    def whole(name: str) -> float:
        return max(max(float(getattr(one, name)) for one in residues) * _MARGIN[name], _FLOORS[name])

    return Limits(
        light=most_of("light", kernel),
        colour=most_of("colour", kernel),
        spot=most_of("spot", kernel),
        wash_light=whole("wash_light"),
        wash_colour=whole("wash_colour"),
        hue=whole("hue"),
        tints=most_of("tints"),
        shape=whole("shape"),
    )
