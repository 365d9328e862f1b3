"""Text of strangers in the cells of a spreadsheet: never a formula, always one line."""

from __future__ import annotations

import re

from audits.report.visible import visible

_FORMULA = re.compile(r"\s*[=+@＝＋＠]|\s*[-－](?!\d[\d.,:/ ]*\Z)")
# A spreadsheet set to the Dutch list separator cuts a comma file at semicolons too, quoted or not.
_BEHIND_SEMICOLON = re.compile(r"(;[\s\"]*)(?=[=+@＝＋＠]|[-－](?!\d))")


def safe_cell(value: str | None) -> str:
    """The text of one cell. What a spreadsheet could take for a formula gets an apostrophe before it."""
    text = _BEHIND_SEMICOLON.sub(r"\1'", visible(value or ""))
    return f"'{text}" if _FORMULA.match(text) else text
