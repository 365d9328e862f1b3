"""Lays a picture upon an approved one as a platform might have moved it: scaled and shifted, nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from audits.logo.alignment import SIDES, UNIFORM, guesses, refine
from audits.logo.comparison import Residue, compare
from audits.logo.look import Look
from audits.logo.master import Master
from audits.logo.placement import Placement

_STARTS = 3  # how many views a fit may begin from
_PROMISING = 0.6  # first correlation below which only one start is tried: it is another picture
_GOOD = 0.02  # 1 - correlation from which no other start is tried


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Where the approved picture lies in the other, and what is left between them."""

    place: Placement
    residue: Residue


def likely(seen: Look, master: Master) -> float:
    """How well the approved picture correlates in its best view (32 pixels, grey), -1 to 1."""
    return guesses(master.table, seen.row)[0].score


def fitted(seen: Look, master: Master, size_class: int) -> Fit:
    """The best fit; what is left is measured in the frame of `size_class`."""
    best: Fit | None = None
    for guess in guesses(master.table, seen.row, _STARTS):
        place = refine(seen.greys, master.patterns, guess.place, UNIFORM, SIDES)
        fit = Fit(place=place, residue=compare(seen.levels, master.surfaces[size_class], place))
        if best is None or fit.residue.shape < best.residue.shape:
            best = fit
        if guess.score < _PROMISING or best.residue.shape < _GOOD:
            break
    if best is None:
        raise ValueError("a logo without views")
    return best
