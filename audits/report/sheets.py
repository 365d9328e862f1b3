"""What stands on the sheets of a workbook, as plain values, and names for sheets that Excel takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

from adapters.model import Value
from audits.report.cells import cut, units
from audits.report.visible import visible

# Limits of Excel: rows of a sheet less its heading, and UTF-16 units of a sheet's name.
MOST_ROWS = 1_048_575
LONGEST_NAME = 31
_LONGEST_WANTED = 200  # a name is made from no more than this of the text of a stranger
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_RESERVED = ("History", "Geschiedenis")  # Excel keeps these for itself


class Share(Value, frozen=True, kw_only=True):
    """A share (0..1), shown as a percentage."""

    value: float


class WebLink(Value, frozen=True, kw_only=True):
    """An address on the web; a link where it is a plain one, else text."""

    url: str


class SheetLink(Value, frozen=True, kw_only=True):
    """A link to another sheet of the workbook."""

    text: str
    sheet: str


class Marked(Value, frozen=True, kw_only=True):
    """Text in a style of its own: the name of a style of the workbook."""

    text: str
    style: str


# Text, lines of text, a number, a moment in UTC, or one of the above. `None` = an empty cell.
Cell = str | tuple[str, ...] | int | datetime | Share | WebLink | SheetLink | Marked | None


class Column(Value, frozen=True, kw_only=True):
    """A column: its heading, its width in characters, and whether it is printed."""

    heading: str
    width: int = 14
    printed: bool = True


class Table(Value, frozen=True, kw_only=True):
    """A table with a title and a sentence above it and, where there is something to add up, a row of totals."""

    title: str
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    lead: str = ""
    total: tuple[Cell, ...] = ()


def capped(rows: Iterable[Sequence[Cell]], most: int, mark: str) -> Iterator[Sequence[Cell]]:
    """At most so many rows. When there are more, the last one says so."""
    ahead = iter(rows)
    yield from islice(ahead, most - 1)
    last = list(islice(ahead, 2))
    yield from last if len(last) < 2 else [(mark,)]


def sheet_names(wanted: Iterable[str], spare: str) -> Iterator[str]:
    """A name for each sheet, in order, that Excel takes, unique in any case; `spare` where nothing is left."""
    taken = {_key(name) for name in _RESERVED}
    for text in wanted:
        first = name = _cleaned(text) or spare
        number = 1
        while _key(name) in taken:
            number += 1
            tail = f" ({number})"
            name = cut(first, LONGEST_NAME - units(tail)).rstrip(" '") + tail
        taken.add(_key(name))
        yield name


def _cleaned(text: str) -> str:
    plain = " ".join(_FORBIDDEN.sub("-", visible(text[:_LONGEST_WANTED])).split())
    return cut(plain.strip(" '"), LONGEST_NAME).rstrip(" '")


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", name.lower()).casefold()
