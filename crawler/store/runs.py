"""The runs: started, and then finished or abandoned."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select, update

from audits.report.model import PlatformCount, Run
from crawler.store.engine import Database, upsert
from crawler.store.errors import StoreError
from crawler.store.tables import RUN, RUN_PLATFORM
from crawler.store.values import RunRow

AUDIT = "audit"

_COLUMNS = tuple(RUN.c[name] for name in RunRow.__struct_fields__)


class Runs:
    """Every run of the program, in the order in which they were started."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(
        self, kind: str, register_digest: str, policy_id: str, policy_sha256: str, settings_json: str, now: str
    ) -> str:
        """Begins a run at `now` (ISO 8601) and gives its id: UTC to the second, a dash, four hexadecimal digits.

        Ids sort as the runs were started, also within one second.
        """
        with self._database.writing() as connection:
            run_id = _next_id(connection, now)
            values = {
                "run_id": run_id,
                "kind": kind,
                "state": "running",
                "started_at": now,
                "register_digest": register_digest,
                "policy_id": policy_id,
                "policy_sha256": policy_sha256,
                "settings_json": settings_json,
            }
            connection.execute(insert(RUN).values(**values))
        return run_id

    def finish(self, run_id: str, run: Run, now: str) -> None:
        """Keeps the record of a run and calls it finished; StoreError when the run is unknown."""
        ended = {"state": "finished", "finished_at": now, "complete": run.complete, "record": run}
        with self._database.writing() as connection:
            sequence_of(connection, run_id)
            connection.execute(update(RUN).where(RUN.c.run_id == run_id).values(**ended))
            rows = [_platform_row(run_id, platform, count) for platform, count in run.platforms.items()]
            upsert(connection, RUN_PLATFORM, rows, replace=("planned", "seen", "coverage", "blind"))

    def abandon(self, run_id: str, now: str) -> None:
        """Gives up a run that was under way; a finished run stays finished. StoreError when it is unknown."""
        with self._database.writing() as connection:
            sequence_of(connection, run_id)
            running = update(RUN).where(RUN.c.run_id == run_id, RUN.c.state == "running")
            connection.execute(running.values(state="abandoned", finished_at=now))

    def unfinished(self, register_digest: str, kind: str = AUDIT) -> RunRow | None:
        """The latest run of this kind over this register that is still under way."""
        return self._first(_newest(kind).where(RUN.c.register_digest == register_digest, RUN.c.state == "running"))

    def latest(self, *, finished: bool = True, kind: str = AUDIT, before: str | None = None) -> RunRow | None:
        """The latest run of this kind, started before the run `before` when one is named.

        `finished` wants finished runs only; otherwise any state will do.
        """
        rows = _newest(kind)
        if finished:
            rows = rows.where(RUN.c.state == "finished")
        with self._database.reading() as connection:
            if before is not None:
                rows = rows.where(RUN.c.sequence < sequence_of(connection, before))
            return _only(connection, rows)

    def latest_for(self, register_digest: str, kind: str = AUDIT) -> RunRow | None:
        """The latest run of this kind over this register, finished or under way; abandoned ones do not count."""
        return self._first(_newest(kind).where(RUN.c.register_digest == register_digest, RUN.c.state != "abandoned"))

    def get(self, run_id: str) -> RunRow | None:
        """One run by its id."""
        return self._first(select(*_COLUMNS).where(RUN.c.run_id == run_id))

    def record(self, run_id: str) -> Run | None:
        """What `run.json` says of a run; `None` until it is finished."""
        with self._database.reading() as connection:
            record: Run | None = connection.scalar(select(RUN.c.record).where(RUN.c.run_id == run_id))
        return record

    def all(self) -> tuple[RunRow, ...]:
        """All runs, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(select(*_COLUMNS).order_by(RUN.c.sequence)).mappings()
            return tuple(RunRow(**row) for row in rows)

    def _first(self, rows: Select[*tuple[Any, ...]]) -> RunRow | None:
        with self._database.reading() as connection:
            return _only(connection, rows)


def sequence_of(connection: Connection, run_id: str) -> int:
    """The place of a run in the order of starting; StoreError when there is no such run."""
    sequence: int | None = connection.scalar(select(RUN.c.sequence).where(RUN.c.run_id == run_id))
    if sequence is None:
        raise StoreError(f"{run_id}: the store has no such run: name one it has, or leave it out for the latest")
    return sequence


def _newest(kind: str = AUDIT) -> Select[*tuple[Any, ...]]:
    return select(*_COLUMNS).where(RUN.c.kind == kind).order_by(RUN.c.sequence.desc()).limit(1)


def _only(connection: Connection, rows: Select[*tuple[Any, ...]]) -> RunRow | None:
    row = connection.execute(rows).mappings().first()
    return None if row is None else RunRow(**row)


def _next_id(connection: Connection, now: str) -> str:
    stamp = datetime.fromisoformat(now).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ-")
    last: str | None = connection.scalar(select(func.max(RUN.c.run_id)).where(RUN.c.run_id.startswith(stamp)))
    # Random, so that two stores do not name their runs alike; small steps leave room for thousands in one second.
    step = secrets.randbelow(0x8000) if last is None else int(last[len(stamp) :], 16) + 1 + secrets.randbelow(8)
    return f"{stamp}{step:04x}"


def _platform_row(run_id: str, platform: str, count: PlatformCount) -> dict[str, object]:
    return {
        "run_id": run_id,
        "platform": platform,
        "planned": count.planned,
        "seen": count.seen,
        "coverage": count.coverage,
        "blind": count.blind,
    }
