"""What the method is measured against: perceptual hashes alone, by the least distance to an approved picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import imagehash
import numpy as np
from PIL import Image

try:
    import pdqhash
except ImportError:  # an extra of its own, which has to be compiled
    pdqhash = None

Hash = Any  # subtracting two gives the number of bits in which they differ


class _Pdq:
    """A PDQ hash (256 bits)."""

    def __init__(self, image: Image.Image) -> None:
        self._bits = pdqhash.compute(np.asarray(image))[0]

    def __sub__(self, other: _Pdq) -> int:
        return int(np.count_nonzero(self._bits != other._bits))


METHODS: dict[str, Callable[[Image.Image], Hash]] = {
    "average 8": imagehash.average_hash,
    "phash 8": imagehash.phash,
    "phash 16": lambda image: imagehash.phash(image, hash_size=16),
    "dhash 8": imagehash.dhash,
    "whash 8": imagehash.whash,
    **({} if pdqhash is None else {"PDQ": _Pdq}),
}
MISSING = None if pdqhash is not None else "PDQ is left out: install pdqhash (the extra `bench`) to measure it too"


def hashes(image: Image.Image) -> dict[str, Hash]:
    """The hash of a square RGB picture by every method."""
    return {name: method(image) for name, method in METHODS.items()}
