import pytest

from adapters.meta import CODES as GRAPH
from adapters.model import Outcome, Platform
from adapters.x.problem import CODES as X_CODES
from adapters.x.problem import TYPES as X_TYPES
from adapters.youtube.problem import REASONS as GOOGLE
from crawler.net.doors import LIMITS, Doors

DOOR = (Platform.INSTAGRAM, "page")
OTHER = (Platform.INSTAGRAM, "api")
OURS = [
    *("no_credential", "status:401"),
    *("graph_error:102", "graph_error:104", "graph_error:190", "graph_error:190/463", "graph_error:2500"),
    *("client-forbidden", "unsupported-authentication", "oauth1-permissions"),
    *("code:32", "code:89", "code:99", "code:215", "code:239", "code:326"),
    *("keyInvalid", "keyExpired", "API_KEY_INVALID", "API_KEY_SERVICE_BLOCKED", "accessNotConfigured"),
    *("insufficientPermissions", "ipRefererBlocked", "refererBlocked", "authError", "authErrorGeneric"),
    *("expired", "required", "unregistered", "SERVICE_DISABLED", "CONSUMER_INVALID", "CONSUMER_SUSPENDED"),
    *("BILLING_DISABLED", "UNAUTHENTICATED"),
]
OF_ONE = [
    *("graph_error:10", "graph_error:100", "graph_error:200", "graph_error:283", "status:403", None),
    *("forbidden", "channelForbidden", "accountDisabled", "accountDeleted", "usageForbidden"),
]


def after(*answers, doors=None):
    doors = doors or Doors()
    for answer in answers:
        outcomes, reason = answer if isinstance(answer, tuple) else ([answer], None)
        doors.note(DOOR, outcomes, reason)
    return doors.closed


def test_a_refused_credential_closes_at_once():
    closed = after(([Outcome.DENIED] * 3, "graph_error:190"))
    assert (closed[DOOR].outcome, closed[DOOR].reason) == (Outcome.DENIED, "graph_error:190")


@pytest.mark.parametrize("reason", OURS)
def test_a_denial_about_key_token_or_app_closes_at_once(reason):
    assert DOOR in after(([Outcome.DENIED], reason))


@pytest.mark.parametrize("reason", OF_ONE)
def test_a_denial_that_may_be_about_one_account_closes_only_after_three(reason):
    denied = ([Outcome.DENIED], reason)
    assert after(denied, denied) == {}
    assert after(denied, denied, Outcome.OK, denied, denied) == {}
    assert DOOR in after(denied, denied, denied)


def test_every_denial_that_a_reader_tells_is_of_one_kind_or_the_other():
    google = [reason for reason, outcome in GOOGLE.items() if outcome is Outcome.DENIED]
    x = [f"code:{code}" for code, outcome in X_CODES.items() if outcome is Outcome.DENIED]
    x += [reason for reason, outcome in X_TYPES.items() if outcome is Outcome.DENIED]
    graph = [f"graph_error:{first}" for first, _, outcome in GRAPH if outcome is Outcome.DENIED]
    known = {str(reason).lower() for reason in (*OURS, *OF_ONE)}
    assert {*google, *x, *graph} - known == set()


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
    closed = after(([Outcome.DENIED], "status:401"))
    assert DOOR in closed
    assert OTHER not in closed


def test_an_answer_about_nobody_says_nothing():
    assert after(([], None)) == {}
