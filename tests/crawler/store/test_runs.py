"""Runs: their ids, their states, and which one is the latest."""

from __future__ import annotations

import re

import pytest

from crawler.store import RunRow, StoreError
from tests.crawler.store.making import DIGEST, LATER, NOW, begin, record


def ended(store, kind="audit", digest=DIGEST) -> str:
    run_id = begin(store, kind, digest=digest)
    store.runs.finish(run_id, record(run_id, kind), LATER)
    return run_id


def test_a_run_is_kept_as_it_was_started(store):
    run_id = begin(store)
    assert re.fullmatch(r"20261122T183000Z-[0-9a-f]{4}", run_id)
    assert store.runs.get(run_id) == RunRow(
        run_id=run_id,
        kind="audit",
        state="running",
        started_at=NOW,
        finished_at=None,
        register_digest=DIGEST,
        policy_id="voorbeeld-2024",
        policy_sha256="p" * 64,
        complete=None,
        settings_json='{"a": 1}',
    )
    assert store.runs.record(run_id) is None


def test_ids_sort_as_the_runs_were_started_also_within_one_second(store):
    ids = [begin(store) for _ in range(40)] + [begin(store, now=LATER)]
    assert sorted(set(ids)) == ids
    assert [row.run_id for row in store.runs.all()] == ids


def test_an_id_is_in_utc_whatever_the_clock_says(store):
    assert begin(store, now="2026-11-22T19:30:00+01:00").startswith("20261122T183000Z-")


@pytest.mark.parametrize("blind", [frozenset(), frozenset({"x"})])
def test_a_finished_run_keeps_its_record(store, blind):
    run_id = begin(store)
    told = record(run_id, blind=blind)
    for _ in range(2):
        store.runs.finish(run_id, told, LATER)
    row = store.runs.get(run_id)
    assert (row.state, row.finished_at, row.complete) == ("finished", LATER, not blind)
    assert store.runs.record(run_id) == told


def test_an_abandoned_run_is_no_longer_unfinished(store):
    run_id = begin(store)
    assert store.runs.unfinished(DIGEST).run_id == run_id
    store.runs.abandon(run_id, LATER)
    assert store.runs.unfinished(DIGEST) is None
    assert store.runs.latest_for(DIGEST) is None
    assert store.runs.get(run_id).state == "abandoned"


def test_a_finished_run_cannot_be_abandoned(store):
    run_id = ended(store)
    store.runs.abandon(run_id, LATER)
    assert store.runs.get(run_id).state == "finished"


def test_only_audits_of_the_same_register_are_resumed(store):
    begin(store, digest="another")
    begin(store, kind="scan")
    assert store.runs.unfinished(DIGEST) is None
    assert store.runs.latest_for(DIGEST) is None


def test_the_latest_run_of_a_register_is_the_unfinished_one_when_it_started_last(store):
    finished = ended(store)
    assert store.runs.latest_for(DIGEST).run_id == finished
    going = begin(store)
    assert store.runs.latest_for(DIGEST).run_id == going


def test_the_latest_run_is_the_one_started_last_of_its_kind(store):
    first, second = ended(store), ended(store, digest="another")
    scan = ended(store, kind="scan")
    going = begin(store)
    assert store.runs.latest().run_id == second
    assert store.runs.latest(before=second).run_id == first
    assert store.runs.latest(before=first) is None
    assert store.runs.latest(kind="scan").run_id == scan
    assert store.runs.latest(finished=False).run_id == going


def test_a_store_without_runs_has_no_latest(store):
    assert store.runs.latest() is None
    assert store.runs.get("20261122T183000Z-ab12") is None
    assert store.runs.record("20261122T183000Z-ab12") is None


@pytest.mark.parametrize(
    "ask",
    [
        lambda runs: runs.finish("unknown", record("unknown"), LATER),
        lambda runs: runs.abandon("unknown", LATER),
        lambda runs: runs.latest(before="unknown"),
    ],
)
def test_a_run_that_is_not_there_is_told(store, ask):
    with pytest.raises(StoreError, match="unknown: the store has no such run"):
        ask(store.runs)
