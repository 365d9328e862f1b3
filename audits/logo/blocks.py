"""Values averaged over blocks of pixels, so that one odd pixel says nothing and one odd corner does."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from audits.logo.colour import Floats

PARTS = 12  # blocks over the width of a logo
STEPS = 2 * PARTS  # blocks overlap: so many places over the width
_SEEN = 0.4  # share of a block that must be seen for its mean to say something
_HALF = 0.5

Truths = npt.NDArray[np.bool_]


def spread(one: Floats, other: Floats, mask: Floats) -> Floats:
    """STEPS x STEPS x 2 means of both over overlapping blocks where `mask` is 1; 0 where too little of a block is seen.

    The side of all three is a multiple of STEPS.
    """
    block, step = mask.shape[0] // PARTS, mask.shape[0] // STEPS
    size = (block + 1 - block % 2,) * 2  # odd, so that a block lies evenly around its middle
    whole = cv2.merge([one * mask, other * mask, mask])
    at = slice(step // 2, None, step)
    found = cv2.blur(whole, size, borderType=cv2.BORDER_CONSTANT)[at, at]
    cover = found[..., 2:]
    return np.where(cover >= _SEEN, found[..., :2] / np.maximum(cover, 1e-6), 0).astype(np.float32)


def peaks(values: Floats, mask: Floats) -> Floats:
    """STEPS x STEPS: around each place, the largest mean over a patch a third of a block wide, where `mask` is 1."""
    side = values.shape[0]
    patch, step = max(3, side // (3 * PARTS) // 2 * 2 + 1), side // STEPS
    smooth = cv2.blur(values * mask, (patch, patch), borderType=cv2.BORDER_CONSTANT)
    found: Floats = smooth.reshape(STEPS, step, STEPS, step).max(axis=(1, 3))
    return found


def means(values: Floats, mask: Floats, parts: int = PARTS) -> tuple[Floats, Floats]:
    """Mean of `values` where `mask` is 1, in each of parts x parts blocks, and the share of each that it covers."""
    side = values.shape[0] // parts
    cover = mask.reshape(parts, side, parts, side).mean(axis=(1, 3))
    sums = (values * mask).reshape(parts, side, parts, side).mean(axis=(1, 3))
    return sums / np.maximum(cover, 1e-6), cover


def worst(values: Floats, mask: Floats, parts: int = PARTS, seen: float = _HALF) -> float:
    """The largest block mean, of the parts x parts blocks of which at least the share `seen` is covered."""
    average, cover = means(values, mask, parts)
    return float(np.where(cover >= seen, average, 0).max())


def correlation(one: Floats, other: Floats, mask: Floats) -> float:
    """Correlation of two pictures where `mask` is 1, -1 to 1; 0 when one of them is even."""
    weights = mask.ravel()
    total = max(float(weights.sum()), 1.0)
    first = one.ravel() - float(weights @ one.ravel()) / total
    second = other.ravel() - float(weights @ other.ravel()) / total
    length = float(np.sqrt((weights @ first**2) * (weights @ second**2)))
    return float(weights @ (first * second)) / length if length > total else 0.0
