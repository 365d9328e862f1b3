"""Instagram: Business Discovery for one account at a time; the public page and the small embedded one as permitted."""

from __future__ import annotations

from adapters.instagram import api, embed, page
from adapters.meta import as_signed, image_key
from adapters.model import Adapter, Platform, Source, SourceKind, in_browser

_NAMES = frozenset({"handle", "display_name", "avatar_url", "avatar_is_default", "followers", "followers_exact"})


def profile_url(handle: str) -> str:
    """Where a person looks at the account."""
    return f"https://www.instagram.com/{handle}/"


_PAGE = Source(
    platform=Platform.INSTAGRAM,
    name="page",
    kind=SourceKind.FORBIDDEN_PAGE,
    batch=1,
    gives=_NAMES | {"platform_id", "bio", "links", "verified", "private"},
    ask=page.ask,
    read=page.read,
)

INSTAGRAM = Adapter(
    platform=Platform.INSTAGRAM,
    sources=(
        Source(
            platform=Platform.INSTAGRAM,
            name="api",
            kind=SourceKind.OFFICIAL,
            batch=1,
            gives=_NAMES | {"bio"},
            # One website is shown; an account can have more links.
            hints=frozenset({"links"}),
            ask=api.ask,
            read=api.read,
            credential=api.CREDENTIAL,
        ),
        _PAGE,
        Source(
            platform=Platform.INSTAGRAM,
            name="embed",
            kind=SourceKind.FORBIDDEN_PAGE,
            batch=1,
            gives=_NAMES | {"platform_id"},
            ask=embed.ask,
            read=embed.read,
        ),
        in_browser(_PAGE),
    ),
    bases={"api": "https://graph.facebook.com", "page": "https://www.instagram.com"},
    image_hosts=("*.cdninstagram.com", "*.fbcdn.net"),
    avatar_url=as_signed,
    image_key=image_key,
    profile_url=profile_url,
)

__all__ = ["INSTAGRAM"]
