"""From bytes of a stranger to a small RGB picture, within fixed limits of size, time and memory."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from audits.logo.exif import orientation
from audits.logo.formats import gif, jpeg, png, webp
from audits.logo.formats.still import SIDE, Still, Unreadable
from audits.logo.profile import in_srgb
from audits.logo.shrinking import shrunk

__all__ = ["MAX_BYTES", "MAX_PIXELS", "SIDE", "Picture", "Unreadable", "decode"]

MAX_BYTES = 10_000_000
MAX_PIXELS = 40_000_000
MAX_SIDE = 65_535
ROOM = 60_000_000  # bytes of memory for one picture while it is decoded, its file included

# The openers are called by name, not through Image.open: that one warns of large pictures before they can be refused.
_FORMATS: tuple[tuple[bytes, int, str, Callable[[bytes], Still], Callable[[io.BytesIO], ImageFile]], ...] = (
    (png.SIGNATURE, 0, "PNG", png.still, PngImageFile),
    (b"\xff\xd8\xff", 0, "JPEG", jpeg.still, JpegImageFile),
    (b"WEBP", 8, "WEBP", webp.still, WebPImageFile),
    (b"GIF8", 0, "GIF", gif.still, GifImageFile),
)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as RGB, no side longer than `SIDE`; `width` and `height` are those of the file, upright."""

    image: Image.Image
    width: int
    height: int
    format: str


def decode(data: bytes) -> Picture:
    """Reads the first frame of a PNG, JPEG, WebP or GIF: turned as EXIF says, transparency on white, colours in sRGB.

    Raises Unreadable.
    """
    if not data:
        raise Unreadable("empty")
    if len(data) > MAX_BYTES:
        raise Unreadable("too_many_bytes")
    for magic, offset, name, still_of, opener in _FORMATS:
        if data[offset : offset + len(magic)] == magic:
            return _decoded(data, name, still_of, opener)
    raise Unreadable("unknown_format")


def _decoded(
    data: bytes, name: str, still_of: Callable[[bytes], Still], opener: Callable[[io.BytesIO], ImageFile]
) -> Picture:
    try:
        still = still_of(data)
        _refuse_large(still)
        source = opener(io.BytesIO(still.data))
        if still.draft is None and source.size != (still.width, still.height):
            raise Unreadable("truncated")
        source.draft("RGB", still.draft)
        source.load()
        return _picture(source, name, still)
    except _BOMBS as bomb:
        raise Unreadable("too_many_pixels") from bomb
    except _DAMAGE as damage:
        raise Unreadable("truncated") from damage


def _refuse_large(still: Still) -> None:
    """Before anything is set aside for it."""
    pixels, longest = still.width * still.height, max(still.width, still.height)
    if pixels > MAX_PIXELS or longest > MAX_SIDE or still.room + len(still.data) > ROOM:
        raise Unreadable("too_many_pixels")


def _picture(source: ImageFile, name: str, still: Still) -> Picture:
    image = in_srgb(shrunk(source, SIDE), still.profile)
    width, height = still.width, still.height
    turn = _TURNS.get(orientation(still.exif))
    if turn in _QUARTER_TURNS:
        width, height = height, width
    return Picture(image=image if turn is None else image.transpose(turn), width=width, height=height, format=name)
