from __future__ import annotations

import json
from pathlib import Path

import pytest

from adapters.instagram import INSTAGRAM
from adapters.instagram.api import FIELDS as ASKED
from adapters.instagram.api import ROOT
from adapters.model import Profile, Subject
from adapters.x import X

SPECIFICATION = Path(__file__).parents[4] / "shared" / "specs" / "instagram-iguser.json"
FIELDS = frozenset(Profile.__struct_fields__)
SUBJECTS = (Subject(handle="politie.dam"), Subject(handle="Pol_Dijk", platform_id="5"))


@pytest.mark.parametrize("source", INSTAGRAM.sources, ids=lambda source: source.name)
def test_every_account_gets_a_request_of_its_own(source):
    assert [request.subjects for request in source.ask(SUBJECTS)] == [(subject,) for subject in SUBJECTS]


@pytest.mark.parametrize("source", INSTAGRAM.sources, ids=lambda source: source.name)
@pytest.mark.parametrize("odd", [None, "", "pol dam", "a/b", "x){id}", "p" * 31, "polé", "dam\n"])
def test_a_handle_that_cannot_be_is_left_out(source, odd: str | None):
    requests = source.ask((Subject(handle=odd, platform_id="5"), SUBJECTS[0]))
    assert [request.subjects for request in requests] == [(SUBJECTS[0],)]


def test_the_interface_is_asked_in_the_name_of_our_own_account():
    request = INSTAGRAM.source("api").ask(SUBJECTS)[0]
    fields = "id,username,name,biography,website,profile_picture_url,followers_count"
    assert request.path == f"/v26.0/{{caller}}?fields=business_discovery.username(politie.dam){{{fields}}}"
    assert (request.base, request.credential) == ("api", "instagram")


def test_the_pages_are_asked_as_a_visit():
    asked = [INSTAGRAM.source(name).ask(SUBJECTS)[0] for name in ("page", "embed")]
    assert [request.path for request in asked] == ["/politie.dam/", "/politie.dam/embed/"]
    assert all(dict(request.headers)["Sec-Fetch-Dest"] == "document" for request in asked)


def test_an_avatar_is_left_at_its_signed_size():
    url = "https://scontent.cdninstagram.com/v/t51.2885-19/1_2_3_n.jpg?stp=dst-jpg_s150x150&oh=0"
    assert (INSTAGRAM.avatar_url(url), INSTAGRAM.image_key(url)) == (url, "1_2_3")


def test_pictures_come_from_the_hosts_of_meta_and_people_look_at_the_profile():
    assert INSTAGRAM.image_hosts == ("*.cdninstagram.com", "*.fbcdn.net")
    assert INSTAGRAM.profile_url("politie.dam") == "https://www.instagram.com/politie.dam/"


@pytest.mark.parametrize("source", [*X.sources, *INSTAGRAM.sources], ids=lambda s: f"{s.platform}-{s.name}")
def test_a_source_promises_only_fields_of_a_profile_and_none_twice(source):
    assert source.gives | source.hints <= FIELDS
    assert not source.gives & source.hints


def test_the_interface_shows_one_of_several_links_and_neither_lock_nor_badge():
    api = INSTAGRAM.source("api")
    assert api.hints == {"links"}
    assert not api.gives & {"private", "verified", "platform_id", "banner_url"}


def test_the_interface_is_asked_for_no_field_that_it_does_not_know():
    path = INSTAGRAM.source("api").ask(SUBJECTS)[0].path
    assert path.endswith(f"?fields={ROOT}.username(politie.dam){{{','.join(ASKED)}}}")
    if SPECIFICATION.exists():
        known = {field["name"] for field in json.loads(SPECIFICATION.read_bytes())["fields"]}
        assert {*ASKED, ROOT} <= known
