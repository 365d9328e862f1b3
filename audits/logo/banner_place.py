"""Where an approved banner lies in a wide picture: platforms cut it from the middle, people zoom in.

A view is tried at every size at which it may have been cut, then fitted on grey levels.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

from audits.logo.colour import Floats

# Pixels of a picture at which the first guess is made, the fit, and the comparison: the last is the smaller, so that
# what a fit leaves open does not count.
_COARSE, _FINE, _COMPARED = 3_000, 24_000, 12_000
_SMALLEST_VIEW, _LARGEST_VIEW = 0.9, 2.2  # times the size at which a banner fits into the picture, or covers it
_STEP = 1.07
_SLACK = 0.15  # of the picture's sides, by which it may stick out of the banner
_STARTS = 3
_EVEN = 2.0  # standard deviation of grey levels (0-255)
_PROMISING = (
    0.45  # correlation beneath which it is another picture: banners that were only cut have 0.85, changed ones 0.6
)
_UNTIL = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 60, 1e-5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A banner as it lies in a picture: both as RGB of the same size, and 1 where the picture shows the banner.

    `visible`: share of the banner that the picture shows; `stretch`: natural logarithm; `turn`: degrees.
    """

    seen: Image.Image
    own: Image.Image
    mask: Floats
    visible: float
    stretch: float
    turn: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Guess:
    """How large the banner is (its width as a share of the picture's), and where the picture's corner lies in it."""

    score: float
    size: float
    left: float
    top: float


def lay(picture: Image.Image, banner: Image.Image) -> Iterator[Laid]:
    """The ways in which a banner may lie in a picture, at most three, the likeliest first. Both are RGB."""
    coarse, fine = _resized(picture, _COARSE), _resized(picture, _FINE)
    for guess in _guesses(_grey(coarse), banner):
        if guess.score >= _PROMISING:
            yield _fitted(fine, banner, guess)


def _guesses(seen: Floats, banner: Image.Image) -> list[_Guess]:
    height, width = seen.shape
    fits, covers = sorted((1.0, height / width * banner.width / banner.height))
    steps = math.ceil(math.log(covers * _LARGEST_VIEW / (fits * _SMALLEST_VIEW), _STEP))
    sizes = [fits * _SMALLEST_VIEW * _STEP**step for step in range(steps + 1)]
    found = [_best_at(size, seen, banner) for size in sizes]
    return sorted(found, key=lambda guess: -guess.score)[:_STARTS]


def _best_at(size: float, seen: Floats, banner: Image.Image) -> _Guess:
    height, width = seen.shape
    own = _grey(_scaled(banner, round(width * size)))
    down, across = (
        max(0, side - other) + math.ceil(side * _SLACK) for side, other in zip(seen.shape, own.shape, strict=True)
    )
    padded = cv2.copyMakeBorder(own, down, down, across, across, cv2.BORDER_REPLICATE)
    scores = np.nan_to_num(cv2.matchTemplate(padded, seen, cv2.TM_CCOEFF_NORMED), nan=0, posinf=0, neginf=0)
    if float(seen.std()) < _EVEN:
        scores[:] = 0  # what shows one colour has no correlation
    scores[np.abs(scores) > 1.01] = 0  # nor has a part of the banner that does
    top, left = np.unravel_index(int(scores.argmax()), scores.shape)
    return _Guess(
        score=float(scores.max()), size=size, left=(int(left) - across) / width, top=(int(top) - down) / height
    )


def _fitted(picture: Image.Image, banner: Image.Image, guess: _Guess) -> Laid:
    own = _scaled(banner, round(picture.width * guess.size))
    start = np.array([[1, 0, guess.left * picture.width], [0, 1, guess.top * picture.height]], dtype=np.float32)
    found: Floats = start
    every = np.ones((own.height, own.width), dtype=np.uint8)
    try:
        for softened in (5, 1):  # pixels: from further away, then to the point
            found = np.asarray(
                cv2.findTransformECC(
                    _grey(picture), _grey(own), found.copy(), cv2.MOTION_AFFINE, _UNTIL, every, softened
                )[1]
            )
    except cv2.error:  # it found nothing to hold on to
        found = start
    size = (picture.width, picture.height)
    way = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    laid = cv2.warpAffine(np.asarray(own), found, size, flags=way, borderMode=cv2.BORDER_REPLICATE)
    inside = cv2.warpAffine(every.astype(np.float32), found, size, flags=way)
    long, short = np.linalg.svd(found[:, :2], compute_uv=False)
    seen, shown = _resized(picture, _COMPARED), (inside > 0.99).astype(np.float32)
    return Laid(
        seen=seen,
        own=Image.fromarray(laid).resize(seen.size, Image.Resampling.BICUBIC),
        mask=(cv2.resize(shown, seen.size, interpolation=cv2.INTER_AREA) > 0.99).astype(np.float32),
        visible=float(inside.sum()) * abs(float(np.linalg.det(found[:, :2]))) / (own.width * own.height),
        stretch=math.log(max(float(long), 1e-6) / max(float(short), 1e-6)),
        turn=math.degrees(math.atan2(found[1, 0] - found[0, 1], found[0, 0] + found[1, 1])),
    )


def _resized(image: Image.Image, pixels: int) -> Image.Image:
    return _scaled(image, round(math.sqrt(pixels * image.width / image.height)))


def _scaled(image: Image.Image, width: int) -> Image.Image:
    wide = max(width, 8)
    high = max(round(image.height * wide / image.width), 8)
    return image.resize((wide, high), Image.Resampling.BICUBIC)


def _grey(image: Image.Image) -> Floats:
    return np.asarray(image.convert("L"), dtype=np.float32)
