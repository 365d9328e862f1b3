"""A picture that is an enlarged piece of a logo: which piece?"""

from __future__ import annotations

import cv2
import numpy as np

from audits.logo.colour import Floats, resized
from audits.logo.placement import Placement, placement

_PATCH, _RIM = 36, 6  # pixels a side at which a cut-off piece is looked for, and what of its border is left out
_ENLARGED = (1.2, 1.29, 1.38, 1.48, 1.6, 1.73, 1.88, 2.05, 2.25)
_VARIED = 0.4  # share of a patch's variance that a place must have to be compared with it


def piece(own: Floats, seen: Floats) -> tuple[float, Placement]:
    """Of which piece of the logo's edges the middle of the picture is the enlargement; correlation and place."""
    patch = resized(seen, _PATCH)[_RIM:-_RIM, _RIM:-_RIM]
    best, place = -1.0, placement(1.0)
    for scale in _ENLARGED:
        whole = resized(own, round(_PATCH * scale))
        _, score, _, (across, down) = cv2.minMaxLoc(_correlations(whole, patch))
        if score > best:
            side, half = whole.shape[0], patch.shape[0] / 2
            more = side / _PATCH
            at = ((across + half) / side - 0.5, (down + half) / side - 0.5)
            best, place = float(score), placement(more, (-at[0] * more, -at[1] * more))
    return best, place


def _correlations(whole: Floats, patch: Floats) -> Floats:
    """The correlation of the patch with each place of the whole that varies about as much; 0 elsewhere."""
    found = np.asarray(cv2.matchTemplate(whole, patch, cv2.TM_CCOEFF_NORMED), dtype=np.float32)
    size, (high, wide) = (patch.shape[1], patch.shape[0]), found.shape
    mean = cv2.boxFilter(whole, -1, size, anchor=(0, 0))[:high, :wide]
    square = cv2.boxFilter(whole * whole, -1, size, anchor=(0, 0))[:high, :wide]
    return np.where(square - mean * mean > _VARIED * float(patch.var()), found, 0).astype(np.float32)
