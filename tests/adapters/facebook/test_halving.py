"""A refused batch of the interface, asked again until the bad ones stand alone. A function plays the interface."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from adapters.facebook import FACEBOOK
from adapters.facebook.api import ROUNDS
from adapters.model import Observation, Outcome, Request, Response, Subject

API = FACEBOOK.source("api")
IDS = [str(204600000000 + number) for number in range(50)]
NAMES = [f"politie{number}" for number in range(50)]
HIDDEN = "Unsupported get request. Object with ID '{}' does not exist, cannot be loaded due to missing permissions"

Play = Callable[[list[str], str], dict[str, Any]]


def failing(message: str, code: int, subcode: int | None = None) -> dict[str, Any]:
    return {"error": {"message": message, "code": code, "error_subcode": subcode}}


def asked(request: Request) -> tuple[list[str], str]:
    query = parse_qs(urlsplit(request.path).query)
    return query["ids"][0].split(","), query["fields"][0]


def pages(keys: list[str]) -> dict[str, Any]:
    return {key: {"id": key if key.isdigit() else f"2046{key[7:]:0>8}", "name": key, "username": key} for key in keys}


def played(subjects: tuple[Subject, ...], play: Play) -> tuple[dict[Subject, Observation], int, int]:
    """Observations by subject, rounds and requests that it took."""
    found: dict[Subject, Observation] = {}
    requests, rounds, sent = API.ask(subjects), 0, 0
    while requests:
        rounds, sent = rounds + 1, sent + len(requests)
        assert rounds <= ROUNDS
        readings = [
            API.read(one, Response(status=200, url="", body=json.dumps(play(*asked(one))).encode())) for one in requests
        ]
        for seen in (seen for reading in readings for seen in reading.observations):
            assert seen.subject not in found
            found[seen.subject] = seen
        requests = tuple(one for reading in readings for one in reading.requests)
    assert set(found) == set(subjects)
    return found, rounds, sent


def by_id(number: int) -> Subject:
    return Subject(platform_id=IDS[number])


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("bad", [{0}, {49}, {24, 25}, {3, 17, 31}, set(range(50))])
def test_the_bad_ids_of_a_batch_stand_alone_in_the_end_and_the_others_are_read(bad: set[int], named: bool):
    wrong = {IDS[number] for number in bad}

    def play(keys: list[str], _: str) -> dict[str, Any]:
        first = next((key for key in keys if key in wrong), None)
        return pages(keys) if first is None else failing(HIDDEN.format(first if named else "0"), 100, 33)

    found, rounds, sent = played(tuple(map(by_id, range(50))), play)
    assert {one.platform_id for one, seen in found.items() if seen.outcome is Outcome.AMBIGUOUS} == wrong
    assert {one.platform_id for one, seen in found.items() if seen.outcome is Outcome.OK} == set(IDS) - wrong
    assert rounds <= 7
    assert sent <= 1 + 12 * len(bad)


def test_whom_an_error_names_is_set_apart_at_once():
    def play(keys: list[str], _: str) -> dict[str, Any]:
        if IDS[7] in keys:
            return failing(f"(#21) Page ID {IDS[7]} was migrated to page ID 99.  Please update your API calls", 21)
        return pages(keys)

    found, rounds, sent = played(tuple(map(by_id, range(50))), play)
    assert (rounds, sent) == (2, 3)
    assert (found[by_id(7)].outcome, found[by_id(7)].new_platform_id) == (Outcome.MOVED, "99")


def test_persons_and_missing_names_are_told_apart_in_one_batch():
    def play(keys: list[str], _: str) -> dict[str, Any]:
        person = next((key for key in keys if key in NAMES[:5]), None)
        if person:
            return failing(f"(#803) Cannot query users by their username ({person})", 803)
        gone = [key for key in keys if key in NAMES[5:9]]
        if gone:
            return failing(f"(#803) Some of the aliases you requested do not exist: {','.join(gone)}", 803)
        return pages(keys)

    found, _, _ = played(tuple(Subject(handle=name) for name in NAMES), play)
    outcomes = [found[Subject(handle=name)].outcome for name in NAMES]
    assert outcomes == [Outcome.NOT_ELIGIBLE] * 5 + [Outcome.NOT_FOUND] * 4 + [Outcome.OK] * 41


@pytest.mark.parametrize(("code", "outcome"), [(190, Outcome.DENIED), (10, Outcome.DENIED), (4, Outcome.RATE_LIMITED)])
def test_what_concerns_token_or_throttle_ends_it_for_all_at_once(code: int, outcome: Outcome):
    found, rounds, sent = played(tuple(map(by_id, range(50))), lambda *_: failing("", code))
    assert {seen.outcome for seen in found.values()} == {outcome}
    assert (rounds, sent) == (1, 1)


def test_an_unknown_error_is_not_asked_about_fifty_times():
    found, rounds, sent = played(tuple(map(by_id, range(50))), lambda *_: failing("(#100) Syntax error", 100))
    assert {seen.outcome for seen in found.values()} == {Outcome.AMBIGUOUS}
    assert (rounds, sent) == (1, 1)


def test_fields_that_are_gone_are_left_out_and_the_reason_says_so():
    gone = ["bio", "category"]

    def play(keys: list[str], fields: str) -> dict[str, Any]:
        first = next((field for field in gone if field in fields.split(",")), None)
        return failing(f"(#100) Tried accessing nonexisting field ({first})", 100) if first else pages(keys)

    found, rounds, _ = played((by_id(1),), play)
    assert (found[by_id(1)].outcome, found[by_id(1)].reason) == (Outcome.OK, "without:bio,category")
    assert rounds == 3
    gone.append("about")
    found, _, _ = played((by_id(1),), play)
    assert (found[by_id(1)].outcome, found[by_id(1)].reason) == (Outcome.LAYOUT_CHANGED, "about")


def test_the_worst_case_of_all_fits_in_the_rounds():
    """Two fields gone, every id hidden, every name gone."""
    gone = ["bio", "category"]

    def play(keys: list[str], fields: str) -> dict[str, Any]:
        first = next((field for field in gone if field in fields.split(",")), None)
        if first:
            return failing(f"(#100) Tried accessing nonexisting field ({first})", 100)
        if keys[0].isdigit():
            return failing("Unsupported get request", 100, 33)
        return failing(f"(#803) Some of the aliases you requested do not exist: {keys[0]}", 803)

    subjects = tuple(Subject(handle=name, platform_id=number) for name, number in zip(NAMES, IDS, strict=True))
    found, rounds, _ = played(subjects, play)
    assert {seen.outcome for seen in found.values()} == {Outcome.NOT_FOUND}
    assert rounds == ROUNDS


def test_a_hidden_id_whose_name_a_stranger_has_gives_the_stranger():
    def play(keys: list[str], _: str) -> dict[str, Any]:
        if keys == [IDS[0]]:
            return failing("Unsupported get request", 100, 33)
        return {"politie0": {"id": "777000111222", "name": "Sneakers", "username": "Politie0"}}

    subject = Subject(handle="politie0", platform_id=IDS[0])
    found, rounds, _ = played((subject,), play)
    profile = found[subject].profile
    assert profile is not None
    assert (rounds, profile.platform_id) == (2, "777000111222")
