"""SQLite: one file, several processes; a writer waits for the other, a reader for nobody."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.engine import URL

from crawler.store.errors import AuditRunning, StoreError
from crawler.store.kind import BUSY_SECONDS, WRITES, moment

READING: Mapping[str, Any] = {}

_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON")
# Rebuilding the file costs as much as copying it: only for a fifth of it, and not for crumbs.
WORTHWHILE_SHARE = 0.2
WORTHWHILE_PAGES = 256


def engine(url: URL) -> Engine:
    """The engine for an address."""
    waits = {} if "timeout" in url.query else {"timeout": BUSY_SECONDS}
    # A database in memory lives in its one connection, which all threads then take in turn.
    size = {"pool_size": 8, "max_overflow": 32} if file(url) else {"pool_size": 1, "max_overflow": 0}
    made = create_engine(url, poolclass=QueuePool, connect_args={"check_same_thread": False, **waits}, **size)
    event.listen(made, "connect", _prepare)
    event.listen(made, "begin", _begin)
    return made


def place(url: URL) -> str:
    """The path, or the address of one in memory."""
    return str(file(url) or url)


def file(url: URL) -> Path | None:
    """The file a store lives in; `None` for one in memory."""
    return None if url.database in {None, "", ":memory:"} else Path(str(url.database))


def foreign_keys(connection: Connection, *, hold: bool) -> None:
    """Whether foreign keys are enforced: rebuilding a table must not empty those that point at it."""
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA foreign_keys={'ON' if hold else 'OFF'}").close()


def problems(connection: Connection) -> tuple[str, ...]:
    """Damaged pages, and rows that point at nothing."""
    told = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    loose = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    damage = tuple(str(line) for line in told if line != "ok")
    return damage + tuple(f"row {row[1]} of {row[0]} points at a missing row of {row[2]}" for row in loose)


def size(connection: Connection) -> int:
    """Bytes on disk, without the write-ahead log."""
    return _pragma(connection, "page_count") * _pragma(connection, "page_size")


def settle(connection: Connection) -> None:
    """SQLite counts on by itself."""


def give_back(made: Engine, *, always: bool) -> None:
    """Rebuilds the file when enough of it is free, so that nothing of what was deleted is left in it."""
    with made.connect() as connection:
        free, pages = _pragma(connection, "freelist_count"), _pragma(connection, "page_count")
        if always or (free >= WORTHWHILE_PAGES and free >= pages * WORTHWHILE_SHARE):
            connection.rollback()
            driver: Any = connection.connection.driver_connection
            driver.execute("VACUUM").close()
            ((busy, *_),) = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            if busy:
                raise StoreError("another program reads the store: the file shrinks when that one is done")


def copy_pages(connection: Connection, target: Engine) -> None:
    """Copies the state that `connection` sees, page by page, into an empty database; others may write meanwhile."""
    with target.connect() as other:
        driver: Any = connection.connection.driver_connection
        driver.backup(other.connection.driver_connection)


def make_single(made: Engine) -> None:
    """Folds everything into the one file, so that it can be read from a place that cannot be written."""
    with made.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA journal_mode=DELETE").close()


@contextmanager
def audit_lock(url: URL) -> Iterator[None]:
    """Holds a lock on a file beside the store; one in memory belongs to one process and needs none."""
    path = file(url)
    if path is None:
        yield
        return
    with _opened(path.with_name(path.name + ".lock")) as lock:
        _take(lock)
        try:
            yield
        finally:
            # The file stays: removing it would let two processes hold locks on two files of one name.
            lock.truncate(0)


def _opened(path: Path) -> FileIO:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("a+b", buffering=0)
    except OSError as error:
        raise StoreError(f"{path}: the lock cannot be written ({error.strerror}): make its folder writable") from error


def _take(lock: FileIO) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise AuditRunning(f"another audit is running{_holder(lock)}: wait until it is done, or end it") from None
    # On a full disk the lock still holds; only its owner stays unknown.
    with suppress(OSError):
        lock.truncate(0)
        lock.write(f"process {os.getpid()} since {moment()}".encode())


def _holder(lock: FileIO) -> str:
    """Who holds the lock, as far as it has written it down."""
    lock.seek(0)
    told = lock.read(200).decode(errors="replace")
    return f" ({told})" if told else ""


def _prepare(connection: Any, _record: Any) -> None:
    # The driver's own BEGIN comes too late to protect a read before a write, and leaves DDL outside transactions.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _pragma(connection: Connection, name: str) -> int:
    return int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())
