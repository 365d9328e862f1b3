"""The edges of a picture, whatever its colours and whichever side is dark: what recolouring leaves of a logo."""

from __future__ import annotations

import cv2
import numpy as np

from audits.logo.colour import Floats, Pixels, resized
from audits.logo.placement import grid

SIDE = 96  # pixels a side at which edges are taken
_HALF = 40.0  # strength of an edge (levels over two pixels) that counts half; beyond it more says little
_SHOWN = 0.465  # radius within which edges count, clear of the rim of a round mask


def edges(levels: Pixels) -> Floats:
    """SIDE x SIDE strengths, 0 to 255, of a square RGB picture; 0 beyond the circle that every platform shows."""
    small = cv2.GaussianBlur(resized(levels, SIDE).astype(np.float32), (0, 0), 0.7)
    across, down = cv2.Sobel(small, cv2.CV_32F, 1, 0, scale=0.25), cv2.Sobel(small, cv2.CV_32F, 0, 1, scale=0.25)
    strength = np.sqrt((across * across + down * down).sum(axis=2))
    told = 255 * strength / (strength + _HALF)
    inside = ((grid(SIDE) ** 2).sum(axis=1) < _SHOWN * _SHOWN).reshape(SIDE, SIDE)
    found: Floats = cv2.GaussianBlur(np.where(inside, told, 0).astype(np.float32), (0, 0), 1.2).astype(np.float32)
    return found
