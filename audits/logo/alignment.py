"""Finds an approved logo in a picture: the best view of a table, refined by least squares on grey levels or edges."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from audits.logo.blocks import correlation
from audits.logo.colour import Floats, resized
from audits.logo.placement import Placement, grid, sample, shown, views

COARSE = 32  # pixels a side at which the table of views is compared
FINE = 96
_DISC = 0.40  # what of a picture is compared with the table: well within the circle that every platform shows
_SIGMA = 24.0  # grey levels; a pixel that is off by more than this hardly counts in the fit
# By pixels a side, how many steps at most, and the step (share of the width) that is small enough to end the search.
_ROUNDS = {48: 10, FINE: 5}
_STILL = {48: 8e-4, FINE: 2e-4}
SIDES = tuple(_ROUNDS)
_LEAP = 0.5  # a step larger than this has nothing to hold on to
# What a fit may change, as columns over the six numbers of an affine map (a row for x, a row for y). A platform only
# scales and shifts; a line of text is not high enough to tell whether it was stretched as well.
UNIFORM = np.array([[1, 0, 0], [0, 0, 0], [0, 1, 0], [0, 0, 0], [1, 0, 0], [0, 0, 1]], dtype=np.float32)
AFFINE = np.eye(6, dtype=np.float32)
Sides = tuple[int, ...]


Greys = dict[int, Floats]  # a square picture in grey, or its edges, at each of SIDES


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A logo in grey at one size, with its slopes: side*side levels, and side*side x 6 derivatives."""

    side: int
    levels: Floats
    slopes: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A row of the table of views: how well it correlates (-1 to 1, negative for a negative picture), and where."""

    score: float
    place: Placement


def pattern(image: Floats, side: int) -> Pattern:
    """The pattern of a square grey picture."""
    levels = resized(image, side)
    down, across = np.gradient(levels * np.float32(side))
    x, y = grid(side).T
    gx, gy = across.ravel(), down.ravel()
    slopes = np.stack((gx * x, gx * y, gx, gy * x, gy * y, gy), axis=1)
    return Pattern(side=side, levels=levels.ravel(), slopes=slopes.astype(np.float32))


def table(image: Floats) -> Floats:
    """One normalised row for each of `views()`: the logo (square, in grey) as a picture would show it."""
    small = resized(image, COARSE * 2)
    return _normalised(np.stack([sample(small, place.inverse, COARSE) for place in views()[0]]))


def signature(image: Floats) -> Floats:
    """The row of a square grey picture, to be multiplied with a table."""
    row: Floats = _normalised(resized(image, COARSE)[None])[0]
    return row


def guesses(rows: Floats, own: Floats, count: int = 1) -> tuple[Guess, ...]:
    """The best views that a platform may cause by itself, the best first."""
    places, plain = views()
    scores = rows[:plain] @ own
    best = np.argsort(-scores)[:count]
    return tuple(Guess(score=float(scores[row]), place=places[row]) for row in best)


def bent(rows: Floats, own: Floats) -> Guess:
    """The best of the turned and stretched views, which no platform causes."""
    places, plain = views()
    scores = rows[plain:] @ own
    row = int(np.argmax(scores))
    return Guess(score=float(scores[row]), place=places[plain + row])


def refine(greys: Greys, patterns: dict[int, Pattern], start: Placement, freedom: Floats, sides: Sides) -> Placement:
    """The placement near `start` where the picture fits best, up to tone.

    `freedom` is UNIFORM or AFFINE; the picture is fitted at each of `sides` in order.
    """
    place = start
    for side in sides:
        slopes = patterns[side].slopes @ freedom
        for _ in range(_ROUNDS[side]):
            moved = _step(greys[side], patterns[side], slopes, freedom, place)
            if moved is None:
                break
            place, size = moved
            if size < _STILL[side]:
                break
    return place if 0.3 < place.scale < 4 else start


def alike(greys: Greys, own: Pattern, place: Placement) -> float:
    """Correlation of picture and logo at `place`, -1 to 1."""
    seen = sample(greys[own.side], place, own.side)
    mask = shown(place, own.side).astype(np.float32).reshape(seen.shape)
    return correlation(seen, own.levels.reshape(seen.shape), mask)


def _step(
    image: Floats, own: Pattern, slopes: Floats, freedom: Floats, place: Placement
) -> tuple[Placement, float] | None:
    """One step of the inverse compositional fit with outliers weighed down; `None` when there is nothing to fit."""
    seen = sample(image, place, own.side).ravel()
    weights = shown(place, own.side).astype(np.float32)
    gain, offset = tone(seen, own.levels, weights)
    error = gain * seen + offset - own.levels
    weights /= 1 + (error / _SIGMA) ** 2
    weighted = slopes * weights[:, None]
    normal = weighted.T @ slopes
    normal[np.diag_indices(len(normal))] += 1e-4 * float(np.trace(normal)) / len(normal) + 1e-6
    move = freedom @ np.linalg.solve(normal, weighted.T @ error)
    size = float(np.abs(move).max())
    if not size < _LEAP:
        return None
    matrix = place.matrix @ np.linalg.inv(np.array([[1 + move[0], move[1]], [move[3], 1 + move[4]]]))
    shift = place.shift - matrix @ move[[2, 5]]
    return Placement(matrix=matrix.astype(np.float32), shift=shift.astype(np.float32)), size


def tone(seen: Floats, wanted: Floats, weights: Floats) -> tuple[float, float]:
    """Gain and offset that bring `seen` nearest to `wanted` (least squares)."""
    total = float(weights.sum()) or 1.0
    mean_seen, mean_wanted = float(weights @ seen) / total, float(weights @ wanted) / total
    spread = float(weights @ (seen - mean_seen) ** 2)
    common = float(weights @ ((seen - mean_seen) * (wanted - mean_wanted)))
    gain = common / spread if spread > 1e-3 * total else 1.0
    return gain, mean_wanted - gain * mean_seen


def _normalised(rows: Floats) -> Floats:
    """Rows of grey pictures, within the disc, with mean 0 and length 1; a row of one colour becomes zeros."""
    inside = (grid(COARSE) ** 2).sum(axis=1) < _DISC * _DISC
    flat = rows.reshape(len(rows), -1)[:, inside]
    flat = flat - flat.mean(axis=1, keepdims=True)
    length = np.linalg.norm(flat, axis=1, keepdims=True)
    return np.where(length > 1.0 * np.sqrt(inside.sum()), flat / np.maximum(length, 1e-6), 0).astype(np.float32)
