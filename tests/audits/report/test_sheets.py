"""The limits of a workbook: rows, links, dates."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from openpyxl import load_workbook

from audits.report import workbook
from audits.report.sheets import Column, WebLink, capped
from audits.report.workbook import Book

ROWS = [("a",), ("b",), ("c",)]


def book() -> Book:
    return Book(title="x", created=datetime.fromisoformat("2026-01-01"), cut="…", more="meer")


@pytest.mark.parametrize(("most", "shown"), [(4, ROWS), (3, ROWS), (2, [("a",), ("meer",)])])
def test_rows_that_do_not_fit_are_told(most, shown):
    assert list(capped(ROWS, most, "meer")) == shown


def test_links_past_the_limit_of_excel_are_text(monkeypatch):
    monkeypatch.setattr(workbook, "MOST_LINKS", 2)
    made = book()
    made.sheet("a", [Column(heading="k")]).list([[WebLink(url="https://x.com/a")]] * 3, "")
    cells = [row[0] for row in load_workbook(io.BytesIO(made.data()))["a"].iter_rows(2)]
    assert [bool(cell.hyperlink) for cell in cells] == [True, True, False]
    assert {cell.value for cell in cells} == {"https://x.com/a"}


def test_a_date_before_those_of_excel_is_text():
    made = book()
    made.sheet("a", [Column(heading="k")]).list([[datetime.fromisoformat("1800-01-01")]], "")
    assert load_workbook(io.BytesIO(made.data()))["a"]["A2"].value == "1800-01-01T00:00:00"
