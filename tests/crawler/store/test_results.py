"""Results come back as they were, in the order in which they were saved."""

from __future__ import annotations

import msgspec
import pytest

from audits.model import Status, Verdict, Waived
from crawler.store import StoreError
from tests.crawler.store.making import begin, finding, result

WAIVED = msgspec.structs.replace(
    finding("links-allowed", Verdict.FAIL, "politie.nl.example"),
    waived=Waived(reason="actie", approver="hoofd communicatie", until="2026-12-31"),
)
RESULTS = (result("c", WAIVED), result("a", finding("bio-emergency-line", Verdict.PASS)), result("b"))


def test_results_come_back_in_their_order(store):
    run_id = begin(store)
    store.results.save(run_id, RESULTS)
    assert store.results.of(run_id) == RESULTS
    assert store.results.get(run_id, "c") == RESULTS[0]


def test_saving_twice_changes_nothing(store):
    run_id = begin(store)
    for _ in range(2):
        store.results.save(run_id, RESULTS)
    assert store.results.of(run_id) == RESULTS


def test_a_new_result_of_an_account_takes_the_place_of_the_old_one(store):
    run_id = begin(store)
    store.results.save(run_id, RESULTS[:2])
    mended = msgspec.structs.replace(RESULTS[0], status=Status.COMPLIANT)
    store.results.save(run_id, [RESULTS[2], mended])
    assert store.results.of(run_id) == (mended, RESULTS[1], RESULTS[2])


def test_results_belong_to_one_run(store):
    one, two = begin(store), begin(store)
    store.results.save(one, RESULTS)
    assert store.results.of(two) == ()
    assert store.results.get(two, "a") is None
    assert store.results.get(one, "nobody") is None


def test_results_of_an_unknown_run_are_refused(store):
    with pytest.raises(StoreError, match="no such run"):
        store.results.save("unknown", RESULTS)
