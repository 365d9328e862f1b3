"""Large pages are read in little time, whatever strangers put into them."""

from __future__ import annotations

import json
from time import perf_counter
from typing import Any

import pytest

from adapters.facebook import FACEBOOK
from adapters.model import Outcome, Response, Subject

PAGE = FACEBOOK.source("page")
USER = {"id": "100060001122334", "name": "Politie Dam", "url": "https://www.facebook.com/politiedam"}
POST = {"post": {"message": {"text": 'is_verified":true "profile_header_renderer":{'}, "author": {"is_verified": True}}}


def script(value: Any) -> str:
    return f'<script type="application/json" data-sjs>{json.dumps(value)}</script>'


def body(*parts: str) -> bytes:
    return f"<html><head><title>Politie Dam | Facebook</title></head><body>{''.join(parts)}</body></html>".encode()


OWN = script({"user": {"profile_header_renderer": {"user": USER}}})
CARD = script([{"timeline_context_list_item_type": "INTRO_CARD_WEBSITE", "renderer": {}}] * 30)
PAGES = {
    "posts": body(OWN, script([POST] * 25_000)),
    "headers": body(
        script([{"profile_header_renderer": {"user": {**USER, "id": str(n)}}} for n in range(20_000)]), OWN
    ),
    "cards": body(OWN, *[CARD] * 1_000),
    "descriptions": body(OWN, script([{"delegate_page": {"id": "1", "best_description": {"text": "x"}}}] * 40_000)),
    "unclosed": body(OWN, "<script>" + '"profile_status_text":{' * 100_000),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_megabytes_is_read_in_a_blink(name: str):
    (request,) = PAGE.ask((Subject(handle="politiedam"),))
    started = perf_counter()
    (seen,) = PAGE.read(request, Response(status=200, url="", body=PAGES[name])).observations
    assert perf_counter() - started < 1
    assert seen.outcome is Outcome.OK
    assert seen.profile is not None
    assert (seen.profile.handle, seen.profile.verified) == ("politiedam", None)
