"""The baseline: what a row of nights makes of one clause of one account."""

from __future__ import annotations

import pytest

from adapters.model import Platform
from audits.model import Verdict
from crawler.store import StoreError
from tests.crawler.store.making import NOW, begin, finding, result

RULE = "bio-emergency-line"
VERDICTS = {
    "F": Verdict.FAIL,
    "R": Verdict.REVIEW,
    "P": Verdict.PASS,
    "N": Verdict.NOT_APPLICABLE,
    "U": Verdict.UNKNOWN,
}

# A letter a night: the verdict, in small letters when the platform was blind; `.` = the clause was not asked,
# `-` = the account was not in the run, `_` = nor was it, on a blind platform.
# Then each interval: verdict, first and last night it was seen, the night it ended and why.
NIGHTS = {
    "P": [],
    "U": [],
    "N": [],
    ".": [],
    "-": [],
    "f": [],
    "F": [("fail", 0, 0, None, None)],
    "R": [("review", 0, 0, None, None)],
    "FFF": [("fail", 0, 2, None, None)],
    "PUF": [("fail", 2, 2, None, None)],
    "FP": [("fail", 0, 0, 1, "fixed")],
    "FFPP": [("fail", 0, 1, 2, "fixed")],
    "FN": [("fail", 0, 0, 1, "not_applicable")],
    "FPF": [("fail", 0, 0, 1, "fixed"), ("fail", 2, 2, None, None)],
    "FU": [("fail", 0, 0, None, None)],
    "FUUF": [("fail", 0, 3, None, None)],
    "FUP": [("fail", 0, 0, 2, "fixed")],
    "FR": [("fail", 0, 0, 1, "verdict_changed"), ("review", 1, 1, None, None)],
    "RRFF": [("review", 0, 1, 2, "verdict_changed"), ("fail", 2, 3, None, None)],
    "RUF": [("review", 0, 0, 2, "verdict_changed"), ("fail", 2, 2, None, None)],
    "Fp": [("fail", 0, 0, None, None)],
    "Ff": [("fail", 0, 0, None, None)],
    "FpF": [("fail", 0, 2, None, None)],
    "FrP": [("fail", 0, 0, 2, "fixed")],
    "F-": [("fail", 0, 0, 1, "account_gone")],
    "FU-": [("fail", 0, 0, 2, "account_gone")],
    "F-F": [("fail", 0, 0, 1, "account_gone"), ("fail", 2, 2, None, None)],
    "F_": [("fail", 0, 0, None, None)],
    "F_-": [("fail", 0, 0, 2, "account_gone")],
    "F.": [("fail", 0, 0, 1, "clause_gone")],
    "F.F": [("fail", 0, 0, 1, "clause_gone"), ("fail", 2, 2, None, None)],
}


def clock(night: int) -> str:
    return f"2026-11-{10 + night}T18:30:00Z"


def live(store, nights: str, times: int = 1) -> list[str]:
    """Plays the nights, taking each `times` times into the baseline."""
    ids = []
    for night, letter in enumerate(nights):
        ids.append(run_id := begin(store, now=clock(night)))
        other = finding("links-allowed", Verdict.PASS)
        verdict = VERDICTS.get(letter.upper())
        findings = [other, finding(RULE, verdict, f"seen {night}")] if verdict else [other]
        results = [] if letter in "-_" else [result("a", *findings)]
        blind = frozenset({Platform.X}) if letter.islower() or letter == "_" else frozenset()
        for _ in range(times):
            store.findings.advance(run_id, clock(night), results, blind)
    return ids


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize(("nights", "intervals"), NIGHTS.items(), ids=NIGHTS)
def test_nights_add_up_to_intervals(store, nights, intervals, times):
    ids = live(store, nights, times)
    history = store.findings.history("a")
    night = {run_id: number for number, run_id in enumerate(ids)}
    told = [
        (x.verdict, night[x.first_run], night[x.last_run], night.get(x.ended_run or ""), x.end_reason) for x in history
    ]
    assert told == intervals
    assert store.findings.open() == {(x.account_id, x.rule): x for x in history if x.ended_run is None}
    for x in history:
        assert (x.first_seen, x.last_seen) == (clock(night[x.first_run]), clock(night[x.last_run]))
        assert x.ended_at == (clock(night[x.ended_run]) if x.ended_run else None)
        assert (x.platform, x.rule, x.seen) == (Platform.X, RULE, f"seen {night[x.last_run]}")


def test_accounts_and_clauses_do_not_touch_each_other(store):
    rules = ("bio-emergency-line", "links-allowed")
    everything = [result(name, *(finding(rule, Verdict.FAIL) for rule in rules)) for name in ("a", "b")]
    store.findings.advance(begin(store), NOW, everything, frozenset())
    mended = [result("a", finding(rules[0], Verdict.PASS), finding(rules[1], Verdict.FAIL)), everything[1]]
    store.findings.advance(begin(store), NOW, mended, frozenset())
    assert set(store.findings.open()) == {("a", rules[1]), ("b", rules[0]), ("b", rules[1])}


def test_a_blind_platform_does_not_hold_the_other_one_back(store):
    fail = finding(RULE, Verdict.FAIL)
    pair = [result("a", fail), result("b", fail, platform=Platform.INSTAGRAM)]
    store.findings.advance(begin(store), NOW, pair, frozenset({Platform.INSTAGRAM}))
    assert set(store.findings.open()) == {("a", RULE)}


def test_a_resumed_older_audit_does_not_undo_a_newer_one(store):
    older, newer = begin(store), begin(store)
    store.findings.advance(newer, NOW, [result("a", finding(RULE, Verdict.FAIL))], frozenset())
    store.findings.advance(older, NOW, [result("a", finding(RULE, Verdict.PASS))], frozenset())
    assert set(store.findings.open()) == {("a", RULE)}


def test_a_scan_never_touches_the_baseline(store):
    live(store, "F")
    before = store.findings.open()
    with pytest.raises(StoreError, match="only an audit does"):
        store.findings.advance(begin(store, kind="scan"), NOW, [result("a", finding(RULE, Verdict.PASS))], frozenset())
    assert store.findings.open() == before


def test_an_unknown_run_never_touches_the_baseline(store):
    with pytest.raises(StoreError, match="no such run"):
        store.findings.advance("unknown", NOW, [], frozenset())


def test_an_account_without_findings_has_no_history(store):
    live(store, "FP")
    assert store.findings.history("b") == ()


def test_a_whole_register_goes_through_in_one_step(store):
    rules = [f"rule-{number}" for number in range(11)]
    night = [result(f"x-{n}", *(finding(rule, Verdict.FAIL, "gezien") for rule in rules)) for n in range(1500)]
    for _ in range(2):
        store.findings.advance(begin(store), NOW, night, frozenset())
    assert len(store.findings.open()) == 1500 * 11
