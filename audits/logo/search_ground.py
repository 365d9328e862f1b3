"""The ground that a mark in a photograph was put upon: a square, a disc or a strip of one colour, made for it.

White letters keep their colour when a logo is recoloured; only their ground tells.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from audits.logo.colour import Floats
from audits.logo.search_fit import Box

_RAYS = 12  # pairs of opposite directions
_GAP = 1.5  # pixels between the ink and what is looked at
_DEPTH = 0.12  # share of the shorter side of the ink that is looked at around it
# Lab units between the parts of a ground that is not of one colour: at the most, with much ground, and how much more
# where there is little of it (times pixels), since the colours of a JPEG run.
_UNEVEN, _EVEN, _RUNS = 6.0, 2.5, 60.0
_ROUND, _STRIP = 0.75, 0.5  # share of the parts that must be alike; a strip may end close to a word or a low mark
_LOW = 24  # pixels
_EXACT = 0.8  # Lab units between the parts of a ground that fills the whole photograph
_ELSE = 12.0  # Lab units from the ground at which it has ended
_LASTING = 8  # steps of a ray in most of which it must stay another colour: a joint of a wall is not its end
_EARLY = 1.0  # pixels; what ends nearer to the ink says nothing
_FAR = 1.3  # longest ray, in longer sides of the ink
_UNLIKE = 0.08  # share by which two opposite ends may lie at different distances
_SLACK = 2.0  # pixels of the same
_MADE = 0.6  # share of opposite ends that must lie alike
_MADE_ASIDE = 0.85  # the same of ends on the left and the right
_ENOUGH, _ENOUGH_ASIDE, _ENOUGH_STEEP = 6, 16, 10  # directions in which an end must be known for that
_STEEP = 0.7  # sine of the angle from which a direction is upwards or downwards
_RIM = 48  # places along an edge
_BESIDE = 0.06  # share of half the side by which they lie within and outside
_GREY = 12.0  # Lab chroma up to which a ground is white, grey or black, on which any logo may stand
_OTHER_HUE, _OTHER_LIGHT = 20.0, 30.0  # Lab units from every approved ground at which a ground is another colour
_BUSY = 0.04  # share of an area that another drawing covers at the least


def made_ground(seen: Floats, box: Box, frame: Box) -> Floats | None:
    """The colour of the even ground around ink at `box` of a photograph in Lab; `None` for a bare photograph.

    A ground was made for a mark when it ends at the same distance on opposite sides or left and right, nowhere, or
    where the approved picture would end, as a square or a disc in `frame`.
    """
    around = _around(seen, box)
    uneven = min(_UNEVEN, _EVEN + _RUNS / max(min(box.width, box.height), 1))
    apart = np.linalg.norm(around[:, None] - around[None], axis=2)
    most = int(np.argmax((apart < uneven).sum(axis=1)))
    ground = np.asarray(np.median(around[apart[most] < uneven], axis=0), np.float32)
    away = np.sort(np.linalg.norm(around - ground, axis=1))
    if away[int(len(away) * (_STRIP if box.width > 2 * box.height or box.height < _LOW else _ROUND)) - 1] > uneven:
        return None
    if _framed(seen, ground, frame):
        return ground
    starts, ends = _ends(seen, box, ground)
    known = np.isfinite(ends) & (ends - starts > _EARLY)
    opposite = np.roll(np.arange(2 * _RAYS), _RAYS)
    beside = (_RAYS - 1 - np.arange(2 * _RAYS)) % (2 * _RAYS)
    steep = np.abs(np.sin((np.arange(2 * _RAYS) + 0.5) * np.pi / _RAYS)) > _STEEP
    shares = [
        _balance(ends, known, opposite, _ENOUGH),
        _balance(ends, known, beside, _ENOUGH_ASIDE),
        _balance(ends, known & steep, opposite, _ENOUGH_STEEP),
    ]
    if all(share is None for share in shares):
        return ground if away[int(len(away) * 0.7)] < _EXACT else None
    made = any((share or 0) >= least for share, least in zip(shares, (_MADE, _MADE_ASIDE, _MADE_ASIDE), strict=True))
    return ground if made else None


def _framed(seen: Floats, ground: Floats, frame: Box) -> bool:
    """Whether the ground reaches just to the edge of a square or disc."""
    angles = (np.arange(_RIM) + 0.5) * 2 * np.pi / _RIM
    disc = np.stack((np.cos(angles), np.sin(angles)), axis=1)
    square = disc / np.abs(disc).max(axis=1, keepdims=True)
    middle = np.array([frame.x + frame.width / 2, frame.y + frame.height / 2])
    half = np.array([frame.width / 2, frame.height / 2])
    for rim in (square, disc):
        at = [np.floor(middle + half * rim * (1 + beyond)).astype(np.int64) for beyond in (-_BESIDE, _BESIDE)]
        inside = np.stack([((each >= 0) & (each < (seen.shape[1], seen.shape[0]))).all(axis=1) for each in at]).all(
            axis=0
        )
        if inside.sum() < _RIM // 2:
            continue
        within, outside = (np.linalg.norm(seen[each[inside, 1], each[inside, 0]] - ground, axis=1) for each in at)
        if float(((within < _ELSE) & (outside > _ELSE)).mean()) >= _MADE:
            return True
    return False


def _balance(ends: Floats, known: npt.NDArray[np.bool_], other: npt.NDArray[np.int64], least: int) -> float | None:
    """The share of the known ends that lie as far as those in the `other` directions; `None` when few are known."""
    both = known & known[other]
    if both.sum() < least:
        return None
    one, two = ends[both], ends[other][both]
    return float((np.abs(one - two) < np.maximum(_UNLIKE * np.maximum(one, two), _SLACK)).mean())


def foreign(ground: Floats, approved: Iterable[Floats]) -> bool:
    """Whether a ground (Lab) has a colour of its own that none of the approved grounds has."""
    if math.hypot(ground[1], ground[2]) < _GREY:
        return False
    away = [ground - own for own in approved]
    return all(math.hypot(each[1], each[2]) > _OTHER_HUE or abs(float(each[0])) > _OTHER_LIGHT for each in away)


def busy(seen: Floats, ground: Floats, box: Box, without: Box) -> bool:
    """Whether anything but the ground is seen at `box`, beside what is at `without`."""
    other = np.linalg.norm(seen - ground, axis=2) > _ELSE
    asked = np.zeros(other.shape, np.bool_)
    for each, value in ((box, True), (without, False)):
        rows, columns = (
            _span(each.y - 1, each.height + 2, seen.shape[0]),
            _span(each.x - 1, each.width + 2, seen.shape[1]),
        )
        asked[rows, columns] = value
    return bool(asked.any()) and float(other[asked].mean()) > _BUSY


def _around(seen: Floats, box: Box) -> Floats:
    """The middle colours of twelve pieces of ground around the ink, three to a side; left and right go first."""
    depth = max(2.0, _DEPTH * min(box.width, box.height))
    right, bottom = box.x + box.width, box.y + box.height
    pieces = []
    for part in range(3):
        left, top = box.x + box.width * part / 3, box.y + box.height * part / 3
        for x, y, wide, high in (
            (box.x - _GAP - depth, top, depth, box.height / 3),
            (right + _GAP, top, depth, box.height / 3),
            (left, box.y - _GAP - depth, box.width / 3, depth),
            (left, bottom + _GAP, box.width / 3, depth),
        ):
            piece = seen[_span(y, high, seen.shape[0]), _span(x, wide, seen.shape[1])].reshape(-1, 3)
            if piece.size:
                pieces.append(np.median(piece, axis=0))
    return np.array(pieces or [seen.reshape(-1, 3).mean(axis=0)] * 2, np.float32)


def _span(start: float, length: float, most: int) -> slice:
    first = max(0, round(start))
    return slice(first, min(most, max(first + 1, round(start + length))))


def _ends(seen: Floats, box: Box, ground: Floats) -> tuple[Floats, Floats]:
    """How far from the middle the ink and the ground end, by direction; infinite when a ray ends first."""
    angles = (np.arange(2 * _RAYS) + 0.5) * np.pi / _RAYS
    middle = np.array([box.x + box.width / 2, box.y + box.height / 2])
    heading = np.stack((np.cos(angles), np.sin(angles)), axis=1)
    starts = np.min(np.array([box.width, box.height]) / 2 / np.abs(heading), axis=1) + _GAP
    steps = starts[:, None] + np.arange(0, _FAR * max(box.width, box.height), 0.75)
    at = np.floor(middle + steps[..., None] * heading[:, None]).astype(np.int64)
    inside = ((at >= 0) & (at < (seen.shape[1], seen.shape[0]))).all(axis=2)
    x, y = np.clip(at[..., 0], 0, seen.shape[1] - 1), np.clip(at[..., 1], 0, seen.shape[0] - 1)
    other = inside & (np.linalg.norm(seen[y, x] - ground, axis=2) > _ELSE)
    gone = np.pad(other | ~inside, ((0, 0), (0, _LASTING)), constant_values=True)
    after = np.lib.stride_tricks.sliding_window_view(gone, _LASTING, axis=1)[:, : other.shape[1]].mean(axis=2)
    ended = other & (after > 0.7)
    ends = np.where(ended.any(axis=1), np.take_along_axis(steps, ended.argmax(axis=1)[:, None], axis=1)[:, 0], np.inf)
    return starts, ends
