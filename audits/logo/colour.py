"""From a picture to numbers: grey levels, and CIE Lab in which distances are as large as they look."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

Floats = npt.NDArray[np.floating[Any]]
Pixels = npt.NDArray[np.uint8]
_BIN = 12.0  # Lab units within which colours are one


def pixels(image: Image.Image) -> Pixels:
    """Height x width x 3 levels of an RGB picture."""
    return np.asarray(image, dtype=np.uint8)


def resized(levels: npt.NDArray[Any], side: int) -> npt.NDArray[Any]:
    """A square picture (with or without channels) at `side` pixels: averaged when smaller, smooth when larger."""
    if levels.shape[0] == side:
        return levels
    way = cv2.INTER_AREA if levels.shape[0] > side else cv2.INTER_CUBIC
    return cv2.resize(levels, (side, side), interpolation=way)


def grey(levels: Pixels) -> Floats:
    """Grey levels 0-255 (Rec. 601) of an RGB picture."""
    return cv2.cvtColor(levels, cv2.COLOR_RGB2GRAY).astype(np.float32)


def lab(levels: Floats | Pixels) -> Floats:
    """Height x width x (L 0-100, a, b) of RGB levels 0-255 (sRGB, D65)."""
    scaled = np.clip(levels, 0, 255).astype(np.float32) * np.float32(1 / 255)
    return np.asarray(cv2.cvtColor(scaled, cv2.COLOR_RGB2LAB), dtype=np.float32)


def rgb(values: Floats) -> Floats:
    """RGB levels 0-255 of colours (n x 3, Lab)."""
    return np.asarray(255 * cv2.cvtColor(values.astype(np.float32)[None], cv2.COLOR_LAB2RGB)[0], dtype=np.float32)


def squared(image: Image.Image) -> Image.Image:
    """The picture on a square ground in the middle colour of its border; a square one as it is."""
    if image.width == image.height:
        return image
    levels = np.asarray(image)
    border = np.concatenate((levels[0], levels[-1], levels[:, 0], levels[:, -1]))
    ground = tuple(int(level) for level in np.median(border, axis=0))
    side = max(image.size)
    whole = Image.new("RGB", (side, side), (ground[0], ground[1], ground[2]))
    whole.paste(image, ((side - image.width) // 2, (side - image.height) // 2))
    return whole


def main_colours(values: Floats) -> Floats:
    """The colours (n x 3, Lab) that each fill at least 1.5 % of a picture, the most frequent first; at least one."""
    bins, which, count = np.unique(
        np.round(values.reshape(-1, 3) / _BIN).astype(np.int64), axis=0, return_inverse=True, return_counts=True
    )
    del bins
    flat, which = values.reshape(-1, 3), which.ravel()
    found: list[Floats] = []
    for one in np.argsort(-count):
        middle = np.median(flat[which == one], axis=0)
        if found and (count[one] < 0.015 * len(flat) or min(np.linalg.norm(middle - other) for other in found) < _BIN):
            continue
        found.append(middle)
    return np.array(found, dtype=np.float32)
