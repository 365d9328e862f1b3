"""JPEG (ITU-T T.81) as browsers show it: baseline, extended and progressive; neither lossless nor arithmetic."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from audits.logo.exif import MARK
from audits.logo.formats.still import MOST_PARTS, SIDE, Still, Unreadable

_SCAN = 0xDA
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
_OTHER_FRAMES = frozenset({0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
_PROGRESSIVE = 0xC2
_TABLES = frozenset({0xC4, 0xDB, 0xDD, 0xE0, 0xEE})  # Huffman, quantisation, restart, JFIF and Adobe's marks
_BARE = frozenset({0x00, 0x01, *range(0xD0, 0xDA)})  # these have no length
_PROFILE = b"ICC_PROFILE\x00"
_MOST_SCANS = 100  # of a progressive picture; encoders make a dozen, and each costs a pass over all of it
_SCALES = (8, 4, 2, 1)


@dataclass(slots=True)
class _Head:
    """What stands before the pixels. `frame` = marker and contents of the frame header; `scan` = where they begin."""

    kept: list[bytes] = field(default_factory=lambda: [b"\xff\xd8"])
    frame: tuple[int, bytes] = (0, b"")
    profile: dict[int, bytes] = field(default_factory=dict)
    parts: int = 0
    exif: bytes = b""
    scan: int = 0


def still(data: bytes) -> Still:
    """The picture in a JPEG file. Raises Unreadable, or struct.error and ValueError when its head is not whole."""
    head = _head(data)
    marker, frame = head.frame
    _, height, width, count = struct.unpack_from(">BHHB", frame)
    scale = next((scale for scale in _SCALES if max(width, height) // scale >= SIDE), 1)
    draft = (max(1, width // scale), max(1, height // scale))
    room = (width // scale + 1) * (height // scale + 1) * (1 if count == 1 else 4)
    if marker == _PROGRESSIVE or data[head.scan + 4] < count:
        if data.count(b"\xff\xda", head.scan) > _MOST_SCANS:
            raise Unreadable("too_many_pixels")
        room += _coefficients(frame, width * height)
    whole = len(head.profile) == head.parts
    return Still(
        data=b"".join([*head.kept, memoryview(data)[head.scan :]]),
        width=width,
        height=height,
        room=room,
        draft=draft,
        profile=b"".join(head.profile[number] for number in sorted(head.profile)) if whole else b"",
        exif=head.exif,
    )


def _head(data: bytes) -> _Head:
    head = _Head()
    for marker, start, end in _segments(data):
        body = data[start + 4 : end]
        if marker == _SCAN:
            head.scan = start
            return head
        if marker in _OTHER_FRAMES:
            raise Unreadable("unknown_format")
        if marker in _FRAMES and not head.frame[0]:
            head.frame = marker, body
            head.kept.append(data[start:end])
        elif marker in _TABLES:
            head.kept.append(data[start:end])
        elif marker == 0xE1 and body.startswith(MARK) and not head.exif:
            head.exif = body
        elif marker == 0xE2 and body.startswith(_PROFILE) and len(body) > 14:
            head.profile.setdefault(body[12], body[14:])
            head.parts = body[13]
    raise ValueError("no pixels")


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, start and end of each segment, from its 0xFF to behind its contents."""
    at = 2
    for _ in range(MOST_PARTS):
        at = data.index(b"\xff", at)
        marker = data[at + 1]
        if marker == 0xFF or marker in _BARE:
            at += 1 if marker == 0xFF else 2
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        yield marker, at, at + 2 + length
        at += 2 + max(2, length)


def _coefficients(frame: bytes, pixels: int) -> int:
    """Bytes that the decoder keeps of a picture that comes in several scans: two for each sample."""
    factors = [(frame[at + 1] >> 4, frame[at + 1] & 15) for at in range(6, 6 + 3 * frame[5], 3)]
    most = max(across for across, _ in factors) * max(down for _, down in factors)
    return 2 * pixels * sum(across * down for across, down in factors) // max(1, most)
