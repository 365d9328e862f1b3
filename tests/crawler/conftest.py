import stat
from contextlib import contextmanager

import pytest

from crawler.cli.demo import simulator
from crawler.night import host, starters
from tests.crawler.evening import Evening
from tests.crawler.postgres import server

PROGRAM = """#!/bin/sh
case "$1" in
  -l) test -f {tab} && cat {tab} || {{ echo "no crontab for $USER" >&2; exit 1; }} ;;
  -) cat > {tab} ;;
  -r) rm {tab} ;;
esac
"""


@pytest.fixture
def simulated(tmp_path):
    """A context manager that starts the simulator and gives the evening."""

    @contextmanager
    def start(accounts=60, seed=4711, faults="", permissions="recorded"):
        options = ["--accounts", str(accounts), "--seed", str(seed), "--permissions", permissions]
        with simulator(tmp_path, *options, *(["--faults", faults] if faults else [])):
            yield Evening(tmp_path)

    return start


@pytest.fixture(scope="session")
def postgres():
    """One PostgreSQL server for all tests; each makes a database of its own on it."""
    with server() as running:
        yield running


@pytest.fixture
def tab(tmp_path, monkeypatch):
    """A host whose crontab is a file, kept by a program that behaves as crontab(1) does."""
    program, kept = tmp_path / "bin" / "crontab", tmp_path / "tab"
    program.parent.mkdir()
    program.write_text(PROGRAM.format(tab=kept))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    return kept


@pytest.fixture
def bare(tab, tmp_path, monkeypatch):
    """A host with a crontab of its own and nothing that runs; gives the folder of its processes."""
    processes = tmp_path / "proc"
    processes.mkdir()
    monkeypatch.setattr(host, "SYSTEMD", tmp_path / "no-systemd")
    monkeypatch.setattr(starters, "PROCESSES", processes)
    monkeypatch.setattr(starters, "PID_FILE", tmp_path / "crond.pid")
    return processes
