"""Whether a photograph really shows a mark where it was laid: by its edges, its colours and its ground."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

import cv2
import numpy as np
import numpy.typing as npt

from audits.logo.colour import Floats
from audits.logo.gradients import dot
from audits.logo.search_fit import MARGIN, Drawing, directions

_BLOCKS = 3.5  # blocks a side, of a square as large as the mark
_LETTER = 10.0  # pixels a side of a block in which ink is compared, at the most: about one letter
_BARE = 0.06  # cover below which a pixel is ground
_REACH = 7  # pixels within which the ground beside an edge is looked for
_TONE = 20.0  # grey levels by which a whole photograph may be lighter or darker
_SHARP, _BLUNT = 1.0, 2.0  # blur of lightness, in pixels of the drawing, and of colours, in pixels of the photograph
_SMALL, _MERGED = 24, 1.15  # pixels a side below which different inks run together, and how much more they then count
_FAINT = 26.0  # grey levels between ink and ground below which nothing can be told


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What speaks against a mark; all 0 for a perfect one.

    `edges` and `edge` are 1 less the cosine between the directions found and wanted, near the mark's edges: of all and
    of the worst block. `shape` and `part` are how far the share of ink in a pixel is off, on average and in the worst
    block. `ink` and `stain` are differences of the ink in Lab units, on average and in the worst block. `faint` is how
    little the ink stands out from its ground.
    """

    edges: float
    edge: float
    shape: float
    part: float
    ink: float
    stain: float
    faint: float


LIMITS = Evidence(edges=0.5, edge=0.8, shape=0.23, part=0.4, ink=11, stain=18, faint=1)
# Two figures that are both near their limits are worse than one: the limits of their geometric means.
_DRAWING, _DETAIL = 0.185, 0.325
_PLAIN = 0.25, 0.5  # limits of `edges` and `edge` from which a drawing is there, in whatever colours


def excess(evidence: Evidence) -> float:
    """The largest of the figures as a share of its limit; at most 1 when the mark is there."""
    ratios = [getattr(evidence, each.name) / getattr(LIMITS, each.name) for each in fields(Evidence)]
    drawing = math.sqrt(max(evidence.edges * evidence.shape, 0)) / _DRAWING
    detail = math.sqrt(max(evidence.edge * evidence.part, 0)) / _DETAIL
    return float(max(*ratios, drawing, detail))


def drawn(evidence: Evidence) -> bool:
    """Whether the edges of the mark are there, in whatever colours."""
    return evidence.edges < _PLAIN[0] and evidence.edge < _PLAIN[1]


def prove(seen: Floats, own: Drawing, grain: float) -> Evidence:
    """Compares a patch (as `search_fit.patch` gives it) with the drawing; `grain` = pixels of the photograph each."""
    edges, edge = _edges(seen, own)
    ground, known = _ground(seen, own)
    inks = own.inks + _tone(seen, own)
    span = inks - ground
    contrast = dot(span, span)
    share = dot(seen - ground, span) / np.maximum(contrast, 3 * 15.0**2)
    off = np.abs(np.clip(share, -0.3, 1.3) - own.cover)
    counts = (known & (own.cover > 0.02)).astype(np.float32)
    shape, part = _mean_and_worst(off, counts, own)
    whole = own.cover[..., None] * inks + (1 - own.cover[..., None]) * ground
    away = _difference(seen, whole, grain)
    ink, stain = _mean_and_worst(away, (own.cover > 0.5).astype(np.float32), own)
    ink *= _MERGED if own.width * own.height < _SMALL**2 else 1
    usual = math.sqrt(float(np.median(contrast[counts > 0])) / 3) if counts.any() else 0.0
    return Evidence(edges=edges, edge=edge, shape=shape, part=part, ink=ink, stain=stain, faint=_FAINT / max(usual, 1))


def _edges(seen: Floats, own: Drawing) -> tuple[float, float]:
    found, wanted = directions(seen), own.edges
    near = cv2.dilate((dot(wanted, wanted) > 0.09).astype(np.float32), np.ones((3, 3), np.uint8))
    along = dot(found, wanted) * near
    lengths = dot(found, found) * near, dot(wanted, wanted) * near
    cosine = float(along.sum()) / math.sqrt(float(lengths[0].sum() * lengths[1].sum()) + 1e-6)
    parts, one, other = _blocks(along, own), _blocks(lengths[0], own), _blocks(lengths[1], own)
    worst = float((parts / np.sqrt(one * other + 1e-4))[other > 0.25 * other.max()].min())
    return 1 - cosine, 1 - worst


def _ground(seen: Floats, own: Drawing) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """The colour of the ground beside each pixel, and where there is any."""
    bare = (own.cover < _BARE).astype(np.float32)
    weight = cv2.blur(bare, (_REACH, _REACH))
    colour = cv2.blur(seen * bare[..., None], (_REACH, _REACH)) / np.maximum(weight, 1e-3)[..., None]
    return colour.astype(np.float32), weight > 0.03


def _tone(seen: Floats, own: Drawing) -> float:
    """By how many grey levels the ink as a whole is lighter."""
    solid = own.cover > min(0.85, 0.95 * float(own.cover.max()))
    return float(np.clip(np.median((seen - own.inks)[solid].mean(axis=1)), -_TONE, _TONE))


def _difference(seen: Floats, whole: Floats, grain: float) -> Floats:
    """Lab distance of two pictures, blurred as much as the colours of a JPEG are."""
    labs = [cv2.cvtColor(_as_sent(each, grain) / 255, cv2.COLOR_RGB2Lab) for each in (seen, whole)]
    apart = np.asarray(labs[0] - labs[1], np.float32)
    return np.sqrt(dot(apart, apart))


def _as_sent(pixels: Floats, grain: float) -> Floats:
    """A picture of which the colours are less sharp than the lightness."""
    parts = cv2.cvtColor(np.clip(pixels, 0, 255).astype(np.float32), cv2.COLOR_RGB2YCrCb)
    light = cv2.GaussianBlur(parts[..., 0], (0, 0), _SHARP)
    colour = cv2.GaussianBlur(parts[..., 1:], (0, 0), max(_SHARP, _BLUNT / grain))
    merged = cv2.merge((light, colour[..., 0], colour[..., 1]))
    return np.clip(np.asarray(cv2.cvtColor(merged, cv2.COLOR_YCrCb2RGB), np.float32), 0, 255)


def _mean_and_worst(values: Floats, counts: Floats, own: Drawing) -> tuple[float, float]:
    weight = float(counts.sum())
    if weight < 1:
        return math.inf, math.inf
    covered = _blocks(counts, own, _LETTER)
    means = _blocks(values * counts, own, _LETTER) / np.maximum(covered, 1e-3)
    return float((values * counts).sum()) / weight, float(means[covered >= 0.4 * covered.max()].max())


def _blocks(values: Floats, own: Drawing, finest: float = math.inf) -> Floats:
    side = min(math.sqrt(own.width * own.height) / _BLOCKS, finest)
    size = (max(1, round(own.width / side)), max(1, round(own.height / side)))
    inner = values[MARGIN - 1 : 1 - MARGIN, MARGIN - 1 : 1 - MARGIN]
    parts = cv2.resize(np.ascontiguousarray(inner, np.float32), size, interpolation=cv2.INTER_AREA)
    return np.asarray(parts, np.float32)
