"""What a picture file holds for whoever looks at one picture: its size, its pixels, its colours, which side is up."""

from __future__ import annotations

from dataclasses import dataclass

SIDE = 512  # pixels: no picture is looked at larger than this
MOST_PARTS = 20_000  # of a file, so that one of nothing but empty parts costs no time


class Unreadable(Exception):
    """The bytes cannot be judged. `reason`: empty, too_many_bytes, too_many_pixels, unknown_format or truncated."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Still:
    """The first frame of a file, without what does not show: texts, previews, the rest of an animation.

    `data` is a file of the same format; `width` and `height` are its pixels as stored. `room` = bytes of memory that
    decoding takes beside `data`. `draft` = the size at which the decoder can give it at once. `profile` (ICC) and
    `exif` are empty when there is none.
    """

    data: bytes
    width: int
    height: int
    room: int
    draft: tuple[int, int] | None = None
    profile: bytes = b""
    exif: bytes = b""
