"""X (formerly Twitter): the official interface in batches of 100, and the public page where that is permitted."""

from __future__ import annotations

from adapters.model import Adapter, Platform, Source, SourceKind
from adapters.x import api, page
from adapters.x.address import avatar_url, image_key, profile_url

_BOTH = frozenset(
    {
        *("platform_id", "handle", "display_name", "bio", "avatar_url", "avatar_is_default", "banner_url"),
        *("links", "private", "followers", "followers_exact", "location", "created_at"),
    }
)

X = Adapter(
    platform=Platform.X,
    sources=(
        Source(
            platform=Platform.X,
            name="api",
            kind=SourceKind.OFFICIAL,
            batch=api.BATCH,
            gives=_BOTH | {"verified", "verified_kind"},
            ask=api.ask,
            read=api.read,
            credential=api.CREDENTIAL,
        ),
        Source(
            platform=Platform.X,
            name="page",
            kind=SourceKind.FORBIDDEN_PAGE,
            batch=1,
            # `verified` is read from a rendered page only, so that it cannot be counted on.
            gives=_BOTH,
            ask=page.ask,
            read=page.read,
        ),
    ),
    bases={"api": "https://api.x.com", "page": "https://x.com"},
    image_hosts=("pbs.twimg.com", "abs.twimg.com"),
    avatar_url=avatar_url,
    image_key=image_key,
    profile_url=profile_url,
)

__all__ = ["X"]
