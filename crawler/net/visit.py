"""One page in one fresh context of a browser: what it may ask, how much, how long, and what is read of it.

The answer is the first document as the platform sent it, after redirects. What scripts made of it is not read, because
they may put a log-in page in its place; only the parts that an adapter names are waited for, and stand behind it.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Browser, BrowserContext, Error, Page, Request, Route
from playwright.async_api import Response as Answer

from adapters.model import Response
from crawler.net.guard import Forbidden
from crawler.net.rendering import PageError, Wanted
from crawler.net.tunnel import Tunnel

# The unpacked document, and all that a page brings in while scripts draw.
DOCUMENT_LIMIT = 5_000_000
DRAWING_LIMIT = 20_000_000
# What scripts may ask for on one page, how long they may draw, and how much of that is read.
REQUESTS = 60
DRAWN_SECONDS = 5.0
DRAWN_PARTS = 4
DRAWN_LIMIT = 200_000
CLOSE_SECONDS = 5.0
SCRIPTED = frozenset({"script", "xhr", "fetch"})
_READ_PARTS = "(found, [parts, most]) => found.slice(0, parts).map(one => one.outerHTML.slice(0, most))"
# Chromium's word for an answer without success and without a body: there is no document, but there is a status.
_EMPTY_REFUSAL = "ERR_HTTP_RESPONSE_CODE_FAILURE"


async def visit(browser: Browser, wanted: Wanted) -> Response:
    """The first document, its status and its own final address.

    PageError when there is none, Forbidden when it leads to where nothing may be asked.
    """
    look = _Look(wanted)
    limit = DRAWING_LIMIT if wanted.drawn else DOCUMENT_LIMIT
    async with Tunnel(look.check, limit) as tunnel, _context(browser, wanted, tunnel.address) as context:
        try:
            return await look.at(await look.opened(context))
        except Error as error:
            if look.forbidden:
                raise Forbidden(look.forbidden) from error
            raise PageError("too_large" if look.too_large or tunnel.full else _reason(error)) from error


@asynccontextmanager
async def _context(browser: Browser, wanted: Wanted, way_out: str) -> AsyncIterator[BrowserContext]:
    """A context that knows nothing of any other and has one way out; closed whatever happens."""
    context = await browser.new_context(
        proxy={"server": way_out, "bypass": "<-loopback>"},
        user_agent=wanted.agent,
        locale="en",
        java_script_enabled=bool(wanted.drawn),
        accept_downloads=False,
        service_workers="block",
    )
    try:
        yield context
    finally:
        with contextlib.suppress(Error, TimeoutError):
            async with asyncio.timeout(CLOSE_SECONDS):
                await context.close()


class _Look:
    """The watch over one page: one navigation, no more than scripts from the platform itself, no more than a limit."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._navigated = False
        self._asked = self._size = 0
        self._refused: Answer | None = None
        self._closing: asyncio.Task[None] | None = None
        self.forbidden: str | None = None
        self.too_large = False

    def check(self, url: str) -> None:
        """Forbidden unless this is an address of the platform: of its pages, or of its files when scripts may draw."""
        try:
            self._wanted.origins.check(url)
        except Forbidden:
            if not self._wanted.drawn:
                raise
            self._wanted.origins.check(url, image=True)

    async def opened(self, context: BrowserContext) -> Page:
        """A page under watch."""
        page = await context.new_page()
        context.on("page", self._popup)
        context.on("request", self._redirected)
        context.on("response", self._answered)
        await context.route("**/*", self._route)
        if self._wanted.cookies:
            own = self._wanted.cookies.items()
            await context.add_cookies([{"name": name, "value": value, "url": self._wanted.url} for name, value in own])
        session = await context.new_cdp_session(page)
        session.on("Network.dataReceived", lambda told: self._grown(page, told))
        await session.send("Network.enable")
        return page

    async def at(self, page: Page) -> Response:
        """The first document of the page, and behind it what scripts drew where that was asked for."""
        try:
            answer = await page.goto(self._wanted.url, wait_until="commit", timeout=0)
        except Error as error:
            if self._refused is None or _EMPTY_REFUSAL not in str(error):
                raise
            return _response(self._refused, b"")
        if answer is None:
            raise PageError("no_document")
        self._wanted.origins.check(answer.url)
        body = await answer.body()
        if len(body) > DOCUMENT_LIMIT:
            raise PageError("too_large")
        if self._wanted.drawn and answer.ok:
            body += await _drawn(page, self._wanted.drawn)
        return _response(answer, body)

    async def _route(self, route: Route) -> None:
        # The page may be gone by the time the browser asks.
        with contextlib.suppress(Error):
            if self._allows(route.request):
                self._wanted.count()
                await route.continue_()
            else:
                await route.abort("blockedbyclient")

    def _allows(self, request: Request) -> bool:
        """The one navigation; then only what scripts ask of the platform: no frames, pictures, fonts or styles."""
        if request.is_navigation_request():
            first, self._navigated = not self._navigated, True
            return first
        self._asked += 1
        if request.resource_type not in SCRIPTED or self._asked > REQUESTS:
            return False
        try:
            self.check(request.url)
        except Forbidden:
            return False
        return True

    def _redirected(self, request: Request) -> None:
        """A redirect goes out without being routed: it is counted, and where it may not lead it is told."""
        if request.redirected_from is None:
            return
        self._wanted.count()
        if request.is_navigation_request():
            try:
                self._wanted.origins.check(request.url)
            except Forbidden as error:
                self.forbidden = str(error)

    def _answered(self, answer: Answer) -> None:
        if answer.request.is_navigation_request() and answer.status >= 400:
            self._refused = answer

    def _popup(self, page: Page) -> None:
        self._close(page)

    def _grown(self, page: Page, told: dict[str, Any]) -> None:
        self._size += int(told.get("dataLength", 0))
        if self._size > (DRAWING_LIMIT if self._wanted.drawn else DOCUMENT_LIMIT) and not self.too_large:
            self.too_large = True
            self._close(page)

    def _close(self, page: Page) -> None:
        """Close a page without waiting for it; the context waits for its own end."""
        self._closing = asyncio.ensure_future(_closed(page))


async def _closed(page: Page) -> None:
    with contextlib.suppress(Error):
        await page.close()


async def _drawn(page: Page, selectors: tuple[str, ...]) -> bytes:
    """The markup of what scripts drew, once the first of the selectors is there or nothing more comes in."""
    try:
        async with asyncio.timeout(DRAWN_SECONDS):
            await _first(
                page.locator(selectors[0]).first.wait_for(state="attached", timeout=0),
                page.wait_for_load_state("networkidle", timeout=0),
            )
            found = await page.locator(", ".join(selectors)).evaluate_all(_READ_PARTS, [DRAWN_PARTS, DRAWN_LIMIT])
    except (Error, TimeoutError):
        return b""
    parts = [part for part in found if isinstance(part, str)] if isinstance(found, list) else []
    return "".join(f"\n{part[:DRAWN_LIMIT]}" for part in parts[:DRAWN_PARTS]).encode("utf-8", errors="replace")


async def _first(*events: Coroutine[Any, Any, None]) -> None:
    """Until one of these has come; the others are waited for no longer."""
    tasks = [asyncio.create_task(event) for event in events]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _response(answer: Answer, body: bytes) -> Response:
    return Response(status=answer.status, url=answer.url, body=body, headers=dict(answer.headers))


def _reason(error: Error) -> str:
    """The first words of what Playwright says, without addresses."""
    told = error.message.split(" at ")[0].split("\n")[0]
    return told.removeprefix("Page.goto: ").removeprefix("net::")[:80]
