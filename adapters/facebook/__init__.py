"""Facebook: the Page node of the Graph interface in batches of 50, and the public page where that is permitted."""

from __future__ import annotations

from adapters.facebook import api, page
from adapters.facebook.address import profile_url
from adapters.meta import as_signed, image_key
from adapters.model import Adapter, Platform, Source, SourceKind, in_browser

_BOTH = frozenset({"platform_id", "display_name", "avatar_url", "avatar_is_default", "bio", "category"})

_PAGE = Source(
    platform=Platform.FACEBOOK,
    name="page",
    kind=SourceKind.FORBIDDEN_PAGE,
    batch=1,
    gives=_BOTH | {"links", "handle", "banner_url", "verified", "followers", "followers_exact"},
    ask=page.ask,
    read=page.read,
)

FACEBOOK = Adapter(
    platform=Platform.FACEBOOK,
    sources=(
        Source(
            platform=Platform.FACEBOOK,
            name="api",
            kind=SourceKind.OFFICIAL,
            batch=api.BATCH,
            gives=_BOTH | {"handle", "banner_url", "verified", "verified_kind", "followers", "followers_exact"},
            ask=api.ask,
            read=api.read,
            # An empty website is left out, as one that is not shown would be.
            hints=frozenset({"links"}),
            credential=api.CREDENTIAL,
        ),
        _PAGE,
        in_browser(_PAGE),
    ),
    bases={"api": "https://graph.facebook.com", "page": "https://www.facebook.com"},
    image_hosts=("*.fbcdn.net",),
    avatar_url=as_signed,
    image_key=image_key,
    profile_url=profile_url,
)

__all__ = ["FACEBOOK"]
