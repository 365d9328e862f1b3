"""A harsher passage through a platform than the demo's: its own code and its own draws, so that neither flatters.

Every draw is made before it is used and none depends on the size asked for: one seed is one passage, at every size.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from random import Random

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

SIZES = (48, 73, 88, 150, 176, 200, 320, 400, 800)  # pixels a side, as platforms serve avatars

_FILTERS = {
    "box": Image.Resampling.BOX,
    "bilinear": Image.Resampling.BILINEAR,
    "hamming": Image.Resampling.HAMMING,
    "bicubic": Image.Resampling.BICUBIC,
    "lanczos": Image.Resampling.LANCZOS,
}
_LEAST, _MOST = 0.01, 0.08  # share of the side that is cut off or added, on each of the four sides
_MASK_SCALE = 4  # the circle is drawn this much larger, then brought down


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What happens to one picture. `sides` = left, top, right, bottom as shares of the side, cut off or added."""

    frame: str  # crop, pad or none
    sides: tuple[float, float, float, float]
    ground: str  # of a pad: white, black or edge (the colour of the picture's corner)
    gamma: float
    saturation: float
    gain: float
    earlier: tuple[int, int] | None  # quality and subsampling of a JPEG generation before this one
    resampling: str
    mask: str | None  # white, black or transparent around the inscribed circle
    sharpening: int | None  # per cent
    format: str  # JPEG, WEBP or PNG
    quality: int
    subsampling: int  # 0 = 4:4:4, 1 = 4:2:2, 2 = 4:2:0


def passage(seed: int) -> Passage:
    """The passage that belongs to a seed."""
    rng = Random(f"passage:{seed}")
    frame = rng.choices(("crop", "pad", "none"), (31, 31, 38))[0]
    sides, ground = _sides(rng), rng.choice(("white", "black", "edge"))
    gamma, saturation, gain = rng.uniform(0.95, 1.05), rng.uniform(0.95, 1.05), rng.uniform(0.975, 1.025)
    generation = (rng.randint(50, 95), rng.choice((0, 1, 2)))
    earlier = generation if rng.random() < 0.4 else None
    resampling = rng.choice(sorted(_FILTERS))
    around, masked = rng.choice(("white", "black", "transparent")), rng.random() < 0.5
    strength, sharpened = rng.randint(20, 60), rng.random() < 0.3
    fmt = rng.choices(("JPEG", "WEBP", "PNG"), (50, 25, 25))[0]
    see_through = rng.choice(("WEBP", "PNG"))
    return Passage(
        frame=frame,
        sides=sides,
        ground=ground,
        gamma=gamma,
        saturation=saturation,
        gain=gain,
        earlier=earlier,
        resampling=resampling,
        mask=around if masked else None,
        sharpening=strength if sharpened else None,
        format=see_through if masked and around == "transparent" and fmt == "JPEG" else fmt,
        quality=rng.randint(30, 95),
        subsampling=rng.choice((0, 1, 2)),
    )


def passed_on(image: Image.Image, seed: int, size: int, *, cropped: bool = True) -> bytes:
    """A square RGB picture as a platform serves it: framed, toned, saved before, resized, masked, sharpened, saved.

    `cropped` False leaves the crop out, where what matters stands at the rim.
    """
    way = passage(seed)
    if way.frame == "crop" and not cropped:
        way = replace(way, frame="none")
    sent = _resized(_toned(_framed(image, way), way), way, size)
    return _saved(sent if way.mask is None else _masked(sent, way.mask), way)


def passed_on_whole(image: Image.Image, seed: int, size: int) -> bytes:
    """The same without crop, border and circle, so that everything in it keeps its place, as a share of the side."""
    way = passage(seed)
    return _saved(_resized(_toned(image, way), way, size), way)


def encoded(image: Image.Image, fmt: str, quality: int = 90) -> bytes:
    """The picture's bytes as PNG, JPEG, WEBP or GIF."""
    held = io.BytesIO()
    if fmt in {"JPEG", "WEBP"}:
        image.save(held, fmt, quality=quality)
    else:
        image.save(held, fmt)
    return held.getvalue()


def _sides(rng: Random) -> tuple[float, float, float, float]:
    """Four shares within the bounds of which left and right come to as much as top and bottom: a square stays one."""
    left, right = rng.uniform(_LEAST, _MOST), rng.uniform(_LEAST, _MOST)
    both = left + right
    top = rng.uniform(max(_LEAST, both - _MOST), min(_MOST, both - _LEAST))
    return left, top, right, both - top


def _framed(image: Image.Image, way: Passage) -> Image.Image:
    side = image.width
    left, top, both = (
        round(way.sides[0] * side),
        round(way.sides[1] * side),
        round((way.sides[0] + way.sides[2]) * side),
    )
    match way.frame:
        case "crop":
            return image.crop((left, top, left + side - both, top + side - both))
        case "pad":
            colour = image.getpixel((2, 2)) if way.ground == "edge" else way.ground
            return ImageOps.expand(image, (left, top, both - left, both - top), colour)  # type: ignore[arg-type]
        case _:
            return image


def _toned(image: Image.Image, way: Passage) -> Image.Image:
    """Gamma, saturation and gain, then the earlier JPEG generation if there was one."""
    curve = [round(255 * (level / 255) ** way.gamma) for level in range(256)]
    toned = ImageEnhance.Color(image.point(curve * 3)).enhance(way.saturation)
    toned = ImageEnhance.Brightness(toned).enhance(way.gain)
    if way.earlier is None:
        return toned
    held = io.BytesIO()
    toned.save(held, "JPEG", quality=way.earlier[0], subsampling=way.earlier[1])
    return Image.open(held).convert("RGB")


def _resized(image: Image.Image, way: Passage, size: int) -> Image.Image:
    sent = image.resize((size, size), _FILTERS[way.resampling])
    return sent if way.sharpening is None else sent.filter(ImageFilter.UnsharpMask(1, way.sharpening, 2))


def _masked(image: Image.Image, around: str) -> Image.Image:
    """Only what stands in the inscribed circle."""
    large = Image.new("L", (image.width * _MASK_SCALE, image.height * _MASK_SCALE))
    ImageDraw.Draw(large).ellipse((0, 0, large.width - 1, large.height - 1), fill=255)
    circle = large.resize(image.size, Image.Resampling.BOX)
    if around == "transparent":
        image = image.copy()
        image.putalpha(circle)
        return image
    return Image.composite(image, Image.new("RGB", image.size, around), circle)


def _saved(image: Image.Image, way: Passage) -> bytes:
    held = io.BytesIO()
    match way.format:
        case "JPEG":
            image.save(held, "JPEG", quality=way.quality, subsampling=way.subsampling)
        case "WEBP":
            image.save(held, "WEBP", quality=way.quality, method=2)
        case _:
            image.save(held, "PNG", compress_level=1)
    return held.getvalue()
