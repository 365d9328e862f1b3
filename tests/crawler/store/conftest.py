from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.store import Store, open_store
from crawler.store.tables import METADATA

KINDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store as it is after the first opening, made once because migrating takes longer than most tests."""
    path = tmp_path_factory.mktemp("migrated") / "store.db"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def migrated_database(postgres) -> Iterator[str]:
    """The same on PostgreSQL; each test empties it after use."""
    with postgres.database("kept") as url:
        open_store(url).close()
        yield url


@pytest.fixture(params=KINDS)
def kind(request):
    """Which database the test runs on; a test that names none of these runs on both through `url` and `store`."""
    return request.param


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture
def postgres_url(postgres) -> Iterator[str]:
    with postgres.database("empty") as url:
        yield url


@pytest.fixture
def url(kind: str, request):
    """The address of a database without any table."""
    return request.getfixturevalue("sqlite_url" if kind == "sqlite" else "postgres_url")


@pytest.fixture
def store_url(kind: str, tmp_path: Path, request) -> Iterator[str]:
    """The address of a store in which nothing is kept yet."""
    if kind == "sqlite":
        shutil.copy(request.getfixturevalue("migrated"), tmp_path / "kept.db")
        yield f"sqlite:///{tmp_path / 'kept.db'}"
        return
    yield request.getfixturevalue("migrated_database")
    request.getfixturevalue("postgres").emptied("kept", METADATA.tables)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with open_store(store_url) as opened:
        yield opened
