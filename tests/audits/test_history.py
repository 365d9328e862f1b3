"""Two audits side by side."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.model import Outcome, Platform
from audits.history import changes
from audits.model import Finding, Result, Severity, Status, Verdict
from audits.report.model import Diff

EVENING, NIGHT, MORNING = "2026-11-20T01:00:00Z", "2026-11-21T01:00:00Z", "2026-11-22T01:00:00Z"
NOBODY: frozenset[Platform] = frozenset()


def account(verdict: str | None, account_id: str = "a", **finding: Any) -> Result:
    """An account with one finding, or with none where `verdict` is `None`."""
    found = Finding(rule="bio", clause="1", verdict=Verdict(verdict or "pass"), severity=Severity.MUST, **finding)
    return Result(
        account_id=account_id,
        platform=Platform.X,
        handle="h",
        status=Status.COMPLIANT,
        observed_at=NIGHT,
        outcome=Outcome.OK,
        sources=(),
        findings=(found,) if verdict else (),
    )


def compared(before: Result, after: Result, blind: frozenset[Platform] = NOBODY) -> Diff:
    return changes("two", "one", [before], [after], blind)


def kinds(diff: Diff) -> list[str]:
    return [kind for kind in ("new", "fixed", "unchanged") if getattr(diff, kind)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("pass", "fail", ["new"]),
        ("review", "fail", ["new"]),
        ("not_applicable", "fail", ["new"]),
        ("fail", "fail", ["unchanged"]),
        ("fail", "pass", ["fixed"]),
        ("fail", "unknown", []),
        ("fail", "review", []),
        ("fail", "not_applicable", []),
        ("unknown", "pass", []),
        ("unknown", "fail", ["unchanged"]),
        (None, "fail", ["unchanged"]),
        (None, "pass", []),
        ("pass", "pass", []),
        ("pass", "unknown", []),
    ],
)
def test_only_what_was_known_before_can_be_new_or_mended(before, after, expected):
    assert kinds(compared(account(before), account(after))) == expected


def test_a_second_sight_of_what_was_missing_is_new():
    assert kinds(compared(account("unknown", gap="first_observation"), account("fail"))) == ["new"]


@pytest.mark.parametrize(("first_seen", "expected"), [(EVENING, ["unchanged"]), (MORNING, ["new"])])
def test_a_failure_after_an_unknown_is_new_when_it_was_first_seen_since(first_seen, expected):
    diff = compared(account("unknown", gap="login_wall"), account("fail", first_seen=first_seen))
    assert kinds(diff) == expected


@pytest.mark.parametrize(("before", "after"), [("pass", "fail"), ("fail", "pass")])
def test_a_blind_platform_gives_nothing_new_or_mended(before, after):
    assert kinds(compared(account(before), account(after), frozenset({Platform.X}))) == []
    assert kinds(compared(account(before), account(after), frozenset({Platform.THREADS}))) != []


def test_on_a_first_run_everything_that_fails_is_new():
    diff = changes("one", None, [], [account("fail"), account("pass", "b")], NOBODY)
    assert [change.account_id for change in diff.new] == ["a"]
    assert (diff.since, diff.appeared, diff.gone) == (None, (), ())


def test_accounts_that_came_or_went_are_told_apart_without_their_findings():
    diff = changes("two", "one", [account("fail", "old")], [account("fail", "young")], NOBODY)
    assert (diff.appeared, diff.gone) == (("young",), ("old",))
    assert kinds(diff) == []


def test_a_change_says_what_was_seen_and_since_when():
    after = account("fail", seen="leeg", first_seen=EVENING)
    change = compared(account("fail"), after).unchanged[0]
    assert (change.rule, change.seen, change.since, change.handle) == ("bio", "leeg", EVENING, "h")
