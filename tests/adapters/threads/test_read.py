"""What no recorded case can show: headers of an answer, subjects named by another id."""

from __future__ import annotations

import pytest

from adapters.model import Outcome, Response
from adapters.threads import THREADS
from tests.adapters.recorded import question

OWN = b'{"id":"25900000000000017","username":"politie.dam","threads_biography":"Bel 112"}'


def test_an_own_account_is_known_by_its_app_scoped_id():
    request = question("threads", "api", [{"platform_id": "25900000000000017"}, {"platform_id": "31"}])
    seen = THREADS.source("api").read(request, Response(status=200, url="", body=OWN)).observations
    assert [one.outcome for one in seen] == [Outcome.OK, Outcome.AMBIGUOUS]


@pytest.mark.parametrize("name", ["Location", "location"])
def test_a_redirect_that_was_not_followed_is_a_wall(name: str):
    headers = {name: "https://www.threads.com/login?next=%2F%40politie.dam"}
    request = question("threads", "page", [{"handle": "politie.dam"}])
    answer = Response(status=302, url="https://www.threads.com/@politie.dam", body=b"", headers=headers)
    (seen,) = THREADS.source("page").read(request, answer).observations
    assert (seen.outcome, seen.reason) == (Outcome.LOGIN_WALL, "redirect")


@pytest.mark.parametrize("path", ["@login", "@accounts", "@consent.politie", "loginhulp"])
def test_a_handle_that_looks_like_a_wall_is_none(path: str):
    request = question("threads", "page", [{"handle": path.removeprefix("@")}])
    answer = Response(status=200, url=f"https://www.threads.com/{path}", body=b"<html></html>")
    (seen,) = THREADS.source("page").read(request, answer).observations
    assert (seen.outcome, seen.reason) == (Outcome.AMBIGUOUS, "no_profile")
