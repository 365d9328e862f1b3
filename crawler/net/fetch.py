"""The HTTP client: one request in, an answer or a typed failure out. Retries, redirects, limits, pauses."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from functools import partial
from time import time
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import aiohttp
import msgspec
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type

from adapters.model import Adapter, Outcome, Platform, Request, Response, Value
from crawler.config import Settings, token
from crawler.net.guard import Forbidden, Origins, PublicResolver
from crawler.net.pace import Broken, Gate, Paused
from crawler.net.rendering import BrowserDown, PageError, Rendering

PAGE_LIMIT = 5_000_000
IMAGE_LIMIT = 10_000_000
HOPS = 4
# A failure of the line or of the server is tried so often; a 429 does not use up these tries, only the patience.
TRIES = 4
# A rendered page costs far more, to the platform as well.
RENDERED_TRIES = 2
# How long to wait after a 429 that does not say.
UNSAID_PAUSE = 5.0


class Failed(Value, frozen=True, kw_only=True):
    """No usable answer: what became of it and why."""

    outcome: Outcome
    reason: str


class Again(Exception):
    """Worth another try. `answer` stands when the tries are used up; `pause` = seconds the platform asked for."""

    def __init__(self, answer: Response | Failed, pause: float | None = None) -> None:
        super().__init__(answer)
        self.answer, self.pause = answer, pause


class Fetcher:
    """Carries requests to the platforms. Use as `async with`; counts what it sent per platform and source."""

    def __init__(self, settings: Settings, adapters: Mapping[Platform, Adapter], version: str) -> None:
        self._settings = settings
        self._adapters = adapters
        self._agent = f"Herkenbaar/{version} (audit of registered police accounts; contact: {settings.contact})"
        own = {platform: settings.of(platform) for platform in adapters}
        # Pictures come from hosts of their own: when those fail, the platform itself may still be well.
        self._gates = {
            (platform, is_image): Gate(own[platform].rate, own[platform].concurrency, settings.patience)
            for platform in adapters
            for is_image in (False, True)
        }
        self._origins = {
            platform: Origins(adapter.bases, own[platform].base, adapter.image_hosts)
            for platform, adapter in adapters.items()
        }
        self._rendering = Rendering(settings, self._agent)
        self.sent: dict[tuple[Platform, str], int] = {}

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(limit=100, resolver=PublicResolver())
        timeout = aiohttp.ClientTimeout(total=self._settings.timeout)
        headers = {"User-Agent": self._agent, "Accept-Language": "en"}
        self._session = aiohttp.ClientSession(connector=connector, timeout=timeout, headers=headers)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._rendering.close()
        await self._session.close()

    async def ask(self, request: Request) -> Response | Failed:
        """The answer to an adapter's request; never raises for what the world does."""
        own = self._settings.of(request.platform)
        headers = dict(request.headers)
        if request.credential is not None:
            secret = token(self._settings, request.platform)
            if secret is None or ("{caller}" in request.path and own.caller is None):
                return Failed(outcome=Outcome.DENIED, reason="no_credential")
            bearer = request.credential_header == "Authorization"
            headers[request.credential_header] = f"Bearer {secret}" if bearer else secret
        path = request.path.replace("{caller}", own.caller or "")
        url = self._origins[request.platform].url(request.base, path)
        return await self._patiently(
            _Call(
                platform=request.platform,
                source=request.source,
                url=url,
                method=request.method,
                headers=headers,
                body=request.body,
                secret=request.credential_header if request.credential else None,
                rendered=request if request.rendered else None,
            )
        )

    async def image(self, platform: Platform, url: str) -> bytes | Failed:
        """The bytes of a picture from one of the platform's image hosts."""
        answer = await self._patiently(_Call(platform=platform, source="image", url=url))
        if isinstance(answer, Failed):
            return answer
        return (
            answer.body
            if answer.status == 200
            else Failed(outcome=_refusal(answer.status), reason=f"http_{answer.status}")
        )

    async def _patiently(self, call: _Call) -> Response | Failed:
        budget = _Budget(self._settings.patience, RENDERED_TRIES if call.rendered else TRIES)
        try:
            async for attempt in AsyncRetrying(
                retry=retry_if_exception_type(Again), stop=budget.spent, wait=budget.pause, reraise=True
            ):
                with attempt:
                    return await self._once(call)
        except Again as last:
            return last.answer
        except Paused as error:
            return Failed(outcome=Outcome.RATE_LIMITED, reason=f"paused: {error}")
        except Broken as error:
            return Failed(outcome=Outcome.TRANSPORT_ERROR, reason=f"platform_closed: {error}")
        except Forbidden as error:
            return Failed(outcome=Outcome.BLOCKED, reason=str(error))
        raise AssertionError("the retry loop ends with an answer or an exception")

    async def _once(self, call: _Call) -> Response:
        gate = self._gates[call.platform, call.source == "image"]
        # A place in the browser comes first: whoever passes the gate goes out at once, or the pace would not hold.
        async with self._rendering.place if call.rendered else contextlib.nullcontext(), gate.passage():
            try:
                answer = await (self._render(call, call.rendered) if call.rendered else self._follow(call))
            except BrowserDown as error:
                raise Again(Failed(outcome=Outcome.TRANSPORT_ERROR, reason=str(error))) from error
            except (aiohttp.ClientError, TimeoutError, OSError, asyncio.IncompleteReadError, ValueError) as error:
                gate.failed()
                reason = str(error) if isinstance(error, PageError) else type(error).__name__
                raise Again(Failed(outcome=Outcome.TRANSPORT_ERROR, reason=reason)) from error
        if answer.status == 429:
            gate.succeeded()
            pause = _retry_after(answer.headers, time())
            gate.close_for(pause)
            raise Again(answer, pause)
        if answer.status >= 500:
            gate.failed()
            raise Again(answer)
        gate.succeeded()
        return answer

    async def _follow(self, call: _Call) -> Response:
        origins, url = self._origins[call.platform], call.url
        is_image = call.source == "image"
        headers = call.headers
        for _ in range(HOPS):
            origins.check(url, image=is_image)
            self._count(call)
            async with self._session.request(
                call.method, url, headers=headers, data=call.body, allow_redirects=False
            ) as answer:
                target = answer.headers.get("Location")
                if answer.status not in {301, 302, 303, 307, 308} or target is None:
                    body = await _bounded(answer.content, IMAGE_LIMIT if is_image else PAGE_LIMIT)
                    kept = {name.lower(): value for name, value in answer.headers.items()}
                    return Response(status=answer.status, url=origins.official(url), body=body, headers=kept)
                url = urljoin(url, target)
                headers = {name: value for name, value in headers.items() if name != call.secret}
        raise aiohttp.ClientError("too many redirects")

    async def _render(self, call: _Call, request: Request) -> Response:
        origins = self._origins[call.platform]
        page = await self._rendering.page(request, call.url, origins, partial(self._count, call))
        return msgspec.structs.replace(page, url=origins.official(page.url))

    def _count(self, call: _Call) -> None:
        self.sent[call.platform, call.source] = self.sent.get((call.platform, call.source), 0) + 1


class _Call(Value, frozen=True, kw_only=True):
    """One request as it goes over the line. `secret` names the header that a redirect must not take along.

    `rendered` = the adapter's own request where a browser is to carry it.
    """

    platform: Platform
    source: str
    url: str
    method: str = "GET"
    headers: dict[str, str] = {}
    body: bytes | None = None
    secret: str | None = None
    rendered: Request | None = None


class _Budget:
    """How long and how often one call is tried: `tries` failures, any number of pauses, `patience` seconds in all."""

    def __init__(self, patience: float, tries: int) -> None:
        self._patience, self._tries = patience, tries
        self._failures = 0

    def spent(self, state: RetryCallState) -> bool:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, Again) and error.pause is None:
            self._failures += 1
        return self._failures >= self._tries or (state.seconds_since_start or 0.0) >= self._patience

    def pause(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, Again) and error.pause is not None:
            return 0.0  # the gate itself keeps everybody waiting
        return float(min(0.1 * 2**self._failures, 5.0))


async def _bounded(stream: aiohttp.StreamReader, limit: int) -> bytes:
    """All that comes, unpacked, up to `limit` bytes; ValueError beyond."""
    parts: list[bytes] = []
    size = 0
    async for chunk in stream.iter_chunked(65_536):
        size += len(chunk)
        if size > limit:
            raise ValueError("answer too large")
        parts.append(chunk)
    return b"".join(parts)


def _retry_after(headers: Mapping[str, str], now: float) -> float:
    """Seconds to wait, by Retry-After (seconds or a date) or X's `x-rate-limit-reset` (Unix time); else five."""
    asked = headers.get("retry-after")
    reset = headers.get("x-rate-limit-reset", "")
    with contextlib.suppress(ValueError, OverflowError):
        if asked is not None:
            seconds = float(asked) if asked.strip().isdigit() or "." in asked else _moment(asked) - now
        else:
            seconds = float(reset) - now
        return max(seconds, 0.1)
    return UNSAID_PAUSE


def _moment(text: str) -> float:
    return parsedate_to_datetime(text).timestamp()


def _refusal(status: int) -> Outcome:
    return Outcome.RATE_LIMITED if status == 429 else Outcome.TRANSPORT_ERROR
