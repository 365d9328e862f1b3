"""Finds an approved logo in a picture: the best view of a table, refined by least squares on grey levels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from audits.logo.blocks import agreement, correlation
from audits.logo.colour import Floats
from audits.logo.placement import Placement, grid, sample, shown, views

COARSE = 32  # pixels a side at which the table of views is compared
FINE = 96
_DISC = 0.40  # what of a picture is compared with the table: well within the circle that every platform shows
_SIGMA = 24.0  # grey levels; a pixel that is off by more than this hardly counts in the fit
_ROUNDS = {48: 10, FINE: 5}  # pixels a side, and how many steps at most
SIDES = tuple(_ROUNDS)
_LEAP = 0.5  # a step larger than this has nothing to hold on to
# What a fit may change, as columns over the six numbers of an affine map (a row for x, a row for y). A platform only
# scales and shifts; a line of text is not high enough to tell whether it was stretched as well.
UNIFORM = np.array([[1, 0, 0], [0, 0, 0], [0, 1, 0], [0, 0, 0], [1, 0, 0], [0, 0, 1]], dtype=np.float32)
AFFINE = np.eye(6, dtype=np.float32)
Sides = tuple[int, ...]
_STILL = 2e-4  # a step smaller than this (share of the width) ends the search


Greys = dict[int, Image.Image]  # a square picture in grey (mode F) at each of SIDES


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


def pattern(image: Image.Image, side: int) -> Pattern:
    """The pattern of a square grey picture (mode F)."""
    levels = np.asarray(image.resize((side, side), Image.Resampling.BICUBIC), dtype=np.float32)
    down, across = np.gradient(levels * np.float32(side))
    x, y = grid(side).T
    gx, gy = across.ravel(), down.ravel()
    slopes = np.stack((gx * x, gx * y, gx, gy * x, gy * y, gy), axis=1)
    return Pattern(side=side, levels=levels.ravel(), slopes=slopes.astype(np.float32))


def table(image: Image.Image) -> Floats:
    """One normalised row for each of `views()`: the logo (square, mode F) as a picture would show it."""
    small = image.resize((COARSE * 2, COARSE * 2), Image.Resampling.BICUBIC)
    rows = [np.asarray(sample(small, _inverse(place), COARSE), dtype=np.float32) for place in views()[0]]
    return _normalised(np.stack(rows))


def signature(image: Image.Image) -> Floats:
    """The row of a square grey picture (mode F), to be multiplied with a table."""
    small = np.asarray(image.resize((COARSE, COARSE), Image.Resampling.BICUBIC), dtype=np.float32)
    row: Floats = _normalised(small[None])[0]
    return row


def guesses(rows: Floats, own: Floats, count: int = 1) -> tuple[Guess, ...]:
    """The best views that a platform may cause by itself, the best first."""
    places, plain = views()
    scores = rows[:plain] @ own
    best = np.argsort(-scores)[:count]
    return tuple(Guess(score=float(scores[row]), place=places[row]) for row in best)


def strongest(rows: Floats, own: Floats) -> Guess:
    """The view that correlates most, for or against, of all: also turned and stretched ones."""
    scores = rows @ own
    row = int(np.argmax(np.abs(scores)))
    return Guess(score=float(scores[row]), place=views()[0][row])


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
            if size < _STILL:
                break
    return place if 0.3 < place.scale < 4 else start


def edges_found(greys: Greys, own: Pattern, place: Placement) -> tuple[float, float]:
    """The share of the logo's edges that the picture shows at `place`, and its correlation; below 0 in a negative."""
    seen = np.asarray(sample(greys[own.side], place, own.side), dtype=np.float32) / 2.55
    mask = shown(place, own.side).astype(np.float32).reshape(seen.shape)
    levels = own.levels.reshape(seen.shape) / 2.55
    return agreement(seen, levels, mask), correlation(seen, levels, mask)


def _step(
    image: Image.Image, own: Pattern, slopes: Floats, freedom: Floats, place: Placement
) -> tuple[Placement, float] | None:
    """One step of the inverse compositional fit with outliers weighed down; `None` when there is nothing to fit."""
    seen = np.asarray(sample(image, place, own.side), dtype=np.float32).ravel()
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


def _inverse(place: Placement) -> Placement:
    matrix = np.linalg.inv(place.matrix)
    return Placement(matrix=matrix, shift=-matrix @ place.shift)


def _normalised(rows: Floats) -> Floats:
    """Rows of grey pictures, within the disc, with mean 0 and length 1; a row of one colour becomes zeros."""
    inside = (grid(COARSE) ** 2).sum(axis=1) < _DISC * _DISC
    flat = rows.reshape(len(rows), -1)[:, inside]
    flat = flat - flat.mean(axis=1, keepdims=True)
    length = np.linalg.norm(flat, axis=1, keepdims=True)
    return np.where(length > 1.0 * np.sqrt(inside.sum()), flat / np.maximum(length, 1e-6), 0).astype(np.float32)
