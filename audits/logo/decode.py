"""From bytes of a stranger to a small RGB picture, within fixed limits of size and memory."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from audits.logo.exif import hidden, orientation

MAX_BYTES = 10_000_000
MAX_PIXELS = 40_000_000
SIDE = 512  # no picture is looked at larger than this

# The openers are called by name, not through Image.open: that one warns of large pictures before they can be refused.
_OPENERS: tuple[tuple[bytes, int, str, Callable[[io.BytesIO], ImageFile]], ...] = (
    (b"\x89PNG\r\n\x1a\n", 0, "PNG", PngImageFile),
    (b"\xff\xd8\xff", 0, "JPEG", JpegImageFile),
    (b"WEBP", 8, "WEBP", WebPImageFile),
    (b"GIF8", 0, "GIF", GifImageFile),
)
_VP8X_SIZE = 24  # where an extended WebP file keeps its canvas size: two times three bytes, less one
# What Pillow raises on damaged files, as seen in its plugins.
_DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    EOFError,
    OverflowError,
    AttributeError,
    RuntimeError,
    AssertionError,
    struct.error,
    zlib.error,
)
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError)


_TURNS: dict[int, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_QUARTER_TURNS = frozenset(
    {Image.Transpose.TRANSPOSE, Image.Transpose.ROTATE_270, Image.Transpose.TRANSVERSE, Image.Transpose.ROTATE_90}
)


class Unreadable(Exception):
    """The bytes cannot be judged. `reason`: empty, too_many_bytes, too_many_pixels, unknown_format or truncated."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as RGB, no side longer than `SIDE`; `width` and `height` are those of the file, upright."""

    image: Image.Image
    width: int
    height: int
    format: str


def decode(data: bytes) -> Picture:
    """Reads the first frame of a PNG, JPEG, WebP or GIF: turned as EXIF says, transparency on white.

    Colour profiles are not applied. Raises Unreadable.
    """
    if not data:
        raise Unreadable("empty")
    if len(data) > MAX_BYTES:
        raise Unreadable("too_many_bytes")
    name, opener = _opener(data)
    data, block = hidden(data) if name == "JPEG" else (data, b"")
    try:
        source = opener(io.BytesIO(data))
        if source.width * source.height > MAX_PIXELS:
            raise Unreadable("too_many_pixels")
        return _picture(source, name, block)
    except _BOMBS as bomb:
        raise Unreadable("too_many_pixels") from bomb
    except _DAMAGE as damage:
        raise Unreadable("truncated") from damage


def _opener(data: bytes) -> tuple[str, Callable[[io.BytesIO], ImageFile]]:
    for magic, offset, name, opener in _OPENERS:
        if data[offset : offset + len(magic)] == magic:
            if name == "WEBP" and _canvas(data) > MAX_PIXELS:
                raise Unreadable("too_many_pixels")  # Pillow sets room for the canvas aside on opening
            return name, opener
    raise Unreadable("unknown_format")


def _canvas(data: bytes) -> int:
    """How many pixels a WebP says it has; 0 when its header does not tell."""
    match data[12:16]:
        case b"VP8X":
            across, down = data[_VP8X_SIZE : _VP8X_SIZE + 3], data[_VP8X_SIZE + 3 : _VP8X_SIZE + 6]
            return (int.from_bytes(across, "little") + 1) * (int.from_bytes(down, "little") + 1)
        case b"VP8L":
            bits = int.from_bytes(data[21:25], "little")
            return ((bits & 0x3FFF) + 1) * ((bits >> 14 & 0x3FFF) + 1)
        case b"VP8 ":
            across, down = data[26:28], data[28:30]
            return (int.from_bytes(across, "little") & 0x3FFF) * (int.from_bytes(down, "little") & 0x3FFF)
        case _:
            return 0


def _picture(source: ImageFile, name: str, block: bytes) -> Picture:
    width, height = source.size
    source.draft("RGB", (SIDE, SIDE))
    source.load()
    turn = _TURNS.get(orientation(block or source.info.get("exif", b"")))
    image = _on_white(_reduced(_plain(source)))
    if turn in _QUARTER_TURNS:
        width, height = height, width
    return Picture(image=image if turn is None else image.transpose(turn), width=width, height=height, format=name)


def _plain(image: Image.Image) -> Image.Image:
    """RGB or RGBA of whatever mode the file has."""
    match image.mode:
        case "RGBA":
            return image
        case "P" | "PA" | "LA" | "La":
            return image.convert("RGBA")
        case "RGB" | "L" | "1" | "RGBX" | "CMYK" | "YCbCr" | "LAB":
            return image.convert("RGBA" if "transparency" in image.info else "RGB")
        case _:
            return _eight_bits(image)


def _eight_bits(image: Image.Image) -> Image.Image:
    """A grey picture of 16 bits a pixel: Pillow would clip it, so the high byte is taken."""
    levels = np.asarray(image).astype(np.int64) >> 8
    return Image.fromarray(np.clip(levels, 0, 255).astype(np.uint8)).convert("RGB")


def _reduced(image: Image.Image) -> Image.Image:
    """The same picture with its longest side at most `SIDE`."""
    longest = max(image.size)
    if longest <= SIDE:
        return image
    size = (max(1, round(image.width * SIDE / longest)), max(1, round(image.height * SIDE / longest)))
    return image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode == "RGB":
        return image.copy()
    ground = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(ground, image.convert("RGBA")).convert("RGB")
