"""Where requests may go: platform origins, their stand-ins from the settings, image hosts. Nothing else."""

from __future__ import annotations

import socket
from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import DefaultResolver


class Forbidden(Exception):
    """An address that must not be asked; the message says why."""


class Origins:
    """The bases of one platform: official ones, and the stand-ins the settings put in their place."""

    def __init__(self, official: Mapping[str, str], overrides: Mapping[str, str], image_hosts: Sequence[str]) -> None:
        self._official = dict(official)
        self._actual = {name: overrides.get(name, url).rstrip("/") for name, url in official.items()}
        self._opened = {_origin(url) for url in overrides.values()}
        self._hosts = {urlsplit(url).hostname or "" for url in official.values()}
        self._image_hosts = tuple(image_hosts)

    def url(self, base: str, path: str) -> str:
        """The address to ask for a path under a base."""
        return self._actual[base] + path

    def official(self, url: str) -> str:
        """The platform's own form of an address, so that readers never see a stand-in."""
        for name, actual in self._actual.items():
            if url == actual or url.startswith((actual + "/", actual + "?")):
                return self._official[name].rstrip("/") + url[len(actual) :]
        return url

    def check(self, url: str, *, image: bool = False) -> None:
        """Raise Forbidden unless the address is one of this platform's, by https, without user or odd port."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise Forbidden(f"not an address: {error}") from error
        if _origin(url) in self._opened:
            return
        host = (parts.hostname or "").rstrip(".")
        allowed = any(_matches(host, pattern) for pattern in self._image_hosts) if image else host in self._hosts
        if parts.scheme != "https" or parts.username is not None or port not in {None, 443} or not allowed:
            raise Forbidden(f"host not on the list: {parts.scheme}://{parts.netloc}"[:120])


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


def _matches(host: str, pattern: str) -> bool:
    return host.endswith(pattern[1:]) if pattern.startswith("*.") else host == pattern


class PublicResolver(AbstractResolver):
    """Resolves names, and refuses those that lead to private, loopback or otherwise non-public addresses.

    A stand-in on loopback is written as an address, which is never resolved, so it does not pass here.
    """

    def __init__(self) -> None:
        self._inner = DefaultResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Addresses of `host`; OSError when any of them is not public."""
        found = await self._inner.resolve(host, port, family)
        if any(not ip_address(entry["host"]).is_global for entry in found):
            raise OSError(f"{host} leads to an address that is not public")
        return found

    async def close(self) -> None:
        """Release the resolver."""
        await self._inner.close()
