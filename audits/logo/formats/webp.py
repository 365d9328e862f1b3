"""WebP (Google's container specification), also animated: then its first frame."""

from __future__ import annotations

import struct

from audits.logo.formats.still import MOST_PARTS, Still

_FIRST = 12  # where the first chunk begins
_A_PIXEL = 16  # bytes: two canvases of the decoder, a copy of one, and the picture


def still(data: bytes) -> Still:
    """The picture in a WebP file. Raises struct.error or IndexError when its header is not whole."""
    width, height = _canvas(data)
    chunks = _extras(data) if data[_FIRST : _FIRST + 4] == b"VP8X" else {}
    return Still(
        data=data,
        width=width,
        height=height,
        room=width * height * _A_PIXEL,
        profile=chunks.get(b"ICCP", b""),
        exif=chunks.get(b"EXIF", b""),
    )


def _canvas(data: bytes) -> tuple[int, int]:
    """Width and height that a file says it has."""
    match data[_FIRST : _FIRST + 4]:
        case b"VP8X":
            across, down, more, further = struct.unpack_from("<HBHB", data, 24)
            return across + (down << 16) + 1, more + (further << 16) + 1
        case b"VP8L":
            (bits,) = struct.unpack_from("<I", data, 21)
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case _:
            across, down = struct.unpack_from("<HH", data, 26)
            return across & 0x3FFF, down & 0x3FFF


def _extras(data: bytes) -> dict[bytes, bytes]:
    """The first ICC profile and the first EXIF block."""
    at, found = _FIRST, dict[bytes, bytes]()
    for _ in range(MOST_PARTS):
        if at + 8 > len(data):
            break
        name, length = struct.unpack_from("<4sI", data, at)
        if name in {b"ICCP", b"EXIF"}:
            found.setdefault(name, data[at + 8 : at + 8 + length])
        at += 8 + length + length % 2
    return found
