"""What platforms make of an approved picture without altering it: framed, toned, resized, masked, saved, by a seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from audits.logo.colour import Floats, Pixels, resized

_UPLOADED = 400  # pixels a side from which platforms scale down
_FRAME = 0.08  # of the width, cut off or added on each side at most
_TONE = 0.05
_LIGHT = 0.025
_GREY = np.array([0.299, 0.587, 0.114], dtype=np.float32)
# How a picture is brought down: by area to so many times its size, then with this filter.
_FILTERS = (
    (1.0, cv2.INTER_AREA),
    (1.5, cv2.INTER_LINEAR),
    (2.0, cv2.INTER_LINEAR),
    (2.0, cv2.INTER_CUBIC),
    (2.0, cv2.INTER_LANCZOS4),
)
_SUBSAMPLING = (0x411111, 0x211111, 0x221111)  # 4:4:4, 4:2:2, 4:2:0, as OpenCV numbers them


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A picture (square RGB) as a platform shows it; the logo is `scale` times as wide as the picture."""

    levels: Pixels
    scale: float


def variants(levels: Pixels, sizes: tuple[int, int], count: int, seed: int) -> Iterator[Variant]:
    """`count` variants of a square picture, from `sizes[0]` to `sizes[1]` pixels a side, the same for the same seed."""
    chance = np.random.default_rng(seed)
    uploaded = resized(levels, min(levels.shape[0], _UPLOADED))
    for _ in range(count):
        side = round(float(np.exp(chance.uniform(*np.log(sizes)))))
        yield _variant(uploaded, side, chance)


def _variant(levels: Pixels, side: int, chance: np.random.Generator) -> Variant:
    earlier = _saved(levels, ".jpg", chance, least=50) if chance.random() < 0.4 else levels
    framed, scale = _framed(earlier, chance)
    sent = _toned(_brought_down(framed, side, chance), chance)
    if chance.random() < 0.4:
        sent = _masked(sent, 255 if chance.random() < 0.6 else 0)
    if chance.random() < 0.3:
        sent = 1.4 * sent - 0.4 * np.asarray(cv2.GaussianBlur(sent, (0, 0), 1.0), dtype=np.float32)
    served = np.clip(np.rint(sent), 0, 255).astype(np.uint8)
    form = str(chance.choice([".jpg", ".jpg", ".webp", ""]))
    return Variant(levels=_saved(served, form, chance, least=30) if form else served, scale=scale)


def _framed(levels: Pixels, chance: np.random.Generator) -> tuple[Pixels, float]:
    side = levels.shape[0]
    match chance.integers(3):
        case 0:
            cut = chance.uniform(0, _FRAME, 4) * side
            kept = round(side - max(cut[0] + cut[1], cut[2] + cut[3]))
            top, left = round(float(cut[0])), round(float(cut[2]))
            return levels[top : top + kept, left : left + kept], side / kept
        case 1:
            border = round(float(chance.uniform(0.01, _FRAME)) * side)
            ground = ((255,) * 3, (0,) * 3, levels[2, 2].tolist())[chance.integers(3)]
            padded = cv2.copyMakeBorder(levels, *(border,) * 4, cv2.BORDER_CONSTANT, value=ground)
            return padded.astype(np.uint8), side / padded.shape[0]
        case _:
            return levels, 1.0


def _brought_down(levels: Pixels, side: int, chance: np.random.Generator) -> Floats:
    more, way = _FILTERS[chance.integers(len(_FILTERS))]
    between = min(round(side * more), levels.shape[0])
    area = cv2.resize(levels.astype(np.float32), (between, between), interpolation=cv2.INTER_AREA)
    small = cv2.resize(area, (side, side), interpolation=way if between > side else cv2.INTER_CUBIC)
    return np.asarray(small, dtype=np.float32)


def _toned(levels: Floats, chance: np.random.Generator) -> Floats:
    gamma, colour = chance.uniform(1 - _TONE, 1 + _TONE, 2)
    curved = 255 * np.power(np.clip(levels, 0, 255) / 255, gamma)
    grey = curved @ _GREY
    coloured = grey[..., None] + (curved - grey[..., None]) * colour
    toned: Floats = (coloured * chance.uniform(1 - _LIGHT, 1 + _LIGHT)).astype(np.float32)
    return toned


def _masked(levels: Floats, ground: int) -> Floats:
    side = levels.shape[0]
    mask = np.zeros((side * 2, side * 2), dtype=np.float32)
    cv2.circle(mask, (side, side), side - 1, 1.0, -1)
    kept = cv2.resize(mask, (side, side), interpolation=cv2.INTER_AREA)[..., None]
    masked: Floats = levels * kept + ground * (1 - kept)
    return masked


def _saved(levels: Pixels, form: str, chance: np.random.Generator, least: int) -> Pixels:
    quality = int(chance.integers(least, 96))
    way = [cv2.IMWRITE_WEBP_QUALITY, quality]
    if form == ".jpg":
        sampling = _SUBSAMPLING[chance.integers(3)]
        way = [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, sampling]
    _, data = cv2.imencode(form, np.ascontiguousarray(levels[..., ::-1]), way)
    return np.ascontiguousarray(np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), dtype=np.uint8)[..., ::-1])
