"""Bytes of an .xlsx workbook -> the table of one of its sheets. Knows nothing of what the cells mean."""

from __future__ import annotations

import io
import warnings
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from itertools import islice, repeat
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from adapters.model import Value
from audits.register.archive import Marks, weigh
from audits.register.columns import Columns, find_columns
from audits.register.model import RegisterError
from audits.register.notes import numbers
from audits.register.table import CELL_LIMIT, Table

HEADINGS_WITHIN = 20  # rows: titles and explanations may stand above the headings
WIDEST = 256  # columns that are looked at
ROWS = 1_048_576  # what a sheet can have
EXACT = 10**15  # from here on a spreadsheet has rounded a number
_BETWEEN_EPOCHS = 1462  # days: workbooks of old Macs count from 1904
# What openpyxl raises over a part that is not what it should be.
_BROKEN = (
    *(ArithmeticError, AssertionError, AttributeError, BadZipFile, EOFError, LookupError, OSError, RuntimeError),
    *(SyntaxError, TypeError, ValueError, zlib.error),
)


class Found(Value, frozen=True, kw_only=True):
    """The row of a sheet that is best understood as headings."""

    sheet: Any
    row: int
    headings: tuple[str, ...]
    columns: Columns

    @property
    def hidden(self) -> bool:
        """Whether the sheet is hidden."""
        return bool(self.sheet.sheet_state != "visible")


def read_workbook(data: bytes) -> Table:
    """The table of the visible sheet whose headings are best understood; RegisterError when there is none.

    Hidden rows are read: a filter hides them too. A cell merged downwards counts for every row it covers. Of formulas
    the value is taken that the spreadsheet kept; without one the formula itself is given, which no column accepts.
    """
    sheets = weigh(data)
    with _in_one_line():
        book = _opened(data, values=True)
        found = [one for one in map(_headings, book.worksheets) if one is not None]
        seen = [one for one in found if not one.hidden]
        if not seen:
            raise RegisterError(
                "the register is empty: give a visible sheet with a row of headings and a row for each account"
            )
        chosen = max(seen, key=lambda one: one.columns.recognised)
        marks = sheets.get(str(chosen.sheet._worksheet_path).lstrip("/"), Marks())
        formulas = _opened(data, values=False)[chosen.sheet.title] if marks.unkept else None
    return Table(
        headings=chosen.headings,
        heading_row=chosen.row,
        columns=chosen.columns,
        records=partial(_records, chosen, formulas, marks),
        remarks=tuple(_remarks(chosen, found, marks)),
    )


@contextmanager
def _in_one_line() -> Iterator[None]:
    """Whatever a broken workbook makes openpyxl say or raise, as one RegisterError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except _BROKEN as error:
        raise RegisterError("this workbook cannot be read: open it and save it again as .xlsx, or as CSV") from error


def _opened(data: bytes, *, values: bool) -> Any:
    return load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)


def _headings(sheet: Any) -> Found | None:
    best: Found | None = None
    for number, cells in enumerate(islice(_rows(sheet, WIDEST), HEADINGS_WITHIN), start=1):
        texts = [_text(cell).strip()[:CELL_LIMIT] for cell in cells]
        width = max((place for place, text in enumerate(texts, start=1) if text), default=0)
        if width:
            headings = tuple(texts[:width])
            found = Found(sheet=sheet, row=number, headings=headings, columns=find_columns(headings))
            if best is None or found.columns.recognised > best.columns.recognised:
                best = found
    return best


def _rows(sheet: Any, width: int) -> Iterator[Sequence[Any]]:
    # What a sheet says of its own size may be anything; the rows themselves count.
    sheet.reset_dimensions()
    return iter(sheet.iter_rows(values_only=True, max_col=width))


def _records(found: Found, formulas: Any, marks: Marks) -> Iterator[tuple[int, Sequence[str]]]:
    width = len(found.headings)
    serial = _BETWEEN_EPOCHS if found.sheet.parent.epoch.year == 1904 else 0
    days = found.columns.named.get("confirmed_on", ()) if serial else ()
    merged = _Merged(marks)
    with _in_one_line():
        written = _rows(formulas, width) if formulas is not None else repeat(())
        for number, (cells, others) in enumerate(zip(_rows(found.sheet, width), written, strict=False), start=1):
            if number > ROWS:
                raise RegisterError(f"this sheet has more than {ROWS} rows: save only the register as a new .xlsx")
            values = _with_formulas(cells, others) if others else cells
            for place in days:
                values = _shifted(values, place, serial)
            yield number, merged.filled(number, [_text(value) for value in values])


def _with_formulas(cells: Sequence[Any], written: Sequence[Any]) -> Sequence[Any]:
    """The values, and the formula itself in the place of a value that was never kept."""
    pairs = zip(cells, written, strict=False)
    return [other if cell is None and other is not None else cell for cell, other in pairs]


def _shifted(cells: Sequence[Any], place: int, by: int) -> Sequence[Any]:
    value = cells[place] if place < len(cells) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return cells
    return [*cells[:place], value + by, *cells[place + 1 :]]


def _text(value: Any) -> str:
    """A cell as it would stand in a CSV file."""
    match value:
        case None:
            return ""
        case str():
            return value[: CELL_LIMIT + 1]
        case bool():
            return str(value).lower()
        case int() | float():
            return _number(value)
        case date():
            return _moment(value)
    return str(getattr(value, "text", None) or value)


def _number(value: float) -> str:
    """A number without needless decimals; one that has lost its last digits keeps the look of that."""
    if abs(value) >= EXACT:
        return f"{value:.14E}"
    return str(int(value)) if value == int(value) else str(value)


def _moment(value: date) -> str:
    """An ISO date; the time of day only when there is one."""
    if isinstance(value, datetime) and (value.hour or value.minute or value.second):
        return value.isoformat(" ")
    return value.strftime("%Y-%m-%d")


class _Merged:
    """Repeats the text of a cell that is merged downwards on the rows below, where these have content of their own."""

    def __init__(self, marks: Marks) -> None:
        self._begins: dict[int, list[tuple[int, int]]] = {}
        for column, first, last in marks.merged:
            self._begins.setdefault(first, []).append((column_index_from_string(column) - 1, last))
        self._carried: dict[int, tuple[str, int]] = {}

    def filled(self, number: int, cells: list[str]) -> list[str]:
        """The cells of a row with what is merged into it."""
        if self._carried and any(cells):
            for place, (text, last) in list(self._carried.items()):
                if number > last:
                    del self._carried[place]
                elif place < len(cells) and not cells[place]:
                    cells[place] = text
        for place, last in self._begins.get(number, ()):
            if place < len(cells) and cells[place]:
                self._carried[place] = (cells[place], last)
        return cells


def _remarks(chosen: Found, found: Sequence[Found], marks: Marks) -> Iterator[tuple[str, str, str]]:
    if len(found) > 1:
        title = chosen.sheet.title
        yield title, "sheet_chosen", title
    for other in found:
        if other.sheet is not chosen.sheet and other.columns.recognised:
            title = other.sheet.title
            yield title, "sheet_hidden" if other.hidden else "sheet_passed_over", title
    hidden = [row for row in marks.hidden if row > chosen.row]
    if hidden:
        yield "", "rows_hidden", numbers(hidden)
    merged = [f"{column}{first}:{column}{last}" for column, first, last in marks.merged if last > chosen.row]
    if merged:
        yield "", "cells_merged", ", ".join(merged[:20])
