"""Errors of the Graph interface that are about one object: whom they name, and what they say of it."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.meta import about_object, blamed, graph_error, migrated_to
from adapters.model import Outcome

MIGRATED = "(#21) Page ID 114 was migrated to page ID 111.  Please update your API calls to the new ID"
NO_ALIAS = "(#803) Some of the aliases you requested do not exist: politiezee, politiemeer"
PERSONAL = "(#803) Cannot query users by their username (politiezee)"
HIDDEN = (
    "Unsupported get request. Object with ID '114' does not exist, cannot be loaded due to missing permissions, or "
    "does not support this operation"
)
FEATURE = (
    "(#100) Object does not exist, cannot be loaded due to missing permission or reviewable feature. This endpoint "
    "requires the 'pages_read_engagement' permission or the 'Page Public Content Access' feature"
)


def error(message: str, code: Any = None, subcode: Any = None) -> dict[str, Any]:
    return {"error": {"message": message, "code": code, "error_subcode": subcode}}


@pytest.mark.parametrize(
    ("told", "outcome", "names", "of_one"),
    [
        (error(MIGRATED, 21), Outcome.MOVED, ("114",), True),
        (error(NO_ALIAS, 803), Outcome.NOT_FOUND, ("politiezee", "politiemeer"), True),
        (error(NO_ALIAS), Outcome.NOT_FOUND, ("politiezee", "politiemeer"), True),
        (error(PERSONAL, 803), Outcome.NOT_ELIGIBLE, ("politiezee",), True),
        (error("(#803) Something else", 803), Outcome.AMBIGUOUS, (), True),
        (error("(#21) Page was migrated", 21), Outcome.AMBIGUOUS, (), True),
        (error(HIDDEN, 100, 33), Outcome.AMBIGUOUS, ("114",), True),
        (error("Unsupported get request.", 100), Outcome.AMBIGUOUS, (), True),
        (error("", 100, 33), Outcome.AMBIGUOUS, (), True),
        (error(FEATURE, 100), Outcome.DENIED, (), False),
        (error("(#100) Syntax error", 100), Outcome.AMBIGUOUS, (), False),
        (error("(#100) Tried accessing nonexisting field (x)", 100), Outcome.LAYOUT_CHANGED, (), False),
        (error("(#4) Application request limit reached"), Outcome.RATE_LIMITED, (), False),
        (error("(#803) as text", 190), Outcome.DENIED, (), False),
    ],
)
def test_an_error_tells_what_of_whom(told: Any, outcome: Outcome, names: tuple[str, ...], of_one: bool):
    seen = graph_error(told)
    assert seen is not None
    assert (seen[0], blamed(told), about_object(told)) == (outcome, names, of_one)


def test_a_migration_names_the_new_page_and_other_errors_none():
    assert migrated_to(error(MIGRATED, 21)) == migrated_to(error(MIGRATED)) == "111"
    assert migrated_to(error(MIGRATED, 190)) is None
    assert migrated_to(error(NO_ALIAS, 803)) is None


@pytest.mark.parametrize(
    "odd", [None, {}, [], {"error": "x"}, {"error": {"message": 7}}, {"error": {"message": "(#)"}}]
)
def test_what_is_no_such_error_blames_nobody(odd: Any):
    assert (about_object(odd), blamed(odd), migrated_to(odd)) == (False, (), None)


def test_endless_messages_are_read_in_bounded_time():
    for words in ("aliases you requested do not exist: " + "a," * 300_000, "requires" * 200_000, "(#" + "8" * 10**6):
        told = error(words, 100)
        assert (graph_error(told) or ("",))[0] is Outcome.AMBIGUOUS
        blamed(told)
