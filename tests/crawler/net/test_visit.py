"""Rendered pages with a real browser against a small server. Without a browser they fail, and say how to get one."""

from __future__ import annotations

import asyncio
from time import monotonic

import pytest
from aiohttp import web

from adapters import ADAPTERS
from adapters.model import Outcome, Platform, Response, Subject
from crawler.net import memory, visit
from crawler.net.fetch import Failed
from tests.crawler.net.site import ask, sends, serving, world

HEADING = ('[data-testid="UserName"]',)


async def test_the_first_document_is_read_and_not_what_scripts_made_of_it():
    page = "<p>eerst</p><script>document.body.innerHTML = 'weg'</script>"
    async with world({"/a": page}) as (fetcher, site):
        plain = await fetcher.ask(ask())
        scripted = await fetcher.ask(ask(drawn=("h1",)))
    assert plain == Response(status=200, url="https://x.com/a", body=page.encode(), headers=plain.headers)
    assert scripted.body == page.encode()
    assert fetcher.sent == {(Platform.X, "rendered"): 2}
    assert site.headers[0]["User-Agent"].startswith("Herkenbaar/test (")
    assert "test@example.org" in site.headers[0]["User-Agent"]


async def test_what_scripts_draw_stands_behind_the_document_where_it_was_asked_for():
    page = """<div id=root></div><script>
        fetch('/data').then(found => found.text()).then(text => {
            root.innerHTML = `<div data-testid="UserName"><b>${text}</b></div>` })</script>"""
    async with world({"/a": page, "/data": "@POL_Zwolle"}) as (fetcher, site):
        answer = await fetcher.ask(ask(drawn=HEADING))
    assert answer.body == page.encode() + b'\n<div data-testid="UserName"><b>@POL_Zwolle</b></div>'
    assert site.paths() == ["/a", "/data"]
    assert fetcher.sent == {(Platform.X, "rendered"): 2}


async def test_x_shows_its_badge_in_the_drawn_heading_only():
    page = """<script type="application/ld+json">{"@type": "ProfilePage", "mainEntity": {"additionalName": "POL_Zwolle",
        "identifier": "12", "name": "Politie Zwolle"}}</script><div id=root></div><script>
        root.innerHTML = '<div data-testid="UserName">Politie<svg data-testid="icon-verified"/> @POL_Zwolle</div>'
        </script>"""
    source = ADAPTERS[Platform.X].source("rendered")
    (request,) = source.ask((Subject(handle="POL_Zwolle"),))
    async with world({"/POL_Zwolle": page}) as (fetcher, _):
        answer = await fetcher.ask(request)
    (seen,) = source.read(request, answer).observations
    assert (seen.source, seen.outcome) == ("rendered", Outcome.OK)
    assert seen.profile is not None
    assert seen.profile.verified is True


async def test_pictures_fonts_styles_frames_and_workers_are_not_asked_for():
    page = """<link rel=stylesheet href=/style.css><img src=/a.png><iframe src=/frame></iframe>
        <video src=/a.mp4></video>
        <style>@font-face{font-family:f;src:url(/f.woff)}p{font-family:f;background:url(/b.png)}</style><p>tekst</p>
        <script>navigator.serviceWorker && navigator.serviceWorker.register('/worker.js');
        document.body.insertAdjacentHTML('beforeend', '<h1>klaar</h1>')</script>"""
    async with world({"/a": page}) as (fetcher, site):
        answer = await fetcher.ask(ask(drawn=("h1",)))
    assert answer.body.endswith(b"<h1>klaar</h1>")
    assert site.asked == ["/a"]


async def test_a_foreign_origin_is_not_asked_by_any_way():
    async with serving({"/b": "elders"}) as (foreign, address):
        page = f"""<script src="{address}/b"></script><link rel=preconnect href="{address}"><script>
            fetch('{address}/b').catch(() => 0); new Image().src = '{address}/b'; window.open('{address}/b');
            new WebSocket('{address.replace("http", "ws")}/b'); navigator.sendBeacon('{address}/b', 'x');
            fetch('http://localhost:1/').catch(() => document.write('<h1>klaar</h1>'))</script>"""
        async with world({"/a": page, "/weg": sends(status=302, Location=f"{address}/b")}) as (fetcher, _):
            await fetcher.ask(ask(drawn=("h1",)))
            left = await fetcher.ask(ask("/weg"))
            further = await fetcher.ask(ask("/weg", drawn=("h1",)))
    assert foreign.asked == []
    assert {left.outcome, further.outcome} == {Outcome.BLOCKED}
    assert "host not on the list" in left.reason


async def test_a_redirect_to_an_address_inside_is_refused():
    async with world({"/a": sends(status=302, Location="http://169.254.169.254/latest")}) as (fetcher, _):
        answer = await fetcher.ask(ask())
    assert answer == Failed(outcome=Outcome.BLOCKED, reason="host not on the list: http://169.254.169.254")


async def test_a_redirect_to_the_login_page_is_followed_and_recognised():
    pages = {"/POL_Zwolle": sends(status=302, Location="/i/flow/login?next=a"), "/i/flow/login": "inloggen"}
    source = ADAPTERS[Platform.X].source("rendered")
    (request,) = source.ask((Subject(handle="POL_Zwolle"),))
    async with world(pages) as (fetcher, _):
        answer = await fetcher.ask(request)
    assert answer.url == "https://x.com/i/flow/login?next=a"
    assert source.read(request, answer).observations[0].outcome is Outcome.LOGIN_WALL
    assert fetcher.sent[Platform.X, "rendered"] == 2


async def test_a_page_that_sends_its_visitor_on_is_read_as_it_first_came():
    moving = "<p>eerst</p><script>location = '/login'</script>"
    refreshing = '<meta http-equiv="refresh" content="0;url=/login"><p>eerst</p>'
    async with world({"/a": moving, "/b": refreshing, "/login": "inloggen"}) as (fetcher, site):
        first = await fetcher.ask(ask("/a", drawn=("h1",)))
        second = await fetcher.ask(ask("/b"))
    assert (first.body, second.body) == (moving.encode(), refreshing.encode())
    assert site.paths() == ["/a", "/b"]


async def test_what_was_drawn_before_the_visitor_was_sent_on_is_read():
    page = "<h1>eerst</h1><script>location = '/login'; location = 'about:blank'</script>"
    async with world({"/a": page, "/login": "<h1>inloggen</h1>"}) as (fetcher, site):
        answer = await fetcher.ask(ask(drawn=("h1",)))
    assert answer.body in {page.encode(), page.encode() + b"\n<h1>eerst</h1>"}
    assert site.paths() == ["/a"]


@pytest.mark.parametrize(("status", "body"), [(404, b"weg"), (404, b""), (403, b"")])
async def test_a_refusal_is_handed_to_the_reader_with_its_status(status, body):
    async with world({"/a": sends(body, status)}) as (fetcher, _):
        answer = await fetcher.ask(ask())
    assert (answer.status, answer.body, answer.url) == (status, body, "https://x.com/a")


async def test_a_429_pauses_the_platform_as_for_any_other_source():
    turns = iter([sends(b"vol", 429, Retry_After="0.4"), sends(b"daarna")])

    async def page(request):
        return await next(turns)(request)

    async with world({"/a": page}) as (fetcher, _):
        began = monotonic()
        answer = await fetcher.ask(ask())
    assert answer.body == b"daarna"
    assert monotonic() - began >= 0.4


async def test_dialogs_popups_and_downloads_do_not_stand_in_the_way():
    page = """<p>x</p><script>for (let i = 0; i < 3; i++) { alert(i); confirm(i); prompt(i) } window.open('/popup');
        document.body.insertAdjacentHTML('beforeend', '<a id=d href=/file download>x</a><h1>klaar</h1>'); d.click()
        </script>"""
    pages = {"/a": page, "/file": sends(b"x", Content_Disposition="attachment"), "/popup": "popup"}
    async with world(pages) as (fetcher, site):
        answer = await fetcher.ask(ask(drawn=("h1",)))
        download = await fetcher.ask(ask("/file"))
    assert answer.body.endswith(b"<h1>klaar</h1>")
    assert "/popup" not in site.asked
    assert download.body == b"x"


async def test_an_endless_script_is_left_alone_after_its_time(monkeypatch):
    monkeypatch.setattr(visit, "DRAWN_SECONDS", 0.5)
    page = "<p>eerst</p><script>while (true) {}</script>"
    async with world({"/a": page, "/b": "daarna"}) as (fetcher, _):
        answer = await fetcher.ask(ask(drawn=("h1",)))
        after = await fetcher.ask(ask("/b"))
    assert (answer.body, after.body) == (page.encode(), b"daarna")


async def test_a_page_that_never_ends_is_given_up():
    async def page(request):
        answer = web.StreamResponse(headers={"Content-Type": "text/html"})
        await answer.prepare(request)
        while True:
            await answer.write(b"<p>nog meer</p>")
            await asyncio.sleep(0.05)

    async with world({"/a": page}, timeout=1.0) as (fetcher, _):
        began = monotonic()
        answer = await fetcher.ask(ask())
    assert answer == Failed(outcome=Outcome.TRANSPORT_ERROR, reason="TimeoutError")
    assert monotonic() - began < 8


@pytest.mark.parametrize("packed", [False, True])
async def test_a_huge_page_is_cut_off_also_when_it_comes_packed(packed, monkeypatch):
    monkeypatch.setattr(visit, "DOCUMENT_LIMIT", 1_000_000)

    async def page(request):
        answer = web.StreamResponse(headers={"Content-Type": "text/html"})
        if packed:
            answer.enable_compression()
        await answer.prepare(request)
        for _ in range(500):
            await answer.write(b"<p>veel te veel</p>" * 5000)
        return answer

    async with world({"/a": page, "/b": "daarna"}) as (fetcher, _):
        answer = await fetcher.ask(ask())
        after = await fetcher.ask(ask("/b"))
    assert answer == Failed(outcome=Outcome.TRANSPORT_ERROR, reason="too_large")
    assert after.body == b"daarna"


@pytest.mark.parametrize(
    "hog",
    [
        "let all = []; for (;;) all.push({a: all.length})",
        "let all = []; for (;;) all.push(new Uint8Array(1e8).fill(1))",
    ],
)
async def test_a_page_that_takes_all_memory_is_ended_and_its_document_stands(hog, monkeypatch):
    monkeypatch.setattr(memory, "LIMIT", 500_000_000)
    monkeypatch.setattr(memory, "EVERY", 0.1)
    page = f"<p>eerst</p><script>{hog}</script>"
    async with world({"/a": page, "/b": "daarna"}) as (fetcher, _):
        answer = await fetcher.ask(ask(drawn=("h1",)))
        after = await fetcher.ask(ask("/b"))
    assert (answer.body, after.body) == (page.encode(), b"daarna")


async def test_scripts_may_ask_only_so_much(monkeypatch):
    monkeypatch.setattr(visit, "REQUESTS", 5)
    page = """<script>(async () => { for (let i = 0; i < 50; i++) await fetch('/data').catch(() => 0);
        document.write('<h1>klaar</h1>') })()</script>"""
    async with world({"/a": page, "/data": "x"}) as (fetcher, site):
        await fetcher.ask(ask(drawn=("h1",)))
    assert site.asked.count("/data") == 5


async def test_no_context_knows_the_cookies_of_another():
    async with world({"/a": sends(b"<p>x</p>", Set_Cookie="wie=een; Path=/")}) as (fetcher, site):
        await fetcher.ask(ask())
        await fetcher.ask(ask())
        await fetcher.ask(ask(headers=(("Cookie", "SOCS=CAI; a=b=c"),)))
    assert [headers.get("Cookie") for headers in site.headers] == [None, None, "SOCS=CAI; a=b=c"]
