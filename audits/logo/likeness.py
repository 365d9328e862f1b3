"""Of a picture that is not approved: which approved picture was it made from, and where does that one lie in it?

Edges are fitted, not grey levels, so that other colours or a negative do not matter; also what is turned, stretched,
mirrored, or cut off is tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from audits.logo.alignment import AFFINE, SIDES, UNIFORM, Greys, bent, guesses, refine, signature
from audits.logo.blocks import STEPS, Truths, means
from audits.logo.calibration import Limits
from audits.logo.colour import Floats, Pixels, resized
from audits.logo.comparison import Residue, compare
from audits.logo.edges import edges
from audits.logo.look import Look
from audits.logo.master import Master
from audits.logo.pieces import piece
from audits.logo.placement import Placement, grid, placement
from audits.logo.structure import Drawing, drawing

_TRIES = 8  # guesses that are followed
_KEPT = 3  # of which so many are looked at closely
_FAINT = 0.04  # score below which a guess, so far, shows nothing of the drawing
_COARSE = 60  # the size class in which they are chosen
_BENT = 0.15  # and in score, when it asks for a turn, a stretch or a mirror
_ENOUGH = 8.0  # blocks of the drawing in the picture from which what is there may be all of it
_SURE = 0.5  # score from which nothing further is tried
_PIECE, _FRAMED = 0.65, 0.5  # correlations from which a piece, or what a frame leaves free, is looked at closely
_FRAMELESS = 0.33  # radius that the frames around pictures leave free
_LESS_LIKELY = 0.1  # what a guess must gain in correlation when it asks for more than a platform does
# From here on a place is none that a platform causes.
_STRETCHED, _TURNED = 0.03, 2.0  # log of the ratio of the sides, degrees
_SMALL, _LARGE = 0.8, 1.22
_IDENTITY = placement(1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An approved picture (by its number) with its limits.

    `least` is the size class to look at it in, `place` where grey levels put it, if they were asked.
    """

    number: int
    master: Master
    limits: dict[int, Limits]
    least: int
    place: Placement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """An approved picture (by its number) found in another at `place`.

    `right` and `seen` (STEPS x STEPS): where the picture is as approved, and where it shows the logo at all.
    `kept`: the number of places where the drawing is there and as approved. `score`: 1 when all of the drawing is there
    in whatever colours, about 0 for something else.
    """

    number: int
    place: Placement
    residue: Residue
    drawing: Drawing
    right: Truths
    seen: Truths
    telling: Truths
    kept: int
    score: float

    @property
    def strength(self) -> float:
        """By score; of two that show the same drawing, by how much is as approved."""
        return self.score + 0.3 * float(self.right.sum()) / max(float(self.seen.sum()), 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Guess:
    score: float
    candidate: Candidate
    flipped: bool
    place: Placement
    freedom: Floats


def likeness(seen: Look, candidates: Sequence[Candidate]) -> Likeness:
    """The likeliest of the candidates (at least one), however weak it is."""
    maps = [_edge_maps(seen.levels), _edge_maps(np.ascontiguousarray(seen.levels[:, ::-1]))]
    found = [
        guess for one in candidates for flipped in (False, True) for guess in _guesses(one, maps[flipped], flipped)
    ]
    close = [held(seen, one, one.place or _IDENTITY) for one in candidates if one.place or one is candidates[0]]
    best = max([*close, *_followed(seen, found, maps)], key=_strength)
    if best.score >= _SURE:
        return best
    return max([best, *_pieces(seen, candidates, maps[0]), *_framed(seen, candidates, maps[0])], key=_strength)


def _strength(one: Likeness) -> float:
    return one.strength


def _followed(seen: Look, found: list[_Guess], maps: Sequence[Greys]) -> Iterator[Likeness]:
    """The most promising guesses brought to their places, and the best of them looked at closely."""
    found.sort(key=lambda guess: -guess.score)
    rough = []
    for guess in found[:_TRIES]:
        place = _laid(guess, maps, guess.place, SIDES[:1])
        shows = held(seen, replace(guess.candidate, least=_COARSE), place)
        if shows.score > _FAINT:
            rough.append((shows.strength, guess, place))
    rough.sort(key=lambda one: -one[0])
    for _, guess, place in rough[:_KEPT]:
        yield held(seen, guess.candidate, _laid(guess, maps, place, SIDES[1:]))


def _pieces(seen: Look, candidates: Sequence[Candidate], maps: Greys) -> Iterator[Likeness]:
    """Where the picture is an enlarged piece of a candidate."""
    for one in candidates:
        score, place = piece(one.master.edges, maps[SIDES[-1]])
        if score > _PIECE:
            yield held(seen, one, refine(maps, one.master.edge_patterns, place, UNIFORM, SIDES))


def _framed(seen: Look, candidates: Sequence[Candidate], maps: Greys) -> Iterator[Likeness]:
    """Where the candidates lie within a frame, whose edges are left out."""
    inner = {side: np.where(_within(side), levels, 0).astype(np.float32) for side, levels in maps.items()}
    row = signature(inner[SIDES[-1]])
    for one in candidates:
        guess = guesses(one.master.edge_table, row)[0]
        if guess.score > _FRAMED:
            yield held(seen, one, refine(inner, one.master.edge_patterns, guess.place, UNIFORM, SIDES))


@cache
def _within(side: int) -> Truths:
    """Which pixels no frame reaches."""
    inside: Truths = (np.hypot(*grid(side).T) < _FRAMELESS).reshape(side, side)
    return inside


def _edge_maps(levels: Pixels) -> Greys:
    found = edges(levels)
    return {side: resized(found, side) for side in SIDES}


def _guesses(candidate: Candidate, maps: Greys, flipped: bool) -> Iterator[_Guess]:  # noqa: FBT001 - a state, not a switch
    """Where the approved picture may lie in the edges of a picture."""
    row = signature(maps[SIDES[-1]])
    plain, turned = guesses(candidate.master.edge_table, row)[0], bent(candidate.master.edge_table, row)

    def guess(score: float, place: Placement, freedom: Floats) -> _Guess:
        return _Guess(score=score, candidate=candidate, flipped=flipped, place=place, freedom=freedom)

    yield guess(plain.score - _LESS_LIKELY / 2, plain.place, AFFINE)
    yield guess(turned.score - _LESS_LIKELY / 2, turned.place, AFFINE)
    if not flipped:
        yield guess(plain.score, plain.place, UNIFORM)
        yield guess(plain.score - _LESS_LIKELY / 2, _IDENTITY, UNIFORM)


def _laid(guess: _Guess, maps: Sequence[Greys], start: Placement, sides: tuple[int, ...]) -> Placement:
    """The guess brought to its place on edges of `sides` pixels, from `start` in the picture as it is."""
    before = start.flipped if guess.flipped and sides != SIDES[:1] else start
    place = refine(maps[guess.flipped], guess.candidate.master.edge_patterns, before, guess.freedom, sides)
    return place.flipped if guess.flipped else place


def held(seen: Look, candidate: Candidate, place: Placement) -> Likeness:
    """What a picture shows of an approved one that lies in it at `place`."""
    master = candidate.master
    residue = compare(seen.levels, master.surfaces[candidate.least], place)
    own = master.structures[candidate.least]
    shows = drawing(residue.seen, residue.mask, own)
    visible = _fine(means(residue.mask, np.ones_like(residue.mask))[0] >= 0.5)
    right = visible & (candidate.limits[candidate.least].by_place(residue) <= 1)
    telling = visible & _fine(own.telling)
    kept = int((right & telling & _fine(shows.shown)).sum())
    same = kept / max(int(telling.sum()), 1)
    return Likeness(
        number=candidate.number,
        place=place,
        residue=residue,
        drawing=shows,
        right=right,
        seen=visible,
        telling=telling,
        kept=kept,
        score=_score(place, shows, same) * _enough(telling, float(own.telling.sum())),
    )


def _score(place: Placement, shows: Drawing, same: float) -> float:
    """How much of the drawing is there; what was moved further than platforms do has to be as approved besides."""
    drawn = shows.agreement - shows.disturbance / 2
    if place.mirrored or place.stretch > _STRETCHED or abs(place.turn) > _TURNED:
        return min(drawn, same) - _BENT
    return max(drawn, same) if _SMALL < place.scale < _LARGE else min(drawn, same)


def _enough(telling: Truths, whole: float) -> float:
    """1 when so much of the drawing is in the picture that it can tell; less when there is little."""
    return min(1.0, float(telling.sum()) / 4 / max(min(0.3 * whole, _ENOUGH), 1.0))


def _fine(blocks: Truths) -> Truths:
    """Values by block, for each of the STEPS x STEPS places."""
    square = blocks.reshape(STEPS // 2, STEPS // 2)
    return np.repeat(np.repeat(square, 2, axis=0), 2, axis=1)
