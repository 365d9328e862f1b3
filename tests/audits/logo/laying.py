"""Approved pictures laid elsewhere by a drawing program of its own, so that where they are found can be checked."""

from __future__ import annotations

from functools import cache

import numpy as np
from PIL import Image

from audits.logo.approved import Entry
from audits.logo.colour import Pixels, pixels
from audits.logo.comparison import size_class
from audits.logo.fitting import fitted, likely
from audits.logo.likeness import Candidate, Likeness, likeness
from audits.logo.look import Look, look
from audits.logo.placement import Placement
from fixtures.logos.passage import pixel
from tests.audits.logo.drawn import stand_ins


@cache
def entry(name: str) -> Entry:
    """One of the stand-ins."""
    return next(one for one in stand_ins().entries if one.name == name)


def candidates(seen: Look, side: int) -> list[Candidate]:
    """All stand-ins, to be looked for in a picture of `side` pixels; the likeliest in grey with its place there."""
    least, entries = size_class(side), stand_ins().entries
    first = max(entries, key=lambda one: likely(seen, one.master))
    place = fitted(seen, first.master, least).place
    return [
        Candidate(
            number=number,
            master=one.master,
            limits=one.calibrated,
            least=least,
            place=place if one is first else None,
        )
        for number, one in enumerate(entries)
    ]


def likeliest(image: Image.Image, side: int = 320) -> Likeness:
    """Which stand-in a picture that was brought to `side` pixels is made from."""
    seen = look(brought_to(image, side))
    return likeness(seen, candidates(seen, side))


def name_of(number: int) -> str:
    """The name of a stand-in by its number."""
    return stand_ins().entries[number].name


def brought_to(image: Image.Image, side: int) -> Pixels:
    """The pixels of a picture at `side` pixels a side."""
    return pixels(image.resize((side, side), Image.Resampling.BOX if side < image.width else Image.Resampling.BICUBIC))


def laid(image: Image.Image, place: Placement) -> Image.Image:
    """A square picture at `place` on a ground in the colour of its corner."""
    (a, b), (c, d) = np.linalg.inv(place.matrix.astype(np.float64)).tolist()
    x, y = place.shift.tolist()
    side, half = image.width, image.width / 2
    across, down = half + side * x, half + side * y  # where its middle comes
    way = (a, b, half - a * across - b * down, c, d, half - c * across - d * down)
    return image.transform(
        image.size, Image.Transform.AFFINE, way, Image.Resampling.BICUBIC, fillcolor=pixel(image, (2, 2))
    )


def furthest(one: Placement, other: Placement) -> float:
    """How far apart two placements put any point of a logo at most, as a share of the width of the picture."""
    corners = np.array([(x, y) for x in (-0.5, 0.5) for y in (-0.5, 0.5)])
    apart = corners @ (one.matrix - other.matrix).T + (one.shift - other.shift)
    return float(np.hypot(*apart.T).max())
