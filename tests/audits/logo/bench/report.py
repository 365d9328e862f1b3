"""What the bench prints: the tables, the figures to reach, every error with the words that draw it again."""

from __future__ import annotations

from collections.abc import Iterator

from tests.audits.logo.bench.goals import Goal, goals, speeds
from tests.audits.logo.bench.hashes import MISSING
from tests.audits.logo.bench.judged import Judged, error
from tests.audits.logo.bench.tables import by_kind, by_scene, by_size, confusion, contains, curves, table, times

_AT_MOST = 60  # errors named; the sheet shows the rest


def report(found: list[Judged]) -> str:
    """All figures of a run as text with Markdown tables."""
    parts = {
        "Verdicts": confusion(found),
        "Errors by size": by_size(found),
        "Alterations": by_kind(found),
        "Pictures without the logo": by_scene(found),
        "Logos in photos": contains(found),
        "CPU, milliseconds": times(found),
        "Against hashes alone": curves(found),
        "Figures to reach": reached(found),
        "Errors": "\n".join(_errors(found)) or "none",
    }
    body = "\n\n".join(f"## {title}\n\n{part}" for title, part in parts.items() if part)
    return f"{body}\n" + (f"\n{MISSING}\n" if MISSING else "")


def reached(found: list[Judged]) -> str:
    """Each figure that must be reached, and whether it is."""
    return table(("Figure", "is", "must be", "of", ""), [_line(goal) for goal in (*goals(found), *speeds(found))])


def _line(goal: Goal) -> tuple[object, ...]:
    bound = f"{'>=' if goal.least else '<='} {goal.bound:g}"
    counted = "" if goal.of is None else f"{goal.hits}/{goal.of}"
    return goal.name, f"{goal.value:.2f}", bound, counted, "" if goal.reached else "MISSED"


def _errors(found: list[Judged]) -> Iterator[str]:
    wrong = [(word, one) for one in found if (word := error(one))]
    for word, one in wrong[:_AT_MOST]:
        distance = "" if one.distance is None else f", distance {one.distance:.2f}"
        said = " ".join((one.verdict, *one.reasons))
        yield f"- {word}: `--only {one.kind}:{one.seed}` ({one.family} {one.seen}, {one.size} px{distance}, {said})"
    if len(wrong) > _AT_MOST:
        yield f"- and {len(wrong) - _AT_MOST} more"
