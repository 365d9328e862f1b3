"""Where the import writes down what it meets, in the order of the rows."""

from __future__ import annotations

from collections.abc import Iterable

from adapters.model import Value
from audits.register.model import Remark

_ALL = 60  # row numbers that are named one by one


class Cell(Value, frozen=True, kw_only=True):
    """One cell of the file: the heading it stands under, and its text."""

    column: str
    text: str


class Notes:
    """The remarks of one import. Each takes the row, the cell, the reason (a key of the texts) and its detail."""

    def __init__(self) -> None:
        self.repairs: list[Remark] = []
        self.refusals: list[Remark] = []
        self.conflicts: list[Remark] = []

    def repaired(self, row: int, cell: Cell, reason: str, detail: str = "", count: int = 1) -> None:
        """A cell that was mended, or left out because it cannot be understood."""
        self.repairs.append(_remark(row, cell, reason, detail, count))

    def refused(self, row: int, cell: Cell, reason: str, detail: str = "") -> None:
        """A row, or one account in it, that is not imported."""
        self.refusals.append(_remark(row, cell, reason, detail))

    def conflicted(self, row: int, cell: Cell, reason: str, detail: str = "", count: int = 1) -> None:
        """A row that contradicts itself or another one."""
        self.conflicts.append(_remark(row, cell, reason, detail, count))


def numbers(rows: Iterable[int]) -> str:
    """Row numbers as text; of very many the runs are written together: `2-4, 7`."""
    found = sorted(set(rows))
    if len(found) <= _ALL:
        return ", ".join(map(str, found))
    runs: list[list[int]] = []
    for row in found:
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return ", ".join(f"{first}" if first == last else f"{first}-{last}" for first, last in runs)


def _remark(row: int, cell: Cell, reason: str, detail: str, count: int = 1) -> Remark:
    return Remark(row=row, column=cell.column, value=cell.text, reason=reason, detail=detail, count=count)
