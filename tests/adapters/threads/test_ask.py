from __future__ import annotations

import pytest

from adapters.instagram import INSTAGRAM
from adapters.model import Profile, Subject
from adapters.threads import THREADS

FIELDS = frozenset(Profile.__struct_fields__)
SUBJECTS = (Subject(handle="politie.dam"), Subject(handle="Pol_Dijk", platform_id="5"))


@pytest.mark.parametrize("source", THREADS.sources, ids=lambda source: source.name)
def test_every_account_gets_a_request_of_its_own(source):
    assert [request.subjects for request in source.ask(SUBJECTS)] == [(subject,) for subject in SUBJECTS]


@pytest.mark.parametrize("source", THREADS.sources, ids=lambda source: source.name)
@pytest.mark.parametrize("odd", [None, "", "pol dam", "a/b", "x&fields=id", "p" * 31, "polé", "dam\n", "@dam"])
def test_a_handle_that_cannot_be_is_left_out_as_is_a_bare_id(source, odd: str | None):
    requests = source.ask((Subject(handle=odd, platform_id="5"), SUBJECTS[0]))
    assert [request.subjects for request in requests] == [(SUBJECTS[0],)]


def test_the_interface_is_asked_by_handle_with_the_name_of_a_secret():
    request = THREADS.source("api").ask(SUBJECTS)[0]
    fields = "username,name,profile_picture_url,biography,is_verified,follower_count"
    assert request.path == f"/v1.0/profile_lookup?username=politie.dam&fields={fields}"
    assert (request.base, request.credential, request.credential_header) == ("api", "threads", "Authorization")


def test_the_page_is_asked_as_a_visit():
    request = THREADS.source("page").ask(SUBJECTS)[0]
    assert (request.base, request.path, request.credential) == ("page", "/@politie.dam", None)
    assert dict(request.headers)["Sec-Fetch-Dest"] == "document"


def test_no_source_shows_a_banner_and_the_interface_neither_id_links_nor_lock():
    assert all("banner_url" not in source.gives | source.hints for source in THREADS.sources)
    assert not THREADS.source("api").gives & {"platform_id", "links", "private"}
    assert THREADS.source("page").gives >= {"platform_id", "links", "private"}
    assert all(source.gives <= FIELDS for source in THREADS.sources)


def test_pictures_are_those_of_instagram():
    url = "https://scontent.cdninstagram.com/v/t51.82787-19/1_2_3_n.jpg?stp=dst-jpg_s640x640&oh=0"
    assert (THREADS.avatar_url(url), THREADS.image_key(url)) == (url, "1_2_3")
    assert (THREADS.image_hosts, THREADS.image_key) == (INSTAGRAM.image_hosts, INSTAGRAM.image_key)


def test_people_look_at_the_profile():
    assert THREADS.profile_url("politie.dam") == "https://www.threads.com/@politie.dam"
