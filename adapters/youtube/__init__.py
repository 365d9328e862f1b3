"""YouTube: the official interface in batches of 50; the public page, and the interface behind it, as permitted."""

from __future__ import annotations

from adapters.model import Adapter, Outcome, Platform, Source, SourceKind, in_browser
from adapters.youtube import api, innertube, page
from adapters.youtube.address import avatar_url, image_key, profile_url

_SHOWN = frozenset(
    {
        *("platform_id", "handle", "display_name", "bio", "avatar_url", "avatar_is_default", "banner_url"),
        *("followers", "followers_exact", "created_at"),
    }
)

_PAGE = Source(
    platform=Platform.YOUTUBE,
    name="page",
    kind=SourceKind.OPEN_PAGE,
    batch=1,
    gives=_SHOWN | {"verified", "links"},
    ask=page.ask,
    read=page.read,
)

YOUTUBE = Adapter(
    platform=Platform.YOUTUBE,
    sources=(
        Source(
            platform=Platform.YOUTUBE,
            name="api",
            kind=SourceKind.OFFICIAL,
            batch=api.BATCH,
            # It knows nothing of the badge and of the links, and gives no reason why a channel is absent.
            gives=_SHOWN | {"private"},
            ask=api.ask,
            read=api.read,
            credential=api.CREDENTIAL,
            # A channel that was removed is absent like one that never was; the others give the reason.
            unsure=frozenset({Outcome.NOT_FOUND}),
        ),
        _PAGE,
        # Closed by robots.txt, and dearer: a name, a channel and its links are three questions.
        Source(
            platform=Platform.YOUTUBE,
            name="innertube",
            kind=SourceKind.UNOFFICIAL_INTERFACE,
            batch=1,
            gives=_SHOWN | {"verified", "links"},
            ask=innertube.ask,
            read=innertube.read,
        ),
        in_browser(_PAGE),
    ),
    bases={
        "api": "https://www.googleapis.com",
        "page": "https://www.youtube.com",
        # Nothing is asked there; a page may lead to it, and is then known by it.
        "consent": "https://consent.youtube.com",
    },
    image_hosts=("yt3.googleusercontent.com", "yt3.ggpht.com"),
    avatar_url=avatar_url,
    image_key=image_key,
    profile_url=profile_url,
)

__all__ = ["YOUTUBE"]
