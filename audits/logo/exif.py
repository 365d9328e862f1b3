"""The orientation in an EXIF block, read without Pillow: that one warns aloud of every damaged block."""

from __future__ import annotations

import struct

MARK = b"Exif\x00\x00"
_ORDERS = {b"II": "<", b"MM": ">"}
_ORIENTATION = 0x0112
_MOST = 64  # entries that are looked at
_UPRIGHT = 1


def orientation(block: bytes) -> int:
    """The orientation (1-8, Exif 2.3 table 6) that a block names, with or without its mark; 1 when it names none."""
    tiff = block.removeprefix(MARK)
    order = _ORDERS.get(tiff[:2])
    if order is None:
        return _UPRIGHT
    try:
        return _entry(tiff, order)
    except struct.error:
        return _UPRIGHT


def _entry(tiff: bytes, order: str) -> int:
    """The value of the orientation entry in the first directory."""
    (start,) = struct.unpack_from(order + "I", tiff, 4)
    (count,) = struct.unpack_from(order + "H", tiff, start)
    for number in range(min(int(count), _MOST)):
        tag, _, _, value = struct.unpack_from(order + "HHIH", tiff, start + 2 + 12 * number)
        if tag == _ORIENTATION:
            return int(value)
    return _UPRIGHT
