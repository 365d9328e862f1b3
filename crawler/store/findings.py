"""The baseline of the nightly audit: from when until when each clause was found wanting for each account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from sqlalchemy import ColumnElement, Connection, bindparam, func, insert, select, update

from adapters.model import Platform, Value
from audits.model import Finding, Result, Verdict
from crawler.store.engine import Database
from crawler.store.errors import StoreError
from crawler.store.runs import AUDIT, sequence_of
from crawler.store.tables import FINDING_INTERVAL, RUN
from crawler.store.values import EndReason, Interval

Key = tuple[str, str]

_WANTING = frozenset({Verdict.FAIL, Verdict.REVIEW})
_MENDED: dict[Verdict, EndReason] = {Verdict.PASS: "fixed", Verdict.NOT_APPLICABLE: "not_applicable"}
_FIELDS = Interval.__struct_fields__
_COLUMNS = tuple(FINDING_INTERVAL.c[name] for name in _FIELDS)


class Steps(Value, frozen=True, kw_only=True):
    """What one audit changes: intervals that begin, go on (key -> what was seen now) and end (key -> why)."""

    opened: tuple[tuple[Result, Finding], ...]
    extended: dict[Key, str | None]
    ended: dict[Key, EndReason]


class Findings:
    """Intervals of `fail` and `review`, by account id and rule."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self) -> dict[Key, Interval]:
        """The intervals that have not ended, by (account id, rule)."""
        with self._database.reading() as connection:
            return _open(connection)

    def history(self, account_id: str) -> tuple[Interval, ...]:
        """All intervals of one account, oldest first."""
        with self._database.reading() as connection:
            return tuple(_intervals(connection, FINDING_INTERVAL.c.account_id == account_id))

    def advance(
        self, run_id: str, now: str, results: Sequence[Result], blind: frozenset[Platform], *, whole: bool = True
    ) -> None:
        """Takes an audit into the baseline; a second call for it, or one after a later audit, changes nothing.

        `results` are those of the `whole` register; else accounts not among them are left as they are. Platforms in
        `blind` (not to be trusted, or not audited) stay untouched. StoreError when the run is no audit.
        """
        with self._database.writing() as connection:
            if _superseded(connection, run_id):
                return
            present = {result.account_id for result in results}
            standing = {key: one for key, one in _open(connection).items() if whole or one.account_id in present}
            steps = compared(standing, results, blind)
            # Ends come first: a changed verdict ends one interval and opens another under the same key.
            _end(connection, steps.ended, {"ended_at": now, "ended_run": run_id})
            _extend(connection, steps.extended, {"last_seen": now, "last_run": run_id})
            rows = [_row(result, finding, now, run_id) for result, finding in steps.opened]
            if rows:
                connection.execute(insert(FINDING_INTERVAL), rows)
            connection.execute(update(RUN).where(RUN.c.run_id == run_id).values(advanced_at=now))


def compared(open_: Mapping[Key, Interval], results: Sequence[Result], blind: frozenset[Platform]) -> Steps:
    """The open intervals held against the results of an audit. Pure."""
    trusted = [result for result in results if result.platform not in blind]
    told = {(result.account_id, finding.rule): (result, finding) for result in trusted for finding in result.findings}
    ended = {key: why for key, (_, finding) in told.items() if (why := _reason(open_.get(key), finding))}
    wanting = {key: pair for key, pair in told.items() if pair[1].verdict in _WANTING}
    extended = {key: finding.seen for key, (_, finding) in wanting.items() if key in open_ and key not in ended}
    opened = tuple(pair for key, pair in wanting.items() if key not in extended)
    present = {result.account_id for result in results}
    for key, interval in open_.items():
        if key not in told and interval.platform not in blind:
            ended[key] = "clause_gone" if interval.account_id in present else "account_gone"
    return Steps(opened=opened, extended=extended, ended=ended)


def _reason(before: Interval | None, finding: Finding) -> EndReason | None:
    """Why `finding` ends the interval before it; `None` when it does not."""
    if before is None or finding.verdict in {before.verdict, Verdict.UNKNOWN}:
        return None
    return _MENDED.get(finding.verdict, "verdict_changed")


def _superseded(connection: Connection, run_id: str) -> bool:
    """Whether this run, or one started after it, was taken into the baseline already."""
    sequence = sequence_of(connection, run_id)
    kind = connection.scalar(select(RUN.c.kind).where(RUN.c.run_id == run_id))
    if kind != AUDIT:
        raise StoreError(f"{run_id}: a run of kind {kind} does not touch the baseline: only an audit does")
    later = select(func.count()).where(RUN.c.sequence >= sequence, RUN.c.advanced_at.is_not(None))
    return bool(connection.scalar(later))


def _open(connection: Connection) -> dict[Key, Interval]:
    still = _intervals(connection, FINDING_INTERVAL.c.ended_at.is_(None))
    return {(interval.account_id, interval.rule): interval for interval in still}


def _intervals(connection: Connection, which: ColumnElement[bool]) -> list[Interval]:
    rows = connection.execute(select(*_COLUMNS).where(which).order_by(FINDING_INTERVAL.c.sequence))
    return [msgspec.convert(dict(zip(_FIELDS, row, strict=True)), Interval) for row in rows]


def _end(connection: Connection, ended: Mapping[Key, EndReason], when: Mapping[str, str]) -> None:
    rows = [{"account": key[0], "clause": key[1], "why": reason} for key, reason in ended.items()]
    _change(connection, rows, {**when, "end_reason": bindparam("why")})


def _extend(connection: Connection, extended: Mapping[Key, str | None], when: Mapping[str, str]) -> None:
    rows = [{"account": key[0], "clause": key[1], "now_seen": seen} for key, seen in extended.items()]
    _change(connection, rows, {**when, "seen": bindparam("now_seen")})


def _change(connection: Connection, rows: Sequence[Mapping[str, str | None]], values: Mapping[str, object]) -> None:
    columns = FINDING_INTERVAL.c
    same = (columns.account_id == bindparam("account")) & (columns.rule == bindparam("clause"))
    if rows:
        still_open = update(FINDING_INTERVAL).where(same, columns.ended_at.is_(None))
        connection.execute(still_open.values(**values), rows)


def _row(result: Result, finding: Finding, now: str, run_id: str) -> dict[str, str | None]:
    return {
        "account_id": result.account_id,
        "platform": result.platform,
        "rule": finding.rule,
        "verdict": finding.verdict,
        "seen": finding.seen,
        "first_seen": now,
        "first_run": run_id,
        "last_seen": now,
        "last_run": run_id,
    }
