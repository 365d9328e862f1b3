"""X (formerly Twitter): the official interface in batches of 100; the public page, plain and rendered, as permitted."""

from __future__ import annotations

from adapters.model import Adapter, Platform, Source, SourceKind, in_browser
from adapters.x import api, page
from adapters.x.address import avatar_url, image_key, profile_url
from adapters.x.rendered import DRAWN

_BOTH = frozenset(
    {
        *("platform_id", "handle", "display_name", "bio", "avatar_url", "avatar_is_default", "banner_url"),
        *("links", "private", "followers", "followers_exact", "location", "created_at"),
    }
)

_PAGE = Source(
    platform=Platform.X,
    name="page",
    kind=SourceKind.FORBIDDEN_PAGE,
    batch=1,
    # `verified` is read from a rendered page only, so that it cannot be counted on.
    gives=_BOTH,
    ask=page.ask,
    read=page.read,
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
        _PAGE,
        in_browser(_PAGE, adds=frozenset({"verified"}), drawn=DRAWN),
    ),
    bases={"api": "https://api.x.com", "page": "https://x.com"},
    image_hosts=("pbs.twimg.com", "abs.twimg.com"),
    avatar_url=avatar_url,
    image_key=image_key,
    profile_url=profile_url,
)

__all__ = ["X"]
