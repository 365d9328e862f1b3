"""One account that several rows name: which row it belongs to, and what cannot be settled without a person.

A station list gives each station the account of its team, so one account stands in many rows. That is no contradiction
as long as the name of the account says for which of these places it is.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from audits.gazetteer import names_area
from audits.gazetteer.names import SIDES
from audits.gazetteer.units import code_of
from audits.model import Account
from audits.register.model import Entry
from audits.register.notes import Cell, Notes, numbers
from audits.register.places import Places, keys_of

# In these fields rows about one account may differ: each speaks of its own place.
PLACE_FIELDS = frozenset({"unit", "area", "area_aliases", "source_url"})
_ALIASES = 60  # other places kept on one account


def share(entries: Sequence[Entry], places: Places, notes: Notes) -> Entry:
    """The entry to keep for rows that name one account and differ only in its place, marked where that is a conflict.

    The row counts whose place the name of the account bears. Without one the first does, and the others' places become
    other names of its area.
    """
    leading = _leading(entries, places)
    if leading is None:
        return _unsettled(entries, notes)
    own = [entry for entry in entries if _unit(entry) == _unit(leading)]
    strangers = [entry for entry in entries if _unit(entry) != _unit(leading)]
    handle = leading.account.handle
    for entry in strangers:
        cell = Cell(column="area", text=entry.account.area or entry.account.unit or "")
        notes.conflicted(entry.row, cell, "other_place", f"{handle} ({leading.row})")
    if len(own) > 1:
        detail = numbers(entry.row for entry in own)
        notes.repaired(leading.row, _named(leading), "shared_settled", detail, len(own))
    return _marked(leading, [f"other_place:{entry.row}" for entry in strangers])


def other_place(entry: Entry, places: Places) -> str | None:
    """The place that the name of an account bears, when it is known and lies in another unit than the row says."""
    account = entry.account
    code = code_of(account.unit)
    named = places.named(account.handle) if code else ()
    if not named or keys_of(account) & set(named):
        return None
    units = [places.units(key) for key in named]
    return named[0] if all(units) and code not in frozenset().union(*units) else None


def _leading(entries: Sequence[Entry], places: Places) -> Entry | None:
    """The entry for whose place the account is; `None` when the rows do not tell."""
    handle = entries[0].account.handle
    named = set(places.named(handle))
    for entry in entries:
        account = entry.account
        if keys_of(account) & named or names_area(handle, account.area or "", account.area_aliases):
            return entry
    if frozenset.intersection(*(keys_of(entry.account) for entry in entries)) - SIDES:
        return _of_all(entries)
    codes = {code_of(entry.account.unit) for entry in entries}
    fits = named and len(codes) == 1 and all(codes <= places.units(key) for key in named)
    return entries[0] if fits else None


def _of_all(entries: Sequence[Entry]) -> Entry:
    """The first entry, with the places of all the others as other names of its area."""
    first = entries[0]
    account = first.account
    names = (name for entry in entries for name in (entry.account.area, *entry.account.area_aliases))
    aliases = tuple(dict.fromkeys(name for name in names if name and name != account.area))[:_ALIASES]
    return Entry(row=first.row, account=msgspec.structs.replace(account, area_aliases=aliases))


def _unsettled(entries: Sequence[Entry], notes: Notes) -> Entry:
    first, rows = entries[0], [entry.row for entry in entries]
    notes.conflicted(first.row, _named(first), "shared", numbers(rows), len(entries))
    return _marked(_of_all(entries), [f"shared:{numbers(rows)}"])


def _unit(entry: Entry) -> str | None:
    return code_of(entry.account.unit) or entry.account.unit


def _named(entry: Entry) -> Cell:
    return Cell(column=str(entry.account.platform), text=entry.account.handle)


def _marked(entry: Entry, marks: list[str]) -> Entry:
    account: Account = entry.account
    marked = msgspec.structs.replace(account, conflicts=(*account.conflicts, *marks)) if marks else account
    return Entry(row=entry.row, account=marked)
