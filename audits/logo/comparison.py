"""What is left between a picture and the logo it was laid upon, place by place and as a whole."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from audits.logo.alignment import tone
from audits.logo.blocks import Truths, correlation, peaks, spread, worst
from audits.logo.colour import Floats, Pixels, lab, main_colours, resized
from audits.logo.placement import Placement, grid, sample, shown

# By the shorter side of a picture in pixels, from which on: the pixels a side at which it is compared.
FRAMES = {48: 48, 60: 72, 85: 96, 120: 120, 180: 144}
_CORNER = 0.53  # radius beyond which a round mask leaves nothing of the picture
# What platforms do to the tone of a picture: factor and offset of lightness, factor of colour.
_GAIN, _OFFSET, _SATURATION = (0.93, 1.07), 4.0, (0.88, 1.12)
_FAR = 12.0  # Lab units; a pixel that is off by more than this says little of the tone
_AROUND = 48  # pixels a side at which the rest of the picture is looked at
_INNER = 0.47
_EDGE = 0.04  # around the border between logo and padding, where each runs into the other
_SAME = 8.0  # Lab units within which a pixel of the logo has one of its main colours
_BLURRED = 24  # parts of the width over which saving blurs colours
_COLOURED = 2.0  # squared Lab chroma, on average, below which the whole has no hue
_VIVID = 8.0  # Lab chroma from which an ink has a hue
_LOSS = 0.4
_FEW = 12  # pixels of a colour below which it is not looked at
_QUARTERS = 4  # a wash is looked for in quarters of the width


def size_class(side: int) -> int:
    """The class (a key of FRAMES) of a picture whose shorter side is `side` pixels; the smallest below that."""
    return max((least for least in FRAMES if least <= side), default=min(FRAMES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """A logo in Lab at the frame of a size class: the values themselves, and the least and most around (3 x 3).

    `inks`: its main colours, and the numbers of the pixels (row by row) that have each; `hues`: its (a, b), blurred, as
    two rows.
    """

    values: Floats
    least: Floats
    most: Floats
    inks: tuple[tuple[Floats, npt.NDArray[np.intp]], ...]
    hues: Floats

    @property
    def side(self) -> int:
        """Pixels a side."""
        return int(self.values.shape[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Residue:
    """What is left. Lab units unless said; all are 0 for the logo itself.

    `light`, `colour`: by place (STEPS x STEPS), what a pixel's neighbours do not explain, as mean of a block;
    `wash_light`, `wash_colour`: the same over the worst sixteenth of the logo; `hue`: degrees by which the
    colours turned as a whole; `tints`: how far each of its inks moved in hue; `shape`: 1 - correlation of lightness;
    `size`: log of the scale; `beyond`: what neighbours do not explain, pixel by pixel.
    `seen`: the picture in the logo's frame, in Lab, `toned`: the same with its tone brought to the logo's; `mask`: 1
    where it shows the logo.
    `vividness`: the picture's strength of colour as a share of the logo's.
    """

    light: Floats
    colour: Floats
    spot: Floats
    wash_light: float
    wash_colour: float
    hue: float
    tints: Floats
    shape: float
    size: float
    beyond: Floats
    seen: Floats
    toned: Floats
    mask: Floats
    vividness: float


def surface(levels: Pixels, least: int) -> Surface:
    """The surface of a square logo for the size class that begins at `least` pixels."""
    frame = FRAMES[least]
    values = lab(resized(resized(levels.astype(np.float32), min(least, frame)), frame))
    kernel = np.ones((3, 3), dtype=np.uint8)
    inks = ((ink, np.flatnonzero(np.linalg.norm(values - ink, axis=2) < _SAME)) for ink in main_colours(values))
    hues = cv2.GaussianBlur(values[..., 1:], (0, 0), frame / _BLURRED).reshape(-1, 2).T
    return Surface(
        values=values,
        least=(values + cv2.erode(values, kernel)) / 2,
        most=(values + cv2.dilate(values, kernel)) / 2,
        inks=tuple(inks),
        hues=np.ascontiguousarray(hues, dtype=np.float32),
    )


def compare(levels: Pixels, own: Surface, place: Placement) -> Residue:
    """Holds a square RGB picture against a logo that lies in it at `place`."""
    seen = lab(_laid(levels, place, own.side))
    clear = shown(place, own.side) & (_furthest(grid(own.side)) < 0.5 - _EDGE)
    mask = clear.astype(np.float32).reshape(own.side, own.side)
    toned, vividness = _toned(seen, own.values, mask)
    beyond = np.maximum(own.least - toned, 0) + np.maximum(toned - own.most, 0)
    light, colour = np.ascontiguousarray(beyond[..., 0]), np.hypot(beyond[..., 1], beyond[..., 2])
    blocks = spread(light, colour, mask)
    return Residue(
        light=blocks[..., 0],
        colour=blocks[..., 1],
        spot=peaks(light, mask),
        wash_light=worst(light, mask, _QUARTERS),
        wash_colour=worst(colour, mask, _QUARTERS),
        hue=_hue(seen, own, mask),
        tints=_tints(toned, own, mask),
        shape=1 - correlation(seen[..., 0], own.values[..., 0], mask),
        size=abs(math.log(max(place.scale, 1e-6))),
        beyond=light + colour,
        seen=seen,
        toned=toned,
        mask=mask,
        vividness=vividness,
    )


def _laid(levels: Pixels, place: Placement, frame: int) -> Floats:
    """The picture in the logo's frame, first brought to the resolution at which it is sampled there."""
    side = int(np.clip(round(frame / max(place.scale, 0.2)), 24, 448))
    return sample(resized(levels, side), place, frame, cubic=True)


def _toned(seen: Floats, wanted: Floats, mask: Floats) -> tuple[Floats, float]:
    """Lightness and saturation brought to the logo's, within what platforms do; and the picture's relative saturation.

    Pixels that are far off have little weight, so that a sticker does not change the tone of the rest. Every other
    pixel of every other row is enough to tell.
    """
    flat = mask[::2, ::2].ravel()
    light, red, yellow = np.ascontiguousarray(seen[::2, ::2].reshape(-1, 3).T)
    own_light, own_red, own_yellow = np.ascontiguousarray(wanted[::2, ::2].reshape(-1, 3).T)
    gain, offset, saturation = 1.0, 0.0, 1.0
    for _ in range(3):
        away = (gain * light + offset - own_light) ** 2
        away += (saturation * red - own_red) ** 2 + (saturation * yellow - own_yellow) ** 2
        weights = flat / (1 + away / _FAR**2) ** 2
        total = max(float(weights.sum()), 1.0)
        gain = float(np.clip(tone(light, own_light, weights)[0], *_GAIN))
        offset = float(np.clip(weights @ (own_light - gain * light) / total, -_OFFSET, _OFFSET))
        strength = float(weights @ (red * red + yellow * yellow))
        common = float(weights @ (red * own_red + yellow * own_yellow))
        saturation = float(np.clip(common / strength, *_SATURATION)) if strength > total else 1.0
    factors, shift = np.array([gain, saturation, saturation], np.float32), np.array([offset, 0, 0], np.float32)
    whole, wanted_whole = flat @ (red * red + yellow * yellow), flat @ (own_red * own_red + own_yellow * own_yellow)
    return seen * factors + shift, math.sqrt(float(whole) / max(float(wanted_whole), 1.0))


def _hue(seen: Floats, own: Surface, mask: Floats) -> float:
    """Degrees by which the colours are turned as a whole, either way.

    Saving blurs colours, so the logo's are blurred too: then even those of thin lines tell.
    """
    clear = mask.ravel()
    red, yellow = seen[..., 1].ravel() * clear, seen[..., 2].ravel() * clear
    along = float(own.hues[0] @ red + own.hues[1] @ yellow)
    across = float(own.hues[0] @ yellow - own.hues[1] @ red)
    if along < _COLOURED * float(clear.sum()):
        return 0.0
    return abs(math.degrees(math.atan2(across, along)))


def _tints(toned: Floats, own: Surface, mask: Floats) -> Floats:
    """For each ink, how far the middle of what is seen in its place is from it; 0 where too little is seen.

    In hue (Lab units); a loss of colour, as thin lines suffer when they are saved, counts less.
    """
    hues, clear = toned.reshape(-1, 3)[:, 1:], mask.ravel() > 0
    found = np.zeros(len(own.inks), dtype=np.float32)
    for number, (ink, where) in enumerate(own.inks):
        seen = hues[where[clear[where]]]
        if len(seen) >= _FEW:
            away = np.median(seen, axis=0) - ink[1:]
            strength = float(np.hypot(*ink[1:]))
            along = float(away @ ink[1:]) / strength if strength > _VIVID else 0.0
            found[number] = math.sqrt(max(float(away @ away) - along**2, 0.0) + (_LOSS * along) ** 2)
    return found


def rest(levels: Pixels, beyond: Floats, place: Placement, *, square: bool) -> float:
    """How uneven the picture is where the logo does not reach, or its corners, unless these are the logo's own.

    A round mask leaves even corners; those of a `square` logo are even only in white or black, as masks are.
    """
    side = beyond.shape[0]
    seen = lab(resized(levels, _AROUND))
    back = (grid(_AROUND) - place.shift) @ np.linalg.inv(place.matrix).T
    outside = (_furthest(back) > 0.5 + _EDGE).reshape(_AROUND, _AROUND)
    reach = np.hypot(*grid(_AROUND).T).reshape(_AROUND, _AROUND)
    at = grid(side) @ place.matrix.T + place.shift
    clear = np.maximum(_furthest(at), _furthest(grid(side))) < 0.5 - _EDGE
    corner = clear & (np.hypot(*at.T) > _CORNER)
    own = worst(beyond, corner.astype(np.float32).reshape(side, side))
    mask = max(_uneven(seen, reach > _CORNER), _tinge(seen[reach > _CORNER]) if square else 0.0)
    return max(_uneven(seen, outside & (reach < _INNER)), min(own, mask))


def _tinge(colours: Floats) -> float:
    """How far the middle of these colours (n x 3, Lab) is from white and from black, whichever is nearer."""
    light, red, yellow = np.median(colours, axis=0)
    return math.hypot(min(light, 100 - light), red, yellow)


def _uneven(seen: Floats, region: Truths) -> float:
    """The worst block mean of the distance in colour from the region's middle colour; 0 for next to no region."""
    if region.mean() < 0.01:
        return 0.0
    light, red, yellow = np.moveaxis(seen - np.median(seen[region], axis=0), -1, 0)
    distance = np.sqrt(light**2 + red**2 + yellow**2)
    return worst(distance, region.astype(np.float32), 8, seen=0.25)


def _furthest(at: Floats) -> Floats:
    """The larger of the two coordinates of each point, without sign."""
    larger: Floats = np.maximum(np.abs(at[:, 0]), np.abs(at[:, 1]))
    return larger
