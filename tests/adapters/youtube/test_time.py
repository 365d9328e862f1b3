"""A page of YouTube is large; reading it builds no tree of it."""

from __future__ import annotations

import json
from time import perf_counter

from adapters.model import Outcome, Request, Response, Subject
from adapters.youtube import page
from tests.adapters.recorded import CASES

TIMES = 20
# About one hundredth of this is needed; the machine may be busy.
SECONDS = 0.2


def test_a_page_of_700_kilobytes_is_read_in_little_time():
    answer = json.loads(next(case for case in CASES if case.name == "youtube/innertube-ok").response.body)
    answer["contents"]["more"] = [{"videoRenderer": {"videoId": f"proef{number:06d}"}} for number in range(17_000)]
    body = f"<html><script>var ytInitialData = {json.dumps(answer)};</script></html>".encode()
    assert len(body) > 700_000
    (request,) = page.ask((Subject(handle="politiedam"),))
    asked = Request(platform=request.platform, source="page", step="page", base="", path="", subjects=request.subjects)
    durations = []
    for _ in range(TIMES):
        started = perf_counter()
        (seen,) = page.read(asked, Response(status=200, url="", body=body)).observations
        durations.append(perf_counter() - started)
        assert seen.outcome is Outcome.OK
    assert min(durations) < SECONDS
