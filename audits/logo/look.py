"""A picture made ready to be laid upon a logo, or to be one."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from audits.logo.alignment import SIDES, Greys, signature
from audits.logo.colour import Floats, Pixels, grey, resized

_WORKING = 256  # pixels a side to which larger pictures are brought at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A square RGB picture, in grey at the sides at which it is fitted, and its row for the tables of views."""

    levels: Pixels
    greys: Greys
    row: Floats


def look(levels: Pixels) -> Look:
    """Prepares a square RGB picture."""
    small = resized(levels, _WORKING) if levels.shape[0] > _WORKING else levels
    plain = grey(small)
    greys = {side: resized(plain, side) for side in SIDES}
    return Look(levels=small, greys=greys, row=signature(greys[SIDES[-1]]))


def mirrored(seen: Look) -> Look:
    """Left and right exchanged."""
    return look(np.ascontiguousarray(seen.levels[:, ::-1]))


def negative(seen: Look) -> Look:
    """As a photographic negative."""
    return look(cv2.bitwise_not(seen.levels).astype(np.uint8))
