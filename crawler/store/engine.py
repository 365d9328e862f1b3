"""The one place that knows which database stands below: addresses, connections, transactions, upserts."""

from __future__ import annotations

import errno
import re
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, inspect
from sqlalchemy.dialects import sqlite as words
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from crawler.store import postgresql, sqlite
from crawler.store.errors import StoreError, StoreFull, translated
from crawler.store.kind import WRITES, Kind
from crawler.store.tables import METADATA

_KINDS: Mapping[str, Kind] = {
    "sqlite": sqlite,
    "sqlite+pysqlite": sqlite,
    "postgresql": postgresql,
    "postgresql+psycopg": postgresql,
}


class Database:
    """One engine, safe to use from several threads: every call takes its own short transaction."""

    def __init__(self, url: str | URL, *, make: bool = True) -> None:
        address = parsed(url)
        self.kind = kind_of(address)
        self.place = self.kind.place(address)
        self._turn = threading.Lock()
        if path := self.kind.file(address):
            if make:
                _make_folder(path.parent)
            elif _absent(path):
                raise nothing_at(self.place)
        self.engine = self.kind.engine(address)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the database; nothing is kept of what it writes."""
        with translated(self.place), self.engine.connect() as plain:
            yield plain.execution_options(**self.kind.READING)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that holds the right to write from its start; committed at the end, undone by an exception."""
        with translated(self.place), self._turn, self.engine.connect() as plain:
            connection = plain.execution_options(**{WRITES: True})
            with connection.begin():
                yield connection

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """As `writing`, without foreign keys: rebuilding a table must not empty those that point at it."""
        with translated(self.place), self._turn, self.engine.connect() as plain:
            connection = plain.execution_options(**{WRITES: True})
            self.kind.foreign_keys(connection, hold=False)
            try:
                with connection.begin():
                    yield connection
            finally:
                self.kind.foreign_keys(connection, hold=True)

    def problems(self) -> tuple[str, ...]:
        """What the database finds wrong with itself: damage, rows that point at nothing. Empty = sound."""
        with self.reading() as connection:
            return self.kind.problems(connection)

    def missing(self) -> tuple[str, ...]:
        """Tables of the newest revision that are not there."""
        with self.reading() as connection:
            return tuple(sorted(METADATA.tables.keys() - set(inspect(connection).get_table_names())))

    def size(self) -> int:
        """Bytes on disk."""
        with self.reading() as connection:
            return self.kind.size(connection)

    def give_back(self, *, always: bool = False) -> None:
        """Returns the room of deleted rows where it is worth the work, or `always`."""
        with translated(self.place), self._turn:
            self.kind.give_back(self.engine, always=always)

    def close(self) -> None:
        """Gives back all connections; SQLite then folds its WAL into the file."""
        self.engine.dispose()


def parsed(url: str | URL) -> URL:
    """The address of a database; StoreError when it is none, or of a kind that is not understood."""
    wanted = "write sqlite:///PATH or postgresql://USER@HOST/DATABASE"
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreError(f"{_unsecret(str(url))}: not the address of a store: {wanted}") from None
    if address.drivername not in _KINDS:
        raise StoreError(f"{address.drivername}: only SQLite and PostgreSQL are understood: {wanted}")
    return address


def kind_of(address: URL) -> Kind:
    """Which kind of database an address names."""
    return _KINDS[address.drivername]


@contextmanager
def audit_lock(url: str) -> Iterator[None]:
    """Holds the right to audit into the store at `url`; StoreError at once when another process has it.

    The system gives it back by itself when the process that held it dies.
    """
    address = parsed(url)
    with kind_of(address).audit_lock(address):
        yield


def upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], replace: Collection[str]) -> None:
    """Inserts `rows`; where the primary key is taken the columns in `replace` are overwritten.

    With nothing to replace the stored row stays, whichever key it is that was taken.
    """
    if rows:
        # PostgreSQL's has the same words as SQLite's, and takes long to import where it is not needed.
        dialect: Any = import_module(f"sqlalchemy.dialects.{connection.dialect.name}")
        insert: words.Insert = dialect.insert(table)
        taken = {name: insert.excluded[name] for name in replace}
        keys = list(table.primary_key.columns)
        if taken:
            insert = insert.on_conflict_do_update(index_elements=keys, set_=taken)
        else:
            insert = insert.on_conflict_do_nothing()
        connection.execute(insert, list(rows))


def holds_password(url: str) -> bool:
    """Whether an address bears a password, before the `@` or behind the `?`; StoreError when it is no address."""
    address = parsed(url)
    return address.password is not None or any(name.casefold().endswith("password") for name in address.query)


def nothing_at(place: str) -> StoreError:
    """The error that there is no store at a place."""
    cure = "name another with --store, or make one with: herkenbaar register import FILE"
    return StoreError(f"there is no store at {place}: {cure}")


def _absent(path: Path) -> bool:
    """Whether there is no file, or one without a byte; what cannot be looked at is for the opening to complain of."""
    try:
        return path.stat().st_size == 0
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False


def _unsecret(text: str) -> str:
    """An address that cannot be read, without what may be its password."""
    return re.sub(r"(password=)[^&]*", r"\1***", re.sub(r":[^:/@]*@", ":***@", text), flags=re.IGNORECASE)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise StoreFull(f"{folder}: the disk is full: free some space and start again") from error
        reason = error.strerror or str(error)
        raise StoreError(
            f"{folder}: the folder for the store cannot be made ({reason}): name another --store"
        ) from error
