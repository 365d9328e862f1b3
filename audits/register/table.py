"""Bytes of a CSV file -> rows of cells: encoding, delimiter, quoted newlines. Knows nothing of what the cells mean."""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from adapters.model import Value
from audits.register.columns import Columns, find_columns
from audits.register.model import RegisterError

DELIMITERS = (",", ";", "\t")
CELL_LIMIT = 100_000  # characters; a longer cell means that a quotation mark was never closed
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class Table(Value, frozen=True, kw_only=True):
    """The headings of a file, the row they stand in, and its records: row number and cells, from the first row on.

    `remarks` is what is to be said of the file as a whole: value, reason and detail (for the row of the headings).
    """

    headings: tuple[str, ...]
    heading_row: int
    columns: Columns
    records: Callable[[], Iterator[tuple[int, Sequence[str]]]]
    remarks: tuple[tuple[str, str, str], ...] = ()

    def rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        """Row number and cells of each row below the headings that has any content."""
        for number, cells in self.records():
            if number > self.heading_row and any(cell and not cell.isspace() for cell in cells):
                yield number, cells


def read_table(data: bytes) -> Table:
    """The table in `data`: the delimiter is the one under which most headings are understood."""
    text, encoding = _decoded(data)
    tables = [_table(text, encoding, delimiter) for delimiter in DELIMITERS]
    return max(tables, key=lambda table: (table.columns.recognised, len(table.headings)))


def _decoded(data: bytes) -> tuple[str, str]:
    if data.startswith(WORKBOOKS):
        raise RegisterError("this is a workbook, not a CSV file: save it as 'CSV UTF-8' and import that")
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace"), "utf-16"
    try:
        return data.removeprefix(BOM_UTF8).decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "cp1252"


def _table(text: str, encoding: str, delimiter: str) -> Table:
    for number, cells in _records(text, delimiter):
        headings = tuple(cell.strip() for cell in cells)
        if any(headings) and not headings[0].lower().startswith("sep="):
            columns = find_columns(headings)
            return Table(
                headings=headings,
                heading_row=number,
                columns=columns,
                records=partial(_records, text, delimiter),
                remarks=() if encoding == "utf-8" else ((encoding, "encoding", encoding),),
            )
    raise RegisterError("the register is empty: give a CSV file with a row of headings and a row for each account")


def _records(text: str, delimiter: str) -> Iterator[tuple[int, Sequence[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            _check(cells)
            yield number, cells
    except csv.Error as error:
        raise RegisterError(f"row {number + 1} cannot be read ({error}): check its quotation marks") from error


def _check(cells: list[str]) -> None:
    if any(len(cell) > CELL_LIMIT for cell in cells):
        raise csv.Error(f"a cell of more than {CELL_LIMIT} characters")
