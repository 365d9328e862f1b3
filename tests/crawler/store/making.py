"""Small true values for the tests of the store, and ways to make the world refuse."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psycopg
from sqlalchemy import Pool, event

import crawler
from adapters.model import Observation, Outcome, Platform, Profile, Subject
from audits.model import Account, Finding, Result, Severity, Status, Verdict
from audits.report.model import PlatformCount, PolicyMark, RegisterMark, Run
from crawler.store import Sighting, Store

NOW = "2026-11-22T18:30:00Z"
LATER = "2026-11-23T18:30:00Z"
DIGEST = "d" * 64
CHECKOUT = Path(crawler.__file__).parents[1]


def account(name: str, platform: Platform = Platform.X) -> Account:
    return Account(
        account_id=f"{platform}-{name}",
        platform=platform,
        handle=name,
        area="Súdwest-Fryslân",
        conflicts=("twee keer",),
    )


def sighting(account_id: str, outcome: Outcome = Outcome.OK, bio: str = "Bij spoed 112") -> Sighting:
    subject = Subject(handle=account_id, platform_id="17")
    profile = Profile(handle=account_id, bio=bio, links=("https://www.politie.nl",), extra={"likes": 3})
    seen = Observation(subject=subject, platform=Platform.X, source="api", outcome=outcome, profile=profile)
    return Sighting(
        account_id=account_id,
        platform=Platform.X,
        handle=account_id,
        outcome=outcome,
        observations=(
            seen,
            Observation(subject=subject, platform=Platform.X, source="page", outcome=Outcome.LOGIN_WALL),
        ),
        observed_at=NOW,
        image_sha256="a" * 64,
    )


def sightings(start: int, stop: int) -> list[Sighting]:
    return [sighting(f"x-{number:05}") for number in range(start, stop)]


def finding(rule: str, verdict: Verdict, seen: str | None = None) -> Finding:
    return Finding(rule=rule, clause="4.1", verdict=verdict, severity=Severity.MUST, seen=seen, wanted="112")


def result(account_id: str, *findings: Finding, platform: Platform = Platform.X) -> Result:
    return Result(
        account_id=account_id,
        platform=platform,
        handle=account_id,
        status=Status.NON_COMPLIANT,
        observed_at=NOW,
        outcome=Outcome.OK,
        sources=("api", "page"),
        findings=findings,
    )


def record(run_id: str, kind: str = "audit", blind: frozenset[str] = frozenset()) -> Run:
    counts = {name: PlatformCount(planned=2, seen=1, coverage=0.5, blind=name in blind) for name in ("x", "instagram")}
    return Run(
        run_id=run_id,
        kind=kind,
        started_at=NOW,
        finished_at=LATER,
        policy=PolicyMark(id="voorbeeld-2024", sha256="p" * 64),
        register=RegisterMark(sha256=DIGEST, accounts=2),
        code_version="0.1.0",
        permissions={"x": ("api",)},
        platforms=counts,
        complete=not blind,
    )


def begin(store: Store, kind: str = "audit", now: str = NOW, digest: str = DIGEST) -> str:
    return store.runs.start(kind, digest, "voorbeeld-2024", "p" * 64, '{"a": 1}', now)


@contextmanager
def room_for(pages: int) -> Iterator[None]:
    """Every database opened within the block has no room for more than `pages` pages: really full."""

    def limit(connection, _record):
        connection.execute(f"PRAGMA max_page_count={pages}").close()

    event.listen(Pool, "connect", limit)
    try:
        yield
    finally:
        event.remove(Pool, "connect", limit)


FULL = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF (SELECT count(*) FROM sighting) > {rows} THEN
        RAISE 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER full_disk AFTER INSERT ON sighting EXECUTE FUNCTION full_disk();
"""


@contextmanager
def full_after(url: str, rows: int) -> Iterator[None]:
    """Within the block PostgreSQL says that its disk is full when more than so many sightings are written."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(FULL.replace("{rows}", str(rows)))
        try:
            yield
        finally:
            connection.execute("DROP FUNCTION full_disk CASCADE")


@contextmanager
def without_rights() -> Iterator[None]:
    """Within the block the process may not do what only the superuser may."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """A process under way, and what it prints."""

    process: subprocess.Popen[str]
    told: IO[str]


@contextmanager
def other_process(script: str, *arguments: str) -> Iterator[Other]:
    """Another Python with `script`; killed at the end when it still runs."""
    command = [sys.executable, "-c", script, *arguments]
    environment = os.environ | {"PYTHONPATH": str(CHECKOUT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=CHECKOUT) as process:
        try:
            assert process.stdout is not None
            yield Other(process=process, told=process.stdout)
        finally:
            process.kill()
