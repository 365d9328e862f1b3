"""The arithmetic of the bench: curves, shares and percentiles. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

RATES = (0.0, 1e-3, 1e-2)  # shares of wrongly accepted at which a curve is read


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """How well a distance tells what must be accepted from what must not.

    `area` is the chance that one to be accepted lies nearer than one not to be (equal counts half): 1 = told apart.
    `kept` holds, for each of RATES, the share accepted at the widest limit that wrongly accepts no more than that.
    """

    area: float
    kept: tuple[float, ...]


def curve(genuine: Sequence[float], wrong: Sequence[float]) -> Curve:
    """The curve of distances, small = alike. Both sides hold at least one; infinity = never accepted."""
    own, other = np.asarray(genuine, float), np.sort(np.asarray(wrong, float))
    below = np.searchsorted(other, own, side="left")
    upto = np.searchsorted(other, own, side="right")
    area = 1 - float(np.mean((below + upto) / 2)) / len(other)
    return Curve(area=area, kept=tuple(float(np.mean(own < _limit(other, rate))) for rate in RATES))


def _limit(other: np.ndarray, rate: float) -> float:
    """The widest limit, itself not accepted, below which lies no more than this share of the sorted distances."""
    allowed = int(rate * len(other) + 1e-9)
    return float(other[allowed]) if allowed < len(other) else float("inf")


def share(of: Iterable[bool]) -> tuple[int, int]:
    """How many are true, of how many."""
    held = list(of)
    return sum(held), len(held)


def percentile(values: Sequence[float], per_cent: float) -> float:
    """The value under which this part of them lies; 0 without any."""
    return float(np.percentile(values, per_cent)) if len(values) else 0.0
