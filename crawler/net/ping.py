"""One request to an address of the operator's own (a monitor): only whether it answered counts."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

import aiohttp

SECONDS = 20


class PingError(Exception):
    """The address did not answer well; one line."""


def ping(url: str, text: str | None) -> None:
    """GET the address, or POST `text` to it; PingError unless it answers with 2xx. Redirects are not followed."""
    try:
        status = asyncio.run(_asked(url, text))
    except aiohttp.InvalidURL as error:
        raise PingError("this is no address") from error
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        raise PingError(f"{type(error).__name__}: {' '.join(str(error).split())}".rstrip(": ")) from error
    if not 200 <= status < 300:
        raise PingError(f"answered with {status}")


def host_of(url: str) -> str:
    """What may be shown of an address that can hold a secret."""
    try:
        return urlsplit(url).hostname or "address"
    except ValueError:
        return "address"


async def _asked(url: str, text: str | None) -> int:
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    async with (
        aiohttp.ClientSession(timeout=timeout) as session,
        session.request(
            "GET" if text is None else "POST", url, data=None if text is None else text.encode(), allow_redirects=False
        ) as answer,
    ):
        return answer.status
