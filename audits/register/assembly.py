"""A table -> the register: rows read one by one, then what repeats or contradicts is settled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from audits.model import Account
from audits.register.conflicts import settle
from audits.register.model import Entry, Import, RegisterError
from audits.register.notes import Cell, Notes
from audits.register.rows import Row, read_row
from audits.register.table import Table


def assemble(table: Table, known: Sequence[Account] = (), today: date | None = None) -> Import:
    """The register in a table; RegisterError when no column names accounts.

    `known` are the accounts of the register so far: a row without an account id keeps the id that its platform id
    had there, also when its handle has changed. A confirmation after `today` does not count.
    """
    _check(table)
    notes = Notes()
    entries: list[Entry] = []
    for number, cells in table.rows():
        row = Row(number=number, cells=tuple(cells), headings=table.headings, columns=table.columns, today=today)
        entries += read_row(row, notes)
    accounts = settle(_with_known_ids(entries, known), notes)
    head = Notes()
    _note_table(table, head)
    return Import(
        accounts=accounts,
        repairs=(*head.repairs, *notes.repairs),
        refusals=tuple(sorted(notes.refusals, key=lambda remark: remark.row)),
        conflicts=tuple(sorted(notes.conflicts, key=lambda remark: remark.row)),
    )


def names_accounts(table: Table) -> bool:
    """Whether the table has a column with handles or addresses."""
    return bool({"handle", "url"} & set(table.columns.named) or table.columns.wide)


def _check(table: Table) -> None:
    if names_accounts(table):
        return
    found = ", ".join(" ".join(heading.split())[:40] or "(empty)" for heading in table.headings[:20])
    raise RegisterError(
        "the register has no column with handles or addresses: it needs a heading 'handle' (gebruikersnaam) or 'url' "
        f"(adres), or one named after a platform; found were: {found}"
    )


def _note_table(table: Table, notes: Notes) -> None:
    for value, reason, detail in table.remarks:
        notes.repaired(table.heading_row, Cell(column="", text=value), reason, detail)
    for reason, headings in (("unknown_column", table.columns.unknown), ("column_twice", table.columns.doubled)):
        for _, heading in headings:
            notes.repaired(table.heading_row, Cell(column=heading, text=heading), reason)


def _with_known_ids(entries: Sequence[Entry], known: Sequence[Account]) -> list[Entry]:
    """The entries, with made-up ids replaced by the id under which the same platform id was registered before."""
    ids = {(account.platform, account.platform_id): account.account_id for account in known}
    ids = {key: account_id for key, account_id in ids.items() if key[1]}
    return [_with_known_id(entry, ids.get((entry.account.platform, entry.account.platform_id))) for entry in entries]


def _with_known_id(entry: Entry, account_id: str | None) -> Entry:
    account = entry.account
    made_up = account.account_id == f"{account.platform}:{account.handle.casefold()}"
    if account_id is None or not made_up:
        return entry
    return Entry(row=entry.row, account=msgspec.structs.replace(account, account_id=account_id))
