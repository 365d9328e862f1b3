"""What is left between a picture and the logo it was laid upon, in figures that each have a limit."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

import numpy as np
from PIL import Image

from audits.logo.alignment import FINE, tone
from audits.logo.blocks import Truths, agreement, correlation, means, share, telling, worst
from audits.logo.colour import Floats, lab
from audits.logo.placement import Placement, grid, sample, shown

_BIG = FINE // 4
_RIGHT_LIGHT, _RIGHT_COLOUR = 4.0, 8.0  # block means beneath which nothing is wrong there
_CORNER = 0.53  # radius beyond which a round mask leaves nothing of the picture
_GAIN = (0.85, 1.15)
_OFFSET = 8.0
_SATURATION = (0.88, 1.14)
_FINE_LINES = 2.0
_AROUND = 96  # pixels a side at which the rest of the picture is looked at
_INNER = 0.47
_EDGE = 0.05  # around the border between logo and padding, where each runs into the other


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """A logo in Lab at FINE pixels: per pixel the values themselves, and the least and most around it (3 x 3).

    `fineness` is 1 - its correlation with itself when brought down to two thirds: what fine lines lose by themselves.
    """

    values: Floats
    least: Floats
    most: Floats
    fineness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Differences in Lab units unless said. All are 0 for the logo itself.

    `light`, `colour`: mean over the worst block of 8 x 8 pixels beyond what a pixel's neighbours explain;
    `wash_light`, `wash_colour`: mean over the worst sixteenth; `shape`: 1 - correlation of lightness; `stretch`: log;
    `turn`: degrees; `size`: log of the scale; `rest`: unevenness of what lies beyond the logo or in the corners.
    """

    light: float
    colour: float
    wash_light: float
    wash_colour: float
    shape: float
    stretch: float
    turn: float
    size: float
    rest: float


# Each limit is the most that was measured on pictures a platform had only passed on, with room to the 70 % at which
# a result is called near; docs/logo.md has the command and the figures.
LIMITS = Figures(
    light=7.0,
    colour=14.5,
    wash_light=3.5,
    wash_colour=6.5,
    shape=0.05,
    stretch=0.03,
    turn=1.2,
    size=0.26,
    rest=10.0,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The figures, each also as a share of its limit, and what helps to say what is wrong.

    Of the blocks where the logo has an edge: `agreement` is the share that show that edge (or, in a negative, its
    opposite), `unharmed` the share that are right in lightness and colour. `negative`: dark and light are exchanged;
    `vividness`: the picture's colour strength as a share of the logo's; `larger`: the logo is larger than the picture.
    """

    figures: Figures
    ratios: dict[str, float]
    agreement: float
    unharmed: float
    negative: bool
    vividness: float
    larger: bool

    @property
    def distance(self) -> float:
        """The worst figure as a share of its limit."""
        return max(self.ratios.values())


def surface(image: Image.Image, side: int = FINE) -> Surface:
    """The surface of a square RGB logo, as it looks when it was sent at `side` pixels."""
    sent = image.resize((side, side), Image.Resampling.BICUBIC)
    values = lab(sent.resize((FINE, FINE), Image.Resampling.BICUBIC))
    padded = np.pad(values, ((1, 1), (1, 1), (0, 0)), mode="edge")
    around = np.stack([padded[i : i + FINE, j : j + FINE] for i in range(3) for j in range(3)])
    two_thirds = image.resize((FINE * 2 // 3, FINE * 2 // 3), Image.Resampling.BICUBIC)
    softer = lab(two_thirds.resize((FINE, FINE), Image.Resampling.BICUBIC))[..., 0]
    return Surface(
        values=values,
        least=around.min(axis=0),
        most=around.max(axis=0),
        fineness=1 - correlation(softer, values[..., 0], np.ones((FINE, FINE), dtype=np.float32)),
    )


def compare(image: Image.Image, own: Surface, place: Placement) -> Comparison:
    """Holds a square RGB picture against a logo that lies in it at `place`."""
    seen = lab(_laid(image, place))
    clear = shown(place, FINE) & (_furthest(grid(FINE)) < 0.5 - _EDGE)
    mask = clear.astype(np.float32).reshape(FINE, FINE)
    toned, alike, vividness = _toned(seen, own.values, mask)
    beyond = np.maximum(own.least - toned, 0) + np.maximum(toned - own.most, 0)
    light, colour = beyond[..., 0], np.hypot(beyond[..., 1], beyond[..., 2])
    figures = Figures(
        light=worst(light, mask),
        colour=worst(colour, mask),
        wash_light=worst(light, mask, _BIG),
        wash_colour=worst(colour, mask, _BIG),
        shape=1 - alike,
        stretch=place.stretch,
        turn=abs(place.turn),
        size=abs(float(np.log(max(place.scale, 1e-6)))),
        rest=_rest(image, light + colour, place),
    )
    agreeing = agreement(seen[..., 0], own.values[..., 0], mask)
    right = (means(light, mask)[0] < _RIGHT_LIGHT) & (means(colour, mask)[0] < _RIGHT_COLOUR)
    return Comparison(
        figures=figures,
        ratios=_ratios(figures, own),
        agreement=abs(agreeing),
        unharmed=share(right, telling(own.values[..., 0], mask)),
        negative=agreeing < 0 and alike < 0,
        vividness=vividness,
        larger=place.scale > 1,
    )


def _ratios(figures: Figures, own: Surface) -> dict[str, float]:
    """Each figure as a share of its limit; that of the shape is wider for a logo of fine lines."""
    limits = asdict(LIMITS) | {"shape": LIMITS.shape + _FINE_LINES * own.fineness}
    return {name: value / limits[name] for name, value in asdict(figures).items()}


def _laid(image: Image.Image, place: Placement) -> Image.Image:
    """The picture in the logo's frame, first brought to the resolution at which it is sampled there."""
    side = int(np.clip(round(FINE / max(place.scale, 0.2)), 24, 320))
    return sample(image.resize((side, side), Image.Resampling.BICUBIC), place, FINE)


def _toned(seen: Floats, wanted: Floats, mask: Floats) -> tuple[Floats, float, float]:
    """Lightness and saturation brought to the logo's, within what platforms do; correlation; relative saturation."""
    weights = mask.ravel()
    light, own = seen[..., 0].ravel(), wanted[..., 0].ravel()
    gain = float(np.clip(tone(light, own, weights)[0], *_GAIN))
    offset = float(weights @ (own - gain * light)) / max(float(weights.sum()), 1.0)
    toned = seen.copy()
    toned[..., 0] = seen[..., 0] * gain + float(np.clip(offset, -_OFFSET, _OFFSET))
    strength, wanted_strength = (float((mask[..., None] * one[..., 1:] ** 2).sum()) for one in (seen, wanted))
    common = float((mask[..., None] * seen[..., 1:] * wanted[..., 1:]).sum())
    toned[..., 1:] *= float(np.clip(common / strength, *_SATURATION)) if strength > 1 else 1.0
    return toned, correlation(seen[..., 0], wanted[..., 0], mask), math.sqrt(strength / max(wanted_strength, 1.0))


def _rest(image: Image.Image, beyond: Floats, place: Placement) -> float:
    """How uneven the picture is where the logo does not reach, or its corners, unless these are the logo's own."""
    seen = lab(image.resize((_AROUND, _AROUND), Image.Resampling.BICUBIC))
    back = (grid(_AROUND) - place.shift) @ np.linalg.inv(place.matrix).T
    outside = (_furthest(back) > 0.5 + _EDGE).reshape(_AROUND, _AROUND)
    reach = np.hypot(*grid(_AROUND).T).reshape(_AROUND, _AROUND)
    at = grid(FINE) @ place.matrix.T + place.shift
    clear = np.maximum(_furthest(at), _furthest(grid(FINE))) < 0.5 - _EDGE
    corner = clear & (np.hypot(*at.T) > _CORNER)
    own = worst(beyond, corner.astype(np.float32).reshape(FINE, FINE))
    return max(_uneven(seen, outside & (reach < _INNER)), min(own, _uneven(seen, reach > _CORNER)))


def _uneven(seen: Floats, region: Truths) -> float:
    """The worst block mean of the distance in colour from the region's middle colour; 0 for next to no region."""
    if region.mean() < 0.01:
        return 0.0
    light, red, yellow = np.moveaxis(seen - np.median(seen[region], axis=0), -1, 0)
    distance = np.sqrt(light**2 + red**2 + yellow**2)
    return worst(distance, region.astype(np.float32), _AROUND // 8, seen=0.25)


def _furthest(at: Floats) -> Floats:
    """The larger of the two coordinates of each point, without sign."""
    larger: Floats = np.maximum(np.abs(at[:, 0]), np.abs(at[:, 1]))
    return larger
