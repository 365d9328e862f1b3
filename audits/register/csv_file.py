"""A CSV file -> the register, and the template that shows how such a file looks."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import msgspec

from audits.model import Account
from audits.register.columns import HEADINGS
from audits.register.conflicts import settle
from audits.register.model import Entry, Import, RegisterError
from audits.register.notes import Cell, Notes
from audits.register.rows import Row, read_row
from audits.register.table import Table, read_table

_EXAMPLES = (
    {
        "platform": "x",
        "handle": "POL_Voorbeeld",
        "type": "basisteam",
        "unit": "02",
        "area": "Voorbeeld",
        "area_aliases": "Voorbeeldstad; Voorbeeld-Centrum",
        "beheerders": "beheerder@example.org",
        "status": "actief",
        "confirmed_on": "2026-01-15",
        "notes": "vervang deze regels door uw eigen accounts",
    },
    {
        "account_id": "W-0002",
        "url": "https://www.instagram.com/wijkagent_voorbeeld",
        "type": "wijkagent",
        "unit": "02",
        "area": "Voorbeeldwijk",
        "beheerders": "een@example.org; twee@example.org",
        "status": "actief",
    },
)


def read_csv(data: bytes, known: Sequence[Account] = ()) -> Import:
    """The register in a CSV file of at most some 100,000 rows; RegisterError when it is no register at all.

    `known` are the accounts of the register so far: a row without an account id keeps the id that its platform id
    had there, also when its handle has changed.
    """
    table = read_table(data)
    _check(table)
    notes = Notes()
    _note_table(table, notes)
    entries: list[Entry] = []
    for number, cells in table.rows():
        row = Row(number=number, cells=tuple(cells), headings=table.headings, columns=table.columns)
        entries += read_row(row, notes)
    accounts = settle(_with_known_ids(entries, known), notes)
    return Import(
        accounts=accounts,
        repairs=tuple(notes.repairs),
        refusals=tuple(sorted(notes.refusals, key=lambda remark: remark.row)),
        conflicts=tuple(sorted(notes.conflicts, key=lambda remark: remark.row)),
    )


def template() -> bytes:
    """An example register: all columns, two made-up accounts (UTF-8 with BOM, comma, CRLF)."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=list(HEADINGS), restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(_EXAMPLES)
    return out.getvalue().encode("utf-8-sig")


def _check(table: Table) -> None:
    if {"handle", "url"} & set(table.columns.named) or table.columns.wide:
        return
    found = ", ".join(" ".join(heading.split())[:40] or "(empty)" for heading in table.headings[:20])
    raise RegisterError(
        "the register has no column with handles or addresses: it needs a heading 'handle' (gebruikersnaam) or 'url' "
        f"(adres), or one named after a platform; found were: {found}"
    )


def _note_table(table: Table, notes: Notes) -> None:
    if table.encoding != "utf-8":
        notes.repaired(table.heading_row, Cell(column="", text=table.encoding), "encoding", table.encoding)
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
