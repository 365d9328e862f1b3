"""Names of areas that an installation adds: read from a CSV file, and given to the accounts of those areas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from adapters.model import Value
from audits.gazetteer import spellings
from audits.gazetteer.municipalities import MUNICIPALITIES
from audits.gazetteer.names import UNITS
from audits.model import Account

HEADINGS = ("name", "code", "unit", "aliases")
LARGEST = 4_000_000  # bytes
LONGEST = 100  # characters of a name
CODE = re.compile(r"[A-Za-z0-9-]{1,20}")


class GazetteerError(ValueError):
    """A file of areas that cannot be used; one line: file, row, reason."""


class OwnArea(Value, frozen=True, kw_only=True):
    """One row: an area, its code and police unit where they are known, and the other names it goes by."""

    name: str
    code: str | None = None
    unit: str | None = None
    aliases: tuple[str, ...] = ()


def read(data: bytes, file: str) -> tuple[OwnArea, ...]:
    """The areas of a CSV file with the headings name;code;unit;aliases (UTF-8; aliases divided by `,`).

    GazetteerError for anything in it that is wrong: nothing is dropped in silence.
    """
    if len(data) > LARGEST:
        raise GazetteerError(f"{file}: more than {LARGEST} bytes")
    try:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";", strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise GazetteerError(f"{file}: no CSV file in UTF-8 ({' '.join(str(error).split())})") from error
    if not rows or tuple(cell.strip().casefold() for cell in rows[0]) != HEADINGS:
        raise GazetteerError(f"{file}: row 1: the headings must be {';'.join(HEADINGS)}")
    areas = tuple(_area(cells, f"{file}: row {number}") for number, cells in enumerate(rows[1:], 2) if any(cells))
    for row, reason in _doubts(areas):
        raise GazetteerError(f"{file}: {row}: {reason}")
    return areas


def goes_by(area: OwnArea, name: str) -> bool:
    """Whether an area is called so, however it is spelled."""
    return bool(spellings(name) & spellings(area.name, area.aliases))


def enlarged(accounts: Iterable[Account], areas: Sequence[OwnArea]) -> tuple[Account, ...]:
    """The accounts, each with the other names that its area goes by according to `areas`."""
    known: dict[str, tuple[str, ...]] = {}
    for area in areas:
        for key in spellings(area.name):
            known[key] = (*known.get(key, ()), area.name, *area.aliases)
    return tuple(_enlarged(account, known) for account in accounts)


def _enlarged(account: Account, known: dict[str, tuple[str, ...]]) -> Account:
    more = [name for key in sorted(spellings(account.area)) for name in known.get(key, ())]
    new = dict.fromkeys((*account.area_aliases, *(name for name in more if name != account.area)))
    return msgspec.structs.replace(account, area_aliases=tuple(new)) if more else account


def _area(cells: list[str], place: str) -> OwnArea:
    if len(cells) != len(HEADINGS):
        raise GazetteerError(f"{place}: {len(cells)} cells, not {len(HEADINGS)}")
    name, code, unit = (cell.strip() for cell in cells[:3])
    aliases = tuple(dict.fromkeys(alias.strip() for alias in cells[3].split(",") if alias.strip()))
    if not name:
        raise GazetteerError(f"{place}: the name is missing")
    for text in (name, *aliases):
        if not 2 <= len(text) <= LONGEST or not spellings(text):
            raise GazetteerError(f"{place}: {text[:LONGEST]!r} is no name of an area (2 to {LONGEST} characters)")
    if code and not CODE.fullmatch(code):
        raise GazetteerError(f"{place}: {code[:LONGEST]!r} is no code (letters, digits and hyphens)")
    if unit and unit not in UNITS:
        raise GazetteerError(f"{place}: there is no police unit {unit[:LONGEST]!r}; known: {', '.join(UNITS)}")
    return OwnArea(name=name, code=code or None, unit=unit or None, aliases=aliases)


def _doubts(areas: Sequence[OwnArea]) -> Iterator[tuple[str, str]]:
    """Rows that would make one area pass for another: a name twice in one unit, or a municipality as second name."""
    seen: set[tuple[str, str | None]] = set()
    for area in areas:
        if (area.name.casefold(), area.unit) in seen:
            yield area.name, "stands twice in the same unit"
        seen.add((area.name.casefold(), area.unit))
        own = spellings(area.name)
        for alias in area.aliases:
            if spellings(alias) & TOWNS and not spellings(alias) & own:
                yield area.name, f"the alias {alias!r} is another municipality"


TOWNS = frozenset(key for name in MUNICIPALITIES for key in spellings(name))
