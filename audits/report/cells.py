"""Text of strangers in the cells of a spreadsheet: never a formula, always one line."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audits.report.visible import visible

LONGEST = 32_767  # UTF-16 units that a cell of an Excel workbook holds
_FORMULA = re.compile(r"\s*[=+@＝＋＠]|\s*[-－](?!\d[\d.,:/ ]*\Z)")
# A spreadsheet set to the Dutch list separator cuts a comma file at semicolons too, quoted or not.
_BEHIND_SEMICOLON = re.compile(r"(;[\s\"]*)(?=[=+@＝＋＠]|[-－](?!\d))")


def safe_cell(value: str | None) -> str:
    """The text of one cell. What a spreadsheet could take for a formula gets an apostrophe before it."""
    text = _BEHIND_SEMICOLON.sub(r"\1'", visible(value or ""))
    return f"'{text}" if _FORMULA.match(text) else text


def whole_cell(lines: Iterable[str], mark: str) -> str:
    """The text of one cell of a workbook, where strings are written as strings: what was cut off is said by `mark`."""
    text = "\n".join(visible(line[: LONGEST + 1]) for line in lines)
    return text if units(text) <= LONGEST else cut(text, LONGEST - units(mark)) + mark


def cut(text: str, longest: int) -> str:
    """The text up to so many UTF-16 units, which is what Excel counts; never half a character."""
    return text.encode("utf-16-le")[: 2 * longest].decode("utf-16-le", errors="ignore")


def units(text: str) -> int:
    """Length in UTF-16 units of a text without half characters."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
