"""The figures that the image check must reach, and those of a run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.audits.logo.bench.figures import percentile, share
from tests.audits.logo.bench.judged import SURE, Judged, error

FROM_WIDTH = 48  # pixels of a logo in a photo from which it must be found


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One figure: `value` in per cent, or in milliseconds when `of` is None; `bound` is the most, or the least."""

    name: str
    value: float
    bound: float
    least: bool = False
    hits: int = 0
    of: int | None = None

    @property
    def reached(self) -> bool:
        """Whether the figure keeps to its bound; without any picture it does."""
        return self.of == 0 or (self.value >= self.bound if self.least else self.value <= self.bound)


def goals(found: list[Judged]) -> list[Goal]:
    """Every figure that must be reached but the times, which depend on the machine."""
    sure = [one for one in found if one.size >= SURE]
    genuine, altered, other = (_of(truth) for truth in ("genuine", "altered", "other"))
    wide = [one for one in found if one.box and one.box[2] >= FROM_WIDTH]
    return [
        _at_most("genuine refused, >= 100 px", 0.1, (bool(error(one)) for one in genuine(sure))),
        _at_most("altered accepted, >= 100 px", 0.2, map(_accepted, altered(sure))),
        _at_most("others accepted, >= 100 px", 0.0, map(_accepted, other(sure))),
        _at_most("genuine refused, all sizes", 1.0, (bool(error(one)) for one in genuine(found))),
        _at_most("altered accepted, all sizes", 1.0, map(_accepted, altered(found))),
        _at_most("others accepted, all sizes", 1.0, map(_accepted, other(found))),
        _at_least(f"logo found in a photo, from {FROM_WIDTH} px width", 95.0, (not error(one) for one in wide)),
        _at_most("false finds in photos", 0.0, (bool(error(one)) for one in found if one.truth == "without logo")),
        *_reasons(altered(sure)),
    ]


def speeds(found: list[Judged]) -> list[Goal]:
    """The times of CPU that must be kept to, in milliseconds."""
    approved = percentile([one.cpu for one in found if one.verdict == "approved"], 50)
    return [
        Goal(name="approved, median ms", value=approved, bound=5),
        Goal(name="whole chain, 95 % under ms", value=percentile([one.cpu for one in found], 95), bound=100),
    ]


def _reasons(altered: list[Judged]) -> list[Goal]:
    asked = [one for one in altered if one.expected]
    return [
        _at_least(f"right reason, {kind}", 95.0, (one.explained for one in asked if one.kind == kind))
        for kind in dict.fromkeys(one.kind for one in asked)
    ]


def _of(truth: str) -> Callable[[list[Judged]], list[Judged]]:
    return lambda found: [one for one in found if one.truth == truth]


def _accepted(one: Judged) -> bool:
    return one.verdict == "approved"


def _at_most(name: str, bound: float, true: Iterable[bool]) -> Goal:
    hits, of = share(true)
    return Goal(name=name, value=100 * hits / max(of, 1), bound=bound, hits=hits, of=of)


def _at_least(name: str, bound: float, true: Iterable[bool]) -> Goal:
    hits, of = share(true)
    return Goal(name=name, value=100 * hits / max(of, 1), bound=bound, hits=hits, of=of, least=True)
