"""GIF (89a), also animated: then its first frame."""

from __future__ import annotations

import struct

from audits.logo.formats.still import MOST_PARTS, Still

_HEADER = 13  # signature and logical screen
_EXTENSION, _IMAGE, _END = b"\x21", b"\x2c", b"\x3b"
_CONTROL = 0xF9  # the extension that says which colour is transparent


def still(data: bytes) -> Still:
    """The first frame of a GIF file. Raises struct.error, IndexError or ValueError when it is not whole."""
    width, height, packed = struct.unpack_from("<HHB", data, 6)
    start = _HEADER + _table(packed)
    control, at = _before(data, start)
    left, top, across, down, own = struct.unpack_from("<HHHHB", data, at + 1)
    end = _skipped(data, at + 11 + _table(own))
    width, height = max(width, left + across), max(height, top + down)
    frame = b"".join([data[:start], control, data[at:end], _END])
    return Still(data=frame, width=width, height=height, room=width * height)


def _table(packed: int) -> int:
    """Bytes of the colour table that a packed field announces."""
    return 3 << (packed & 7) + 1 if packed & 0x80 else 0


def _before(data: bytes, at: int) -> tuple[bytes, int]:
    """The last control extension before the first image, and where that image begins."""
    control = b""
    for _ in range(MOST_PARTS):
        match data[at : at + 1]:
            case b"\x2c":
                return control, at
            case b"\x21":
                end = _skipped(data, at + 2)
                if data[at + 1] == _CONTROL:
                    # Without what becomes of the frame later: making room for that doubles the memory.
                    control = b"%b%c%b" % (data[at : at + 3], data[at + 3] & 1, data[at + 4 : end])
                at = end
            case _:
                break
    raise ValueError("no image")


def _skipped(data: bytes, at: int) -> int:
    """Where a chain of blocks ends, each with its length before it; the end of the file when it is cut short."""
    while at < len(data) and data[at]:
        at += 1 + data[at]
    return min(at + 1, len(data))
