"""What has been kept long enough, class by class, and letting it go; what is still needed stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, bindparam, delete, false, func, select

from adapters.model import Value
from crawler.store.engine import Database
from crawler.store.runs import AUDIT
from crawler.store.tables import (
    FINDING_INTERVAL,
    IMAGE,
    LOGO_VERDICT,
    REGISTER_ACCOUNT,
    REGISTER_IMPORT,
    REGISTER_VERSION,
    RESULT,
    RUN,
    SHOWN,
    SIGHTING,
)

# The tables of each class. What belongs to none is never purged: who adopted what, and that a run took place.
CLASSES: Mapping[str, tuple[str, ...]] = {
    "results": ("result",),
    "sightings": ("sighting",),
    "images": ("image", "image_key", "logo_verdict"),
    "registers": ("register_version", "register_account", "register_import"),
    "findings": ("finding_interval",),
}
STAYS = ("adoption", "run", "run_platform")
# Runs, pictures or registers that go in one transaction: others who write wait no longer than that takes.
AT_ONCE = 20
# Why rows stay that are old enough to go.
LATEST, OPEN, IN_USE = "latest_audits", "open_findings", "in_use"


class Purged(Value, frozen=True, kw_only=True):
    """One class: rows that go, rows younger than `before` (ISO 8601), and older ones that stay (reason -> rows)."""

    name: str
    before: str
    goes: int
    young: int
    needed: dict[str, int] = {}


def purge(database: Database, before: Mapping[str, str], *, dry_run: bool) -> tuple[Purged, ...]:
    """Lets go what is older than `before` says for each of `CLASSES` (`dry_run` counts it); no audit may run meanwhile.

    Everything goes in small steps, each of which leaves the store whole: one that is killed is simply done again.
    """
    sift = Sift(database, before)
    return (
        sift.of_runs("results", RESULT, dry_run=dry_run),
        sift.of_runs("sightings", SIGHTING, dry_run=dry_run),
        sift.images(dry_run=dry_run),
        sift.registers(dry_run=dry_run),
        sift.findings(dry_run=dry_run),
    )


class Sift:
    """What stays and what goes. `before`: class -> the moment (ISO 8601) before which things are old."""

    def __init__(self, database: Database, before: Mapping[str, str]) -> None:
        self._database = database
        self._before = before
        finished = select(RUN.c.sequence).where(RUN.c.kind == AUDIT, RUN.c.state == "finished")
        with database.reading() as connection:
            last = connection.scalars(finished.order_by(RUN.c.sequence.desc()).limit(2)).all()
        # The last two audits and all runs since: what happens tonight is held against them.
        self._latest: ColumnElement[bool] = RUN.c.sequence >= last[-1] if last else false()

    def of_runs(self, name: str, table: Table, *, dry_run: bool) -> Purged:
        """Results or sightings. All results of a run go together: a part of them would look like a whole report."""
        old = RUN.c.started_at < self._before[name]
        evidence = _evidence() if table is SIGHTING else false()
        rows = select(func.count()).select_from(RUN.join(table, RUN.c.run_id == table.c.run_id))
        with self._database.reading() as connection:
            young, latest, standing, goes = (
                connection.scalar(rows.where(*which)) or 0
                for which in (
                    (~old,),
                    (old, self._latest),
                    (old, ~self._latest, evidence),
                    (old, ~self._latest, ~evidence),
                )
            )
            runs = connection.scalars(select(RUN.c.run_id).where(old, ~self._latest)).all()
        if goes and not dry_run:
            self._delete(table, table.c.run_id, runs, ~evidence)
        return self._told(name, goes, young, {LATEST: latest, OPEN: standing})

    def images(self, *, dry_run: bool) -> Purged:
        """Pictures that nothing recent shows, with the addresses that led to them; verdicts outlive them a while."""
        recent = RUN.c.started_at >= max(self._before["images"], self._before["sightings"])
        shown = select(*SHOWN).join(RUN, RUN.c.run_id == SIGHTING.c.run_id).distinct()
        with self._database.reading() as connection:
            stored = {str(row[0]): str(row[1]) for row in connection.execute(select(IMAGE.c.sha256, IMAGE.c.stored_at))}
            seen = _contents(connection, shown.where(recent))
            latest = _contents(connection, shown.where(self._latest))
            standing = _contents(connection, shown.where(_evidence()))
        young = {sha256 for sha256, moment in stored.items() if sha256 in seen or moment >= self._before["images"]}
        latest = (stored.keys() & latest) - young
        standing = (stored.keys() & standing) - young - latest
        goes = stored.keys() - young - latest - standing
        if not dry_run:
            self._delete(IMAGE, IMAGE.c.sha256, goes)
            self._delete(LOGO_VERDICT, LOGO_VERDICT.c.sha256, self._forgotten())
        return self._told("images", len(goes), len(young), {LATEST: len(latest), OPEN: len(standing)})

    def _forgotten(self) -> set[str]:
        """Contents that were judged and that nothing names any more."""
        with self._database.reading() as connection:
            named = {*connection.scalars(select(IMAGE.c.sha256)), *_contents(connection, select(*SHOWN).distinct())}
            return set(connection.scalars(select(LOGO_VERDICT.c.sha256))) - named

    def registers(self, *, dry_run: bool) -> Purged:
        """Versions of the register that are not the current one, and that no run needs whose results stay."""
        imports = select(REGISTER_IMPORT.c.digest).order_by(REGISTER_IMPORT.c.sequence)
        recent = RUN.c.started_at >= min(self._before["registers"], self._before["results"])
        with self._database.reading() as connection:
            every = set(connection.scalars(select(REGISTER_VERSION.c.digest)))
            imported = connection.scalars(imports).all()
            new = set(connection.scalars(imports.where(REGISTER_IMPORT.c.imported_at >= self._before["registers"])))
            used = set(connection.scalars(select(RUN.c.register_digest).where(recent | self._latest)))
        young = every & new
        in_use = ((every & used) | set(imported[-1:])) - young
        goes = every - young - in_use
        if not dry_run:
            self._delete(REGISTER_IMPORT, REGISTER_IMPORT.c.digest, goes)
            self._delete(REGISTER_ACCOUNT, REGISTER_ACCOUNT.c.digest, goes)
            self._delete(REGISTER_VERSION, REGISTER_VERSION.c.digest, goes)
        return self._told("registers", len(goes), len(young), {IN_USE: len(in_use)})

    def findings(self, *, dry_run: bool) -> Purged:
        """Findings that ended long ago; one that stands is never too old."""
        columns = FINDING_INTERVAL.c
        old = columns.ended_at < self._before["findings"]
        rows = select(func.count()).select_from(FINDING_INTERVAL)
        with self._database.reading() as connection:
            goes, standing, young = (
                connection.scalar(rows.where(which)) or 0
                for which in (old, columns.ended_at.is_(None), columns.ended_at >= self._before["findings"])
            )
        if goes and not dry_run:
            with self._database.writing() as connection:
                connection.execute(delete(FINDING_INTERVAL).where(old))
        return self._told("findings", goes, young, {OPEN: standing})

    def _delete(self, table: Table, column: Column[str], names: Iterable[str], *also: ColumnElement[bool]) -> None:
        rows = [{"name": name} for name in sorted(names)]
        gone = delete(table).where(column == bindparam("name"), *also)
        for start in range(0, len(rows), AT_ONCE):
            with self._database.writing() as connection:
                connection.execute(gone, rows[start : start + AT_ONCE])

    def _told(self, name: str, goes: int, young: int, needed: Mapping[str, int]) -> Purged:
        why = {reason: rows for reason, rows in needed.items() if rows}
        return Purged(name=name, before=self._before[name], goes=goes, young=young, needed=why)


def _contents(connection: Connection, pairs: Select[Any]) -> set[str]:
    """The contents that rows of `SHOWN` name."""
    return {content for row in connection.execute(pairs) for content in row if content}


def _evidence() -> ColumnElement[bool]:
    """Whether a sighting is the first or the last of a finding that still stands."""
    columns = FINDING_INTERVAL.c
    same = (columns.account_id == SIGHTING.c.account_id) & columns.ended_at.is_(None)
    here = (columns.first_run == SIGHTING.c.run_id) | (columns.last_run == SIGHTING.c.run_id)
    return select(columns.sequence).where(same, here).correlate(SIGHTING).exists()
