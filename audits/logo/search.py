"""Finds an approved logo inside a photograph: its whole mark, or a part of it that stands by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

from audits.logo.search_doubt import complete, part_of_altered, part_of_mirrored, recoloured
from audits.logo.search_fit import pyramid
from audits.logo.search_sighting import Sighting, sightings
from audits.logo.search_target import Sought

_PART = 0.15  # excess by which a part must be surer than a whole mark to be named instead


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A logo in a photograph: the name of the entry, the box of its ink, and how surely (0 at the limit, 1 at best).

    `width` is the share of the photograph's width that the box takes.
    """

    name: str
    box: tuple[int, int, int, int]
    strength: float
    width: float


def find(image: Image.Image, sought: Sequence[Sought]) -> Found | None:
    """The surest logo in an RGB photograph (as `decode` gives it, at most 512 pixels a side); the larger of two nested.

    The box is that of the ink: of the emblem, the word or both, without the square, disc or strip they stand on.
    """
    photos = pyramid(np.asarray(image).astype(np.float32))
    looked_at = list(sightings(photos, sought))
    seen = [one for one in looked_at if one.excess <= 1]
    if not seen:
        return None
    colours = np.asarray(cv2.cvtColor(photos[0] / 255, cv2.COLOR_RGB2Lab), np.float32)
    grounds = [target.ground for one in sought for target in one.targets]
    seen = [one for one in seen if not recoloured(colours, one, grounds) and complete(photos, colours, one)]
    if not seen:
        return None
    best = _largest(seen)
    if part_of_altered(best, looked_at) or part_of_mirrored(photos, best, sought):
        return None
    return _found(image, best)


def _largest(seen: Sequence[Sighting]) -> Sighting:
    """The surest of the sightings, or a larger one that holds it; a whole mark before a part that is about as sure."""
    best = min(seen, key=lambda one: one.excess + (0 if one.target is one.whole else _PART))
    for one in sorted(seen, key=lambda one: one.box.area):
        if one.holds(best):
            best = one
    return best


def _found(image: Image.Image, best: Sighting) -> Found:
    box = best.box
    left, top = max(0, round(box.x)), max(0, round(box.y))
    right, bottom = min(image.width, round(box.x + box.width)), min(image.height, round(box.y + box.height))
    return Found(
        name=best.sought.name,
        box=(left, top, right - left, bottom - top),
        strength=round(1 - best.excess, 3),
        width=round((right - left) / image.width, 3),
    )
