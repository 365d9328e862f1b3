"""Opening a store: what is made, what is refused, and in which words."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from crawler.store import StoreError, StoreFull, open_store
from tests.crawler.store.making import DIGEST, NOW, account, other_process, room_for, sightings, without_rights


def refusal(url: str) -> str:
    with pytest.raises(StoreError) as caught:
        open_store(url).close()
    text = str(caught.value)
    assert "\n" not in text
    return text


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
        ("postgresql://somewhere/herkenbaar", "only SQLite is understood: write sqlite:///PATH"),
        ("sqlite:///{}/a-file/store.db", "the folder for the store cannot be made"),
        ("sqlite:///{}", "cannot be opened: is it a file"),
        ("sqlite:///{}/a-file", "this is not a database: name another file with --store"),
    ],
)
def test_an_address_that_cannot_be_a_store_is_refused_in_one_line(tmp_path, address, words):
    (tmp_path / "a-file").write_text("account_id,platform,handle\n" * 100)
    assert words in refusal(address.format(tmp_path))
    assert (tmp_path / "a-file").read_text().startswith("account_id")


def test_a_database_of_a_newer_version_is_refused_and_left_alone(tmp_path, url):
    open_store(url).close()
    with closing(sqlite3.connect(tmp_path / "store.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "written by a newer version of the program (revision 9999" in refusal(url)
    with closing(sqlite3.connect(tmp_path / "store.db")) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path, url):
    with closing(sqlite3.connect(tmp_path / "store.db")) as connection, connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    assert "holds other tables" in refusal(url)
    with closing(sqlite3.connect(tmp_path / "store.db")) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("recipes",)]


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


def test_a_database_that_another_program_holds_is_refused(tmp_path, url):
    with closing(sqlite3.connect(tmp_path / "store.db", isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        assert "locked by another program" in refusal(f"{url}?timeout=0.05")
    with open_store(url) as store:
        assert store.check() == ()


def test_a_full_disk_at_the_first_opening_leaves_nothing_half_made(url):
    with room_for(4), pytest.raises(StoreFull, match=r"disk is full: free some space and start again"):
        open_store(url)
    with open_store(url) as store:
        assert store.check() == ()


def test_damage_is_found_by_the_check(tmp_path, url):
    with open_store(url) as store:
        run_id = store.runs.start("audit", DIGEST, "voorbeeld-2024", "p", "{}", NOW)
        store.observations.add(run_id, sightings(0, 500))
        assert store.check() == ()
    data = bytearray((tmp_path / "store.db").read_bytes())
    data[-40_000:-20_000] = b"\xff" * 20_000
    (tmp_path / "store.db").write_bytes(data)
    with open_store(url) as store:
        assert store.check()


def test_a_store_in_memory_needs_no_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with open_store("sqlite://") as store:
        assert store.registers.save([account("a")], DIGEST, NOW)
        assert store.check() == ()
    assert list(tmp_path.iterdir()) == []


def test_the_store_knows_nothing_of_the_rest_of_the_crawler():
    script = "import sys, crawler.store; print(*sys.modules)"
    with other_process(script) as other:
        ours = {name for name in other.told.read().split() if name.startswith("crawler.")}
    assert {name.split(".")[1] for name in ours} == {"store"}
