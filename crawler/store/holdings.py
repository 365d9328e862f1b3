"""All that is held of one account, and erasing it at somebody's request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, func, select, union_all

from adapters.model import Platform, Value
from audits.model import Account, Result
from crawler.store.engine import Database
from crawler.store.tables import (
    FINDING_INTERVAL,
    IMAGE,
    IMAGE_KEY,
    LOGO_VERDICT,
    REGISTER_ACCOUNT,
    REGISTER_IMPORT,
    RESULT,
    RUN,
    SHOWN,
    SIGHTING,
)
from crawler.store.values import Interval, Sighting

# The tables that say something of one account.
TABLES = (REGISTER_ACCOUNT, SIGHTING, RESULT, FINDING_INTERVAL)
_SIGHTING = tuple(SIGHTING.c[name] for name in Sighting.__struct_fields__)
_INTERVAL = tuple(FINDING_INTERVAL.c[name] for name in Interval.__struct_fields__)


class Picture(Value, frozen=True, kw_only=True):
    """A picture that was seen with an account: bytes kept (0 = no longer), and how many other accounts showed it."""

    sha256: str
    bytes: int
    others: int


class Holding(Value, frozen=True, kw_only=True):
    """Everything about one account, oldest first. `registers` = its rows in the versions of the register."""

    account_id: str
    current: bool
    registers: tuple[Account, ...]
    sightings: tuple[tuple[str, Sighting], ...]
    results: tuple[tuple[str, Result], ...]
    findings: tuple[Interval, ...]
    pictures: tuple[Picture, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing is held."""
        return not (self.registers or self.sightings or self.results or self.findings)


class Holdings:
    """What the store holds of single accounts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def named(self, platform: Platform, handle: str) -> tuple[str, ...]:
        """The ids of all accounts that ever bore this handle on a platform; capitals do not matter."""
        seen = select(SIGHTING.c.account_id, SIGHTING.c.handle).where(SIGHTING.c.platform == platform).distinct()
        with self._database.reading() as connection:
            pairs = [(row[0], row[1]) for row in connection.execute(seen)]
            pairs += [(row.account_id, row.handle) for row in _registered(connection) if row.platform is platform]
        return tuple(sorted({name for name, called in pairs if called.casefold() == handle.casefold()}))

    def of(self, account_id: str) -> Holding:
        """All that is held of the account with this id; an empty one when it is not known."""
        with self._database.reading() as connection:
            versions = _ordered(connection, REGISTER_ACCOUNT, account_id, (REGISTER_ACCOUNT.c.account,), "position")
            sightings = _of_runs(connection, SIGHTING, account_id, _SIGHTING)
            results = _of_runs(connection, RESULT, account_id, (RESULT.c.result,))
            findings = _ordered(connection, FINDING_INTERVAL, account_id, _INTERVAL, "sequence")
            return Holding(
                account_id=account_id,
                current=_is_current(connection, account_id),
                registers=tuple(dict.fromkeys(row["account"] for row in versions)),
                sightings=tuple((row.pop("in_run"), Sighting(**row)) for row in sightings),
                results=tuple((row["in_run"], row["result"]) for row in results),
                findings=tuple(Interval(**row) for row in findings),
                pictures=_pictures(connection, account_id),
            )

    def erase(self, account_id: str) -> Mapping[str, int]:
        """Erases all of it at once (table -> rows gone), but for its row in the current register.

        What only counts (how many accounts a run had, how many of them failed) stays as it was. Until the database has
        given back the room (`Database.give_back`), traces can be read in its file.
        """
        with self._database.writing() as connection:
            alone = [one.sha256 for one in _pictures(connection, account_id) if not one.others]
            gone = {
                REGISTER_ACCOUNT.name: _erase(connection, REGISTER_ACCOUNT, account_id, ~_current_version()),
                **{table.name: _erase(connection, table, account_id) for table in TABLES[1:]},
                IMAGE.name: 0,
            }
            for sha256 in alone:
                for table in (LOGO_VERDICT, IMAGE_KEY):
                    connection.execute(delete(table).where(table.c.sha256 == sha256))
                gone[IMAGE.name] += connection.execute(delete(IMAGE).where(IMAGE.c.sha256 == sha256)).rowcount
        return gone


def _registered(connection: Connection) -> Sequence[Account]:
    return connection.scalars(select(REGISTER_ACCOUNT.c.account)).all()


def _current_version() -> ColumnElement[bool]:
    newest = select(REGISTER_IMPORT.c.digest).order_by(REGISTER_IMPORT.c.sequence.desc()).limit(1)
    return REGISTER_ACCOUNT.c.digest == func.coalesce(newest.scalar_subquery(), "")


def _is_current(connection: Connection, account_id: str) -> bool:
    here = select(func.count()).where(REGISTER_ACCOUNT.c.account_id == account_id, _current_version())
    return bool(connection.scalar(here))


def _ordered(
    connection: Connection, table: Table, account_id: str, columns: Sequence[ColumnElement[Any]], order: str
) -> list[dict[str, Any]]:
    rows = select(*columns).where(table.c.account_id == account_id).order_by(table.c[order])
    return [dict(row) for row in connection.execute(rows).mappings()]


def _of_runs(
    connection: Connection, table: Table, account_id: str, columns: Sequence[ColumnElement[Any]]
) -> list[dict[str, Any]]:
    rows = select(RUN.c.run_id.label("in_run"), *columns).join(table, RUN.c.run_id == table.c.run_id)
    mine = rows.where(table.c.account_id == account_id).order_by(RUN.c.sequence)
    return [dict(row) for row in connection.execute(mine).mappings()]


def _pictures(connection: Connection, account_id: str) -> tuple[Picture, ...]:
    # As an avatar or as a banner, it is the same picture.
    shown = union_all(*(select(SIGHTING.c.account_id, one.label("sha256")) for one in SHOWN)).subquery()
    mine = select(shown.c.sha256).where(shown.c.account_id == account_id, shown.c.sha256.is_not(None)).distinct()
    others = (
        select(shown.c.sha256, func.count(shown.c.account_id.distinct()))
        .where(shown.c.account_id != account_id, shown.c.sha256.in_(mine))
        .group_by(shown.c.sha256)
    )
    shared = {str(row[0]): int(row[1]) for row in connection.execute(others)}
    sizes = select(IMAGE.c.sha256, func.length(IMAGE.c.data)).where(IMAGE.c.sha256.in_(mine))
    kept = {str(row[0]): int(row[1]) for row in connection.execute(sizes)}
    return tuple(
        Picture(sha256=sha256, bytes=kept.get(sha256, 0), others=shared.get(sha256, 0))
        for sha256 in sorted(connection.scalars(mine))
    )


def _erase(connection: Connection, table: Table, account_id: str, *also: ColumnElement[bool]) -> int:
    return connection.execute(delete(table).where(table.c.account_id == account_id, *also)).rowcount
