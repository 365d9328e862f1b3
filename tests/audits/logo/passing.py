"""A harsher passage through a platform than the demo's: its own code and its own draws, so that neither flatters."""

from __future__ import annotations

import io
from random import Random

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

_FILTERS = (Image.Resampling.BOX, Image.Resampling.BILINEAR, Image.Resampling.BICUBIC, Image.Resampling.LANCZOS)


def passed_on(image: Image.Image, seed: int, size: int) -> bytes:
    """A square picture cropped or padded by up to 8 % a side, gamma and colour 5 % off, masked, sharpened, saved."""
    rng = Random(seed)
    image = _toned(_framed(image, rng), rng)
    if rng.random() < 0.4:
        held = io.BytesIO()
        image.save(held, "JPEG", quality=rng.randint(50, 95), subsampling=rng.choice((0, 1, 2)))
        image = Image.open(held).convert("RGB")
    image = image.resize((size, size), rng.choice(_FILTERS))
    if rng.random() < 0.4:
        image = _masked(image, rng.choice(("white", "black")))
    if rng.random() < 0.3:
        image = image.filter(ImageFilter.UnsharpMask(1, 40, 2))
    return encoded(image, rng.choice(("JPEG", "JPEG", "WEBP", "PNG")), quality=rng.randint(30, 95))


def encoded(image: Image.Image, fmt: str, quality: int = 90) -> bytes:
    """The picture's bytes as PNG, JPEG, WEBP or GIF."""
    held = io.BytesIO()
    if fmt in {"JPEG", "WEBP"}:
        image.save(held, fmt, quality=quality)
    else:
        image.save(held, fmt)
    return held.getvalue()


def _framed(image: Image.Image, rng: Random) -> Image.Image:
    share, side = rng.uniform(0.01, 0.08), image.width
    match rng.choice(("crop", "pad", "none")):
        case "crop":
            left, top = (round(side * 2 * share * rng.random()) for _ in range(2))
            kept = round(side * (1 - 2 * share))
            return image.crop((left, top, left + kept, top + kept))
        case "pad":
            return ImageOps.expand(image, round(side * share), rng.choice(((255, 255, 255), (0, 0, 0))))
        case _:
            return image


def _toned(image: Image.Image, rng: Random) -> Image.Image:
    gamma = rng.uniform(0.95, 1.05)
    curve = [round(255 * (level / 255) ** gamma) for level in range(256)]
    toned = ImageEnhance.Color(image.point(curve * 3)).enhance(rng.uniform(0.95, 1.05))
    return ImageEnhance.Brightness(toned).enhance(rng.uniform(0.975, 1.025))


def _masked(image: Image.Image, ground: str) -> Image.Image:
    mask = Image.new("L", (image.width * 2, image.height * 2))
    ImageDraw.Draw(mask).ellipse((0, 0, mask.width - 1, mask.height - 1), fill=255)
    return Image.composite(image, Image.new("RGB", image.size, ground), mask.resize(image.size))
