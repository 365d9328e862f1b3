"""The store: everything that is kept between two moments, in one database."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from sqlalchemy import func, select

from crawler.store.adoptions import Adoptions
from crawler.store.backup import back_up, restore
from crawler.store.copying import TableCount, copy, counts
from crawler.store.engine import Database, audit_lock, holds_password
from crawler.store.errors import AuditRunning, StoreDamaged, StoreError, StoreFull
from crawler.store.findings import Findings
from crawler.store.holdings import Holding, Holdings
from crawler.store.images import Images
from crawler.store.observations import Observations
from crawler.store.registers import Registers
from crawler.store.results import Results
from crawler.store.retention import Purged, purge
from crawler.store.runs import Runs
from crawler.store.schema import bring_to_head, stored_version
from crawler.store.tables import RUN
from crawler.store.values import Adoption, Condition, Interval, RegisterVersion, RunRow, Sighting

__all__ = [
    "Adoption",
    "AuditRunning",
    "Condition",
    "Holding",
    "Interval",
    "Purged",
    "RegisterVersion",
    "RunRow",
    "Sighting",
    "Store",
    "StoreDamaged",
    "StoreError",
    "StoreFull",
    "TableCount",
    "audit_lock",
    "back_up",
    "copy",
    "holds_password",
    "open_store",
    "purge",
    "restore",
]


class Store:
    """The repositories over one database; calls block, and may come from several threads."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.registers = Registers(database)
        self.runs = Runs(database)
        self.observations = Observations(database)
        self.images = Images(database)
        self.results = Results(database)
        self.findings = Findings(database)
        self.adoptions = Adoptions(database)
        self.holdings = Holdings(database)

    def check(self) -> tuple[str, ...]:
        """What is wrong with the database, one line each; empty when it is sound."""
        try:
            missing = tuple(f"table {name} is missing" for name in self.database.missing())
            return missing or self.database.problems()
        except StoreError as error:
            return (str(error),)

    def revision(self) -> str | None:
        """The version of its tables."""
        with self.database.reading() as connection:
            return stored_version(connection, self.database.place)

    def condition(self) -> Condition:
        """What the store holds, in figures."""
        unfinished = select(func.count()).where(RUN.c.state == "running")
        with self.database.reading() as connection:
            oldest, newest = connection.execute(select(func.min(RUN.c.started_at), func.max(RUN.c.started_at))).one()
            return Condition(
                place=self.database.place,
                revision=stored_version(connection, self.database.place),
                bytes=self.database.kind.size(connection),
                oldest_run=oldest,
                newest_run=newest,
                unfinished=connection.scalar(unfinished) or 0,
                rows=counts(connection),
            )

    def close(self) -> None:
        """Gives the database back; the store cannot be used after it."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(url: str, *, make: bool = True) -> Store:
    """The store at `url` (`sqlite:///PATH`), made or brought up to date where needed.

    StoreError in one line when it cannot be: a newer version, no database, not writable, locked, or not there and not
    to be made (`make`); StoreDamaged when it cannot be read as a database; StoreFull on a full disk.
    """
    database = Database(url, make=make)
    try:
        bring_to_head(database, make=make)
    except BaseException:
        database.close()
        raise
    return Store(database)
