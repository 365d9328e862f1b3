"""All that is kept, row by row, from one database into another: both ways between SQLite and PostgreSQL."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, LargeBinary, MetaData, Row, Table, delete, func, insert, select

from adapters.model import Value
from crawler.store.engine import Database
from crawler.store.errors import StoreError
from crawler.store.tables import METADATA, Json, Words

# Rows in memory at once; pictures are as large as a platform likes.
PAGE, PICTURES = 500, 10


class TableCount(Value, frozen=True, kw_only=True):
    """How many rows a table has, and the SHA-256 over all of them in the order of their keys."""

    table: str
    rows: int
    digest: str


def copy(source: Database, target: Database, *, replace: bool = False) -> tuple[TableCount, ...]:
    """Copies one state of `source` into `target`, both at the newest revision: everything, or nothing at all.

    `replace` empties the target first; else StoreError when it holds anything. What was written is read again and
    compared before it is made final.
    """
    with source.reading() as theirs, target.writing() as ours:
        if not replace and (held := holding(ours)):
            raise StoreError(f"{target.place}: this store is not empty ({held}): name an empty one")
        for table in reversed(METADATA.sorted_tables):
            ours.execute(delete(table))
        told = tuple(_counted(theirs, plain(table), into=ours) for table in METADATA.sorted_tables)
        target.kind.settle(ours)
        same_or_error(told, tally(ours), target.place)
    return told


def tally(connection: Connection) -> tuple[TableCount, ...]:
    """Counts and digests of all tables, from what `connection` sees."""
    return tuple(_counted(connection, plain(table)) for table in METADATA.sorted_tables)


def counts(connection: Connection) -> dict[str, int]:
    """Rows in each table."""
    return {
        table.name: int(connection.scalar(select(func.count()).select_from(table)) or 0)
        for table in METADATA.sorted_tables
    }


def holding(connection: Connection) -> str:
    """What a store holds, in a few words; empty when it holds nothing."""
    return ", ".join(f"{name} {rows}" for name, rows in counts(connection).items() if rows)


def same_or_error(wanted: Sequence[TableCount], found: Sequence[TableCount], place: str) -> None:
    """StoreError when a copy differs from what was copied."""
    different = [one.table for one, other in zip(wanted, found, strict=True) if one != other]
    if different:
        raise StoreError(f"{place}: the copy differs in {', '.join(different)}: nothing was kept of it; try again")


def plain(table: Table) -> Table:
    """The table with its JSON as the text it is kept in, so that a copy is the same to the letter."""
    columns = (
        Column(one.name, Words() if isinstance(one.type, Json) else one.type, primary_key=one.primary_key)
        for one in table.columns
    )
    return Table(table.name, MetaData(), *columns)


def _counted(connection: Connection, table: Table, *, into: Connection | None = None) -> TableCount:
    digest, rows = hashlib.sha256(), 0
    for page in _pages(connection, table):
        values = [[_clean(value) for value in row] for row in page]
        for row in values:
            digest.update(msgspec.json.encode(row))
        rows += len(values)
        if into is not None:
            names = table.columns.keys()
            into.execute(insert(table), [dict(zip(names, row, strict=True)) for row in values])
    return TableCount(table=table.name, rows=rows, digest=digest.hexdigest())


def _pages(connection: Connection, table: Table) -> Iterator[Sequence[Row[Any]]]:
    size = PICTURES if any(isinstance(one.type, LargeBinary) for one in table.columns) else PAGE
    ordered = select(table).order_by(*table.primary_key.columns)
    # The size is for this statement only: the connection goes on to others.
    with connection.execute(ordered, execution_options={"yield_per": size}) as found:
        yield from found.partitions()


def _clean(value: object) -> object:
    """A value as every database keeps it: an older file may hold a NUL."""
    return value.replace("\x00", "\ufffd") if isinstance(value, str) else value
