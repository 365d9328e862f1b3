"""Small copies of pictures for reports. Only re-encoded pixels are passed on, never a stranger's bytes."""

from __future__ import annotations

import io

from PIL import Image

from audits.logo.decode import decode


def thumbnail(data: bytes, px: int = 96) -> bytes:
    """The picture as JPEG with its longest side at most `px`. Raises Unreadable."""
    held = io.BytesIO()
    _small(decode(data).image, px).save(held, "JPEG", quality=80, optimize=True)
    return held.getvalue()


def as_png(image: Image.Image, px: int) -> bytes:
    """A picture of the approved set as PNG with its longest side at most `px`."""
    held = io.BytesIO()
    _small(image, px).save(held, "PNG", optimize=True)
    return held.getvalue()


def _small(image: Image.Image, px: int) -> Image.Image:
    small = image.copy()
    small.thumbnail((px, px), Image.Resampling.LANCZOS)
    return small
