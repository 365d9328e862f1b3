"""Whatever becomes of an answer on its way, the readers give outcomes, and never somebody else's profile."""

from __future__ import annotations

import string
from random import Random
from time import monotonic

import pytest

from adapters import ADAPTERS
from adapters.model import Adapter, Outcome, Reading, Response, Source
from tests.adapters.recorded import CASES, Case, question

SEED = 20261122
ROUNDS = 12
NAMED = [case for case in CASES if case.request.subjects]
MEGABYTE = 1024 * 1024
HOSTILE = {
    "empty": b"",
    "not UTF-8": bytes(range(256)) * 4096,
    "ten megabytes of nothing": b" x" * (5 * MEGABYTE),
    "arrays without end": b"[" * MEGABYTE,
    "objects without end": b'{"data":' * 100_000,
    "deep errors": b'{"errors":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "a number without end": b'{"data":[{"id":' + b"9" * 100_000 + b',"username":"politie"}]}',
    "duplicate keys": b'{"data":[{"id":"1","id":"2","username":"a","username":"b"}],"data":[]}',
    "tags without end": b'<meta a="' * 100_000,
    "brackets without end": b"<" * MEGABYTE,
    "scripts without end": b"<script></script>" * 50_000,
    "titles without end": b"<title>(@" * 50_000,
    "quotes without end": b'<script>"' + b'\\"' * MEGABYTE,
    "records in records": b"<script>" + b'"xig_user_by_username":{' * 50_000 + b"</script>",
    "deep record": b'<script>"xig_user_by_username":' + b'{"a":' * 30_000 + b"1" + b"}" * 30_000 + b"</script>",
    "answers in answers": b"<script>" + b'"adp_BarcelonaProfilePageQuery",{"__bbox":{' * 50_000 + b"</script>",
    "names of queries without end": b'<script>"adp_Barcelona' + b"ProfilePage" * 100_000 + b"</script>",
    "followers without end": b'<meta property="og:description" content="1 Followers' + b". See " * 2_000 + b'">',
    "contexts in contexts": b"<script>" + b'"contextJSON":"' * 50_000 + b"</script>",
    "foreign records": b'<script type="application/ld+json">{"@type":"ProfilePage","mainEntity":'
    b'{"additionalName":"weerbericht","identifier":"31"}}</script>' * 10_000,
    "data without end": b"<script>" + b"var ytInitialData = {" * 50_000 + b"</script>",
    "panels in panels": b'{"metadata":' + b'"aboutChannelViewModel":{' * 50_000,
    "alerts without end": b'<script>var ytInitialData = {"alerts":[' + b"{}," * 500_000 + b"{}]};</script>",
    "a deep head": b'{"header":' + b'{"pageHeaderRenderer":' * 30_000 + b"1" + b"}" * 30_001,
    "forms without end": b"<form " * 200_000,
    "users without end": b'<script type="application/ld+json">{"@type":"ProfilePage","mainEntity":{"additionalName":'
    b'"politie","identifier":"7"}}</script><script>' + b'{screen_name:"politie"' * 50_000,
}
SOURCES = [(adapter, source) for adapter in ADAPTERS.values() for source in adapter.sources]


def strangers(case: Case, reading: Reading) -> list[str]:
    """The profiles that bear neither the handle nor the id of their subject."""
    return [
        f"{case.name}: {seen.subject} got {seen.profile.handle} {seen.profile.platform_id}"
        for seen in reading.observations
        if seen.profile is not None
        and not seen.subject.matches(seen.profile.handle, seen.profile.platform_id)
        and not any(seen.subject.matches(None, number) for number in seen.profile.alt_ids.values())
    ]


def unanswered(case: Case, reading: Reading) -> bool:
    """Whether a subject got neither an observation nor a further request."""
    told = [seen.subject for seen in reading.observations]
    again = [subject for request in reading.requests for subject in request.subjects]
    return not set(case.request.subjects) <= {*told, *again}


def flipped(body: bytes, chance: Random) -> bytes:
    changed = bytearray(body)
    for _ in range(1 + len(body) // 200):
        changed[chance.randrange(len(changed))] = chance.choice(string.printable).encode()[0]
    return bytes(changed)


@pytest.mark.parametrize("case", [case for case in NAMED if case.response.body], ids=lambda case: case.name)
def test_a_changed_answer_never_gives_a_stranger_or_leaves_a_subject_out(case: Case):
    chance = Random(f"{SEED}{case.name}")
    body = case.response.body
    cuts = [body[: chance.randrange(len(body))] for _ in range(ROUNDS)]
    readings = [case.read(changed) for changed in (*cuts, *(flipped(body, chance) for _ in range(ROUNDS)))]
    assert [line for reading in readings for line in strangers(case, reading)] == []
    assert not any(unanswered(case, reading) for reading in readings)


@pytest.mark.parametrize("case", NAMED, ids=lambda case: case.name)
def test_an_answer_about_somebody_else_gives_no_profile(case: Case):
    nobody = [{"handle": "zomaar_een_ander", "platform_id": "808080"}]
    request = question(case.request.platform, case.request.source, nobody)
    assert [seen.profile for seen in case._replace(request=request).read().observations] == [None]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize(("adapter", "source"), SOURCES, ids=lambda part: str(getattr(part, "name", "")))
def test_hostile_bodies_give_an_outcome_in_bounded_time(adapter: Adapter, source: Source, name: str):
    request = question(adapter.platform, source.name, [{"handle": "politie", "platform_id": "7"}])
    started = monotonic()
    seen = source.read(request, Response(status=200, url="", body=HOSTILE[name])).observations
    assert [one.profile is None or one.profile.handle == "politie" for one in seen] == [True]
    assert monotonic() - started < 20


@pytest.mark.parametrize("url", ["", "http://[", "https://x.com:bad/dam", "https://www.instagram.com/\x00", "::::"])
@pytest.mark.parametrize(("adapter", "source"), SOURCES, ids=lambda part: str(getattr(part, "name", "")))
def test_no_final_address_is_too_odd(adapter: Adapter, source: Source, url: str):
    request = question(adapter.platform, source.name, [{"handle": "politie"}])
    seen = source.read(request, Response(status=200, url=url, body=b"<html><title>Iets</title></html>")).observations
    assert {one.outcome for one in seen} <= {Outcome.AMBIGUOUS, Outcome.TRANSPORT_ERROR}


@pytest.mark.parametrize("status", [0, 100, 204, 301, 304, 400, 401, 402, 403, 404, 410, 418, 429, 500, 503, 599])
@pytest.mark.parametrize(("adapter", "source"), SOURCES, ids=lambda part: str(getattr(part, "name", "")))
def test_no_status_alone_says_that_an_account_is_gone_from_a_page(adapter: Adapter, source: Source, status: int):
    request = question(adapter.platform, source.name, [{"handle": "politie"}, {"handle": "politie2"}])
    seen = source.read(request, Response(status=status, url="", body=b"<html></html>")).observations
    assert [one.profile for one in seen] == [None, None]
    assert Outcome.NOT_FOUND not in {one.outcome for one in seen}
