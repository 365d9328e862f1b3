"""Opening a store: what is made, what is refused, and in which words."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select

from crawler.store import StoreError, StoreFull, open_store
from crawler.store.engine import Database
from crawler.store.tables import REGISTER_VERSION
from tests.crawler.store.making import (
    DIGEST,
    NOW,
    account,
    begin,
    other_process,
    room_for,
    sightings,
    without_rights,
)


def refusal(url: str) -> str:
    with pytest.raises(StoreError) as caught:
        open_store(url).close()
    text = str(caught.value)
    assert "\n" not in text
    return text


def rows(url: str, statement: str) -> list[tuple[object, ...]]:
    database = Database(url)
    with database.reading() as connection:
        found = [tuple(row) for row in connection.exec_driver_sql(statement)]
    database.close()
    return found


def test_a_new_store_makes_its_folder_and_is_sound(tmp_path):
    with open_store(f"sqlite:///{tmp_path}/not/yet/there.db") as store:
        assert store.check() == ()
        assert store.registers.current() is None
        assert store.runs.all() == ()
    assert (tmp_path / "not/yet/there.db").exists()


def test_what_was_stored_is_there_after_opening_again(url):
    with open_store(url) as store:
        store.registers.save([account("a")], DIGEST, NOW)
    with open_store(url) as store:
        kept = store.registers.version(DIGEST)
    assert kept is not None
    assert kept.accounts == (account("a"),)


@pytest.mark.parametrize("kind", ["sqlite"])
def test_the_database_keeps_its_promises_about_writing(store):
    with store.database.reading() as connection:
        told = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "foreign_keys")
        }
    assert told == {"journal_mode": "wal", "foreign_keys": 1}


def test_a_store_that_is_up_to_date_opens_without_alembic(url):
    open_store(url).close()
    script = "import sys; from crawler.store import open_store; open_store(sys.argv[1]).close(); print(*sys.modules)"
    with other_process(script, url) as other:
        modules = other.told.read().split()
    assert "sqlalchemy" in modules
    assert "alembic" not in modules


def test_many_processes_may_make_the_same_store_at_once(url):
    script = (
        "import sys; from crawler.store import open_store; s = open_store(sys.argv[1]); print(s.check()); s.close()"
    )
    with other_process(script, url) as one, other_process(script, url) as two, other_process(script, url) as three:
        assert [other.told.read() for other in (one, two, three)] == ["()\n"] * 3


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("nonsense", "not the address of a store: write sqlite:///PATH"),
        ("mysql://somewhere/herkenbaar", "only SQLite and PostgreSQL are understood: write sqlite:///PATH"),
        ("postgresql://geheim:wachtwoord@host:poort/herkenbaar", "not the address of a store"),
        ("sqlite:///{}/a-file/store.db", "the folder for the store cannot be made"),
        ("sqlite:///{}", "cannot be opened: is it a file"),
        ("sqlite:///{}/a-file", "this is not a database: name another file with --store"),
    ],
)
def test_an_address_that_cannot_be_a_store_is_refused_in_one_line(tmp_path, address, words):
    (tmp_path / "a-file").write_text("account_id,platform,handle\n" * 100)
    assert words in refusal(address.format(tmp_path))
    assert (tmp_path / "a-file").read_text().startswith("account_id")


def test_a_database_of_a_newer_version_is_refused_and_left_alone(url):
    with open_store(url) as store, store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert "written by a newer version of the program (revision 9999" in refusal(url)
    assert rows(url, "SELECT version_num FROM alembic_version") == [("9999",)]


def test_a_database_of_another_program_is_refused_and_left_alone(url):
    database = Database(url)
    with database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE recipes (name TEXT)")
    database.close()
    assert "holds other tables" in refusal(url)
    assert rows(url, "SELECT count(*) FROM recipes") == [(0,)]


def test_a_folder_that_may_not_be_written_is_refused():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        with without_rights():
            assert "may its folder be written" in refusal(f"sqlite:///{folder}/store.db")
            assert "cannot be made" in refusal(f"sqlite:///{folder}/sub/store.db")


def test_a_database_that_may_not_be_written_is_refused():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("VACUUM")
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        with without_rights():
            assert "make the file and its folder writable" in refusal(f"sqlite:///{path}")


def test_a_database_that_another_program_holds_is_refused(tmp_path, sqlite_url):
    with closing(sqlite3.connect(tmp_path / "store.db", isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        assert "locked by another program" in refusal(f"{sqlite_url}?timeout=0.05")
    with open_store(sqlite_url) as store:
        assert store.check() == ()


def test_one_who_writes_waits_for_the_other_and_no_longer_than_told(store_url):
    impatient = f"{store_url}{'&' if '?' in store_url else '?'}timeout=0.05"
    with open_store(store_url) as one, open_store(impatient) as other:
        with one.database.writing(), pytest.raises(StoreError, match="locked by another program"):
            other.registers.save((), "none", NOW)
        assert other.registers.save((), "none", NOW)


def test_one_who_reads_sees_one_state_while_others_write(store):
    counting = select(func.count()).select_from(REGISTER_VERSION)
    with store.database.reading() as connection:
        assert connection.scalar(counting) == 0
        store.registers.save((), "none", NOW)
        assert connection.scalar(counting) == 0
    with store.database.reading() as connection:
        assert connection.scalar(counting) == 1


def test_a_text_with_nul_is_kept_with_a_mark_in_its_place(store):
    store.registers.save([account("nul\x00naam")], "di\x00gest", NOW)
    kept = store.registers.current()
    assert kept.digest == "di\ufffdgest"
    assert kept.accounts == (account("nul\x00naam"),)
    assert store.registers.version("di\x00gest").accounts == kept.accounts


def test_a_full_disk_at_the_first_opening_leaves_nothing_half_made(sqlite_url):
    with room_for(4), pytest.raises(StoreFull, match=r"disk is full: free some space and start again"):
        open_store(sqlite_url)
    with open_store(sqlite_url) as store:
        assert store.check() == ()


def test_damage_is_found_by_the_check(tmp_path, sqlite_url):
    with open_store(sqlite_url) as store:
        run_id = store.runs.start("audit", DIGEST, "voorbeeld-2024", "p", "{}", NOW)
        store.observations.add(run_id, sightings(0, 500))
        assert store.check() == ()
    data = bytearray((tmp_path / "store.db").read_bytes())
    data[-40_000:-20_000] = b"\xff" * 20_000
    (tmp_path / "store.db").write_bytes(data)
    with open_store(sqlite_url) as store:
        assert store.check()


def test_rows_that_point_at_nothing_are_found_by_the_check(url, kind):
    with open_store(url) as store:
        begin(store)
        with store.database.migrating() as connection:
            if kind == "postgresql":
                connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            connection.exec_driver_sql(
                "INSERT INTO result (run_id, account_id, position, platform, status, result) "
                "VALUES ('gone', 'a', 0, 'x', 'compliant', '{}')"
            )
        (told,) = store.check()
    assert "of result point" in told
    assert "missing row of run" in told


def test_a_table_that_is_missing_is_told_as_damage(url):
    with open_store(url) as store:
        with store.database.writing() as connection:
            connection.exec_driver_sql("DROP TABLE logo_verdict")
        assert store.check() == ("table logo_verdict is missing",)


def test_a_store_in_memory_needs_no_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with open_store("sqlite://") as store:
        assert store.registers.save([account("a")], DIGEST, NOW)
        assert store.check() == ()
    assert list(tmp_path.iterdir()) == []


def test_a_store_in_memory_tells_what_it_holds():
    """It has one connection, which must not be waited for while it is in use."""
    with open_store("sqlite://?timeout=0.05") as store:
        assert store.condition().rows["run"] == 0


def test_a_store_that_must_be_there_is_not_made(url, tmp_path):
    with pytest.raises(StoreError, match="there is no store at") as caught:
        open_store(url, make=False)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.glob("*.db*")) == []
    open_store(url).close()
    open_store(url, make=False).close()


def test_the_store_knows_nothing_of_the_rest_of_the_crawler():
    script = "import sys, crawler.store; print(*sys.modules)"
    with other_process(script) as other:
        ours = {name for name in other.told.read().split() if name.startswith("crawler.")}
    assert {name.split(".")[1] for name in ours} == {"store"}
