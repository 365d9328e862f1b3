"""What every run made of every account."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from audits.model import Result
from crawler.store.engine import Database, upsert
from crawler.store.runs import AUDIT, sequence_of
from crawler.store.tables import RESULT, RUN


class Results:
    """Results: one for each account and run."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, run_id: str, results: Sequence[Result]) -> None:
        """Stores all or none; a result of the same account in the same run is replaced and keeps its place."""
        with self._database.writing() as connection:
            sequence_of(connection, run_id)
            last: int | None = connection.scalar(select(func.max(RESULT.c.position)).where(RESULT.c.run_id == run_id))
            start = 0 if last is None else last + 1
            rows = [_row(run_id, position, result) for position, result in enumerate(results, start)]
            upsert(connection, RESULT, rows, replace=("platform", "status", "result"))

    def of(self, run_id: str) -> tuple[Result, ...]:
        """All results of a run, in the order in which they were first saved."""
        rows = select(RESULT.c.result).where(RESULT.c.run_id == run_id).order_by(RESULT.c.position)
        with self._database.reading() as connection:
            return tuple(connection.scalars(rows))

    def accounts(self, run_id: str) -> tuple[str, ...]:
        """The ids of the accounts of a run, in the order in which they were first saved."""
        rows = select(RESULT.c.account_id).where(RESULT.c.run_id == run_id).order_by(RESULT.c.position)
        with self._database.reading() as connection:
            return tuple(connection.scalars(rows))

    def last(self, before_run: str) -> tuple[Result, ...]:
        """The latest result of each account in the finished audits that were started before this run."""
        with self._database.reading() as connection:
            earlier = (RUN.c.kind == AUDIT) & (RUN.c.state == "finished")
            earlier &= RUN.c.sequence < sequence_of(connection, before_run)
            newest = (
                select(RESULT.c.account_id, func.max(RUN.c.sequence).label("sequence"))
                .join(RUN, RUN.c.run_id == RESULT.c.run_id)
                .where(earlier)
                .group_by(RESULT.c.account_id)
                .subquery()
            )
            same = (newest.c.account_id == RESULT.c.account_id) & (newest.c.sequence == RUN.c.sequence)
            rows = select(RESULT.c.result).join(RUN, RUN.c.run_id == RESULT.c.run_id).join(newest, same)
            return tuple(connection.scalars(rows.order_by(RESULT.c.account_id)))

    def get(self, run_id: str, account_id: str) -> Result | None:
        """The result of one account in one run."""
        one = select(RESULT.c.result).where(RESULT.c.run_id == run_id, RESULT.c.account_id == account_id)
        with self._database.reading() as connection:
            result: Result | None = connection.scalar(one)
        return result


def _row(run_id: str, position: int, result: Result) -> dict[str, object]:
    return {
        "run_id": run_id,
        "account_id": result.account_id,
        "position": position,
        "platform": result.platform,
        "status": result.status,
        "result": result,
    }
