"""The figures of the bench as Markdown tables, and the figures that must be reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from tests.audits.logo.bench.figures import RATES, curve, percentile, share
from tests.audits.logo.bench.judged import SIZE_CLASSES, SURE, TRUTHS, VERDICTS, Judged, error, overlap, size_class

Rows = Iterable[Sequence[object]]
WIDTHS = ((0, 32), (32, 48), (48, 64), (64, 96), (96, 160), (160, 10_000))
OWN = "full method"


def table(head: Sequence[str], rows: Rows) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *([str(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def confusion(found: list[Judged]) -> str:
    """Truth by verdict; `near a limit` counts those of which a person is asked to look."""
    rows = []
    for truth in TRUTHS:
        own = [one for one in found if one.truth == truth]
        said = Counter(one.verdict for one in own)
        rows.append((truth, len(own), *(said[verdict] for verdict in VERDICTS), sum(one.doubted for one in own)))
    return table(("Truth", "Pictures", *VERDICTS, "near a limit"), rows)


def by_size(found: list[Judged]) -> str:
    """By truth and size, how many were judged wrongly, and how many of the small ones were left open."""
    rows = []
    for size in SIZE_CLASSES:
        for truth in ("genuine", "altered", "other"):
            own = [one for one in found if one.truth == truth and size_class(one.size) == size]
            wrong = Counter(error(one) for one in own)
            rows.append((size, truth, len(own), sum(one.open for one in own), _told(wrong), _doubts(own)))
    return table(("Size", "Truth", "Pictures", "too small to say", "Errors", "near a limit"), rows)


def by_kind(found: list[Judged]) -> str:
    """By kind of alteration: accepted, and right reasons among those of which every one must be judged."""
    rows = []
    for kind in dict.fromkeys(one.kind for one in found if one.truth == "altered"):
        own = [one for one in found if one.kind == kind]
        sure = [one for one in own if one.size >= SURE and one.expected]
        accepted = [one for one in own if one.verdict == "approved"]
        small = sum(one.size < SURE for one in accepted)
        told = f"{len(accepted)} ({small})" if small else len(accepted)
        rest = Counter("+".join(one.reasons) or one.verdict for one in sure if not one.explained)
        others = ", ".join(f"{words} {count}" for words, count in rest.most_common(4))
        rows.append((kind, len(own), told, _percent(one.explained for one in sure), others))
    return table(("Alteration", "Pictures", "accepted (under 100 px)", "right reason", "else said"), rows)


def by_scene(found: list[Judged]) -> str:
    """What was said of pictures without an approved logo, by what they show."""
    rows = []
    without = [one for one in found if one.truth in {"other", "without logo", "altered in photo"}]
    for scene in sorted({(one.truth, one.seen) for one in without}):
        own = [one for one in found if (one.truth, one.seen) == scene]
        near = min((one.distance for one in own if one.distance is not None), default=None)
        wrong = Counter(error(one) for one in own)
        rows.append((*scene, len(own), _told(wrong), "" if near is None else f"{near:.2f}"))
    return table(("Truth", "Shows", "Pictures", "Errors", "nearest distance"), rows)


def contains(found: list[Judged]) -> str:
    """By ground and by the logo's width in the file: found with the right box, and how well those boxes fit."""
    own = [one for one in found if one.truth == "with logo"]
    grounds = sorted({one.seen for one in own})
    rows = []
    for low, high in WIDTHS:
        here = [one for one in own if one.box and low <= one.box[2] < high]
        cells = [_found(one for one in here if one.seen == ground) for ground in grounds]
        boxes = [overlap(one.box, one.found) for one in here if one.box and one.found]
        rows.append((_range(low, high), *cells, _found(here), f"{percentile(boxes, 50):.2f}" if boxes else ""))
    return table(("Width, px", *grounds, "all", "box overlap, median"), rows)


def curves(found: list[Judged]) -> str:
    """Share of genuine pictures kept where no more than a share of the others is accepted; empty without all three."""
    sides = [[one for one in found if one.truth == truth] for truth in ("genuine", "other", "altered")]
    if not all(sides):
        return ""
    rows = []
    for method in (OWN, *found[0].hashes):
        genuine, other, altered = ([_score(method, one) for one in side] for side in sides)
        reads = (curve(genuine, other), curve(genuine, altered))
        cells = [f"{read.area:.4f}" if kept is None else f"{kept:.3f}" for read in reads for kept in (None, *read.kept)]
        taken = [one.hash_cpu.get(method, one.cpu) for one in found]
        rows.append((method, *cells, f"{percentile(taken, 50):.2f}"))
    points = [f"kept at {rate:g}" for rate in RATES]
    return table(("Method", "others: area", *points, "altered: area", *points, "ms CPU"), rows)


def _score(method: str, judged: Judged) -> float:
    return own_distance(judged) if method == OWN else judged.hashes[method]


def own_distance(judged: Judged) -> float:
    """The distance by which the full method decides: what it refuses lies beyond the limit, also when it was nearer."""
    if judged.distance is None:
        return float("inf")
    return judged.distance if judged.verdict == "approved" or judged.open else max(judged.distance, 1.001)


def times(found: list[Judged]) -> str:
    """Milliseconds of CPU, in all by verdict and by stage for the pictures that reach it."""
    groups = {"any verdict": [one.cpu for one in found]}
    groups |= {verdict: [one.cpu for one in found if one.verdict == verdict] for verdict in VERDICTS}
    for stage in dict.fromkeys(name for one in found for name in one.stages):
        groups[f"stage: {stage}"] = [one.stages[stage] for one in found if stage in one.stages]
    rows = ((name, *_spread(taken)) for name, taken in groups.items() if taken)
    return table(("What", "Pictures", "median", "95 % under", "most"), rows)


def _spread(milliseconds: list[float]) -> tuple[object, ...]:
    return (len(milliseconds), *(f"{percentile(milliseconds, part):.1f}" for part in (50, 95, 100)))


def _told(wrong: Counter[str | None]) -> str:
    return ", ".join(f"{word} {count}" for word, count in wrong.most_common() if word) or "0"


def _doubts(own: list[Judged]) -> int:
    return sum(one.doubted for one in own)


def _percent(true: Iterable[bool]) -> str:
    hits, of = share(true)
    return f"{100 * hits / of:.0f} %" if of else ""


def _found(own: Iterable[Judged]) -> str:
    hits, of = share(error(one) is None for one in own)
    return f"{hits}/{of}" if of else ""


def _range(low: int, high: int) -> str:
    return f"< {high}" if low == 0 else f">= {low}" if high >= 10_000 else f"{low}-{high - 1}"
