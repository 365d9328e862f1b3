"""One row of the table -> the accounts it names, with every repair and refusal written down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import msgspec

from adapters.model import Platform, Value, same_handle
from audits.model import Account
from audits.register.addresses import SAID_NONE, Found, plain, read_profile, unusable
from audits.register.columns import PLATFORM_WORDS, Columns, words
from audits.register.fields import kind, names, page, past_day, stable_id, unit
from audits.register.model import Entry
from audits.register.notes import Cell, Notes
from audits.register.places import station_names
from audits.register.platforms import HANDLES

_EMPTY = Cell(column="", text="")
# What is said of a cell without a value where it does not name the account.
_LEFT_OUT = {
    "error_cell": "error_cell_left_out",
    "formula_without_value": "formula_without_value_left_out",
}


class Row(Value, frozen=True, kw_only=True):
    """The cells of one row, by their place in the table; `today` = the last day that can have been confirmed."""

    number: int
    cells: tuple[str, ...]
    headings: tuple[str, ...]
    columns: Columns
    today: date | None = None

    def at(self, position: int) -> Cell:
        """The cell at a position; empty when the row is shorter than the headings."""
        text = self.cells[position] if position < len(self.cells) else ""
        return Cell(column=self.headings[position], text=text)

    def cell(self, name: str) -> Cell:
        """The first cell with content under the headings that mean `name`."""
        positions = self.columns.named.get(name, ())
        if len(positions) < 2:
            return self.at(positions[0]) if positions else _EMPTY
        cells = [self.at(position) for position in positions]
        return next((cell for cell in cells if cell.text.strip()), cells[0])


class Naming(Value, frozen=True, kw_only=True):
    """How a row names one account: the cell that does, what was found in it, and what the other cells say."""

    cell: Cell
    found: Found
    other: Found = Found()
    platform: Platform | None = None
    wide: bool = False


def read_row(row: Row, notes: Notes) -> list[Entry]:
    """The accounts that a row names: one in the long form, one for each filled platform column in the wide form."""
    surplus = next((text for text in row.cells[len(row.headings) :] if text.strip()), None)
    if surplus is not None:
        notes.refused(row.number, Cell(column="", text=surplus), "too_many_cells")
        return []
    row = _without_broken_cells(row, notes)
    namings = _namings(row, notes)
    entries = [_entry(row, naming, notes) for naming in namings or ()]
    if namings is not None and not namings:
        notes.refused(row.number, row.cell("handle"), "empty")
    return [entry for entry in entries if entry is not None]


def _without_broken_cells(row: Row, notes: Notes) -> Row:
    """The row with errors and formulas without a value left empty, but for the cells that name the account."""
    if not any(text[:1] in {"#", "="} for text in row.cells if text):
        return row
    naming = {*row.columns.wide, *row.columns.named.get("handle", ()), *row.columns.named.get("url", ())}
    cells = list(row.cells)
    for position, text in enumerate(row.cells):
        reason = unusable(text) if position not in naming else None
        if reason:
            notes.repaired(row.number, row.at(position), _LEFT_OUT[reason])
            cells[position] = ""
    return msgspec.structs.replace(row, cells=tuple(cells))


def _names_one(text: str) -> bool:
    """Whether a cell of the wide form is there to name an account: not empty, and not a person's word for none."""
    word = text.strip()
    return bool(word) and word.casefold() not in SAID_NONE


def _namings(row: Row, notes: Notes) -> list[Naming] | None:
    """What the row names; `None` when the row was refused here."""
    wide = [
        Naming(cell=row.at(position), found=read_profile(row.at(position).text), platform=platform, wide=True)
        for position, platform in row.columns.wide.items()
        if _names_one(row.at(position).text)
    ]
    handle, url, word = row.cell("handle"), row.cell("url"), row.cell("platform")
    by_handle, by_url = read_profile(handle.text), read_profile(url.text)
    if not handle.text.strip() and not url.text.strip():
        return wide
    platform = PLATFORM_WORDS.get(words(word.text))
    if platform is None and plain(word.text):
        notes.refused(row.number, word, "unknown_platform")
        return None
    first = handle.text.strip() and (by_handle.handle or not by_url.handle)
    cell, found, other = (handle, by_handle, by_url) if first else (url, by_url, by_handle)
    return [Naming(cell=cell, found=found, other=other, platform=platform), *wide]


def _entry(row: Row, naming: Naming, notes: Notes) -> Entry | None:
    platform = naming.platform or naming.found.platform or naming.other.platform
    refusal = _refusal(naming, platform)
    if refusal or platform is None or naming.found.handle is None:
        notes.refused(row.number, naming.cell, refusal or "empty")
        return None
    handle = naming.found.handle
    for reason in (*naming.found.repairs, *(["address_as_handle"] if _misplaced(row, naming) else [])):
        notes.repaired(row.number, naming.cell, reason, handle)
    if naming.other.refusal and naming.other.address:
        notes.repaired(row.number, row.cell("url"), naming.other.refusal, handle)
    return Entry(row=row.number, account=_account(row, naming, platform, handle, notes))


def _refusal(naming: Naming, platform: Platform | None) -> str | None:
    found, other = naming.found, naming.other
    if found.refusal:
        return found.refusal
    if platform is None:
        return "no_platform"
    if any(named.platform not in {None, platform} for named in (found, other)):
        return "platform_and_address"
    return None if HANDLES[platform].fullmatch(found.handle or "") else "invalid_handle"


def _misplaced(row: Row, naming: Naming) -> bool:
    return naming.found.address and not naming.wide and naming.cell == row.cell("handle")


def _account(row: Row, naming: Naming, platform: Platform, handle: str, notes: Notes) -> Account:
    given = plain(row.cell("account_id").text)
    own = f"{given}:{platform}" if given and naming.wide else given
    area = plain(row.cell("area").text)
    stations = station_names(plain(row.cell("station").text), area)
    return Account(
        account_id=own or f"{platform}:{handle.casefold()}",
        platform=platform,
        handle=handle,
        platform_id=_platform_id(row, naming, platform, notes),
        type=kind(row.cell("type").text),
        unit=_mended(row, "unit", unit, notes),
        area=area,
        area_aliases=tuple(dict.fromkeys((*names(row.cell("area_aliases").text), *stations))),
        beheerders=names(row.cell("beheerders").text),
        status=kind(row.cell("status").text),
        confirmed_on=_mended(row, "confirmed_on", partial(past_day, today=row.today), notes),
        confirmed_by=plain(row.cell("confirmed_by").text),
        source_url=_mended(row, "source_url", page, notes),
        notes=plain(row.cell("notes").text),
        conflicts=_contradiction(row, naming, platform, handle, notes),
    )


def _platform_id(row: Row, naming: Naming, platform: Platform, notes: Notes) -> str | None:
    cell = _EMPTY if naming.wide else row.cell("platform_id")
    stable, repair = stable_id(cell.text, platform)
    if repair:
        notes.repaired(row.number, cell, repair)
    return stable or naming.found.platform_id or naming.other.platform_id


def _mended(row: Row, name: str, read: Callable[[str], tuple[str | None, str | None]], notes: Notes) -> str | None:
    cell = row.cell(name)
    value, repair = read(cell.text)
    if repair:
        notes.repaired(row.number, cell, repair, value or "")
    return value


def _contradiction(row: Row, naming: Naming, platform: Platform, handle: str, notes: Notes) -> tuple[str, ...]:
    other = naming.other.handle
    if other is None or same_handle(platform, other, handle):
        return ()
    notes.conflicted(row.number, row.cell("url"), "handle_and_address", handle)
    return (f"handle_and_address:{other}",)
