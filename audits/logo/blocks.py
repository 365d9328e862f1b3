"""Values averaged over blocks of pixels, so that one odd pixel says nothing and one odd corner does."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from audits.logo.colour import Floats

BLOCK = 8  # pixels a side, of a logo looked at with 96
_VARIED = 16.0  # variance of lightness (0-100) in a block from which it tells something of the logo's shape
_ALONG = 0.85  # correlation within a block from which picture and logo show the same edge
_HALF = 0.5

Truths = npt.NDArray[np.bool_]


def means(values: Floats, mask: Floats, side: int = BLOCK) -> tuple[Floats, Floats]:
    """Mean of `values` per block of side x side where `mask` is 1, and the share of each block that it covers."""
    parts = values.shape[0] // side
    cover = mask.reshape(parts, side, parts, side).mean(axis=(1, 3))
    sums = (values * mask).reshape(parts, side, parts, side).mean(axis=(1, 3))
    return sums / np.maximum(cover, 1e-6), cover


def worst(values: Floats, mask: Floats, side: int = BLOCK, seen: float = _HALF) -> float:
    """The largest block mean, of the blocks of which at least the share `seen` is covered."""
    average, cover = means(values, mask, side)
    return float(np.where(cover >= seen, average, 0).max())


def telling(own: Floats, mask: Floats) -> Truths:
    """The blocks that are at least half seen and in which the logo's lightness (0-100) varies."""
    mean, cover = means(own, mask)
    square, _ = means(own * own, mask)
    found: Truths = (cover >= _HALF) & (square - mean**2 > _VARIED)
    return found


def share(right: Truths, among: Truths) -> float:
    """Which share of the blocks `among` is `right`; 0 when there are none."""
    return float(right[among].mean()) if among.any() else 0.0


def agreement(seen: Floats, own: Floats, mask: Floats) -> float:
    """Of the telling blocks, the share in which lightness runs along with the logo's, less that where it runs against.

    -1 for a full negative, 1 for the logo itself, about 0 for something else.
    """
    mean_seen, mean_own = means(seen, mask)[0], means(own, mask)[0]
    spread_seen = means(seen * seen, mask)[0] - mean_seen**2
    spread_own = means(own * own, mask)[0] - mean_own**2
    common = means(seen * own, mask)[0] - mean_seen * mean_own
    along = common / np.sqrt(np.maximum(spread_seen * spread_own, _VARIED))
    blocks = telling(own, mask)
    return share(along > _ALONG, blocks) - share(along < -_ALONG, blocks)


def correlation(one: Floats, other: Floats, mask: Floats) -> float:
    """Correlation of two pictures where `mask` is 1, -1 to 1; 0 when one of them is even."""
    weights = mask.ravel()
    total = max(float(weights.sum()), 1.0)
    first = one.ravel() - float(weights @ one.ravel()) / total
    second = other.ravel() - float(weights @ other.ravel()) / total
    length = float(np.sqrt((weights @ first**2) * (weights @ second**2)))
    return float(weights @ (first * second)) / length if length > total else 0.0
