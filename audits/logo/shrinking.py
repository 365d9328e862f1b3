"""A picture of any mode and size made small and plain, in steps that take little memory beside the picture itself."""

from __future__ import annotations

import numpy as np
from PIL import Image

_TILE = 512  # pixels a side that are worked on at a time
_GREYS = frozenset({"1", "L", "LA", "La", "I", "I;16"})


def shrunk(image: Image.Image, side: int) -> Image.Image:
    """The picture with its longest side at most `side`, transparency on white.

    Its mode is the one that an ICC profile for it speaks of: L for greys, CMYK for printing colours, else RGB.
    """
    longest, grey = max(image.size), image.mode in _GREYS
    if longest >= 4 * side:
        image = _coarse(image, longest // (2 * side))
        longest = max(image.size)
    if longest > side:
        size = (max(1, round(image.width * side / longest)), max(1, round(image.height * side / longest)))
        small = _plain(image).resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
    else:
        small = _plain(image)
    flat = _on_white(small)
    return flat.convert("L") if flat.mode == "RGB" and grey else flat


def _coarse(image: Image.Image, factor: int) -> Image.Image:
    """The picture made smaller by a whole factor, tile by tile."""
    step = factor * max(1, _TILE // factor)
    size = (-(-image.width // factor), -(-image.height // factor))
    whole: Image.Image | None = None
    for top in range(0, image.height, step):
        for left in range(0, image.width, step):
            corner = min(left + step, image.width), min(top + step, image.height)
            tile = _on_white(_plain(image.crop((left, top, *corner)))).reduce(factor)
            if whole is None:
                whole = Image.new(tile.mode, size)
            whole.paste(tile, (left // factor, top // factor))
    return image if whole is None else whole


def _plain(image: Image.Image) -> Image.Image:
    """L, CMYK, RGB or RGBA of whatever mode the file has."""
    see_through = "transparency" in image.info
    match image.mode:
        case "L" | "RGB" | "CMYK" | "RGBA" if not see_through:
            return image
        case "I" | "I;16":
            return _eight_bits(image)
        case "1":
            return image.convert("RGBA" if see_through else "L")
        case "P" | "PA" | "LA" | "La" | "RGBa" | "RGBA":
            return image.convert("RGBA")
        case _:
            return image.convert("RGBA" if see_through else "RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """A grey picture of 16 bits a pixel: Pillow would clip it, so the high byte is taken."""
    levels = np.asarray(image) >> 8
    return Image.fromarray(np.clip(levels, 0, 255).astype(np.uint8))


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(ground, image).convert("RGB")
