"""From a Pillow picture to numbers: grey levels, and CIE Lab in which distances are as large as they look."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

Floats = npt.NDArray[np.floating[Any]]

# sRGB (D65) to XYZ, each row divided by the white point, after IEC 61966-2-1.
_TO_XYZ = np.array(
    [[0.4339, 0.3762, 0.1899], [0.2126, 0.7152, 0.0722], [0.0178, 0.1095, 0.8727]],
    dtype=np.float32,
)
_LEVELS = np.arange(256, dtype=np.float32) / 255
_LINEAR = np.where(_LEVELS > 0.04045, ((_LEVELS + 0.055) / 1.055) ** 2.4, _LEVELS / 12.92).astype(np.float32)


def grey(image: Image.Image, side: int) -> Floats:
    """Grey levels 0-255 of the picture at `side` x `side`."""
    return np.asarray(image.convert("L").resize((side, side), Image.Resampling.BICUBIC), dtype=np.float32)


def lab(image: Image.Image) -> Floats:
    """Height x width x (L 0-100, a, b) of an RGB picture."""
    xyz = _LINEAR[np.asarray(image)] @ _TO_XYZ.T
    root = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    light = 116 * root[..., 1] - 16
    red = 500 * (root[..., 0] - root[..., 1])
    yellow = 200 * (root[..., 1] - root[..., 2])
    return np.stack((light, red, yellow), axis=-1).astype(np.float32)


def squared(image: Image.Image) -> Image.Image:
    """The picture on a square ground in the middle colour of its border; a square one as it is."""
    if image.width == image.height:
        return image
    pixels = np.asarray(image)
    border = np.concatenate((pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]))
    ground = tuple(int(level) for level in np.median(border, axis=0))
    side = max(image.size)
    whole = Image.new("RGB", (side, side), (ground[0], ground[1], ground[2]))
    whole.paste(image, ((side - image.width) // 2, (side - image.height) // 2))
    return whole
