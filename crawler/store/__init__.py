"""The store: everything that is kept between two moments, in one database."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from crawler.store.adoptions import Adoptions
from crawler.store.engine import Database, audit_lock
from crawler.store.errors import AuditRunning, StoreError, StoreFull
from crawler.store.findings import Findings
from crawler.store.images import Images
from crawler.store.observations import Observations
from crawler.store.registers import Registers
from crawler.store.results import Results
from crawler.store.runs import Runs
from crawler.store.schema import bring_to_head
from crawler.store.values import Adoption, Interval, RegisterVersion, RunRow, Sighting

__all__ = [
    "Adoption",
    "AuditRunning",
    "Interval",
    "RegisterVersion",
    "RunRow",
    "Sighting",
    "Store",
    "StoreError",
    "StoreFull",
    "audit_lock",
    "open_store",
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

    def check(self) -> tuple[str, ...]:
        """What is wrong with the database, one line each; empty when it is sound."""
        try:
            return self.database.problems()
        except StoreError as error:
            return (str(error),)

    def close(self) -> None:
        """Gives the database back; the store cannot be used after it."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(url: str) -> Store:
    """The store at `url` (`sqlite:///PATH`), made or brought up to date where needed.

    StoreError in one line when it cannot be: a newer version, no database, not writable, locked; StoreFull on a full
    disk.
    """
    database = Database(url)
    try:
        bring_to_head(database)
    except BaseException:
        database.close()
        raise
    return Store(database)
