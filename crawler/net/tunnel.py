"""The only way out for a browser: a proxy on loopback that lets through what the guard allows, up to a limit.

What a page may ask is also checked request by request, but redirects, sockets and whatever else a browser thinks of
pass that check by. Here nothing passes: this program opens each connection, to an address that it looked up itself.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from crawler.net.guard import Forbidden, PublicResolver

LOOPBACK = "127.0.0.1"
HEAD_SECONDS = 10.0
CONNECT_SECONDS = 10.0
CHUNK = 65_536
REFUSED = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
FAILED = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
READY = b"HTTP/1.1 200 Connection established\r\n\r\n"


class Tunnel:
    """One page's way out, as `async with`. `check` raises Forbidden for an address; `limit` = bytes it may bring in."""

    def __init__(self, check: Callable[[str], None], limit: int) -> None:
        self._check, self._limit = check, limit
        self._under_way: set[asyncio.Task[None]] = set()
        self._resolver = PublicResolver()
        self.received = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, LOOPBACK, 0)
        self.address = f"http://{LOOPBACK}:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        await self._resolver.close()

    @property
    def full(self) -> bool:
        """Whether more came in than this page may have."""
        return self.received > self._limit

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        # A cancelled connection ends as any other: nobody waits for its result.
        with contextlib.suppress(OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            try:
                await self._connect(reader, writer)
            except asyncio.CancelledError:
                pass
            finally:
                writer.close()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with asyncio.timeout(HEAD_SECONDS):
            head = await reader.readuntil(b"\r\n\r\n")
        method, target, _ = head.split(b"\r\n", 1)[0].decode("ascii").split(" ")
        url = f"https://{target}" if method == "CONNECT" else target
        try:
            self._check(url)
            there, back = await self._open(url)
        except (Forbidden, OSError) as error:
            writer.write(REFUSED if isinstance(error, Forbidden) else FAILED)
            await writer.drain()
            return
        try:
            if method == "CONNECT":
                writer.write(READY)
            else:
                back.write(_own_head(head, method, url))
            await self._both_ways(reader, writer, there, back)
        finally:
            back.close()

    async def _open(self, url: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A connection to the host of `url`; OSError when there is none, or it leads to an address that is not public.

        What passed the check as a bare address is a stand-in of the settings.
        """
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        addresses = [host] if _is_address(host) else [one["host"] for one in await self._resolver.resolve(host, port)]
        failure = OSError(f"{host} has no address")
        for address in addresses:
            try:
                async with asyncio.timeout(CONNECT_SECONDS):
                    return await asyncio.open_connection(address, port)
            except OSError as error:
                failure = error
        raise failure

    async def _both_ways(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        there: asyncio.StreamReader,
        back: asyncio.StreamWriter,
    ) -> None:
        """Carry bytes until either side has no more to say."""
        ways = {asyncio.create_task(_copy(reader, back)), asyncio.create_task(self._bring(there, writer))}
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _bring(self, there: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while not self.full and (chunk := await there.read(CHUNK)):
            self.received += len(chunk)
            writer.write(chunk)
            await writer.drain()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(CHUNK):
        writer.write(chunk)
        await writer.drain()


def _own_head(head: bytes, method: str, url: str) -> bytes:
    """The head as a server expects it: path only, and one request a connection, because the next may go elsewhere."""
    parts = urlsplit(url)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    lines = head.split(b"\r\n")[1:]
    kept = [line for line in lines if not line.lower().startswith((b"proxy-", b"connection:"))]
    return b"\r\n".join([f"{method} {path} HTTP/1.1".encode("ascii"), b"Connection: close", *kept])


def _is_address(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()
