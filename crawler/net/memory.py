"""How much memory a browser may take: a process of it that grows beyond the limit is ended, and its page fails.

The flags of the browser bound the objects of scripts, not their buffers nor the size of what is shown.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from pathlib import Path

from playwright.async_api import Browser, Error

# Resident bytes of one process; a large profile page takes 200 MB. Looked at so often (seconds).
LIMIT = 1_000_000_000
EVERY = 0.5


async def guard(browser: Browser) -> None:
    """Watch the processes of a browser until it ends. Only Linux tells their size; elsewhere nothing is ended."""
    with contextlib.suppress(Error):
        session = await browser.new_browser_cdp_session()
        while True:
            await asyncio.sleep(EVERY)
            told = await session.send("SystemInfo.getProcessInfo")
            for process in told["processInfo"]:
                if resident(int(process["id"])) > LIMIT:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(int(process["id"]), signal.SIGKILL)


def resident(process: int) -> int:
    """The bytes of memory that a process takes; 0 when that cannot be known."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
