"""One page in one fresh context of a browser: what it may ask, how much, how long, and what is read of it.

The answer is the first document as the platform sent it, after redirects. It is taken before the browser shows it, so
that no script can change it, put a log-in page in its place or keep it back. Only where an adapter names parts that
scripts draw is it shown at all; those parts stand behind the document.
"""

from __future__ import annotations

import asyncio
import contextlib
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urljoin

from playwright.async_api import Browser, BrowserContext, CDPSession, Error, Page, Request, Route

from adapters.model import Response
from crawler.net.guard import Forbidden
from crawler.net.rendering import PageError, Wanted
from crawler.net.tunnel import Tunnel

# The document, unpacked, and all that a page brings in while scripts draw.
DOCUMENT_LIMIT = 5_000_000
DRAWING_LIMIT = 20_000_000
HOPS = 4
# What scripts may ask for on one page, how long they may draw, and how much of that is read.
REQUESTS = 60
DRAWN_SECONDS = 5.0
DRAWN_PARTS = 4
DRAWN_LIMIT = 200_000
CLOSE_SECONDS = 5.0
SCRIPTED = frozenset({"script", "xhr", "fetch"})
DOCUMENTS = {"patterns": [{"urlPattern": "*", "resourceType": "Document", "requestStage": "Response"}]}
_READ_PARTS = "(found, [parts, most]) => found.slice(0, parts).map(one => one.outerHTML.slice(0, most))"
# What no longer holds of a body that was unpacked.
_PACKING = frozenset({"content-encoding", "content-length", "transfer-encoding"})
_CHUNK = 262_144


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
            raise PageError("too_large" if tunnel.full else _reason(error)) from error


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
        self._asked = self._hops = self._size = 0
        self._document: asyncio.Future[Response] = asyncio.get_running_loop().create_future()
        self._under_way: set[asyncio.Future[None]] = set()

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
        context.on("page", lambda popup: self._later(popup.close()))
        context.on("request", self._redirected)
        await context.route("**/*", self._route)
        if self._wanted.cookies:
            own = self._wanted.cookies.items()
            await context.add_cookies([{"name": name, "value": value, "url": self._wanted.url} for name, value in own])
        session = await context.new_cdp_session(page)
        session.on("Fetch.requestPaused", lambda told: self._later(self._arrived(session, told)))
        await session.send("Fetch.enable", DOCUMENTS)
        if self._wanted.drawn:
            session.on("Network.dataReceived", lambda told: self._grown(page, told))
            await session.send("Network.enable")
        return page

    async def at(self, page: Page) -> Response:
        """The first document of the page, and behind it what scripts drew where that was asked for."""
        going: asyncio.Future[Any] = asyncio.ensure_future(page.goto(self._wanted.url, wait_until="commit", timeout=0))
        either: set[asyncio.Future[Any]] = {going, self._document}
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            if not self._document.done():
                await going
                raise PageError("no_document")
            document = self._document.result()
            if not self._wanted.drawn or document.status >= 300:
                return document
            drawn = await _drawn(page, going, self._wanted.drawn)
            return Response(
                status=document.status, url=document.url, body=document.body + drawn, headers=document.headers
            )
        finally:
            await _ended(going, *self._under_way)

    async def _arrived(self, session: CDPSession, told: dict[str, Any]) -> None:
        """A document is about to come in: a step on the way, or the one that is read."""
        name, status = {"requestId": told["requestId"]}, told.get("responseStatusCode")
        if status is None or self._document.done():
            await session.send("Fetch.continueRequest", name)
            return
        headers = {one["name"].lower(): one["value"] for one in told.get("responseHeaders", ())}
        try:
            if status in {301, 302, 303, 307, 308} and "location" in headers:
                self._hop(urljoin(told["request"]["url"], headers["location"]))
                await session.send("Fetch.continueRequest", name)
                return
            self._wanted.origins.check(told["request"]["url"])
            body = await _body(session, name)
        except (Forbidden, PageError, Error) as error:
            self._document.set_exception(error)
            await session.send("Fetch.failRequest", {**name, "errorReason": "Aborted"})
            return
        self._document.set_result(Response(status=status, url=told["request"]["url"], body=body, headers=headers))
        await self._show(session, name, told, body)

    def _hop(self, target: str) -> None:
        """One redirect more: Forbidden when it leads away, PageError when it is one too many."""
        self._hops += 1
        if self._hops >= HOPS:
            raise PageError("too_many_redirects")
        self._wanted.origins.check(target)
        self._wanted.count()

    async def _show(self, session: CDPSession, name: dict[str, str], told: dict[str, Any], body: bytes) -> None:
        """Let the browser show the document, if there is something to be drawn in it."""
        if not self._wanted.drawn:
            await session.send("Fetch.failRequest", {**name, "errorReason": "Aborted"})
            return
        kept = [one for one in told.get("responseHeaders", ()) if one["name"].lower() not in _PACKING]
        answer = {"responseCode": told["responseStatusCode"], "responseHeaders": kept}
        await session.send("Fetch.fulfillRequest", {**name, **answer, "body": b64encode(body).decode("ascii")})

    async def _route(self, route: Route) -> None:
        # The page may be gone by the time the browser asks.
        with contextlib.suppress(Error):
            if self._allows(route.request):
                self._wanted.count()
                await route.continue_()
            else:
                # Thus a navigation leaves the page as it is; any other word would bring the browser's own error page.
                await route.abort("aborted")

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
        """A redirect of a script goes out without being routed: it is counted. The tunnel knows where it may lead."""
        if request.redirected_from is not None and not request.is_navigation_request():
            self._wanted.count()

    def _grown(self, page: Page, told: dict[str, Any]) -> None:
        self._size += int(told.get("dataLength", 0))
        if self._size > DRAWING_LIMIT:
            self._later(page.close())

    def _later(self, step: Coroutine[Any, Any, None]) -> None:
        """Do this beside what is under way; the end of the page ends it too."""
        task = asyncio.ensure_future(_quietly(step))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)


async def _quietly(step: Coroutine[Any, Any, None]) -> None:
    with contextlib.suppress(Error):
        await step


async def _body(session: CDPSession, name: dict[str, str]) -> bytes:
    """The body of an answer as it comes in, unpacked; PageError beyond the limit."""
    stream = (await session.send("Fetch.takeResponseBodyAsStream", name))["stream"]
    parts: list[bytes] = []
    size, ended = 0, False
    while not ended:
        read = await session.send("IO.read", {"handle": stream, "size": _CHUNK})
        part = b64decode(read["data"]) if read.get("base64Encoded") else read["data"].encode("utf-8", "replace")
        ended, size = read["eof"], size + len(part)
        if size > DOCUMENT_LIMIT:
            raise PageError("too_large")
        parts.append(part)
    return b"".join(parts)


async def _drawn(page: Page, going: asyncio.Future[Any], selectors: tuple[str, ...]) -> bytes:
    """The markup of what scripts drew, once the first of the selectors is there or nothing more comes in."""
    try:
        async with asyncio.timeout(DRAWN_SECONDS):
            await asyncio.wait({going})
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
    tasks = [asyncio.ensure_future(event) for event in events]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await _ended(*tasks)


async def _ended(*tasks: asyncio.Future[Any]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _reason(error: Error) -> str:
    """The first words of what Playwright says, without addresses."""
    told = error.message.split(" at ")[0].split("\n")[0]
    return told.removeprefix("Page.goto: ").removeprefix("net::")[:80]
