"""PNG (W3C, third edition), also animated: then the picture that a viewer without animations shows."""

from __future__ import annotations

import struct
import zlib

from audits.logo.formats.still import MOST_PARTS, Still
from audits.logo.profile import LARGEST

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_SHOWS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
_HEADER = 16  # where the first chunk (IHDR) has width, height, bit depth and colour type
_FRAME = 12  # bytes of a chunk around its contents: length, name, checksum
# Bytes a pixel in Pillow by colour type: grey, colours, palette, grey with alpha, colours with alpha.
_ROOM = {0: 1, 2: 4, 3: 1, 4: 4, 6: 4}
_DEEP_GREY = 2


def still(data: bytes) -> Still:
    """The picture in a PNG file. Raises struct.error when its header is not whole."""
    width, height, depth, kind = struct.unpack_from(">IIBB", data, _HEADER)
    a_pixel = _DEEP_GREY if (depth, kind) == (16, 0) else _ROOM.get(kind, 4)
    kept, profile, exif = [memoryview(SIGNATURE)], b"", b""
    for name, chunk in _chunks(data):
        if name in _SHOWS:
            kept.append(chunk)
        elif name == b"iCCP" and not profile:
            profile = _profile(bytes(chunk[8:-4]))
        elif name == b"eXIf" and not exif:
            exif = bytes(chunk[8:-4])
    room = width * height * a_pixel
    return Still(data=b"".join(kept), width=width, height=height, room=room, profile=profile, exif=exif)


def _chunks(data: bytes) -> list[tuple[bytes, memoryview]]:
    """Name and bytes of each chunk up to the end of the picture; the last may be cut short."""
    view, at, found = memoryview(data), len(SIGNATURE), list[tuple[bytes, memoryview]]()
    while at + 8 <= len(data) and len(found) < MOST_PARTS:
        length, name = struct.unpack_from(">I4s", data, at)
        found.append((name, view[at : at + length + _FRAME]))
        if name == b"IEND":
            break
        at += length + _FRAME
    return found


def _profile(chunk: bytes) -> bytes:
    """The ICC profile of an iCCP chunk: a name, a zero, the method (0), the profile packed by zlib."""
    _, _, packed = chunk.partition(b"\x00")
    try:
        return zlib.decompressobj().decompress(packed[1:], LARGEST)
    except zlib.error:
        return b""
