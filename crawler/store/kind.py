"""What the two kinds of database have in common; the modules `sqlite` and `postgresql` each give all of it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import URL

# How long a transaction waits for another process to finish writing; `?timeout=` in the address overrules it.
BUSY_SECONDS = 30.0
# The option by which a connection says that its next transaction writes.
WRITES = "herkenbaar_writes"


class Kind(Protocol):
    """One kind of database. A transaction marked with `WRITES` holds the right to write from its start."""

    # Options of a connection that only reads: it sees one state of the database, however long it looks.
    READING: Mapping[str, Any]

    def engine(self, url: URL) -> Engine:
        """The engine for an address."""

    def place(self, url: URL) -> str:
        """What the database is called in messages; never its password."""

    def file(self, url: URL) -> Path | None:
        """The file it lives in, if it does."""

    def audit_lock(self, url: URL) -> AbstractContextManager[None]:
        """Holds the right to audit into this database; StoreError at once when another process has it."""

    def foreign_keys(self, connection: Connection, *, hold: bool) -> None:
        """Whether foreign keys are enforced; only outside a transaction, only where a migration rebuilds tables."""

    def problems(self, connection: Connection) -> tuple[str, ...]:
        """What the database finds wrong with itself, one line each."""

    def size(self, connection: Connection) -> int:
        """Bytes on disk."""

    def settle(self, connection: Connection) -> None:
        """After rows were copied in with their own numbers: counts on from the highest."""

    def give_back(self, engine: Engine, *, always: bool) -> None:
        """Returns the room of deleted rows to the disk where that is worth the work, or `always`."""


def moment() -> str:
    """The present moment as UTC ISO 8601: since when a lock is held."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
