"""What is asked of YouTube, and what an answer leads to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from adapters.model import Outcome, Profile, Request, Response, Subject
from adapters.youtube import YOUTUBE, api, innertube, page
from adapters.youtube.channel import answer_in
from tests.adapters.recorded import CASES

SPECIFICATION = Path(__file__).parents[4] / "shared" / "specs" / "youtube-v3-discovery.json"


def channel(number: int) -> str:
    return f"UCproef{number:017d}"


DAM = Subject(handle="PolitieDam", platform_id=channel(1))
WEG = Subject(handle="politie.weg")
ODD = (Subject(), Subject(platform_id="UCkort"), Subject(handle="a b"), Subject(handle="a&b", platform_id="1"))


def case(name: str) -> Any:
    return next(one for one in CASES if one.name == f"youtube/{name}")


def question(request: Request) -> Any:
    return json.loads(request.body or b"{}")


def answered(request: Request, name: str) -> Any:
    """What the answer of a case gives when it comes to this question."""
    response = case(name).response
    return YOUTUBE.source(request.source).read(request, response)


def test_fifty_ids_go_in_one_question_with_the_key_in_its_header():
    subjects = tuple(Subject(platform_id=channel(number)) for number in range(120))
    requests = api.ask(subjects)
    assert [len(request.subjects) for request in requests] == [50, 50, 20]
    query = parse_qs(urlsplit(requests[0].path).query)
    assert query["id"] == [",".join(channel(number) for number in range(50))]
    assert query["part"] == ["snippet,statistics,brandingSettings,status"]
    assert {(request.credential, request.credential_header) for request in requests} == {("youtube", "x-goog-api-key")}
    assert not any("key=" in request.path for request in requests)


def test_a_handle_is_asked_for_alone_and_only_without_an_id():
    by_id, by_handle, by_letters = api.ask((DAM, WEG, Subject(handle="пол")))
    assert urlsplit(by_id.path).query.startswith(f"id={channel(1)}&")
    assert by_handle.path.startswith("/youtube/v3/channels?forHandle=@politie.weg&part=")
    assert by_letters.path.startswith("/youtube/v3/channels?forHandle=@%D0%BF%D0%BE%D0%BB&part=")


def test_the_page_is_asked_for_in_english_with_the_cookie_that_refuses_others():
    by_id, by_handle = page.ask((DAM, WEG))
    assert (by_id.path, by_handle.path) == (
        f"/channel/{channel(1)}/about?hl=en&gl=NL",
        "/@politie.weg/about?hl=en&gl=NL",
    )
    assert ("Cookie", "SOCS=CAI") in by_id.headers
    assert ("Accept-Language", "en") in by_id.headers


def test_the_interface_behind_the_page_is_asked_by_id_else_for_the_id_of_a_handle():
    by_id, by_handle = innertube.ask((DAM, WEG))
    assert (by_id.method, by_id.step, question(by_id)["browseId"]) == ("POST", "browse", channel(1))
    assert (by_handle.step, question(by_handle)["url"]) == ("resolve", "https://www.youtube.com/@politie.weg")
    assert question(by_id)["context"]["client"]["hl"] == "en"


@pytest.mark.parametrize("source", YOUTUBE.sources, ids=lambda source: source.name)
def test_what_cannot_exist_is_not_asked_for(source: Any):
    assert source.ask(ODD) == ()


def test_a_handle_leads_to_an_id_to_a_channel_and_to_its_links():
    subject = Subject(handle="politiedam")
    (resolve,) = innertube.ask((subject,))
    (browse,) = answered(resolve, "innertube-handle-leads-to-id").requests
    assert (browse.step, question(browse)["browseId"]) == ("browse_resolved", "UCproefPolitieDam0000000")
    seen = answered(browse, "innertube-ok")
    (observation,) = seen.observations
    assert (observation.subject, observation.outcome, observation.profile.links) == (subject, Outcome.OK, None)
    (about,) = seen.requests
    assert (about.step, question(about)["continuation"]) == ("about", "4qmABOUT")
    (links,) = answered(about, "innertube-about").observations
    assert (links.subject, len(links.profile.links)) == (subject, 3)
    assert answered(about, "innertube-about").requests == ()


def test_a_head_of_before_2024_names_the_panel_as_well():
    (browse,) = innertube.ask((Subject(platform_id="UCproefPolitieDam0000000"),))
    (about,) = answered(browse, "innertube-tabbed-header").requests
    assert question(about)["continuation"] == "4qmOLD"


def test_an_id_that_is_gone_is_asked_by_its_handle_once_and_no_more():
    subject = Subject(handle="politieoud", platform_id="UCproefOud00000000000000")
    (browse,) = innertube.ask((subject,))
    (resolve,) = answered(browse, "innertube-does-not-exist").requests
    (again,) = answered(resolve, "innertube-handle-leads-to-id").requests
    (seen,) = answered(again, "innertube-ok").observations
    assert (seen.outcome, seen.reason) == (Outcome.AMBIGUOUS, "another_account")
    assert answered(again, "innertube-does-not-exist").requests == ()
    assert answered(resolve, "innertube-handle-not-found").observations[0].outcome is Outcome.NOT_FOUND


def test_an_old_address_is_followed_three_times_at_most():
    (request,) = innertube.ask((WEG,))
    for _ in range(2):
        (request,) = answered(request, "innertube-handle-leads-on").requests
    assert answered(request, "innertube-handle-leads-on").observations[0].reason == "no_channel"


def test_a_channel_without_a_handle_is_the_one_that_a_handle_led_to():
    (resolve,) = innertube.ask((Subject(handle="nieuws"),))
    (browse,) = answered(resolve, "innertube-handle-leads-to-id").requests
    (seen,) = answered(browse, "innertube-topic-channel").observations
    assert (seen.outcome, seen.profile.handle) == (Outcome.OK, None)
    (stub,) = answered(browse, "innertube-terminated").observations
    assert (stub.outcome, stub.profile) == (Outcome.SUSPENDED, None)


def test_a_recorded_answer_about_a_handle_tells_its_id():
    request = case("innertube-handle-leads-to-id").request
    recorded = Request(**{name: getattr(request, name) for name in request.__struct_fields__} | {"step": "recorded"})
    (seen,) = answered(recorded, "innertube-handle-leads-to-id").observations
    assert (seen.outcome, seen.profile) == (Outcome.PARTIAL, Profile(platform_id="UCproefPolitieDam0000000"))


def test_an_age_gate_that_names_no_id_stands_before_the_one_that_was_asked_for():
    body = case("innertube-age-gate").response.body.replace(b'"browse_id"', b'"route"')
    (request,) = innertube.ask((DAM,))
    (seen,) = innertube.read(request, Response(status=200, url="", body=body)).observations
    assert seen.profile is not None
    assert (seen.outcome, seen.profile.platform_id) == (Outcome.RESTRICTED, DAM.platform_id)


@pytest.mark.parametrize("body", ["[]", "7", "{", '"a"', "[" * 100_000, '{"alerts":' + "[" * 100_000, ""])
def test_what_is_no_object_of_ours_is_no_answer(body: str):
    assert answer_in(body) is None


def test_the_interface_is_asked_only_what_its_description_knows():
    requests = api.ask((DAM, WEG))
    asked = [parse_qs(urlsplit(request.path).query) for request in requests]
    assert all("part" in query for query in asked)
    if SPECIFICATION.exists():
        document = json.loads(SPECIFICATION.read_bytes())
        method = document["resources"]["channels"]["methods"]["list"]
        parts = set(document["schemas"]["Channel"]["properties"])
        for request, query in zip(requests, asked, strict=True):
            assert urlsplit(request.path).path == f"/{method['path']}"
            assert query.keys() <= method["parameters"].keys() | document["parameters"].keys()
            assert set(query["part"][0].split(",")) <= parts
