"""PostgreSQL: a server for several machines, made to keep the same promises as SQLite."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, Table, create_engine, event, func, select
from sqlalchemy.engine import URL, Dialect
from sqlalchemy.exc import DBAPIError

from crawler.store.errors import PASSING, AuditRunning, StoreError, told, translated
from crawler.store.kind import BUSY_SECONDS, WRITES, moment
from crawler.store.tables import METADATA

# One snapshot for the whole transaction, as a reader of SQLite has.
READING: Mapping[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}

# Advisory locks bear two numbers: ours ("herk"), and what is locked.
SPACE, TURN, AUDIT = 0x6865726B, 1, 2
_SAME_LOCK = "classid = %(space)s AND objid = %(what)s AND objsubid = 2 AND locktype = 'advisory' AND granted"
_HERE = "database = (SELECT oid FROM pg_database WHERE datname = current_database())"
_HOLDER = f"SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE {_SAME_LOCK} AND {_HERE}"  # noqa: S608 - no words of others
_NAME = "herkenbaar "
_INVALID_INDEXES = "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT (indisvalid AND indisready)"
# A server that vanished is noticed within about a minute.
_CONNECTING = {"connect_timeout": "10", "keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3"}


def engine(url: URL) -> Engine:
    """The engine for an address; a connection that a restart of the server broke is replaced before it is used."""
    made = create_engine(_server(url), pool_pre_ping=True, pool_size=8, max_overflow=32, connect_args=_connecting(url))
    waits = round(1000 * float(str(url.query.get("timeout", BUSY_SECONDS))))

    def prepare(connection: Any, _record: Any) -> None:
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            connection.close()
            raise StoreError(f"{place(url)}: this database keeps {encoding}, not every letter: make one with UTF8")
        connection.execute(f"SET lock_timeout = {waits}")
        connection.commit()

    event.listen(made, "do_connect", _Patience())
    event.listen(made, "connect", prepare)
    event.listen(made, "begin", _begin)
    return made


def place(url: URL) -> str:
    """The address without its password and options."""
    plain = url.set(drivername="postgresql", query={})
    return plain.render_as_string(hide_password=True)


def file(url: URL) -> Path | None:  # noqa: ARG001 - as with every kind
    """None: it lives with its server."""
    return None


def foreign_keys(connection: Connection, *, hold: bool) -> None:
    """PostgreSQL changes tables in place and needs no respite."""


def problems(connection: Connection) -> tuple[str, ...]:
    """Indexes that are not valid, tables that cannot be read to the last byte, rows that point at nothing."""
    damage = tuple(f"index {name} is not valid" for name in connection.exec_driver_sql(_INVALID_INDEXES).scalars())
    return damage + tuple(line for table in METADATA.sorted_tables for line in _problems_of(connection, table))


def _problems_of(connection: Connection, table: Table) -> Iterator[str]:
    try:
        # The words of every row, because a damaged value is found only where it is read.
        connection.exec_driver_sql(f'SELECT sum(length(one::text)) FROM "{table.name}" AS one')  # noqa: S608 - our own name
    except DBAPIError as error:
        raise told(error, table.name) from error
    for key in table.foreign_keys:
        there = key.column.table.alias()
        missing = ~select(there).where(there.c[key.column.name] == key.parent).exists()
        loose = connection.scalar(select(func.count()).where(key.parent.is_not(None), missing))
        if loose:
            yield f"{loose} rows of {table.name} point at a missing row of {key.column.table.name}"


def size(connection: Connection) -> int:
    """Bytes on the disk of the server."""
    return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())


def settle(connection: Connection) -> None:
    """Lets the sequences go on after the highest number that was copied in."""
    for table in METADATA.sorted_tables:
        if "sequence" in table.columns:
            last = connection.scalar(select(func.max(table.c.sequence)))
            name = func.pg_get_serial_sequence(table.name, "sequence")
            connection.execute(select(func.setval(name, last or 1, last is not None)))


def give_back(made: Engine, *, always: bool) -> None:  # noqa: ARG001 - cheap enough to do each time
    """Lets the server use the room of deleted rows again."""
    with made.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM")


@contextmanager
def audit_lock(url: URL) -> Iterator[None]:
    """Holds a lock in the database, on a connection of its own: the server gives it back when the process dies."""
    name = f"{_NAME}process {os.getpid()} since {moment()}"
    waits = _connecting(url) | {"application_name": name}
    made = create_engine(_server(url), poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=waits)
    with translated(place(url)):
        connection = made.connect()
    try:
        with translated(place(url)):
            _take(connection)
        yield
    finally:
        # A connection that broke meanwhile has given the lock back already.
        with suppress(DBAPIError):
            connection.close()


def _take(connection: Connection) -> None:
    lock = {"space": SPACE, "what": AUDIT}
    if connection.exec_driver_sql("SELECT pg_try_advisory_lock(%(space)s, %(what)s)", lock).scalar():
        return
    holder = str(connection.exec_driver_sql(_HOLDER, lock).scalar() or "").removeprefix(_NAME)
    who = f" ({holder})" if holder else ""
    raise AuditRunning(f"another audit is running{who}: wait until it is done, or end it")


class _Patience:
    """Waits for a server that was there before and is being started again; one that never was is told at once."""

    def __init__(self) -> None:
        self._was_there = False

    def __call__(self, dialect: Dialect, _record: Any, arguments: Any, options: Any) -> Any:
        began = time.monotonic()
        while True:
            try:
                connection = dialect.connect(*arguments, **options)
            except Exception as error:
                passing = any(fragment in str(error).casefold() for fragment in PASSING)
                if not (self._was_there and passing and time.monotonic() - began < BUSY_SECONDS):
                    raise
                time.sleep(0.2)
            else:
                self._was_there = True
                return connection


def _server(url: URL) -> URL:
    query = {name: value for name, value in url.query.items() if name != "timeout"}
    return url.set(drivername="postgresql+psycopg", query=query)


def _connecting(url: URL) -> dict[str, str]:
    return {name: value for name, value in _CONNECTING.items() if name not in url.query}


def _begin(connection: Connection) -> None:
    # Read committed, so that what follows sees what the one before in the turn has written.
    if connection.get_execution_options().get(WRITES, False):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({SPACE}, {TURN})")
