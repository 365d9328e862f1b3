"""Does a picture show the drawing of a logo, block by block, in whatever colours?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from audits.logo.blocks import PARTS, Truths, means
from audits.logo.colour import Floats

_TELLING = 40.0  # variance (Lab units squared, of all three) from which a block shows an edge of the logo
_EXPLAINED = 0.7  # share of a block's variation that runs along with the logo's, from which it shows that edge
_FAINT = 4.0  # variance below which a block of a picture shows nothing at all
_BUSY = 60.0  # variance from which a block that is even in the logo shows something else
_WHOLE = 0.8  # share of a block that must be seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """A logo cut into PARTS x PARTS blocks: along what each one mostly varies (length 1), and whether it varies."""

    along: Floats
    telling: Truths


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """By block: `shown` where a telling block shows the logo's edge, `gone` where it does not, `foreign` where an even
    block shows something, `even` where it does not. Blocks that are not seen are in none of them.
    """

    shown: Truths
    gone: Truths
    foreign: Truths
    even: Truths

    @property
    def agreement(self) -> float:
        """Share of the logo's edges that are shown, of those that could be seen."""
        whole = int(self.shown.sum() + self.gone.sum())
        return int(self.shown.sum()) / whole if whole else 0.0

    @property
    def disturbance(self) -> float:
        """Share of the logo's even blocks that show something else."""
        whole = int(self.foreign.sum() + self.even.sum())
        return int(self.foreign.sum()) / whole if whole else 0.0


def structure(values: Floats) -> Structure:
    """The structure of a logo (side x side x 3, Lab)."""
    parts = _centred(values)
    common = np.einsum("bnc,bnd->bcd", parts, parts)
    _, vectors = np.linalg.eigh(common)
    along = np.einsum("bnc,bc->bn", parts, vectors[..., -1])
    length = np.linalg.norm(along, axis=1, keepdims=True)
    telling: Truths = (length[:, 0] ** 2 / parts.shape[1]) > _TELLING
    return Structure(along=(along / np.maximum(length, 1e-6)).astype(np.float32), telling=telling)


def drawing(seen: Floats, mask: Floats, own: Structure) -> Drawing:
    """What of a logo a picture in its frame shows (side x side x 3, Lab), where `mask` is 1."""
    parts = _centred(seen)
    whole = (parts * parts).sum(axis=(1, 2))
    explained = (np.einsum("bn,bnc->bc", own.along, parts) ** 2).sum(axis=1)
    strength = whole / parts.shape[1]
    visible = means(mask, np.ones_like(mask))[0].ravel() >= _WHOLE
    right = (explained > _EXPLAINED * whole) & (strength > _FAINT)
    telling, even = visible & own.telling, visible & ~own.telling
    busy = strength > _BUSY
    return Drawing(shown=telling & right, gone=telling & ~right, foreign=even & busy, even=even & ~busy)


def _centred(values: Floats) -> Floats:
    """PARTS*PARTS x pixels x 3: each block less its mean."""
    step = values.shape[0] // PARTS
    blocks = values.reshape(PARTS, step, PARTS, step, 3).swapaxes(1, 2).reshape(PARTS * PARTS, step * step, 3)
    centred: Floats = blocks - blocks.mean(axis=1, keepdims=True)
    return centred
