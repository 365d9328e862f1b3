"""What an import of the register noticed, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audits.register import Import, Remark, numbers
from audits.report.texts import Words
from audits.report.visible import visible

KINDS = {"repairs": "repaired", "refusals": "refused", "conflicts": "conflict", "absent": "not found"}
# More remarks that say the same of one column are told together: a list of stations is full of empty rows.
TOGETHER = 10


def print_remarks(imported: Import, words: Words) -> None:
    """Repairs, refusals, conflicts and what the open data no longer names, in that order."""
    for kind, label in KINDS.items():
        for group in _groups(getattr(imported, kind)):
            first = group[0]
            said = words.remark(first.reason, first.detail, first.count)
            print(f"{label} {_where(group)}: {visible(said)}")


def _groups(remarks: Sequence[Remark]) -> Iterator[list[Remark]]:
    """Each remark by itself; where more than a few say the same, all of them in the place of the first."""
    alike: dict[tuple[object, ...], list[Remark]] = {}
    for remark in remarks:
        alike.setdefault(_saying(remark), []).append(remark)
    for remark in remarks:
        group = alike[_saying(remark)]
        if len(group) <= TOGETHER:
            yield [remark]
        elif group[0] is remark:
            yield group


def _saying(remark: Remark) -> tuple[object, ...]:
    return remark.reason, remark.column, remark.detail, remark.count


def _where(group: Sequence[Remark]) -> str:
    """The rows, the column and the cell (the first, when they differ); without rows all the cells."""
    first = group[0]
    if not first.row:
        return f"{first.column} {', '.join(repr(visible(remark.value)) for remark in group)}"
    cell = f", {first.column} {visible(first.value)!r}" if first.column or first.value else ""
    if len(group) == 1:
        return f"row {first.row}{cell}"
    others = " and others" if any(remark.value != first.value for remark in group) else ""
    rows = {remark.row for remark in group}
    return f"rows {numbers(rows)} ({len(rows)}){cell}{others}"
