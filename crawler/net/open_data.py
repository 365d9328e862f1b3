"""The open data of politie.nl over the network: one question at a time, one origin only, bounded in every way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from urllib.parse import urlencode, urlsplit

import aiohttp

from adapters.model import Value
from audits.register.open_data import RADIUS, STATIONS, WIJKAGENTEN, Page, Record, read_page
from crawler.net.guard import Forbidden, PublicResolver

ANSWER_LIMIT = 5_000_000  # bytes
REQUESTS = 20_000
PAGES = 400  # of one list
TRIES = 3
ALIKE = 3  # points that fail in the same way one after the other: then no more is asked
LONGEST_PAUSE = 60.0  # seconds, whatever an answer asks for
STATION_CHUNK, WIJKAGENT_CHUNK = 100, 25  # records a page


class Harvest(Value, frozen=True, kw_only=True):
    """All that came. `troubles` = questions without a usable answer: then records may be missing.

    `stopped` = the asking ended early, and the only trouble says why.
    `refused` = points that the interface calls invalid (400), such as those at sea.
    """

    records: tuple[Record, ...] = ()
    troubles: tuple[str, ...] = ()
    stopped: bool = False
    refused: int = 0
    requests: int = 0


class OpenData:
    """Asks one interface at `base`. `pause` = seconds between two questions, `timeout` = of one question."""

    def __init__(self, base: str, *, pause: float, timeout: float, agent: str) -> None:
        self._base = _checked(base)
        self._pause, self._timeout, self._agent = pause, timeout, agent
        self._records: dict[str, Record] = {}
        self._troubles: list[str] = []
        self._stopped = False
        self._refused = 0

    async def harvest(self, points: Sequence[tuple[float, float]], tell: Callable[[int], None]) -> Harvest:
        """All stations, and the wijkagenten around each point (latitude, longitude); `tell` hears of each question.

        Without all stations, or after so many equal failures, nothing more is asked.
        """
        connector = aiohttp.TCPConnector(limit=1, resolver=PublicResolver())
        timeout = aiohttp.ClientTimeout(total=self._timeout)
        headers = {"User-Agent": self._agent, "Accept": "application/json"}
        async with aiohttp.ClientSession(connector=connector, timeout=timeout, headers=headers) as session:
            ask = _Asker(session, self._pause, tell)
            failure = await self._list(ask, STATIONS, "politiebureaus/all", {}, STATION_CHUNK)
            if failure:
                self._stop(f"politiebureaus/all: {failure}")
            else:
                await self._around(ask, points)
        return Harvest(
            records=tuple(self._records.values()),
            troubles=tuple(self._troubles),
            stopped=self._stopped,
            refused=self._refused,
            requests=ask.requests,
        )

    async def _around(self, ask: _Asker, points: Sequence[tuple[float, float]]) -> None:
        """The wijkagenten around each point, for as long as it makes sense to ask."""
        last, alike = "", 0
        for lat, lon in points:
            around = {"lat": f"{lat:.4f}", "lon": f"{lon:.4f}", "radius": f"{RADIUS:.1f}"}
            query = {**around, "maxnumberofitems": str(WIJKAGENT_CHUNK)}
            failure = await self._list(ask, WIJKAGENTEN, "wijkagenten", query, WIJKAGENT_CHUNK)
            last, alike = failure, alike + 1 if failure == last else 1
            if failure and alike == ALIKE:
                self._stop(f"wijkagenten: {failure}, {ALIKE} times in a row")
                return
            self._troubles += [f"wijkagenten {lat:.4f} {lon:.4f}: {failure}"] if failure else []
        if points and self._refused >= len(points):
            self._troubles.append("wijkagenten: every point was refused")

    def _stop(self, why: str) -> None:
        self._stopped, self._troubles = True, [f"cannot be reached or read ({why})"]

    async def _list(self, ask: _Asker, kind: str, path: str, query: dict[str, str], chunk: int) -> str:
        """One list, page by page, until it says that it ends or says nothing new; gives what failed, `""` = nothing."""
        seen: set[str] = set()
        for number in range(PAGES):
            words = {"language": "nl", **query, "offset": str(number * chunk)}
            status, body = await ask.once(f"{self._base}/{path}?{urlencode(words)}")
            page = self._read(status, body, kind, number)
            if not isinstance(page, Page):
                return page
            news = {record.uid: record for record in page.records if record.uid not in seen}
            if page.records and not news:
                return f"page {number + 1} repeats what came before"
            seen.update(news)
            self._records.update({f"{kind}:{uid}": record for uid, record in news.items()})
            if page.last:
                # A country without stations is no answer.
                return "" if seen or kind == WIJKAGENTEN else "no station in it"
        return f"more than {PAGES} pages"

    def _read(self, status: int | None, body: bytes, kind: str, number: int) -> Page | str:
        """The page; what failed when the list ends here, `""` = nothing."""
        if status == 204 or (status == 400 and number > 0):
            return "" if number or kind == WIJKAGENTEN else "no station in it"
        if status == 400:
            self._refused += kind == WIJKAGENTEN
            return "" if kind == WIJKAGENTEN else "refused"
        if status is None:
            return "no answer"
        page = read_page(body, kind) if status == 200 else None
        return page or ("no JSON of this kind" if status == 200 else f"answer {status}")


class _Asker:
    """Sends the questions, one after the other with a pause before each but the first."""

    def __init__(self, session: aiohttp.ClientSession, pause: float, tell: Callable[[int], None]) -> None:
        self._session, self._pause, self._tell = session, pause, tell
        self.requests = 0

    async def once(self, url: str) -> tuple[int | None, bytes]:
        """Status and body; status `None` when nothing usable came after so many tries."""
        wait = self._pause
        for _ in range(TRIES):
            if self.requests >= REQUESTS:
                return None, b""
            await asyncio.sleep(wait if self.requests else 0)
            self.requests += 1
            self._tell(self.requests)
            status, body, asked = await self._try(url)
            if status is not None and status != 429 and status < 500:
                return status, body
            wait = min(max(self._pause, asked), LONGEST_PAUSE)
        return status, b""

    async def _try(self, url: str) -> tuple[int | None, bytes, float]:
        try:
            # A redirect leads elsewhere, and only this origin is asked.
            async with self._session.get(url, allow_redirects=False) as answer:
                body = await _bounded(answer.content)
                return answer.status, body, _seconds(answer.headers.get("Retry-After", ""))
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
            return None, b"", 0.0


async def _bounded(stream: aiohttp.StreamReader) -> bytes:
    body = b""
    async for chunk in stream.iter_chunked(65_536):
        body += chunk
        if len(body) > ANSWER_LIMIT:
            raise ValueError("answer too large")
    return body


def _seconds(text: str) -> float:
    return float(text) if text.isdecimal() and len(text) < 6 else 0.0


def _checked(base: str) -> str:
    """The base without its last slash; Forbidden unless it is https, or http on loopback."""
    try:
        parts = urlsplit(base)
        _ = parts.port
        loopback = ip_address(parts.hostname or "").is_loopback
    except ValueError:
        loopback = False
    fits = base.startswith("https://") or (base.startswith("http://") and loopback)
    if not fits or "@" in base or "?" in base or "#" in base:
        raise Forbidden(f"{base[:120]}: give the address of the interface, with https://")
    return base.rstrip("/")
