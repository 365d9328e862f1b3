"""Rows that repeat or contradict one another: named on both sides, never merged, never dropped in silence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence

import msgspec

from adapters.model import handle_key, same_handle
from audits.gazetteer.units import code_of
from audits.model import Account
from audits.register.model import Entry
from audits.register.notes import Cell, Notes, numbers
from audits.register.places import Places
from audits.register.sharing import PLACE_FIELDS, other_place, share

_COMPARED = tuple(name for name in Account.__struct_fields__ if name not in {"account_id", "conflicts", "handle"})


def settle(entries: Sequence[Entry], notes: Notes) -> tuple[Account, ...]:
    """The accounts to keep, in their order, with the conflicts they are part of marked on them.

    Of two accounts under one id the later gets an id made from platform and handle. Rows that differ only in their
    place share the account. A row that only repeats an earlier one, or says something else about it, is refused with
    the number of the first.
    """
    places = Places(entry.account for entry in entries)
    groups: dict[str, list[Entry]] = {}
    for entry in _parted(entries, notes):
        groups.setdefault(entry.account.account_id, []).append(entry)
    kept = {key: group[0] if len(group) == 1 else _one(group, places, notes) for key, group in groups.items()}
    marks: dict[str, list[str]] = defaultdict(list)
    _mark_twins("handle", kept, {key: _handle(entry) for key, entry in kept.items()}, marks, notes)
    by_id = {key: (e.account.platform, e.account.platform_id) for key, e in kept.items() if e.account.platform_id}
    _mark_twins("platform_id", kept, by_id, marks, notes)
    _mark_places(kept, places, marks, notes)
    return tuple(_marked(entry.account, marks.get(account_id, [])) for account_id, entry in kept.items())


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


def _one(group: Sequence[Entry], places: Places, notes: Notes) -> Entry:
    """The one entry to keep of those under the same account id; what it cannot stand for is refused here."""
    first = group[0]
    sharing, said = [first], []
    for entry in group[1:]:
        differing = _differing(first.account, entry.account)
        if differing and PLACE_FIELDS.issuperset(differing):
            sharing.append(entry)
        else:
            _refuse(first, entry, notes)
            said += [f"contradicted:{name}" for name in differing]
    kept = share(sharing, places, notes) if len(sharing) > 1 else first
    return Entry(row=kept.row, account=_marked(kept.account, list(dict.fromkeys(said))))


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
    if one.platform is not other.platform or not same_handle(one.platform, one.handle, other.handle):
        return ["handle"]
    return [name for name in _COMPARED if getattr(one, name) != getattr(other, name)]


def _shown(account: Account, name: str) -> str:
    value = getattr(account, name)
    return "; ".join(value) if isinstance(value, tuple) else value or ""


def _handle(entry: Entry) -> Hashable:
    return entry.account.platform, handle_key(entry.account.platform, entry.account.handle)


def _mark_twins(
    name: str, kept: dict[str, Entry], keys: Mapping[str, Hashable], marks: dict[str, list[str]], notes: Notes
) -> None:
    """Notes accounts with different ids that share a handle or platform id: one remark a group, a mark on each."""
    for group in _groups(keys):
        second, others = kept[group[1]], [kept[key].row for key in group if key != group[1]]
        cell = Cell(column=name, text=_shown(second.account, name))
        notes.conflicted(second.row, cell, f"{name}_twice", numbers(others), len(group))
        _mark_each(f"{name}_twice", group, marks)


def _mark_places(kept: dict[str, Entry], places: Places, marks: dict[str, list[str]], notes: Notes) -> None:
    """Notes accounts whose name says another place than their row, and several for the same place."""
    same: dict[str, Hashable] = {}
    for account_id, entry in kept.items():
        account = entry.account
        elsewhere = other_place(entry, places)
        if elsewhere is not None:
            cell = Cell(column="area", text=account.area or account.unit or "")
            notes.conflicted(entry.row, cell, "name_says_other_place", f"{account.handle} ({elsewhere})")
            marks[account_id].append(f"name_says_other_place:{elsewhere}")
        own = places.one(account.handle)
        if own is not None:
            same[account_id] = (account.platform, account.type, code_of(account.unit) or account.unit, own)
    for group in _groups(same):
        handles = [kept[key].account.handle for key in group]
        if not all(any("_twice:" in mark for mark in marks.get(key, ())) for key in group):
            second = kept[group[1]]
            others = ", ".join(f"{handle} ({kept[key].row})" for key, handle in zip(group, handles, strict=True))
            cell = Cell(column="handle", text=second.account.handle)
            notes.conflicted(second.row, cell, "same_place", others, len(group))
            _mark_each("same_place", group, marks)


def _groups(keys: Mapping[str, Hashable]) -> Iterator[list[str]]:
    """The account ids that have a key in common, by two or more."""
    groups: dict[Hashable, list[str]] = {}
    for account_id, key in keys.items():
        groups.setdefault(key, []).append(account_id)
    return (group for group in groups.values() if len(group) > 1)


def _mark_each(reason: str, group: Sequence[str], marks: dict[str, list[str]]) -> None:
    """A mark on each account of a group that names the others; the first ones when there are many."""
    for account_id in group:
        marks[account_id] += [f"{reason}:{other}" for other in group[:_MARKED] if other != account_id]


def _marked(account: Account, marks: list[str]) -> Account:
    return msgspec.structs.replace(account, conflicts=(*account.conflicts, *marks)) if marks else account


_MARKED = 20
