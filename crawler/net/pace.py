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


class Gate:
    """One platform's gate. `rate` = requests a second (0 = no pacing), `concurrency` = requests under way at once."""

    def __init__(self, rate: float, concurrency: int) -> None:
        self._step = 1.0 / rate if rate > 0 else 0.0
        self._places = asyncio.Semaphore(max(1, concurrency))
        self._next = 0.0
        self._closed_until = 0.0
        self._failures = 0

    @asynccontextmanager
    async def passage(self) -> AsyncIterator[None]:
        """Wait for a place, for the end of any pause, and for the next slot of the rate; raises Broken when dead."""
        async with self._places:
            await self._wait()
            yield

    async def _wait(self) -> None:
        while True:
            self._refuse_if_broken()
            now = monotonic()
            if self._closed_until <= now:
                break
            await asyncio.sleep(self._closed_until - now)
        slot = max(now, self._next)
        self._next = slot + self._step
        if slot > now:
            await asyncio.sleep(slot - now)

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
