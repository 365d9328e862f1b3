"""Sightings: all or none, once for each account and run, and what they add up to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from adapters.model import Outcome
from crawler.store import Store, StoreError, StoreFull, open_store
from tests.crawler.store.making import LATER, begin, full_after, other_process, record, room_for, sighting, sightings


def test_a_sighting_comes_back_as_it_was(store):
    run_id = begin(store)
    seen = [sighting("b", Outcome.PARTIAL), sighting("a", bio="=cmd|'/C calc'!A0 <script>\n\u202eomgekeerd\u0000🚓")]
    store.observations.add(run_id, seen)
    assert list(store.observations.of(run_id)) == [seen[1], seen[0]]
    assert store.observations.done(run_id) == {"a", "b"}


def test_a_second_sighting_takes_the_place_of_the_first(store):
    run_id = begin(store)
    store.observations.add(run_id, [sighting("a", Outcome.LOGIN_WALL), sighting("b")])
    store.observations.add(run_id, [sighting("a", Outcome.OK, bio="")])
    assert list(store.observations.of(run_id)) == [sighting("a", Outcome.OK, bio=""), sighting("b")]


def test_runs_do_not_see_each_other(store):
    one, two = begin(store), begin(store)
    store.observations.add(one, [sighting("a")])
    assert store.observations.done(two) == frozenset()
    assert list(store.observations.of(two)) == []


def test_a_sighting_of_an_unknown_run_is_refused(store):
    with pytest.raises(StoreError, match="no such run"):
        store.observations.add("unknown", [sighting("a")])


def test_nothing_to_add_is_no_trouble(store):
    run_id = begin(store)
    store.observations.add(run_id, [])
    assert store.observations.done(run_id) == frozenset()


def test_a_whole_register_is_stored_in_batches_and_read_in_order(store):
    run_id = begin(store)
    for start in range(0, 2500, 100):
        store.observations.add(run_id, sightings(start, start + 100))
    assert list(store.observations.of(run_id)) == sightings(0, 2500)


def test_reading_holds_nothing_back_while_others_write(store):
    run_id = begin(store)
    store.observations.add(run_id, sightings(0, 450))
    reader = store.observations.of(run_id)
    next(reader)
    store.observations.add(run_id, sightings(450, 500))
    assert store.database.engine.pool.checkedout() == 0
    assert len(list(reader)) == 499


@pytest.mark.parametrize("kind", ["memory", "sqlite", "postgresql"])
def test_many_threads_may_write_and_read_at_once(kind, request):
    address = "sqlite://" if kind == "memory" else request.getfixturevalue("url")
    with open_store(address) as store, ThreadPoolExecutor(8) as threads:
        run_id = begin(store)
        start = threading.Barrier(8)

        def work(number: int) -> int:
            start.wait()
            for batch in range(5):
                first = (number * 5 + batch) * 10
                store.observations.add(run_id, sightings(first, first + 10))
            return len(store.observations.done(run_id))

        assert max(threads.map(work, range(8))) == 400
        assert list(store.observations.of(run_id)) == sightings(0, 400)


def filled(store: Store, run_id: str) -> Iterator[int]:
    """Adds batches of 50 until it cannot, telling of each that was stored."""
    for start in range(0, 10_000, 50):
        store.observations.add(run_id, sightings(start, start + 50))
        yield start


def test_a_full_disk_loses_nothing_that_was_stored(url, kind):
    open_store(url).close()
    with room_for(100) if kind == "sqlite" else full_after(url, 275):
        store = open_store(url)
        run_id = begin(store)
        announced: list[int] = []
        with pytest.raises(StoreFull, match=r": the disk is full: free some space"):
            announced.extend(filled(store, run_id))
        store.close()
    stored = len(announced) * 50
    assert stored > 0
    with open_store(url) as store:
        assert list(store.observations.of(run_id)) == sightings(0, stored)
        store.observations.add(run_id, sightings(stored, stored + 50))
        assert len(store.observations.done(run_id)) == stored + 50
        assert store.check() == ()


WRITE = """
import sys
from crawler.store import open_store
from tests.crawler.store.making import sightings
store = open_store(sys.argv[1])
for start in range(0, 1_000_000, 20):
    store.observations.add(sys.argv[2], sightings(start, start + 20))
    print(start, flush=True)
"""


@pytest.mark.parametrize("batches", [1, 7, 40])
def test_a_kill_in_the_middle_of_writing_loses_nothing_that_was_stored(url, batches):
    with open_store(url) as store:
        run_id = begin(store)
    with other_process(WRITE, url, run_id) as other:
        reported = [int(other.told.readline()) for _ in range(batches)]
        other.process.kill()
        reported += [int(line) for line in other.told if line.endswith("\n")]
    with open_store(url) as store:
        done = len(store.observations.done(run_id))
        assert done >= reported[-1] + 20
        assert done % 20 == 0
        assert list(store.observations.of(run_id)) == sightings(0, done)
        assert store.check() == ()


# Each run, oldest first: what sort of run it was, and what it saw of the account.
RUNS = {
    "night": ("audit", "finished", False),
    "blind": ("audit", "finished", True),
    "scan": ("scan", "finished", False),
    "abandoned": ("audit", "abandoned", False),
    "going": ("audit", "running", False),
}
OK, MISSING, WALL = Outcome.OK, Outcome.NOT_FOUND, Outcome.LOGIN_WALL

STREAKS = {
    "never audited": ([], None),
    "seen once": ([("night", OK)], (OK, 1)),
    "seen thrice alike": ([("night", OK)] * 3, (OK, 3)),
    "missing since last night": ([("night", OK), ("night", OK), ("night", MISSING)], (MISSING, 1)),
    "missing twice": ([("night", OK), ("night", MISSING), ("night", MISSING)], (MISSING, 2)),
    "back again": ([("night", MISSING), ("night", OK)], (OK, 1)),
    "missing, back, missing": ([("night", MISSING), ("night", OK), ("night", MISSING)], (MISSING, 1)),
    "a wall in between": ([("night", MISSING), ("night", WALL), ("night", MISSING)], (MISSING, 2)),
    "a wall at the end": ([("night", MISSING), ("night", WALL)], (MISSING, 1)),
    "walls only": ([("night", WALL), ("night", WALL)], None),
    "not in the register in between": ([("night", MISSING), ("night", None), ("night", MISSING)], (MISSING, 2)),
    "a scan in between": ([("night", MISSING), ("scan", OK), ("night", MISSING)], (MISSING, 2)),
    "scans only": ([("scan", MISSING), ("scan", MISSING)], None),
    "an abandoned audit": ([("night", MISSING), ("abandoned", OK)], (MISSING, 1)),
    "an audit under way": ([("night", OK), ("going", MISSING)], (OK, 1)),
    "a blind night": ([("night", OK), ("blind", MISSING), ("night", MISSING)], (MISSING, 1)),
    "a blind night in between": ([("night", MISSING), ("blind", OK), ("night", MISSING)], (MISSING, 2)),
}


def play(store, runs) -> list[str]:
    ids = []
    for sort, outcome in runs:
        kind, state, blind = RUNS[sort]
        ids.append(run_id := begin(store, kind))
        store.observations.add(run_id, [sighting("other")] + ([sighting("a", outcome)] if outcome else []))
        if state == "finished":
            store.runs.finish(run_id, record(run_id, kind, frozenset({"x"} if blind else ())), LATER)
        elif state == "abandoned":
            store.runs.abandon(run_id, LATER)
    return ids


@pytest.mark.parametrize(("runs", "streak"), STREAKS.values(), ids=STREAKS)
def test_a_streak_counts_the_audits_that_saw_the_same(store, runs, streak):
    play(store, runs)
    assert store.observations.streaks().get("a") == streak
    assert store.observations.streaks(["a"]) == ({"a": streak} if streak else {})
    assert store.observations.streaks([]) == {}


def test_a_streak_before_a_run_knows_nothing_of_it_or_later_ones(store):
    ids = play(store, [("night", OK), ("night", MISSING), ("night", MISSING)])
    streaks = [store.observations.streaks(before_run=run_id).get("a") for run_id in ids]
    assert streaks == [None, (OK, 1), (MISSING, 1)]


def test_streaks_of_more_accounts_than_a_statement_can_name(store):
    run_id = begin(store)
    store.observations.add(run_id, sightings(0, 700))
    store.runs.finish(run_id, record(run_id), LATER)
    wanted = [one.account_id for one in sightings(50, 650)]
    assert store.observations.streaks(wanted) == dict.fromkeys(wanted, (OK, 1))


def test_streaks_before_an_unknown_run_are_refused(store):
    with pytest.raises(StoreError, match="no such run"):
        store.observations.streaks(before_run="unknown")


def test_a_streak_is_counted_no_further_than_asked(store):
    play(store, [("night", MISSING)] * 4)
    assert store.observations.streaks(["a"], most=2) == {"a": (MISSING, 2)}
    assert store.observations.streaks(most=3)["a"] == (MISSING, 3)


def test_no_night_is_read_that_cannot_change_what_was_asked(store):
    play(store, [("night", OK)] * 4)
    read: list[list[object]] = []
    with listening(store, read):
        assert store.observations.streaks(["a", "other"], most=2) == dict.fromkeys(["a", "other"], (OK, 2))
    assert len(read) == 2


def test_of_an_earlier_night_only_the_accounts_that_are_not_settled_are_read(store):
    for present in (["new"], [], [], []):
        run_id = begin(store)
        store.observations.add(run_id, [sighting(name) for name in [*present, "a"]])
        store.runs.finish(run_id, record(run_id), LATER)
    read: list[list[object]] = []
    with listening(store, read):
        told = store.observations.streaks(["a", "new", "never"], most=2)
    assert told == {"a": (OK, 2), "new": (OK, 1)}
    assert [sorted({"a", "new", "never"} & set(map(str, names))) for names in read] == [
        ["a", "never", "new"],
        ["a", "never", "new"],
        ["never", "new"],
        ["never", "new"],
    ]


@contextmanager
def listening(store, read):
    """Notes the parameters of each statement that reads sightings within the block."""

    def note(_connection, _cursor, statement, parameters, _context, _many):
        if "FROM sighting" in statement:
            read.append(list(parameters.values() if isinstance(parameters, dict) else parameters))

    event.listen(store.database.engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(store.database.engine, "before_cursor_execute", note)
