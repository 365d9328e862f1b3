import asyncio
from contextlib import asynccontextmanager
from time import monotonic

import pytest
from aiohttp import web

from adapters import ADAPTERS
from adapters.model import Outcome, Platform, Request, Response, Subject
from crawler.config import PlatformSettings, Settings
from crawler.net import fetch
from crawler.net.fetch import Failed, Fetcher


class Script:
    """A small server that answers by script: each path has a list of steps, the last one repeated."""

    def __init__(self, script):
        self.script = {path: list(steps) for path, steps in script.items()}
        self.asked = []

    async def answer(self, request):
        self.asked.append((request.path, request.headers.get("Authorization"), monotonic()))
        steps = self.script[request.path]
        step = steps.pop(0) if len(steps) > 1 else steps[0]
        if step == "reset":
            request.transport.abort()
            return web.Response()
        if step == "slow":
            await asyncio.sleep(5)
        return step() if callable(step) else web.Response()


@asynccontextmanager
async def world(script, **settings):
    platform = Script(script)
    app = web.Application()
    app.router.add_get("/{tail:.*}", platform.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    own = PlatformSettings(
        base={"api": f"{address}/api", "page": f"{address}/page"}, rate=0, concurrency=8, token="geheim"
    )
    known = Settings(platform={Platform.X: own}, **settings)
    async with Fetcher(known, {Platform.X: ADAPTERS[Platform.X]}, "test") as fetcher:
        yield fetcher, platform, address
    await runner.cleanup()


def ask(path="/a", **other):
    subjects = (Subject(handle="POL_Zwolle"),)
    return Request(platform=Platform.X, source="page", step="page", base="page", path=path, subjects=subjects, **other)


def text(body="ok", status=200, **headers):
    return lambda: web.Response(text=body, status=status, headers={k.replace("_", "-"): v for k, v in headers.items()})


async def test_an_answer_comes_back_with_the_platforms_own_address():
    async with world({"/page/a": [text("hallo")]}) as (fetcher, _, _):
        answer = await fetcher.ask(ask())
    assert (answer.status, answer.body, answer.url) == (200, b"hallo", "https://x.com/a")


async def test_a_429_pauses_and_the_answer_after_it_counts():
    async with world({"/page/a": [text("", 429, Retry_After="0.2"), text("daarna")]}) as (fetcher, platform, _):
        answer = await fetcher.ask(ask())
    assert answer.body == b"daarna"
    assert platform.asked[1][2] - platform.asked[0][2] >= 0.18


async def test_one_429_holds_back_all_requests_to_that_platform():
    script = {"/page/a": [text("", 429, Retry_After="0.3"), text()], "/page/b": [text()]}
    async with world(script) as (fetcher, platform, _):
        first = asyncio.create_task(fetcher.ask(ask("/a")))
        await asyncio.sleep(0.1)
        await fetcher.ask(ask("/b"))
        await first
    moments = {path: moment for path, _, moment in platform.asked if path == "/page/b"}
    assert moments["/page/b"] - platform.asked[0][2] >= 0.28


async def test_pauses_do_not_use_up_the_tries():
    script = {"/page/a": [text("", 429, Retry_After="0.05")] * 8 + [text("eindelijk")]}
    async with world(script) as (fetcher, _, _):
        answer = await fetcher.ask(ask())
    assert answer.body == b"eindelijk"


async def test_patience_ends_and_the_429_is_handed_to_the_reader():
    async with world({"/page/a": [text("vol", 429, Retry_After="0.2")]}, patience=0.5) as (fetcher, _, _):
        answer = await fetcher.ask(ask())
    assert answer.status == 429


@pytest.mark.parametrize("trouble", [text("kapot", 500), "reset"])
async def test_passing_trouble_is_tried_again(trouble):
    async with world({"/page/a": [trouble, trouble, text("hersteld")]}) as (fetcher, _, _):
        answer = await fetcher.ask(ask())
    assert answer.body == b"hersteld"


async def test_lasting_trouble_of_the_server_is_handed_to_the_reader_after_four_tries():
    async with world({"/page/a": [text("kapot", 503)]}) as (fetcher, platform, _):
        answer = await fetcher.ask(ask())
    assert answer.status == 503
    assert len(platform.asked) == fetch.TRIES


async def test_a_line_that_keeps_breaking_is_a_transport_error():
    async with world({"/page/a": ["reset"]}) as (fetcher, _, _):
        answer = await fetcher.ask(ask())
    assert isinstance(answer, Failed)
    assert answer.outcome is Outcome.TRANSPORT_ERROR


async def test_a_server_that_never_answers_is_given_up():
    async with world({"/page/a": ["slow"]}, timeout=0.1, patience=0.5) as (fetcher, _, _):
        answer = await fetcher.ask(ask())
    assert isinstance(answer, Failed)


async def test_redirects_are_followed_and_the_last_address_is_told():
    script = {"/page/a": [text("", 302, Location="/page/login?next=a")], "/page/login": [text("inloggen")]}
    async with world(script) as (fetcher, _, _):
        answer = await fetcher.ask(ask())
    assert isinstance(answer, Response)
    assert answer.url == "https://x.com/login?next=a"


async def test_a_redirect_to_another_host_is_not_followed():
    async with world({"/page/a": [text("", 302, Location="http://169.254.169.254/x")]}) as (fetcher, _, _):
        answer = await fetcher.ask(ask())
    assert isinstance(answer, Failed)
    assert answer.outcome is Outcome.BLOCKED


async def test_a_redirect_without_end_is_a_transport_error():
    async with world({"/page/a": [text("", 302, Location="/page/a")]}) as (fetcher, _, _):
        answer = await fetcher.ask(ask())
    assert isinstance(answer, Failed)


async def test_a_pause_of_a_quarter_of_an_hour_is_not_waited_for_nor_broken():
    script = {"/page/a": [text("", 429, Retry_After="900")], "/page/b": [text()]}
    async with world(script, patience=1.0) as (fetcher, platform, _):
        first, second = await fetcher.ask(ask("/a")), await fetcher.ask(ask("/b"))
    assert isinstance(first, Failed)
    assert isinstance(second, Failed)
    assert {first.outcome, second.outcome} == {Outcome.RATE_LIMITED}
    assert len(platform.asked) == 1


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7),
        ({"retry-after": "Thu, 01 Jan 1970 00:01:40 GMT"}, 40),
        ({"x-rate-limit-reset": "75"}, 15),
        ({"x-rate-limit-reset": "10"}, 0.1),
        ({"retry-after": "straks"}, fetch.UNSAID_PAUSE),
        ({}, fetch.UNSAID_PAUSE),
    ],
)
def test_the_length_of_a_pause_is_read_as_the_platform_says_it(headers, seconds):
    assert fetch._retry_after(headers, 60.0) == pytest.approx(seconds)


async def test_an_image_host_that_fails_does_not_close_the_platform():
    async with world({"/pbs.twimg.com/a.jpg": ["reset"], "/page/a": [text("leeft")]}, patience=2.0) as parts:
        fetcher, _, address = parts
        await asyncio.gather(*(fetcher.image(Platform.X, f"{address}/pbs.twimg.com/a.jpg") for _ in range(8)))
        answer = await fetcher.ask(ask())
    assert answer.body == b"leeft"


async def test_the_secret_goes_with_the_request_that_names_it_and_not_along_a_redirect():
    script = {"/page/a": [text("", 302, Location="/page/b")], "/page/b": [text()], "/page/c": [text()]}
    async with world(script) as (fetcher, platform, _):
        await fetcher.ask(ask("/a", credential="x"))
        await fetcher.ask(ask("/c"))
    assert [secret for _, secret, _ in platform.asked] == ["Bearer geheim", None, None]


async def test_without_a_secret_nothing_is_asked():
    settings = Settings(platform={Platform.X: PlatformSettings(rate=0)})
    async with Fetcher(settings, {Platform.X: ADAPTERS[Platform.X]}, "test") as fetcher:
        answer = await fetcher.ask(ask(credential="x"))
        sent = dict(fetcher.sent)
    assert answer == Failed(outcome=Outcome.DENIED, reason="no_credential")
    assert sent == {}


async def test_an_endless_answer_is_cut_off(monkeypatch):
    monkeypatch.setattr(fetch, "PAGE_LIMIT", 1000)
    async with world({"/page/a": [text("x" * 5000)]}) as (fetcher, _, _):
        answer = await fetcher.ask(ask())
    assert isinstance(answer, Failed)


async def test_pictures_come_from_the_image_hosts_only():
    async with world({"/pbs.twimg.com/a.jpg": [text("beeld")], "/pbs.twimg.com/b.jpg": [text("", 404)]}) as parts:
        fetcher, _, address = parts
        found = await fetcher.image(Platform.X, f"{address}/pbs.twimg.com/a.jpg")
        missing = await fetcher.image(Platform.X, f"{address}/pbs.twimg.com/b.jpg")
        elsewhere = await fetcher.image(Platform.X, "http://169.254.169.254/a.jpg")
    assert found == b"beeld"
    assert isinstance(missing, Failed)
    assert isinstance(elsewhere, Failed)
    assert elsewhere.outcome is Outcome.BLOCKED
