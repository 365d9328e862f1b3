"""Small workbooks for the tests, and ways to spoil them."""

from __future__ import annotations

import io
import zipfile

import openpyxl

NAMES = {
    "sheet": "xl/worksheets/sheet1.xml",
    "strings": "xl/sharedStrings.xml",
    "book": "xl/workbook.xml",
    "styles": "xl/styles.xml",
}


def workbook(**sheets) -> bytes:
    """A workbook with the rows of each sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return saved(book)


def saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(data: bytes, **parts: bytes) -> bytes:
    """The workbook with parts (`sheet`, `strings`, ...) in place of its own."""
    others = {NAMES[name]: body for name, body in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in others:
                new.writestr(name, old.read(name))
        for name, body in others.items():
            new.writestr(name, body)
    return out.getvalue()


def sheet_of(body: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{space}">{body}</worksheet>'.encode()


PLAIN = [["platform", "handle", "area"], ["x", "@POL_Ede", "Ede"], ["x", "null", "Epe"]]
