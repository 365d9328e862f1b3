"""Limits as a calibration might have measured them, for tests that only keep and read them."""

from __future__ import annotations

import numpy as np

from audits.logo.blocks import STEPS
from audits.logo.calibration import Limits
from audits.logo.comparison import FRAMES
from audits.logo.limits import Kept, kept


def measured(light: float) -> dict[int, Limits]:
    """By size class, always the same, told apart by `light`."""
    places = np.full((STEPS, STEPS), light, dtype=np.float32)
    one = Limits(
        light=places,
        colour=places * 2,
        spot=places * 3,
        wash_light=2.0,
        wash_colour=2.5,
        hue=4.5,
        tints=np.full(2, 3.5, dtype=np.float32),
        shape=0.0123,
    )
    return dict.fromkeys(FRAMES, one)


def kept_limits(light: float) -> Kept:
    """The same as they are written down."""
    return kept(measured(light))
