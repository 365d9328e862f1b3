"""Rows that repeat or contradict one another: named on both sides, never merged, never dropped in silence."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import msgspec

from audits.model import Account
from audits.register.model import Entry
from audits.register.notes import Cell, Notes
from audits.register.platforms import handle_key

_COMPARED = tuple(name for name in Account.__struct_fields__ if name not in {"account_id", "conflicts", "handle"})


def settle(entries: Sequence[Entry], notes: Notes) -> tuple[Account, ...]:
    """The accounts to keep, in their order, with the conflicts they are part of marked on them.

    Of two accounts under one id the later gets an id made from platform and handle; a row that only repeats or
    contradicts an earlier one about the same profile is refused, with the number of the first.
    """
    entries = _parted(entries, notes)
    kept = _kept(entries, notes)
    marks: dict[str, list[str]] = {account_id: [] for account_id in kept}
    for account_id, others in _contradicted(entries, kept).items():
        marks[account_id] += others
    _mark_twins(
        "handle", kept, {key: handle_key(e.account.platform, e.account.handle) for key, e in kept.items()}, marks, notes
    )
    by_id = {key: (e.account.platform, e.account.platform_id) for key, e in kept.items() if e.account.platform_id}
    _mark_twins("platform_id", kept, by_id, marks, notes)
    return tuple(_marked(entry.account, marks[account_id]) for account_id, entry in kept.items())


def _parted(entries: Sequence[Entry], notes: Notes) -> list[Entry]:
    """The entries, those of another profile under an id that is taken with an id of their own."""
    first: dict[str, Entry] = {}
    parted = []
    for entry in entries:
        taken = first.setdefault(entry.account.account_id, entry)
        if taken is not entry and _differing(taken.account, entry.account) == ["handle"]:
            cell = Cell(column="account_id", text=entry.account.account_id)
            notes.conflicted(entry.row, cell, "account_id_twice", str(taken.row))
            entry = _renamed(entry, f"account_id_twice:{taken.account.account_id}")  # noqa: PLW2901 - the same row
            first.setdefault(entry.account.account_id, entry)
        parted.append(entry)
    return parted


def _renamed(entry: Entry, mark: str) -> Entry:
    account = entry.account
    own = f"{account.platform}:{account.handle.lower()}"
    marked = msgspec.structs.replace(account, account_id=own, conflicts=(*account.conflicts, mark))
    return msgspec.structs.replace(entry, account=marked)


def _kept(entries: Sequence[Entry], notes: Notes) -> dict[str, Entry]:
    """The first entry of every account id; the others are refused here."""
    kept: dict[str, Entry] = {}
    for entry in entries:
        first = kept.setdefault(entry.account.account_id, entry)
        if first is not entry:
            _refuse(first, entry, notes)
    return kept


def _refuse(first: Entry, entry: Entry, notes: Notes) -> None:
    account, differing = entry.account, _differing(first.account, entry.account)
    cell = Cell(column="account_id", text=account.account_id)
    if differing == ["handle"]:
        notes.conflicted(entry.row, cell, "account_id_twice", str(first.row))
        notes.refused(entry.row, cell, "account_id_taken", str(first.row))
    elif differing:
        for name in differing:
            notes.conflicted(entry.row, Cell(column=name, text=_shown(account, name)), "contradicts", str(first.row))
        notes.refused(entry.row, cell, "contradicts_row", str(first.row))
    else:
        notes.refused(entry.row, Cell(column="handle", text=account.handle), "duplicate", str(first.row))


def _differing(one: Account, other: Account) -> list[str]:
    """The names of the fields in which two accounts differ; only `handle` when they are not the same profile."""
    if handle_key(one.platform, one.handle) != handle_key(other.platform, other.handle):
        return ["handle"]
    return [name for name in _COMPARED if getattr(one, name) != getattr(other, name)]


def _shown(account: Account, name: str) -> str:
    value = getattr(account, name)
    return "; ".join(value) if isinstance(value, tuple) else value or ""


def _contradicted(entries: Sequence[Entry], kept: dict[str, Entry]) -> dict[str, list[str]]:
    """Account id -> what later rows say otherwise of it."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        account_id = entry.account.account_id
        if entry is not kept[account_id]:
            said = (f"contradicted:{name}" for name in _differing(kept[account_id].account, entry.account))
            found[account_id] = list(dict.fromkeys([*found.get(account_id, []), *said]))
    return found


def _mark_twins(
    name: str, kept: dict[str, Entry], keys: Mapping[str, Hashable], marks: dict[str, list[str]], notes: Notes
) -> None:
    """Notes accounts with different ids that share a handle or platform id, on each of them."""
    groups: dict[Hashable, list[str]] = {}
    for account_id, key in keys.items():
        groups.setdefault(key, []).append(account_id)
    for group in groups.values():
        for account_id in group[1:]:
            entry = kept[account_id]
            cell = Cell(column=name, text=_shown(entry.account, name))
            notes.conflicted(entry.row, cell, f"{name}_twice", str(kept[group[0]].row))
        for account_id in group if len(group) > 1 else ():
            marks[account_id] += [f"{name}_twice:{other}" for other in group if other != account_id]


def _marked(account: Account, marks: list[str]) -> Account:
    return msgspec.structs.replace(account, conflicts=(*account.conflicts, *marks)) if marks else account
