"""The cells of a register are alike: what one says is worked out once, and kept once in memory."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

T = TypeVar("T")

# So many cells are remembered, of so many characters at most: a hostile file fills no memory.
CELLS, LENGTH = 4096, 200


def remembered(read: Callable[[str], T]) -> Callable[[str], T]:
    """The same reading of a cell, which gives the very same value for the same short text."""
    cached = lru_cache(maxsize=CELLS)(read)

    @wraps(read)
    def looked_up(text: str) -> T:
        return cached(text) if len(text) <= LENGTH else read(text)

    return looked_up
