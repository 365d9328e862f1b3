from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from adapters.model import Subject
from adapters.x import X
from adapters.x.api import FIELDS

SPECIFICATION = Path(__file__).parents[4] / "shared" / "specs" / "x-api-v2-openapi.json"
API = X.source("api")
PAGE = X.source("page")


def asked(path: str, name: str) -> list[str]:
    return parse_qs(urlsplit(path).query)[name][0].split(",")


def test_a_hundred_accounts_go_in_one_request_by_id():
    requests = API.ask(tuple(Subject(handle=f"pol_{number}", platform_id=str(number)) for number in range(250)))
    assert [len(request.subjects) for request in requests] == [100, 100, 50]
    assert asked(requests[2].path, "ids") == [str(number) for number in range(200, 250)]
    assert {(request.step, request.base, request.credential) for request in requests} == {("ids", "api", "x")}


def test_an_account_without_id_is_asked_by_handle():
    requests = API.ask((Subject(handle="PolDam"), Subject(handle="poldijk", platform_id="5")))
    assert [(request.step, urlsplit(request.path).path) for request in requests] == [
        ("ids", "/2/users"),
        ("by", "/2/users/by"),
    ]
    assert asked(requests[1].path, "usernames") == ["PolDam"]


@pytest.mark.parametrize("odd", ["", "pol dam", "a,b", "politie.nl", "p" * 16, "polé", "dam\n", "１２"])
def test_a_handle_that_cannot_be_stays_out_of_the_batch(odd: str):
    requests = API.ask((Subject(handle=odd), Subject(handle="poldam"), Subject()))
    assert [request.subjects for request in requests] == [(Subject(handle="poldam"),)]
    assert PAGE.ask((Subject(handle=odd), Subject())) == ()


@pytest.mark.parametrize("odd", ["", "12a", "-1", "1" * 20, "１２", "1\n"])
def test_an_id_that_cannot_be_is_asked_by_handle(odd: str):
    (request,) = API.ask((Subject(handle="poldam", platform_id=odd),))
    assert request.step == "by"


def test_an_account_named_twice_is_asked_once_and_answered_twice():
    (request,) = API.ask((Subject(handle="poldam"), Subject(handle="poldam")))
    assert (asked(request.path, "usernames"), len(request.subjects)) == (["poldam"], 2)


def test_nobody_asked_is_no_request():
    assert API.ask(()) == PAGE.ask(()) == ()


def test_a_page_is_asked_by_handle_or_else_by_id():
    requests = PAGE.ask((Subject(handle="PolDam", platform_id="5"), Subject(platform_id="6")))
    assert [request.path for request in requests] == ["/PolDam", "/i/user/6"]
    assert {request.credential for request in requests} == {None}


def test_only_fields_that_the_interface_knows_are_asked_for():
    text = SPECIFICATION.read_text(encoding="utf-8") if SPECIFICATION.exists() else "{}"
    parameters = json.loads(text).get("components", {}).get("parameters", {})
    known = parameters.get("UserFieldsParameter", {"schema": {"items": {"enum": FIELDS}}})["schema"]["items"]["enum"]
    (request,) = API.ask((Subject(handle="poldam"),))
    assert set(asked(request.path, "user.fields")) <= set(known)
