from typing import Any

import pytest
from msgspec import structs

from adapters import ADAPTERS
from adapters.model import Observation, Outcome, Platform, Profile, Subject
from crawler.config import Canary
from crawler.run.canary import judge_canary

X = ADAPTERS[Platform.X]
LIVE = Canary(
    handle="politie",
    platform_id="1",
    expect={
        "display_name": "Politie",
        "bio": "Bel 112. Café",
        "private": False,
        "links": ["https://www.politie.nl/", "https://kombijdepolitie.nl/"],
        "avatar_url": "https://pbs.twimg.com/profile_images/12/abc_normal.jpg",
    },
)
GOOD: dict[str, Any] = {
    "handle": "politie",
    "platform_id": "1",
    "display_name": "Politie",
    "bio": "Bel 112. Cafe\u0301",
    "private": False,
    "links": ("https://kombijdepolitie.nl/", "https://www.politie.nl/"),
    "avatar_url": "http://127.0.0.1/pbs.twimg.com/profile_images/12/abc_400x400.jpg",
}


def answered(canary, outcome=Outcome.OK, adapter=X, **profile):
    seen = Observation(
        subject=Subject(handle=canary.handle),
        platform=adapter.platform,
        source="api",
        outcome=outcome,
        profile=Profile(**profile) if profile else None,
    )
    return judge_canary(adapter, adapter.sources, canary, [seen], frozenset(LIVE.expect), "before")


def test_a_live_canary_with_its_own_values_is_right_whatever_their_spelling():
    assert answered(LIVE, **GOOD).right


def test_capitals_make_no_other_handle():
    named = Canary(handle="PolitieDam", platform_id="1", expect={"handle": "PolitieDam"})
    assert answered(named, platform_id="1", handle="politiedam").right
    assert answered(named, platform_id="1", handle="politieweg").wrong_fields == ("handle",)


@pytest.mark.parametrize(("platform", "right"), [(Platform.FACEBOOK, True), (Platform.INSTAGRAM, False)])
def test_dots_make_another_handle_where_the_platform_says_so(platform, right):
    named = Canary(handle="politie.dam", platform_id="1", expect={"handle": "politie.dam"})
    assert answered(named, adapter=ADAPTERS[platform], platform_id="1", handle="PolitieDam").right is right


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("bio", ""),
        ("bio", "Bel 113"),
        ("private", True),
        ("links", ()),
        ("links", ("https://www.politie.nl/",)),
        ("display_name", "Iemand anders"),
        ("avatar_url", "https://pbs.twimg.com/profile_images/13/abc_400x400.jpg"),
    ],
)
def test_one_wrong_value_is_named(field, value):
    result = answered(LIVE, **(GOOD | {field: value}))
    assert not result.right
    assert result.wrong_fields == (field,)


@pytest.mark.parametrize("field", sorted(set(LIVE.expect) | {"handle"}))
def test_a_field_that_an_answer_in_full_did_not_bring_is_wrong(field):
    named = Canary(handle="politie", platform_id="1", expect=LIVE.expect | {"handle": "politie"})
    result = answered(named, **(GOOD | {field: None}))
    assert (result.right, result.wrong_fields) == (False, (field,))


@pytest.mark.parametrize(("field", "value"), [("bio", ""), ("links", [])])
def test_an_empty_field_may_be_left_out(field, value):
    bare = Canary(handle="politie", platform_id="1", expect={field: value})
    assert answered(bare, **(GOOD | {field: None})).right


def test_a_field_that_no_source_shows_in_full_is_unseen_and_not_wrong():
    kind = Canary(handle="politie", platform_id="1", expect={"category": "Politie"})
    assert answered(kind, **GOOD).right


@pytest.mark.parametrize("last", [Outcome.PARTIAL, Outcome.LOGIN_WALL])
def test_a_source_that_did_not_answer_in_full_owes_nothing(last):
    read = Observation(
        subject=Subject(handle="politie"),
        platform=Platform.X,
        source="page",
        outcome=Outcome.OK if last is Outcome.LOGIN_WALL else last,
        profile=Profile(**(GOOD | {"bio": None})),
    )
    seen = [read, structs.replace(read, outcome=last, profile=None if last is Outcome.LOGIN_WALL else read.profile)]
    assert judge_canary(X, X.sources, LIVE, seen, frozenset(LIVE.expect), "before").right


def test_what_one_source_left_out_another_may_bring():
    api = Observation(
        subject=Subject(handle="politie"),
        platform=Platform.X,
        source="api",
        outcome=Outcome.OK,
        profile=Profile(**(GOOD | {"avatar_url": None})),
    )
    page = structs.replace(api, source="page", profile=Profile(**GOOD))
    assert judge_canary(X, X.sources, LIVE, [api, page], frozenset(LIVE.expect), "before").right
    walled = structs.replace(api, source="page", outcome=Outcome.LOGIN_WALL, profile=None)
    result = judge_canary(X, X.sources, LIVE, [api, walled], frozenset(LIVE.expect), "before")
    assert result.wrong_fields == ("avatar_url",)


@pytest.mark.parametrize("outcome", [Outcome.NOT_FOUND, Outcome.LOGIN_WALL, Outcome.TRANSPORT_ERROR, Outcome.SUSPENDED])
def test_a_live_canary_that_was_not_read_is_wrong(outcome):
    result = answered(LIVE, outcome)
    assert not result.right
    assert result.wrong_fields == ()


@pytest.mark.parametrize(
    ("outcome", "right"), [(Outcome.NOT_FOUND, True), (Outcome.AMBIGUOUS, True), (Outcome.LOGIN_WALL, True)]
)
def test_a_missing_canary_is_right_when_it_was_not_read(outcome, right):
    assert answered(Canary(handle="niemand", missing=True), outcome).right is right


def test_a_missing_canary_that_was_read_is_wrong():
    assert not answered(Canary(handle="niemand", missing=True), **GOOD).right
