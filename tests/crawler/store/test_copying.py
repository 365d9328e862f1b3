"""Copies and backups: everything, to the letter, or nothing; and proven by reading them again."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing

import pytest

from adapters.model import Platform
from audits.model import LogoVerdict, Verdict
from crawler.store import Store, StoreError, StoreFull, back_up, copy, open_store, restore
from crawler.store.copying import tally
from crawler.store.engine import Database
from tests.crawler.store.making import (
    LATER,
    NOW,
    account,
    begin,
    finding,
    other_process,
    record,
    result,
    room_for,
    sightings,
)

TRICKY = 'ßIJij 🚓 \u202eomgekeerd "quoted" \\ back\nnew line'
PICTURES = {f"{number:064x}": os.urandom(2000 + number) for number in range(25)}


def fill(store: Store, nights: int = 3, accounts: int = 700) -> str:
    """A store with something in every table; gives the id of the last run."""
    store.registers.save([account("a"), account(TRICKY)], "one", NOW)
    store.registers.keep([account("b")], "two")
    for sha256, data in PICTURES.items():
        store.images.put(sha256, data, "png", 10, None, NOW)
        store.images.remember_key(Platform.X, sha256[:60], sha256, NOW)
        store.images.save_verdict(sha256, "set", LogoVerdict(verdict="altered", distance=0.1 + 0.2))
    store.adoptions.add("voorbeeld-2024", "p" * 64, TRICKY, "2026-11-22", NOW)
    for _ in range(nights):
        run_id = begin(store)
        store.observations.add(run_id, sightings(0, accounts))
        results = [result(one.account_id, finding("links-allowed", Verdict.FAIL, TRICKY)) for one in sightings(0, 50)]
        store.results.save(run_id, results)
        store.findings.advance(run_id, NOW, results, frozenset())
        store.runs.finish(run_id, record(run_id), LATER)
    begin(store)
    return run_id


def told(url: str):
    database = Database(url)
    with database.reading() as connection:
        found = tally(connection)
    database.close()
    return found


@pytest.fixture
def other_url(kind, sqlite_url, request):
    """An address of the other kind than `url`."""
    return request.getfixturevalue("postgres_url" if kind == "sqlite" else "sqlite_url")


def test_a_copy_into_the_other_kind_of_database_holds_the_same_to_the_letter(store, other_url, tmp_path):
    fill(store)
    with open_store(other_url) as other:
        counted = copy(store.database, other.database)
        assert other.check() == ()
        assert other.runs.all() == store.runs.all()
    with store.database.reading() as connection:
        assert told(other_url) == counted == tally(connection)
    assert all(one.rows for one in counted)


def test_a_copy_of_a_copy_is_the_first_again_and_goes_on_numbering(store, other_url, tmp_path):
    fill(store)
    back = f"sqlite:///{tmp_path}/back.db"
    with open_store(other_url) as other, open_store(back) as again:
        assert copy(store.database, other.database) == copy(other.database, again.database)
        for one in (other, again):
            before = one.runs.all()
            run_id = begin(one, now=LATER)
            assert [row.run_id for row in one.runs.all()] == [*(row.run_id for row in before), run_id]
            one.adoptions.add("voorbeeld-2024", "q", "iemand", "2026-11-23", LATER)
            assert len(one.adoptions.all()) == 2


def test_a_store_that_holds_something_is_not_copied_over(store, tmp_path):
    fill(store, nights=1)
    with open_store(f"sqlite:///{tmp_path}/other.db") as other:
        other.registers.save([account("mine")], "mine", NOW)
        with pytest.raises(
            StoreError, match=r"not empty \(register_version 1, register_account 1, register_import 1\)"
        ):
            copy(store.database, other.database)
        assert other.registers.version("mine")


def test_an_older_file_with_nul_in_it_is_copied(tmp_path, sqlite_url, postgres_url):
    open_store(sqlite_url).close()
    with closing(sqlite3.connect(tmp_path / "store.db")) as connection, connection:
        connection.execute("INSERT INTO register_version (digest) VALUES (?)", ("nul\x00",))
    with open_store(sqlite_url) as store, open_store(postgres_url) as other:
        copy(store.database, other.database)
        assert other.registers.version("nul\ufffd") is not None


def test_a_backup_can_be_read_anywhere_and_restored(store, tmp_path):
    fill(store)
    path = tmp_path / "backups" / "night.sqlite"
    counted = back_up(store.database, path)
    assert [one.name for one in path.parent.iterdir()] == ["night.sqlite"]
    path.chmod(0o444)
    path.parent.chmod(0o555)
    with open_store(f"sqlite:///{tmp_path}/new.db") as new:
        assert restore(path, new.database, force=False) == counted
        assert new.check() == ()
    path.parent.chmod(0o755)
    assert told(f"sqlite:///{tmp_path}/new.db") == counted


def test_a_backup_of_one_kind_is_restored_into_the_other(store, other_url, tmp_path):
    fill(store)
    counted = back_up(store.database, tmp_path / "night.sqlite")
    with open_store(other_url) as other:
        assert restore(tmp_path / "night.sqlite", other.database, force=False) == counted


def test_a_restore_refuses_to_overwrite_runs_unless_told_to(store, tmp_path):
    run_id = fill(store)
    back_up(store.database, tmp_path / "night.sqlite")
    later = begin(store, now=LATER)
    with pytest.raises(StoreError, match=r"this store has 5 runs: .* add --force"):
        restore(tmp_path / "night.sqlite", store.database, force=False)
    assert store.runs.get(later)
    restore(tmp_path / "night.sqlite", store.database, force=True)
    assert store.runs.get(later) is None
    assert store.runs.latest().run_id == run_id
    begin(store, now=LATER)


def test_a_backup_never_overwrites_a_file(store, tmp_path):
    (tmp_path / "letter.txt").write_text("Geachte heer")
    with pytest.raises(StoreError, match="this file is there already"):
        back_up(store.database, tmp_path / "letter.txt")
    assert (tmp_path / "letter.txt").read_text() == "Geachte heer"


def test_a_backup_where_nothing_can_be_written_is_told(store, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be written"):
        back_up(store.database, tmp_path / "file" / "night.sqlite")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "there is no such file"),
        (b"boodschappenlijst" * 100, "this is not a database"),
        (b"", "this file holds no store"),
    ],
)
def test_what_is_no_backup_is_not_restored(store, tmp_path, content, words):
    path = tmp_path / "night.sqlite"
    if content is not None:
        path.write_bytes(content)
    fill(store, nights=1)
    with pytest.raises(StoreError, match=words) as caught:
        restore(path, store.database, force=True)
    assert str(path) in str(caught.value)
    assert len(store.runs.all()) == 2


def test_a_damaged_backup_is_not_restored(store, tmp_path):
    fill(store)
    path = tmp_path / "night.sqlite"
    back_up(store.database, path)
    data = bytearray(path.read_bytes())
    data[-200_000:-100_000] = b"\xff" * 100_000
    path.write_bytes(data)
    with pytest.raises(StoreError):
        restore(path, store.database, force=True)
    assert len(store.runs.all()) == 4
    assert store.check() == ()


WRITING = """
import sys
from crawler.store import open_store
from tests.crawler.store.making import sightings
store = open_store(sys.argv[1])
for start in range(10_000, 1_000_000, 20):
    store.observations.add(sys.argv[2], sightings(start, start + 20))
    print(start, flush=True)
"""


def test_a_backup_made_while_an_audit_writes_holds_one_state_of_it(url, tmp_path):
    with open_store(url) as store:
        run_id = fill(store)
        with other_process(WRITING, url, run_id) as other:
            other.told.readline()
            back_up(store.database, tmp_path / "night.sqlite")
            more = int(other.told.readline())
    assert more >= 10_000
    with open_store(f"sqlite:///{tmp_path}/night.sqlite") as kept:
        done = len(kept.observations.done(run_id))
        assert done >= 720
        assert done % 20 == 0
        assert kept.check() == ()


# Stops for good at the first statement with these words in it, and says so.
HELD = """
import sys, time
from pathlib import Path
from sqlalchemy import Engine, event
from crawler.store import back_up, copy, open_store, restore
what, url, other, words = sys.argv[1:]
store = open_store(url)
target = None if what == "back_up" else open_store(other)
def hold(connection, cursor, statement, parameters, context, many):
    if words in statement:
        print("held", flush=True)
        time.sleep(60)
event.listen(Engine, "after_cursor_execute", hold)
match what:
    case "back_up": back_up(store.database, Path(other))
    case "copy": copy(store.database, target.database)
    case "restore": restore(Path(url.removeprefix("sqlite:///")), target.database, force=True)
"""


@pytest.mark.parametrize("words", ["INSERT INTO", "PRAGMA integrity_check"])
def test_a_backup_that_is_killed_leaves_no_file_by_that_name_and_the_next_one_works(store, store_url, tmp_path, words):
    fill(store)
    path = tmp_path / "night.sqlite"
    words = "PRAGMA integrity_check" if store_url.startswith("sqlite") else words
    with other_process(HELD, "back_up", store_url, str(path), words) as other:
        assert other.told.readline() == "held\n"
        with pytest.raises(StoreError, match="another backup is being written there"):
            back_up(store.database, path)
    assert not path.exists()
    back_up(store.database, path)
    assert [one.name for one in tmp_path.glob("night*")] == ["night.sqlite"]


@pytest.mark.parametrize("words", ["INSERT INTO sighting", "FROM sighting"])
def test_a_copy_that_is_killed_leaves_nothing_in_the_other_store(store, store_url, other_url, words):
    fill(store)
    with other_process(HELD, "copy", store_url, other_url, words) as other:
        assert other.told.readline() == "held\n"
        other.process.kill()
    with open_store(other_url) as other_store:
        assert copy(store.database, other_store.database)


def test_a_restore_that_is_killed_leaves_the_store_as_it_was(store, store_url, tmp_path):
    fill(store)
    path = tmp_path / "night.sqlite"
    back_up(store.database, path)
    begin(store, now=LATER)
    before = told(store_url)
    with other_process(HELD, "restore", f"sqlite:///{path}", store_url, "INSERT INTO run_platform") as other:
        assert other.told.readline() == "held\n"
        other.process.kill()
        other.process.wait()
    assert told(store_url) == before
    assert store.check() == ()


def test_a_backup_that_finds_no_room_names_its_own_place(store, tmp_path):
    fill(store)
    path = tmp_path / "elsewhere" / "night.sqlite"
    with room_for(3), pytest.raises(StoreFull, match="disk is full") as caught:
        back_up(store.database, path)
    assert str(caught.value).startswith(f"{path}.part: ")
    assert list(path.parent.iterdir()) == []
    assert back_up(store.database, path)
