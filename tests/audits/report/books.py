"""Workbooks of made-up nights, read back."""

from __future__ import annotations

import io
from typing import Any

import msgspec
from openpyxl import Workbook, load_workbook

from adapters.model import Profile
from audits.report.model import Night
from audits.report.xlsx_file import non_compliant_xlsx
from tests.audits.report import nights

TEXTS = nights.texts()
LISTS = {
    "nl": ["Nakijken", "Niet vast te stellen", "Vrijgesteld", "Hersteld"],
    "en": ["To review", "Undetermined", "Exempt", "Mended"],
}


def book(night: Night, lang: Any = "nl") -> Workbook:
    return load_workbook(io.BytesIO(non_compliant_xlsx(night, TEXTS, lang)))


def table(sheet: Any) -> list[dict[str, Any]]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def texts_of(sheet: Any) -> str:
    return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)


def units_of(workbook: Workbook, lang: str = "nl") -> list[Any]:
    return [sheet for sheet in workbook.worksheets[1:] if sheet.title not in LISTS[lang]]


def with_account(night: Night, number: int, **fields: object) -> Night:
    name = night.results[number].account_id
    changed = msgspec.structs.replace(night.accounts[name], **fields)
    return nights.with_fields(night, accounts={**night.accounts, name: changed})


def with_name(name: str) -> Night:
    one = nights.night(fails=1, reviews=0, gaps=0, passes=0)
    shown = Profile(handle="x", display_name=name)
    return nights.with_fields(one, profiles={result.account_id: shown for result in one.results})


def with_units(*units: str | None) -> Night:
    one = nights.night(fails=len(units) - 1, reviews=0, gaps=0, passes=0)
    for number, unit in enumerate(units):
        one = with_account(one, number, unit=unit)
    return one
