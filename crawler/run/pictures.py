"""Avatars and banners: fetched once per content, kept, and judged once per content and approved set."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from adapters.model import Adapter, Platform, Profile, Value
from audits.logo.approved import ApprovedSet, Entry
from audits.logo.banner import banner_digest, verify_banner
from audits.logo.verify import verify
from audits.model import NOT_ASKED, LogoVerdict
from crawler.clock import Clock
from crawler.net.fetch import Failed, Fetcher
from crawler.store import Store


class Photo(Value, frozen=True, kw_only=True):
    """The picture of one account: its content hash, or why there is none."""

    sha256: str | None = None
    gap: str | None = None


class Verdicts(Value, frozen=True, kw_only=True):
    """What the image check says of each content (SHA-256), as an avatar and as a banner."""

    avatars: Mapping[str, LogoVerdict]
    banners: Mapping[str, LogoVerdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """How pictures of one kind are judged. `digest` names the check in the store; `approved`: whether any is."""

    digest: str
    approved: bool
    judge: Callable[[bytes], LogoVerdict]


class Pictures:
    """All pictures of one run; `verdicts` grow as contents are judged."""

    def __init__(self, store: Store, fetcher: Fetcher, approved: ApprovedSet, clock: Clock) -> None:
        avatars = Check(
            digest=approved.digest, approved=_any(approved.entries), judge=lambda data: verify(data, approved)
        )
        banners = Check(
            digest=banner_digest(approved),
            approved=_any(approved.banners),
            judge=lambda data: verify_banner(data, approved),
        )
        self._avatars = Gallery(store, fetcher, avatars, clock)
        self._banners = Gallery(store, fetcher, banners, clock)
        self.verdicts = Verdicts(avatars=self._avatars.verdicts, banners=self._banners.verdicts)

    async def avatar(self, adapter: Adapter, profile: Profile | None) -> Photo:
        """The avatar that a profile names; a default picture is not fetched."""
        shown = profile is not None and not profile.avatar_is_default
        return await self._avatars.photo(adapter, profile.avatar_url if profile and shown else None)

    async def banner(self, adapter: Adapter, profile: Profile | None) -> Photo:
        """The banner that a profile names."""
        return await self._banners.photo(adapter, profile.banner_url if profile else None)

    async def close(self) -> None:
        """End what is still being fetched; nobody waits for it any more."""
        await asyncio.gather(self._avatars.close(), self._banners.close())


def _any(entries: Iterable[Entry]) -> bool:
    """Whether any of these pictures is approved, and not only known to be wrong."""
    return any(entry.bad is None for entry in entries)


class Gallery:
    """The pictures of one kind. `verdicts` grows as contents are judged; judging runs beside the event loop."""

    def __init__(self, store: Store, fetcher: Fetcher, check: Check, clock: Clock) -> None:
        self._store, self._fetcher, self._check, self._clock = store, fetcher, check, clock
        self._keys: dict[Platform, dict[str, str]] = {}
        self._under_way: dict[tuple[Platform, str], asyncio.Task[Photo]] = {}
        self._judging = asyncio.Semaphore(2)
        self.verdicts: dict[str, LogoVerdict] = store.images.verdicts(check.digest)

    async def photo(self, adapter: Adapter, address: str | None) -> Photo:
        """The picture at an address; nothing is fetched without one, nor from one that was seen before."""
        if not address:
            return Photo()
        if not self._check.approved:
            return Photo(gap=NOT_ASKED)  # nothing to compare it with
        url = adapter.avatar_url(address)
        key = adapter.image_key(url)
        known = self._known(adapter.platform).get(key)
        if known is not None:
            await self._judge(known, None)
            return Photo(sha256=known)
        task = self._under_way.get((adapter.platform, key))
        if task is None:
            task = asyncio.create_task(self._fetch(adapter, url, key))
            self._under_way[adapter.platform, key] = task
        return await asyncio.shield(task)

    async def close(self) -> None:
        """End what is still being fetched."""
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _known(self, platform: Platform) -> dict[str, str]:
        if platform not in self._keys:
            self._keys[platform] = self._store.images.keys(platform)
        return self._keys[platform]

    async def _fetch(self, adapter: Adapter, url: str, key: str) -> Photo:
        answer = await self._fetcher.image(adapter.platform, url)
        if isinstance(answer, Failed):
            return Photo(gap=str(answer.outcome))
        digest = sha256(answer).hexdigest()
        await asyncio.to_thread(self._keep, adapter.platform, key, digest, answer)
        self._known(adapter.platform)[key] = digest
        await self._judge(digest, answer)
        return Photo(sha256=digest)

    def _keep(self, platform: Platform, key: str, digest: str, data: bytes) -> None:
        now = self._clock.text()
        self._store.images.put(digest, data, None, None, None, now)
        self._store.images.remember_key(platform, key, digest, now)

    async def _judge(self, digest: str, data: bytes | None) -> None:
        if digest in self.verdicts:
            return
        async with self._judging:
            # Another account with the same picture may have been first while this one waited.
            if digest not in self.verdicts:
                self.verdicts[digest] = await asyncio.to_thread(self._judged, digest, data)

    def _judged(self, digest: str, data: bytes | None) -> LogoVerdict:
        content = data if data is not None else self._store.images.get(digest) or b""
        verdict = self._check.judge(content)
        self._store.images.save_verdict(digest, self._check.digest, verdict)
        return verdict
