"""The platforms: ADAPTERS is the only place that knows all of them."""

from __future__ import annotations

from adapters.facebook import FACEBOOK
from adapters.instagram import INSTAGRAM
from adapters.model import Adapter, Platform
from adapters.threads import THREADS
from adapters.x import X
from adapters.youtube import YOUTUBE

ADAPTERS: dict[Platform, Adapter] = {
    adapter.platform: adapter for adapter in (X, FACEBOOK, INSTAGRAM, YOUTUBE, THREADS)
}

__all__ = ["ADAPTERS"]
