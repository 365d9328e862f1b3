"""Colours as they are meant: the ICC profile of a picture applied, so that all pictures are compared in sRGB."""

from __future__ import annotations

import io
from functools import lru_cache

import numpy as np
from PIL import Image, ImageCms

LARGEST = 4_000_000  # bytes; the largest profiles in use, those of printing presses, have 2 to 3 million
_MODES = {b"RGB ": "RGB", b"GRAY": "L", b"CMYK": "CMYK"}
_CLASSES = frozenset({b"mntr", b"scnr", b"prtr", b"spac"})  # of a device or colour space, nothing more abstract
_KEPT, _SMALL = 16, 65_536  # profiles that are remembered, and their bytes: most pictures have one of very few
_SAME = 2  # of 255: what two ways to write down sRGB differ by


def in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """A picture of mode RGB, L or CMYK as RGB. A profile that is too large, damaged or not for it is left aside."""
    transform = None
    if _fits(profile, image.mode):
        transform = _remembered(profile, image.mode) if len(profile) <= _SMALL else _transform(profile, image.mode)
    if transform is None:
        return image if image.mode == "RGB" else image.convert("RGB")
    return transform.apply(image)


def _fits(profile: bytes, mode: str) -> bool:
    """Whether the header (ICC.1:2022, 7.2) speaks of a whole profile for pictures of this mode."""
    whole = 128 < len(profile) <= LARGEST and int.from_bytes(profile[:4], "big") <= len(profile)
    return whole and profile[12:16] in _CLASSES and _MODES.get(profile[16:20]) == mode and profile[36:40] == b"acsp"


@lru_cache(maxsize=_KEPT)
def _remembered(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    return _transform(profile, mode)


def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """What brings the colours of a profile to sRGB; `None` when they are sRGB, or the profile cannot be read."""
    try:
        transform = ImageCms.buildTransform(
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            mode,
            "RGB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
    before = _every_colour(mode)
    after = np.asarray(transform.apply(before), dtype=np.int16)
    same = np.abs(after - np.asarray(before.convert("RGB"), dtype=np.int16)).max() <= _SAME
    return None if same else transform


def _every_colour(mode: str) -> Image.Image:
    """A picture of colours from all over the cube, the greys among them."""
    steps = np.arange(0, 256, 17, dtype=np.uint8)
    cube = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(64, 64, 3)
    return Image.fromarray(cube).convert(mode)
