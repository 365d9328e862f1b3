"""Threads: the official look-up of one profile at a time, and the public page where that is permitted."""

from __future__ import annotations

from adapters.meta import as_signed, image_key
from adapters.model import Adapter, Platform, Source, SourceKind, in_browser
from adapters.threads import api, page

_BOTH = frozenset(
    {
        *("handle", "display_name", "bio", "avatar_url", "avatar_is_default", "verified"),
        *("followers", "followers_exact"),
    }
)


def profile_url(handle: str) -> str:
    """Where a person looks at the account."""
    return f"https://www.threads.com/@{handle}"


_PAGE = Source(
    platform=Platform.THREADS,
    name="page",
    kind=SourceKind.FORBIDDEN_PAGE,
    batch=1,
    gives=_BOTH | {"platform_id", "links", "private"},
    ask=page.ask,
    read=page.read,
)

THREADS = Adapter(
    platform=Platform.THREADS,
    sources=(
        Source(
            platform=Platform.THREADS,
            name="api",
            kind=SourceKind.OFFICIAL,
            batch=1,
            gives=_BOTH,
            ask=api.ask,
            read=api.read,
            credential=api.CREDENTIAL,
        ),
        _PAGE,
        in_browser(_PAGE),
    ),
    bases={"api": "https://graph.threads.net", "page": "https://www.threads.com"},
    image_hosts=("*.cdninstagram.com", "*.fbcdn.net"),
    avatar_url=as_signed,
    image_key=image_key,
    profile_url=profile_url,
)

__all__ = ["THREADS"]
