"""How fast a platform is asked: a rate, a number at once, a pause for all after a 429, a breaker for a dead one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

# A platform that fails so often in a row, whatever is asked, is dead for this run.
BREAKS_AFTER = 20


class Broken(Exception):
    """The breaker of this platform is open: nothing more is asked in this run."""


class Paused(Exception):
    """The platform asked for a longer pause than this run has the patience for."""


class Gate:
    """One platform's gate. `rate` = requests a second (0 = no pacing), `concurrency` = requests under way at once.

    `patience` = the longest pause in seconds that is waited for.
    """

    def __init__(self, rate: float, concurrency: int, patience: float = 90.0) -> None:
        self._patience = patience
        self._step = 1.0 / rate if rate > 0 else 0.0
        self._places = asyncio.Semaphore(max(1, concurrency))
        self._next = 0.0
        self._closed_until = 0.0
        self._failures = 0

    @asynccontextmanager
    async def passage(self) -> AsyncIterator[None]:
        """Wait for a place, for the end of any pause, and for the next slot; Broken when dead, Paused when too long."""
        async with self._places:
            await self._wait()
            yield

    async def _wait(self) -> None:
        await self._open()
        now = monotonic()
        slot = max(now, self._next)
        self._next = slot + self._step
        if slot > now:
            await asyncio.sleep(slot - now)
            await self._open()  # a pause may have begun meanwhile

    async def _open(self) -> None:
        while True:
            self._refuse_if_broken()
            left = self._closed_until - monotonic()
            if left <= 0:
                return
            if left > self._patience:
                raise Paused(f"{left:.0f} s")
            await asyncio.sleep(left)

    def _refuse_if_broken(self) -> None:
        if self._failures >= BREAKS_AFTER:
            raise Broken(f"{self._failures} failures in a row")

    def close_for(self, seconds: float) -> None:
        """Let nobody through for so long: one 429 stops the platform, not the request."""
        self._closed_until = max(self._closed_until, monotonic() + seconds)

    def succeeded(self) -> None:
        """Any usable answer shows that the platform lives."""
        self._failures = 0

    def failed(self) -> None:
        """One more request without a usable answer."""
        self._failures += 1
