"""The browser for rendered pages: started by the first of them, replaced after so many or after a crash, ended at last.

A page costs some tenths of a second of a core and a hundred megabytes; how many are open at once is up to the caller.
"""

from __future__ import annotations

import asyncio
import contextlib
import os

from playwright.async_api import Browser as Chromium
from playwright.async_api import Error, Playwright, async_playwright

from adapters.model import Response
from crawler.config import BrowserSettings
from crawler.net.chromium import find
from crawler.net.memory import guard
from crawler.net.rendering import BrowserDown, Wanted
from crawler.net.tunnel import LOOPBACK
from crawler.net.visit import CLOSE_SECONDS, visit

START_SECONDS = 30.0
# A browser that does not start so often in a row will not start in this run.
STARTS = 3
FLAGS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--js-flags=--max-old-space-size=256",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    # The browser finds no host by itself: each page has a way out of its own, and whatever is no page has none.
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {LOOPBACK}",
    f"--proxy-server={LOOPBACK}:9",
)


class Browser:
    """Visits pages, each in a context of its own. Nothing is started before the first visit; `close()` ends it."""

    def __init__(self, settings: BrowserSettings, timeout: float) -> None:
        self._settings, self._timeout = settings, timeout
        self._turn = asyncio.Lock()
        self._engine: _Engine | None = None
        self._failures = 0

    async def visit(self, wanted: Wanted) -> Response:
        """The first document of a page, within the time of one request.

        PageError, Forbidden and TimeoutError speak of the page; BrowserDown says that the browser itself failed.
        """
        engine = await self._taken()
        try:
            async with asyncio.timeout(self._timeout):
                return await visit(engine.chromium, wanted)
        except (OSError, Error) as error:
            # An error that is not about the page: not even a context could be opened.
            if isinstance(error, OSError) and await engine.lives():
                raise
            engine.broken = True
            raise BrowserDown("browser_crashed") from error
        finally:
            await self._given_back(engine)

    async def close(self) -> None:
        """End the browser, if there is one."""
        engine, self._engine = self._engine, None
        if engine is not None:
            await engine.stop()

    async def _taken(self) -> _Engine:
        """A browser that runs, with one page more; a new one in the place of one that crashed or is used up."""
        async with self._turn:
            engine = self._engine
            if engine is None or engine.used(self._settings.pages_per_browser):
                engine, old = await self._started(), engine
                self._engine = engine
                if old is not None and old.busy == 0:
                    await old.stop()
            engine.opened += 1
            engine.busy += 1
            return engine

    async def _given_back(self, engine: _Engine) -> None:
        engine.busy -= 1
        if engine is not self._engine and engine.busy == 0:
            await engine.stop()

    async def _started(self) -> _Engine:
        if self._failures >= STARTS:
            raise BrowserDown("browser_does_not_start")
        try:
            engine = await start(self._settings)
        except BrowserDown:
            self._failures += 1
            raise
        self._failures = 0
        return engine


class _Engine:
    """One running browser with its driver, and how many pages it had and has open."""

    def __init__(self, driver: Playwright, chromium: Chromium) -> None:
        self._driver, self.chromium = driver, chromium
        self.opened = self.busy = 0
        self.broken = self._stopped = False
        self._guard = asyncio.create_task(guard(chromium))

    def used(self, pages: int) -> bool:
        """Whether it has had this many pages, or runs no more as it should."""
        return self.broken or self.opened >= pages or not self.chromium.is_connected()

    async def lives(self) -> bool:
        """Whether browser and driver still answer."""
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                session = await self.chromium.new_browser_cdp_session()
                await session.detach()
        except (Error, TimeoutError):
            return False
        return True

    async def stop(self) -> None:
        """End browser and driver; whatever does not end in time ends with this program."""
        ends = () if self._stopped else (self.chromium.close, self._driver.stop)
        self._stopped = True
        self._guard.cancel()
        await asyncio.gather(self._guard, return_exceptions=True)
        for end in ends:
            with contextlib.suppress(Error, OSError):
                async with asyncio.timeout(CLOSE_SECONDS):
                    await end()


async def start(settings: BrowserSettings) -> _Engine:
    """A running browser; BrowserDown when there is none, or it does not start."""
    path = find(settings)
    if path is None:
        raise BrowserDown("no_browser")
    driver = await async_playwright().start()
    try:
        chromium = await driver.chromium.launch(
            executable_path=path,
            args=list(FLAGS),
            chromium_sandbox=os.geteuid() != 0,
            timeout=START_SECONDS * 1000,
        )
    except BaseException as error:
        await driver.stop()
        if isinstance(error, Error):
            raise BrowserDown(_why(error)) from error
        raise
    return _Engine(driver, chromium)


async def version(settings: BrowserSettings) -> str:
    """The version of the browser, which is started for it and ended; BrowserDown when it does not start."""
    engine = await start(settings)
    try:
        return engine.chromium.version
    finally:
        await engine.stop()


def _why(error: Error) -> str:
    return f"browser_does_not_start: {error.message.splitlines()[0][:120]}"
