"""A workbook in memory: text written as text whatever it looks like, and the same calls give the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from textwrap import wrap
from typing import Any

from xlsxwriter import Workbook

from audits.report.cells import whole_cell
from audits.report.sheets import MOST_ROWS, Cell, Column, Marked, Share, SheetLink, Table, WebLink, capped
from audits.report.wording import per_mille

# Limits of Excel: links of one sheet, and the years of its dates (those of 1900 are off by a day).
MOST_LINKS = 65_530
_YEARS = range(1901, 10_000)
_PLAIN_ADDRESS = re.compile(r"https?://[!-~]{1,2000}")
_LINE = 15.0  # points
MOST_LINES = 14  # a row grows no higher; the cell still holds its whole text
_A4 = 9
_BLUE, _GREY = "#1F3864", "#BFBFBF"
_CELL = {"valign": "top", "text_wrap": True, "border": 1, "border_color": _GREY, "quote_prefix": True}
_NUMBER = {"align": "right", "indent": 1, "text_wrap": False, "quote_prefix": False}
_BOLD = {"bold": True, "bg_color": "#E7ECF5", "top": 2}
_STYLES: dict[str, dict[str, Any]] = {
    "text": _CELL,
    "number": {**_CELL, **_NUMBER, "num_format": "#,##0"},
    "share": {**_CELL, **_NUMBER, "num_format": "0.0%"},
    "time": {**_CELL, "num_format": "yyyy-mm-dd hh:mm", "align": "left", "quote_prefix": False},
    "link": {**_CELL, "font_color": "#0B57A4", "underline": 1},
    "must": {**_CELL, "bg_color": "#F8D7DA", "bold": True},
    "should": {**_CELL, "bg_color": "#FFF3CD"},
    "info": _CELL,
    "wide": {"valign": "top", "quote_prefix": True},
    "head": {**_CELL, "bold": True, "font_color": "#FFFFFF", "bg_color": _BLUE, "border_color": "#FFFFFF"},
    "title": {"bold": True, "font_size": 16, "font_color": _BLUE},
    "section": {"bold": True, "font_size": 13, "font_color": _BLUE, "valign": "bottom"},
    "lead": {"text_wrap": True, "valign": "top"},
    "alert": {"text_wrap": True, "valign": "vcenter", "bold": True, "bg_color": "#FFF3CD", "border": 1},
}
_STYLES |= {
    f"{name}_total": {**style, **_BOLD} for name, style in _STYLES.items() if name in {"text", "number", "share"}
}


class Book:
    """A workbook being made. `created` stands in its properties; `cut` and `more` say what did not fit."""

    def __init__(self, title: str, created: datetime, cut: str, more: str) -> None:
        self._out = BytesIO()
        plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self._book = Workbook(self._out, {"in_memory": True, **plain})
        self._book.set_properties({"title": title, "created": created})
        self.formats = {name: self._book.add_format(style) for name, style in _STYLES.items()}
        self.cut = cut
        self.more = more

    def sheet(self, name: str, columns: Sequence[Column]) -> Sheet:
        """A new sheet; the name is one of `sheet_names`."""
        return Sheet(self, self._book.add_worksheet(name), columns)

    def data(self) -> bytes:
        """The file. Nothing can be added after this."""
        self._book.close()
        return self._out.getvalue()


class Sheet:
    """One sheet: columns of fixed widths, filled from above, printed on landscape A4 as wide as the page."""

    def __init__(self, book: Book, sheet: Any, columns: Sequence[Column]) -> None:
        self._book = book
        self._sheet = sheet
        self._columns = columns
        self._links = 0
        self._row = 0
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})

    def frame(self, header: str, footer: str) -> None:
        """What is printed above each page, beside the name of the sheet, and below it (with Excel's `&` codes)."""
        self._sheet.set_header(f"&L&A&R{header[:200]}")
        self._sheet.set_footer(footer[:250])

    def say(self, text: str, style: str = "lead") -> None:
        """A sentence over the whole width."""
        width = sum(column.width for column in self._columns)
        last = len(self._columns) - 1
        shown = whole_cell([text], self._book.cut)
        self._sheet.merge_range(self._row, 0, self._row, last, shown, self._book.formats[style])
        if style in {"lead", "alert"}:
            self._sheet.set_row(self._row, _LINE * (_lines([shown], width - 10) + (style == "alert")))
        self._row += 1

    def table(self, table: Table) -> None:
        """A table with all that belongs to it, and an empty row below it."""
        self._sheet.set_row(self._row, 24)
        self._sheet.write_string(self._row, 0, table.title, self._book.formats["section"])
        self._row += 1
        if table.lead:
            self.say(table.lead)
        if table.headings:
            self._line([Marked(text=heading, style="head") for heading in table.headings])
        for row in table.rows:
            self._line(row)
        if table.total:
            self._line(table.total, "_total")
        self._row += 1

    def list(self, rows: Iterable[Sequence[Cell]], empty: str) -> None:
        """One table that fills the sheet, its heading in view and with filters. `empty` = what to say without rows."""
        self._line([Marked(text=column.heading, style="head") for column in self._columns])
        for row in capped(rows, MOST_ROWS, self._book.more):
            self._line(row)
        last = len(self._columns) - 1
        self._sheet.autofilter(0, 0, max(self._row - 1, 1), last)
        if self._row == 1:
            self._sheet.write_string(1, 0, empty)
            self._row += 1
        self._sheet.freeze_panes(1, 1)
        self._sheet.repeat_rows(0)
        printed = [number for number, column in enumerate(self._columns) if column.printed]
        self._sheet.print_area(0, 0, self._row - 1, max(printed))

    def _line(self, cells: Sequence[Cell], kind: str = "") -> None:
        lines = max(self._put(number, cell, kind) for number, cell in enumerate(cells))
        self._sheet.set_row(self._row, _LINE * min(lines, MOST_LINES))
        self._row += 1

    def _put(self, column: int, cell: Cell, kind: str) -> int:
        """Write one cell; returns how many lines it takes."""
        formats, row = self._book.formats, self._row
        match cell:
            case datetime() if cell.year in _YEARS:
                self._sheet.write_datetime(row, column, cell.replace(tzinfo=None), formats["time"])
            case datetime():
                return self._text(column, [cell.isoformat()], "text")
            case Share(value=value):
                self._sheet.write_number(row, column, per_mille(value) / 1000, formats[f"share{kind}"])
            case int():
                self._sheet.write_number(row, column, cell, formats[f"number{kind}"])
            case SheetLink(text=text, sheet=name):
                quoted = name.replace("'", "''")
                shown = whole_cell([text], self._book.cut)
                self._sheet.write_url(row, column, f"internal:'{quoted}'!A1", formats["link"], shown)
            case WebLink(url=url) if _PLAIN_ADDRESS.fullmatch(url) and self._links < MOST_LINKS:
                self._links += 1
                self._sheet.write_url(row, column, url, formats["link"], url)
            case Marked(text=text, style=style):
                return self._text(column, [text], style)
            case WebLink(url=text) | str(text):
                return self._text(column, [text], f"text{kind}")
            case tuple():
                return self._text(column, cell, f"text{kind}")
            case _:
                self._sheet.write_blank(row, column, None, formats[f"text{kind}"])
        return 1

    def _text(self, column: int, lines: Sequence[str], style: str) -> int:
        shown = whole_cell(lines, self._book.cut)
        self._sheet.write_string(self._row, column, shown, self._book.formats[style])
        wraps = _STYLES[style].get("text_wrap", False)
        return _lines(shown.split("\n"), self._columns[column].width) if wraps else 1


def _lines(texts: Iterable[str], width: int) -> int:
    """How many lines of a cell so wide the texts take, at most a few more than are shown."""
    total = 0
    for text in texts:
        total += 1 if len(text) <= width else len(wrap(text[: width * (MOST_LINES + 1)], width))
        if total > MOST_LINES:
            break
    return total
