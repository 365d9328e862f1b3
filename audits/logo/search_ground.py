"""The ground that a mark in a photograph was put upon: a square, a disc or a strip of one colour, made for it.

White letters keep their colour when a logo is recoloured; only their ground tells.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from audits.logo.colour import Floats
from audits.logo.search_fit import Box

_RAYS = 12  # pairs of opposite directions
_GAP = 1.5  # pixels between the ink and what is looked at
_DEPTH = 0.12  # share of the shorter side of the ink that is looked at around it
_UNEVEN = 6.0  # Lab units between the parts of a ground that is not of one colour
_EXACT = 1.2  # Lab units between the parts of a ground that fills the whole photograph
_ELSE = 12.0  # Lab units from the ground at which it has ended
_FAR = 1.3  # longest ray, in longer sides of the ink
_EVEN_HANDED = 0.15  # share by which two opposite ends may lie at different distances
_MADE = 0.6  # share of opposite ends that must lie alike


def made_ground(pixels: Floats, box: Box) -> Floats | None:
    """The colour (Lab) of the even ground around ink at `box` of a float32 RGB photograph; `None` for a bare photograph.

    A ground is made for a mark when it ends at the same distance on opposite sides, or nowhere.
    """
    seen = np.asarray(cv2.cvtColor(pixels / 255, cv2.COLOR_RGB2Lab), np.float32)
    around = _around(seen, box)
    apart = np.linalg.norm(around[:, None] - around[None], axis=2)
    most = int(np.argmax((apart < _UNEVEN).sum(axis=1)))
    ground = np.median(around[apart[most] < _UNEVEN], axis=0).astype(np.float32)
    away = np.sort(np.linalg.norm(around - ground, axis=1))
    if away[len(away) // 2 - 1] > _UNEVEN:
        return None
    ends = _ends(seen, box, ground)
    known = np.isfinite(ends).all(axis=0)
    if not known.any():
        return ground if away[int(len(away) * 0.7)] < _EXACT else None
    one, other = ends[:, known]
    alike = np.abs(one - other) < np.maximum(_EVEN_HANDED * np.maximum(one, other), 2.5)
    return ground if float(alike.mean()) >= _MADE else None


def _around(seen: Floats, box: Box) -> Floats:
    """The middle colours of twelve pieces of ground around the ink, three to a side."""
    depth = max(2.0, _DEPTH * min(box.width, box.height))
    right, bottom = box.x + box.width, box.y + box.height
    pieces = []
    for part in range(3):
        left, top = box.x + box.width * part / 3, box.y + box.height * part / 3
        for x, y, wide, high in (
            (left, box.y - _GAP - depth, box.width / 3, depth),
            (left, bottom + _GAP, box.width / 3, depth),
            (box.x - _GAP - depth, top, depth, box.height / 3),
            (right + _GAP, top, depth, box.height / 3),
        ):
            piece = seen[_span(y, high, seen.shape[0]), _span(x, wide, seen.shape[1])].reshape(-1, 3)
            if piece.size:
                pieces.append(np.median(piece, axis=0))
    return np.array(pieces or [seen.reshape(-1, 3).mean(axis=0)], np.float32)


def _span(start: float, length: float, most: int) -> slice:
    first = max(0, round(start))
    return slice(first, min(most, max(first + 1, round(start + length))))


def _ends(seen: Floats, box: Box, ground: Floats) -> npt.NDArray[np.float64]:
    """How far from the middle the ground ends, 2 x directions, opposite ones in one column.

    Infinite when the photograph or the ray ends first.
    """
    angles = (np.arange(2 * _RAYS) + 0.5) * np.pi / _RAYS
    middle = np.array([box.x + box.width / 2, box.y + box.height / 2])
    heading = np.stack((np.cos(angles), np.sin(angles)), axis=1)
    start = np.min(np.array([box.width, box.height]) / 2 / np.abs(heading), axis=1) + _GAP
    ends = np.full(2 * _RAYS, np.inf)
    for ray, (way, begin) in enumerate(zip(heading, start, strict=True)):
        steps = begin + np.arange(0, _FAR * max(box.width, box.height), 0.75)
        at = np.floor(middle + steps[:, None] * way).astype(int)
        within = (at >= 0).all(axis=1) & (at[:, 0] < seen.shape[1]) & (at[:, 1] < seen.shape[0])
        at = at[: int(np.argmin(within)) if not within.all() else len(at)]
        other = np.linalg.norm(seen[at[:, 1], at[:, 0]] - ground, axis=1) > _ELSE
        twice = np.flatnonzero(other[1:] & other[:-1])
        if twice.size:
            ends[ray] = steps[twice[0]]
    return ends.reshape(2, _RAYS)
