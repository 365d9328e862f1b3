from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from adapters.facebook import FACEBOOK
from adapters.facebook.node import FIELDS, REQUIRED
from adapters.model import Profile, SourceKind, Subject

SPECIFICATION = Path(__file__).parents[4] / "shared" / "specs" / "facebook-page.json"
API = FACEBOOK.source("api")
PAGE = FACEBOOK.source("page")
PAGE_ID, PROFILE_ID, NEW_PROFILE_ID = "204600112233", "100060001122334", "61550001122334"


def keys(path: str) -> list[str]:
    return parse_qs(urlsplit(path).query)["ids"][0].split(",")


def field_names() -> list[str]:
    return [re.split(r"[.{]", field)[0] for field in FIELDS]


def test_fifty_pages_go_in_one_request_by_id():
    requests = API.ask(tuple(Subject(handle=f"pol{n}", platform_id=str(204600000000 + n)) for n in range(120)))
    assert [len(request.subjects) for request in requests] == [50, 50, 20]
    assert keys(requests[2].path) == [str(204600000000 + n) for n in range(100, 120)]
    assert {(one.step, one.base, one.credential) for one in requests} == {("ids", "api", "facebook")}


def test_a_page_without_id_is_asked_by_name():
    requests = API.ask((Subject(handle="politie.dam"), Subject(handle="poldijk", platform_id=PAGE_ID)))
    assert [(request.step, keys(request.path)) for request in requests] == [
        ("ids", [PAGE_ID]),
        ("names", ["politie.dam"]),
    ]


@pytest.mark.parametrize("number", [PROFILE_ID, NEW_PROFILE_ID])
def test_the_id_of_a_profile_is_used_only_for_want_of_a_name(number: str):
    (named,) = API.ask((Subject(handle="politiedam", platform_id=number),))
    (unnamed,) = API.ask((Subject(platform_id=number),))
    assert (named.step, keys(named.path)) == ("names", ["politiedam"])
    assert (unnamed.step, keys(unnamed.path)) == ("ids", [number])


@pytest.mark.parametrize("handle", [PAGE_ID, f"Politie-Dam-{PAGE_ID}", f"Politie-Fryslân-{PAGE_ID}"])
def test_an_id_in_place_of_a_name_or_behind_one_is_an_id(handle: str):
    (request,) = API.ask((Subject(handle=handle),))
    assert (request.step, keys(request.path)) == ("ids", [PAGE_ID])


@pytest.mark.parametrize(
    "odd", ["", "pol dam", "a,b", "a/b", "a?fields=x", "a&b", "polé", "dam\n", "１２", "...", "p" * 121]
)
def test_what_cannot_be_a_name_stays_out_of_the_batch(odd: str):
    requests = API.ask((Subject(handle=odd), Subject(handle="poldam"), Subject()))
    assert [request.subjects for request in requests] == [(Subject(handle="poldam"),)]
    assert PAGE.ask((Subject(handle=odd), Subject())) == ()


def test_a_page_named_twice_is_asked_once_and_answered_twice():
    (request,) = API.ask((Subject(handle="poldam"), Subject(handle="poldam")))
    assert (keys(request.path), len(request.subjects)) == (["poldam"], 2)


def test_nobody_asked_is_no_request():
    assert API.ask(()) == PAGE.ask(()) == ()


def test_the_interface_is_asked_in_one_language_and_for_known_fields_only():
    (request,) = API.ask((Subject(handle="poldam"),))
    query = parse_qs(urlsplit(request.path).query)
    assert urlsplit(request.path).path == "/v25.0/"
    assert query["locale"] == ["en_US"]
    assert query["fields"] == [",".join(FIELDS)]
    assert set(REQUIRED) <= set(field_names())
    assert "token" not in request.path
    if SPECIFICATION.exists():
        known = {field["name"] for field in json.loads(SPECIFICATION.read_bytes())["fields"]}
        assert set(field_names()) - known == {"picture"}


def test_a_public_page_is_asked_by_name_or_else_by_id_as_a_visit():
    subjects = (Subject(handle="politie.dam", platform_id=PAGE_ID), Subject(platform_id=PROFILE_ID))
    requests = PAGE.ask((*subjects, Subject(platform_id=PAGE_ID)))
    assert [request.path for request in requests] == ["/politie.dam", f"/{PROFILE_ID}", f"/{PAGE_ID}"]
    assert [request.subjects for request in requests[:2]] == [(one,) for one in subjects]
    assert all(dict(request.headers)["Sec-Fetch-Dest"] == "document" for request in requests)
    assert {request.credential for request in requests} == {None}


def test_the_sources_stand_on_their_own_footing_and_promise_fields_of_a_profile():
    assert [(one.name, one.kind, one.batch) for one in FACEBOOK.sources] == [
        ("api", SourceKind.OFFICIAL, 50),
        ("page", SourceKind.FORBIDDEN_PAGE, 1),
        ("rendered", SourceKind.FORBIDDEN_PAGE, 1),
    ]
    for source in FACEBOOK.sources:
        assert source.gives <= set(Profile.__struct_fields__)
        assert not source.gives & source.hints
        assert "private" not in source.gives
    assert FACEBOOK.bases == {"api": "https://graph.facebook.com", "page": "https://www.facebook.com"}
    assert FACEBOOK.image_hosts == ("*.fbcdn.net",)
