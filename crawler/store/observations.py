"""What every run saw of every account."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import msgspec
from sqlalchemy import Select, select

from adapters.model import SEEN, Outcome
from crawler.store.engine import Database, upsert
from crawler.store.runs import AUDIT, sequence_of
from crawler.store.tables import RUN, RUN_PLATFORM, SIGHTING
from crawler.store.values import Sighting

# Rows in memory at once while a run is read.
PAGE = 200
# More accounts than this are sifted here, because databases limit the number of parameters.
MOST_NAMED = 500

_SEEN = sorted(SEEN)
_FIELDS = Sighting.__struct_fields__
_COLUMNS = tuple(SIGHTING.c[name] for name in _FIELDS)
_REPLACED = tuple(name for name in _FIELDS if name != "account_id")


class Observations:
    """Sightings: one for each account and run."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, run_id: str, sightings: Sequence[Sighting]) -> None:
        """Stores all or none; a sighting of the same account in the same run takes the place of the earlier one."""
        rows = [{"run_id": run_id} | {name: getattr(one, name) for name in _FIELDS} for one in sightings]
        with self._database.writing() as connection:
            sequence_of(connection, run_id)
            upsert(connection, SIGHTING, rows, replace=_REPLACED)

    def done(self, run_id: str) -> frozenset[str]:
        """The ids of the accounts this run has stored."""
        with self._database.reading() as connection:
            return frozenset(connection.scalars(select(SIGHTING.c.account_id).where(SIGHTING.c.run_id == run_id)))

    def of(self, run_id: str) -> Iterator[Sighting]:
        """All sightings of a run in the order of their account ids, read in pages of `PAGE`."""
        last = ""
        while page := self._page(run_id, last):
            yield from page
            last = page[-1].account_id

    def streaks(
        self,
        account_ids: Collection[str] | None = None,
        before_run: str | None = None,
        handles: Mapping[str, str] | None = None,
        most: int | None = None,
    ) -> dict[str, tuple[Outcome, int]]:
        """Account id -> the outcome it had last, and in how many finished audits in succession up to the latest.

        Neutral (neither counted nor breaking): scans, unfinished and abandoned runs, runs in which the account was not
        seen or its platform was blind. Accounts never seen are absent. `before_run` counts only runs started earlier.
        `handles` (account id -> present handle) leaves out the nights in which the account went by another name.
        Nothing is counted beyond `most`, and of each night only the accounts are read that it can still change.
        """
        with self._database.reading() as connection:
            runs = connection.execute(_counted(None if before_run is None else sequence_of(connection, before_run)))
            run_ids = runs.scalars().all()
        streaks = Succession(account_ids, most)
        for run_id in run_ids:
            if streaks.going == set():
                break
            streaks.add(self._seen(run_id, streaks.going, handles or {}))
        return streaks.told()

    def _seen(self, run_id: str, account_ids: Collection[str] | None, handles: Mapping[str, str]) -> dict[str, str]:
        """What one run truly saw: account id -> outcome, without the platforms it was blind on."""
        columns = SIGHTING.c
        blind = select(RUN_PLATFORM.c.platform).where(RUN_PLATFORM.c.run_id == run_id, RUN_PLATFORM.c.blind)
        rows = select(columns.account_id, columns.outcome, columns.handle).where(
            columns.run_id == run_id, columns.outcome.in_(_SEEN), columns.platform.not_in(blind)
        )
        if account_ids is not None and len(account_ids) <= MOST_NAMED:
            rows = rows.where(columns.account_id.in_(sorted(account_ids)))
        with self._database.reading() as connection:
            found = {
                account_id: outcome
                for account_id, outcome, handle in connection.execute(rows)
                if handles.get(account_id, handle).casefold() == handle.casefold()
            }
        return found if account_ids is None else {name: found[name] for name in account_ids if name in found}

    def _page(self, run_id: str, after: str) -> list[Sighting]:
        rows = select(*_COLUMNS).where(SIGHTING.c.run_id == run_id, SIGHTING.c.account_id > after)
        with self._database.reading() as connection:
            found = connection.execute(rows.order_by(SIGHTING.c.account_id).limit(PAGE)).all()
        return [msgspec.convert(dict(zip(_FIELDS, row, strict=True)), Sighting) for row in found]


class Succession:
    """How often the newest outcome of each account came before another did, at `most` so often. Pure.

    `going` = of the accounts asked for, those that an earlier night can still change; `None`: all accounts were asked.
    """

    def __init__(self, account_ids: Collection[str] | None, most: int | None) -> None:
        self.going = None if account_ids is None else set(account_ids)
        self._most = most
        self._settled: set[str] = set()
        self._streaks: dict[str, tuple[str, int]] = {}

    def add(self, night: Mapping[str, str]) -> None:
        """One night more (account id -> outcome), the newest first."""
        for account_id in night.keys() - self._settled:
            newest, times = self._streaks.get(account_id, (night[account_id], 0))
            if night[account_id] == newest:
                self._streaks[account_id] = (newest, times + 1)
            if night[account_id] != newest or times + 1 == self._most:
                self._settle(account_id)

    def _settle(self, account_id: str) -> None:
        self._settled.add(account_id)
        if self.going is not None:
            self.going.discard(account_id)

    def told(self) -> dict[str, tuple[Outcome, int]]:
        """Account id -> its newest outcome and how often it came in succession."""
        return {account_id: (Outcome(newest), times) for account_id, (newest, times) in self._streaks.items()}


def _counted(before: int | None) -> Select[str]:
    """The audits that can make or break a streak, newest first."""
    finished = select(RUN.c.run_id).where(RUN.c.kind == AUDIT, RUN.c.state == "finished")
    if before is not None:
        finished = finished.where(RUN.c.sequence < before)
    return finished.order_by(RUN.c.sequence.desc())
