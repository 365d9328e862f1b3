"""The direction of every edge as a doubled angle: dark on light counts as light on dark, in any colour.

Averages of doubled angles keep their meaning, so a field can be brought down to cells of any size.
"""

from __future__ import annotations

import cv2
import numpy as np

from audits.logo.colour import Floats

_EVEN = 14.0  # grey levels a pixel: an edge this steep counts half, much steeper ones all alike


def field(pixels: Floats) -> Floats:
    """Height x width x 2: cosine and sine of twice the direction of the edge, times its weight (0-1).

    `pixels` is float32 RGB, 0-255; all three channels take part, so that an edge between equally light colours counts.
    """
    across = cv2.Scharr(pixels, cv2.CV_32F, 1, 0, scale=1 / 32, borderType=cv2.BORDER_REPLICATE)
    down = cv2.Scharr(pixels, cv2.CV_32F, 0, 1, scale=1 / 32, borderType=cv2.BORDER_REPLICATE)
    cosine = total(across * across - down * down)
    sine = 2 * total(across * down)
    length = cv2.magnitude(cosine, sine) + _EVEN * _EVEN
    return np.asarray(cv2.merge((cosine / length, sine / length)), np.float32)


def total(channels: Floats) -> Floats:
    """The sum of the channels of a float32 picture, pixel by pixel."""
    return np.asarray(cv2.transform(channels, np.ones((1, channels.shape[2]), np.float32)), np.float32)


def dot(one: Floats, other: Floats) -> Floats:
    """The scalar product of two fields, pixel by pixel."""
    return total(one * other)
