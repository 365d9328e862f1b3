"""ICC profiles (ICC.1:2022) written out for the tests: of wide screens, of a grey scale, of a printing press."""

from __future__ import annotations

import struct
from collections.abc import Sequence

# Red, green and blue as XYZ under D50, as the standards of these colour spaces give them.
DISPLAY_P3 = ((0.5151, 0.2412, -0.0011), (0.2920, 0.6922, 0.0419), (0.1571, 0.0666, 0.7841))
ADOBE_RGB = ((0.6097, 0.3111, 0.0195), (0.2053, 0.6257, 0.0609), (0.1492, 0.0632, 0.7446))
_D50 = (0.9642, 1.0, 0.8249)
_SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


def _fixed(*numbers: float) -> bytes:
    return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)


def _curve(*numbers: float) -> bytes:
    """A power, or the five numbers of a power with a straight foot."""
    return b"para" + bytes(4) + struct.pack(">HH", 0 if len(numbers) == 1 else 3, 0) + _fixed(*numbers)


def _profile(space: bytes, kind: bytes, tags: dict[bytes, bytes], connection: bytes = b"XYZ ") -> bytes:
    text = "proef".encode("utf-16-be")
    words = b"mluc" + bytes(4) + struct.pack(">II2s2sII", 1, 12, b"nl", b"NL", len(text), 28) + text
    all_tags = {b"desc": words, b"cprt": words, b"wtpt": b"XYZ " + bytes(4) + _fixed(*_D50)} | tags
    at, index, body = 128 + 4 + 12 * len(all_tags), b"", b""
    for name, data in all_tags.items():
        padded = data + bytes(-len(data) % 4)
        index += struct.pack(">4sII", name, at + len(body), len(data))
        body += padded
    head = struct.pack(">I4xI4s4s4s12x4s", at + len(body), 0x04300000, kind, space, connection, b"acsp")
    head = head.ljust(68, b"\x00") + _fixed(*_D50)
    return head.ljust(128, b"\x00") + struct.pack(">I", len(all_tags)) + index + body


def screen(primaries: Sequence[tuple[float, float, float]], power: float | None = None) -> bytes:
    """The profile of a screen; without a power it has the curve of sRGB."""
    curve = _curve(*_SRGB_CURVE) if power is None else _curve(power)
    tags = {}
    for letter, colour in zip((b"r", b"g", b"b"), primaries, strict=True):
        tags[letter + b"XYZ"] = b"XYZ " + bytes(4) + _fixed(*colour)
        tags[letter + b"TRC"] = curve
    return _profile(b"RGB ", b"mntr", tags)


def grey(power: float) -> bytes:
    """The profile of a grey scale."""
    return _profile(b"GRAY", b"mntr", {b"kTRC": _curve(power)})


def press(inks: dict[int, tuple[int, int, int]]) -> bytes:
    """The profile of a press: by combination of full inks (bits: cyan 8, magenta 4, yellow 2, black 1) L, a, b (0-255).

    A combination that is not named is black.
    """
    straight = bytes(range(256))
    table = b"".join(bytes(inks.get(number, (0, 128, 128))) for number in range(16))
    whole = _fixed(1, 0, 0, 0, 1, 0, 0, 0, 1)
    lut = b"mft1" + bytes(4) + bytes([4, 3, 2, 0]) + whole + straight * 4 + table + straight * 3
    return _profile(b"CMYK", b"prtr", {b"A2B0": lut}, b"Lab ")
