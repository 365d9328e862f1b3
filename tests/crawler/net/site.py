"""A small server on loopback, and a fetcher that takes it for X: the world in which rendered pages are tried."""

from __future__ import annotations

from contextlib import asynccontextmanager

from aiohttp import web

from adapters import ADAPTERS
from adapters.model import Platform, Request, Subject
from crawler.config import BrowserSettings, PlatformSettings, Settings
from crawler.net import chromium
from crawler.net.fetch import Fetcher


class Site:
    """A server with pages by path: a text, or what makes an answer. Notes what was asked, and with which headers."""

    def __init__(self, pages):
        self.pages = pages
        self.asked = []
        self.headers = []

    def paths(self):
        return [path for path in self.asked if path != "/favicon.ico"]

    async def answer(self, request):
        self.asked.append(request.path)
        self.headers.append(request.headers)
        page = self.pages.get(request.path)
        if page is None:
            return web.Response(status=404, text="niets")
        if isinstance(page, str):
            return web.Response(text=page, content_type="text/html")
        return await page(request)


@asynccontextmanager
async def serving(pages):
    site = Site(pages)
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", site.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield site, f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def world(pages, browser=None, rate=0.0, **settings):
    assert chromium.find(BrowserSettings()), f"no browser on this machine; {chromium.CURE}"
    async with serving(pages) as (site, address):
        own = PlatformSettings(base={"api": f"{address}/api", "page": address}, rate=rate, concurrency=8)
        known = Settings(
            platform={Platform.X: own}, contact="test@example.org", browser=browser or BrowserSettings(), **settings
        )
        async with Fetcher(known, {Platform.X: ADAPTERS[Platform.X]}, "test") as fetcher:
            yield fetcher, site


def ask(path="/a", drawn=(), **other):
    subjects = (Subject(handle="POL_Zwolle"),)
    return Request(
        platform=Platform.X,
        source="rendered",
        step="page",
        base="page",
        path=path,
        subjects=subjects,
        rendered=True,
        drawn=drawn,
        **other,
    )


def sends(body=b"", status=200, **headers):
    async def answer(request):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(status=status, body=body, headers={"Content-Type": "text/html", **named})

    return answer
