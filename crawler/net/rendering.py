"""Rendered pages, as the fetcher asks for them; the browser and its library are loaded by the first of them."""

from __future__ import annotations

import os
from asyncio import Semaphore
from collections.abc import Callable, Mapping
from typing import Protocol

from adapters.model import Request, Response, Value
from crawler.config import Settings
from crawler.net.guard import Origins


class PageError(OSError):
    """The browser showed no page; the message is a short machine-readable reason."""


class BrowserDown(Exception):
    """The browser itself failed, which says nothing about the platform; the message is a machine-readable reason."""


class Wanted(Value, frozen=True, kw_only=True):
    """The page to visit. `drawn` as in a request; `count` is called for each question that goes out."""

    url: str
    origins: Origins
    agent: str
    count: Callable[[], None]
    cookies: Mapping[str, str] = {}
    drawn: tuple[str, ...] = ()


class _Visitor(Protocol):
    async def visit(self, wanted: Wanted) -> Response: ...

    async def close(self) -> None: ...


class Rendering:
    """The rendered pages of one run. `place` = how many may be open at once: as many as cores unless settings say."""

    def __init__(self, settings: Settings, agent: str) -> None:
        self._settings, self._agent = settings, agent
        self._browser: _Visitor | None = None
        self.place = Semaphore(settings.browser.contexts or os.cpu_count() or 1)

    async def page(self, request: Request, url: str, origins: Origins, count: Callable[[], None]) -> Response:
        """The first document at `url` as a browser gets it, with its own final address.

        Headers are the browser's own, cookies are the request's. PageError, Forbidden and TimeoutError speak of the
        page, BrowserDown of the browser.
        """
        if request.method != "GET" or request.credential is not None:
            raise PageError("not_a_page")
        origins.check(url)
        cookies = next((value for name, value in request.headers if name.lower() == "cookie"), "")
        wanted = Wanted(
            url=url, origins=origins, agent=self._agent, count=count, cookies=_cookies(cookies), drawn=request.drawn
        )
        return await self._loaded().visit(wanted)

    async def close(self) -> None:
        """End the browser, if one was started."""
        if self._browser is not None:
            await self._browser.close()

    def _loaded(self) -> _Visitor:
        if self._browser is None:
            from crawler.net.browser import Browser  # noqa: PLC0415 - a run without rendered pages does not load it

            self._browser = Browser(self._settings.browser, self._settings.timeout)
        return self._browser


def _cookies(header: str) -> dict[str, str]:
    """The cookies of a request's header by name."""
    pairs = (pair.strip().partition("=") for pair in header.split(";"))
    return {name: value for name, equals, value in pairs if name and equals}
