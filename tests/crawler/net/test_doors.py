import pytest

from adapters.model import Outcome, Platform
from crawler.net.doors import LIMITS, Doors

DOOR = (Platform.INSTAGRAM, "page")
OTHER = (Platform.INSTAGRAM, "api")


def after(*answers, doors=None):
    doors = doors or Doors()
    for answer in answers:
        outcomes, reason = answer if isinstance(answer, tuple) else ([answer], None)
        doors.note(DOOR, outcomes, reason)
    return doors.closed


def test_a_refused_credential_closes_at_once():
    closed = after(([Outcome.DENIED] * 3, "graph_error:190"))
    assert (closed[DOOR].outcome, closed[DOOR].reason) == (Outcome.DENIED, "graph_error:190")


def test_walls_close_only_when_enough_come_in_a_row():
    limit = LIMITS[Outcome.LOGIN_WALL]
    assert after(*[Outcome.LOGIN_WALL] * (limit - 1)) == {}
    assert DOOR in after(*[Outcome.LOGIN_WALL] * limit)


@pytest.mark.parametrize("seen", [Outcome.OK, Outcome.NOT_FOUND, Outcome.PARTIAL])
def test_one_account_that_was_seen_begins_the_row_anew(seen):
    almost = [Outcome.LOGIN_WALL] * (LIMITS[Outcome.LOGIN_WALL] - 1)
    assert after(*almost, seen, *almost) == {}


def test_a_time_out_between_walls_does_not_begin_the_row_anew():
    limit = LIMITS[Outcome.LOGIN_WALL]
    assert DOOR in after(*[Outcome.LOGIN_WALL, Outcome.TRANSPORT_ERROR] * limit)


def test_other_failures_never_close():
    assert after(*[Outcome.TRANSPORT_ERROR, Outcome.AMBIGUOUS, Outcome.LAYOUT_CHANGED] * 20) == {}


def test_a_refusal_of_one_account_in_a_batch_closes_nothing():
    assert after(([Outcome.OK, Outcome.DENIED], None)) == {}


@pytest.mark.parametrize("reason", ["quotaExceeded", "usage-capped", "credits", "dailyLimitExceeded"])
def test_a_used_up_quota_closes_at_once(reason):
    assert DOOR in after(([Outcome.RATE_LIMITED], reason))


def test_a_throttle_that_may_pass_closes_only_after_several():
    assert after(*[Outcome.RATE_LIMITED] * (LIMITS[Outcome.RATE_LIMITED] - 1)) == {}
    assert DOOR in after(*[Outcome.RATE_LIMITED] * LIMITS[Outcome.RATE_LIMITED])


def test_each_source_has_a_door_of_its_own():
    assert OTHER not in after(Outcome.DENIED)


def test_an_answer_about_nobody_says_nothing():
    assert after(([], None)) == {}
