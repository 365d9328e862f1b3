"""Where the import writes down what it meets, in the order of the rows."""

from __future__ import annotations

from adapters.model import Value
from audits.register.model import Remark


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

    def repaired(self, row: int, cell: Cell, reason: str, detail: str = "") -> None:
        """A cell that was mended, or left out because it cannot be understood."""
        self.repairs.append(_remark(row, cell, reason, detail))

    def refused(self, row: int, cell: Cell, reason: str, detail: str = "") -> None:
        """A row, or one account in it, that is not imported."""
        self.refusals.append(_remark(row, cell, reason, detail))

    def conflicted(self, row: int, cell: Cell, reason: str, detail: str = "") -> None:
        """A row that contradicts itself or another one."""
        self.conflicts.append(_remark(row, cell, reason, detail))


def _remark(row: int, cell: Cell, reason: str, detail: str) -> Remark:
    return Remark(row=row, column=cell.column, value=cell.text, reason=reason, detail=detail)
