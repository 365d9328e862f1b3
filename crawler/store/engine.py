"""The one place that knows which database stands below: addresses, connections, transactions, upserts."""

from __future__ import annotations

import errno
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, Table, create_engine, event
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from crawler.store.errors import StoreError, StoreFull, translated

# How long a transaction waits for another process to finish writing; `?timeout=` in the address overrules it.
BUSY_SECONDS = 30.0

_WRITES = "herkenbaar_writes"
_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON")


class Database:
    """One engine, safe to use from several threads: every call takes its own short transaction."""

    def __init__(self, url: str) -> None:
        self._url = parsed(url)
        self._turn = threading.Lock()
        path = file_of(url)
        self.place = str(path) if path else self._url.render_as_string(hide_password=True)
        if path:
            _make_folder(path.parent)
        self.engine = _engine(self._url, in_memory=path is None)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the database; nothing is kept of what it writes."""
        with translated(self.place), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that holds the right to write from its start; committed at the end, undone by an exception."""
        with translated(self.place), self._turn, self.engine.connect() as plain:
            connection = plain.execution_options(**{_WRITES: True})
            with connection.begin():
                yield connection

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """As `writing`, without foreign keys: rebuilding a table must not empty those that point at it."""
        with translated(self.place), self._turn, self.engine.connect() as plain:
            connection = plain.execution_options(**{_WRITES: True})
            _pragma(connection, "foreign_keys=OFF")
            try:
                with connection.begin():
                    yield connection
            finally:
                _pragma(connection, "foreign_keys=ON")

    def problems(self) -> tuple[str, ...]:
        """What the database finds wrong with itself: damaged pages, rows that point at nothing. Empty = sound."""
        with self.reading() as connection:
            told = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
            loose = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        damage = tuple(str(line) for line in told if line != "ok")
        return damage + tuple(f"row {row[1]} of {row[0]} points at a missing row of {row[2]}" for row in loose)

    def close(self) -> None:
        """Gives back all connections; SQLite then folds its WAL into the file."""
        self.engine.dispose()


def parsed(url: str) -> URL:
    """The address of a database; StoreError when it is none, or of a kind that is not understood."""
    try:
        address = make_url(url)
    except ArgumentError:
        raise StoreError(f"{url}: not the address of a store: write sqlite:///PATH") from None
    if address.drivername not in {"sqlite", "sqlite+pysqlite"}:
        raise StoreError(f"{address.drivername}: only SQLite is understood: write sqlite:///PATH")
    return address


def file_of(url: str) -> Path | None:
    """The file a store lives in; `None` for one in memory."""
    name = parsed(url).database
    return None if name in {None, "", ":memory:"} else Path(str(name))


def upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], replace: Collection[str]) -> None:
    """Inserts `rows`; where the primary key is taken the columns in `replace` are overwritten.

    With nothing to replace the stored row stays, whichever key it is that was taken.
    """
    if rows:
        # PostgreSQL's has the same words as SQLite's, and takes long to import where it is not needed.
        dialect: Any = import_module(f"sqlalchemy.dialects.{connection.dialect.name}")
        insert: sqlite.Insert = dialect.insert(table)
        taken = {name: insert.excluded[name] for name in replace}
        keys = list(table.primary_key.columns)
        if taken:
            insert = insert.on_conflict_do_update(index_elements=keys, set_=taken)
        else:
            insert = insert.on_conflict_do_nothing()
        connection.execute(insert, list(rows))


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


def _engine(url: URL, *, in_memory: bool) -> Engine:
    waits = {} if "timeout" in url.query else {"timeout": BUSY_SECONDS}
    # A database in memory lives in its one connection, which all threads then take in turn.
    size = {"pool_size": 1, "max_overflow": 0} if in_memory else {"pool_size": 8, "max_overflow": 32}
    engine = create_engine(
        url,
        poolclass=QueuePool,
        connect_args={"check_same_thread": False, **waits},
        **size,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    # The driver's own BEGIN comes too late to protect a read before a write, and leaves DDL outside transactions.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _pragma(connection: Connection, setting: str) -> None:
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA {setting}").close()
