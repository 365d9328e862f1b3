from contextlib import contextmanager

import pytest

from crawler.cli.demo import simulator
from tests.crawler.evening import Evening
from tests.crawler.postgres import server


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
