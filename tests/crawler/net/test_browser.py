"""The browser's life: started late, replaced after a crash or so many pages, ended with the run, or never there."""

from __future__ import annotations

import asyncio
import os
import signal
from itertools import pairwise
from pathlib import Path
from time import monotonic

import pytest
from aiohttp import web

from adapters.model import Outcome
from crawler.config import BrowserSettings
from crawler.net import chromium, pace
from crawler.net.fetch import Failed
from tests.crawler.net.site import ask, world


def browsers():
    """The main processes of the browsers that this process started, through Playwright's driver."""
    return [child for driver in children(os.getpid()) for child in children(driver) if "--type=" not in words(child)]


def drivers():
    """The drivers of Playwright that this process started."""
    return [child for child in children(os.getpid()) if "playwright" in words(child)]


def children(parent):
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def words(process):
    try:
        return Path(f"/proc/{process}/cmdline").read_text(errors="replace").replace("\0", " ")
    except OSError:
        return ""


@pytest.mark.parametrize("victims", [browsers, drivers])
async def test_a_browser_that_crashed_is_replaced(victims):
    async def page(request):
        if site.asked.count("/a") == 1:
            os.kill(victims()[0], signal.SIGKILL)
            await asyncio.sleep(5)
        return web.Response(text="hersteld", content_type="text/html")

    async with world({"/a": page, "/b": "eerst"}) as (fetcher, site):
        assert (await fetcher.ask(ask("/b"))).body == b"eerst"
        answer = await fetcher.ask(ask())
    assert answer.body == b"hersteld"


async def test_a_browser_that_keeps_crashing_is_a_transport_error_and_no_fault_of_the_platform(monkeypatch):
    monkeypatch.setattr(pace, "BREAKS_AFTER", 1)

    async def page(request):
        os.kill(browsers()[0], signal.SIGKILL)
        await asyncio.sleep(5)
        return web.Response()

    async with world({"/a": page, "/b": "leeft"}) as (fetcher, _):
        answer = await fetcher.ask(ask())
        after = await fetcher.ask(ask("/b"))
    assert answer == Failed(outcome=Outcome.TRANSPORT_ERROR, reason="browser_crashed")
    assert after.body == b"leeft"


async def test_a_browser_is_replaced_after_so_many_pages_and_ended_with_the_run():
    seen = []
    async with world({"/a": "x"}, BrowserSettings(pages_per_browser=2)) as (fetcher, _):
        assert browsers() == []
        for _ in range(5):
            await fetcher.ask(ask())
            seen.append(tuple(browsers()))
    assert [len(running) for running in seen] == [1] * 5
    assert len(set(seen)) == 3
    assert browsers() == []


async def test_as_many_pages_are_open_at_once_as_the_settings_say():
    now, most = 0, 0

    async def page(request):
        nonlocal now, most
        now, most = now + 1, max(most, now + 1)
        await asyncio.sleep(0.3)
        now -= 1
        return web.Response(text="x", content_type="text/html")

    async with world({"/a": page}, BrowserSettings(contexts=2)) as (fetcher, _):
        answers = await asyncio.gather(*(fetcher.ask(ask()) for _ in range(6)))
    assert {answer.body for answer in answers} == {b"x"}
    assert most == 2


async def test_the_pace_of_the_platform_holds_for_rendered_pages():
    moments = []

    async def page(request):
        moments.append(monotonic())
        return web.Response(text="x", content_type="text/html")

    async with world({"/a": page, "/b": "x"}, BrowserSettings(contexts=3), rate=2.0) as (fetcher, _):
        await fetcher.ask(ask("/b"))
        await asyncio.gather(*(fetcher.ask(ask()) for _ in range(3)))
    assert min(later - sooner for sooner, later in pairwise(moments)) > 0.25


@pytest.mark.parametrize(
    ("browser", "reason"),
    [(BrowserSettings(path="geen-browser"), "no_browser"), (BrowserSettings(enabled=False), "no_browser")],
)
async def test_without_a_browser_a_page_fails_with_the_reason(browser, reason, monkeypatch):
    monkeypatch.delenv(chromium.VARIABLE, raising=False)
    async with world({"/a": "x"}, browser) as (fetcher, site):
        answer = await fetcher.ask(ask())
    assert answer == Failed(outcome=Outcome.TRANSPORT_ERROR, reason=reason)
    assert site.asked == []


async def test_what_is_no_browser_does_not_start_and_is_not_tried_for_ever(tmp_path, monkeypatch):
    started = tmp_path / "started"
    shell = tmp_path / "browser"
    shell.write_text(f"#!/bin/sh\necho x >> {started}\nexit 1\n")
    shell.chmod(0o755)
    monkeypatch.setenv(chromium.VARIABLE, str(shell))
    async with world({"/a": "x"}) as (fetcher, _):
        answers = [await fetcher.ask(ask()) for _ in range(3)]
    assert {answer.outcome for answer in answers} == {Outcome.TRANSPORT_ERROR}
    assert answers[-1].reason == "browser_does_not_start"
    assert started.read_text().count("x") == 3


async def test_a_question_that_is_no_page_is_not_asked_through_a_browser():
    async with world({"/a": "x"}) as (fetcher, site):
        answer = await fetcher.ask(ask(method="POST", body=b"x"))
    assert answer == Failed(outcome=Outcome.TRANSPORT_ERROR, reason="not_a_page")
    assert site.asked == []


async def test_a_run_that_is_stopped_leaves_no_browser_behind():
    arrived = asyncio.Event()

    async def page(request):
        arrived.set()
        await asyncio.sleep(5)
        return web.Response()

    async with world({"/a": page}) as (fetcher, _):
        under_way = asyncio.create_task(fetcher.ask(ask()))
        await arrived.wait()
        running = browsers()
        under_way.cancel()
        assert isinstance((await asyncio.gather(under_way, return_exceptions=True))[0], asyncio.CancelledError)
    assert len(running) == 1
    assert browsers() == []
