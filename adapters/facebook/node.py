"""The Page node of the Graph interface: which fields are asked for, and the profile in an answer."""

from __future__ import annotations

import re
from typing import Any

from adapters.facebook.address import website
from adapters.meta import is_default_avatar
from adapters.model import Profile
from adapters.page import at, count, flag, identifier, listed, need, text

ROOT = "page"
# One field that the interface does not know fails the whole request; these it must know.
REQUIRED = ("id", "name")
FIELDS = (
    *REQUIRED,
    *("username", "about", "bio", "description", "category", "website", "fan_count", "followers_count"),
    *("verification_status", "is_published", "cover{source}", "picture.width(720).height(720){url,is_silhouette}"),
)
# Two of these make an object without an id a page that has lost it, and not something else.
_TELLING = (
    *("name", "username", "about", "category", "fan_count", "followers_count", "link", "picture", "cover", "website"),
    "verification_status",
)
_VERIFIED = {"blue_verified": True, "gray_verified": True, "not_verified": False}
_GAP = re.compile(r"[\s,;]+(?=(?:https?://|www\.))|\s+")


def is_node(value: Any) -> bool:
    """Whether a value is a page: it has an id, or enough of what else a page has."""
    if not isinstance(value, dict):
        return False
    return identifier(value.get("id")) is not None or sum(key in value for key in _TELLING) > 1


def profile_of(node: dict[str, Any]) -> Profile:
    """The profile in a Page node; LayoutChanged without `id` or `name`. Empty fields are left out of an answer."""
    avatar = text(at(node, "picture.data.url")) or text(at(node, "picture.url"))
    followers = count(at(node, "followers_count"))
    status = text(at(node, "verification_status"))
    return Profile(
        platform_id=need(node, "id", ROOT, identifier),
        handle=text(at(node, "username")),
        display_name=need(node, "name", ROOT, text),
        bio=next(
            (words for key in ("about", "bio", "description") if (words := text(at(node, key))) is not None), None
        ),
        avatar_url=avatar,
        avatar_is_default=_silhouette(node, avatar),
        banner_url=text(at(node, "cover.source")),
        links=_links(node),
        verified=flag(at(node, "is_verified")) if status is None else _VERIFIED.get(status),
        verified_kind=status.removesuffix("_verified") if status and _VERIFIED.get(status) else None,
        followers=followers,
        followers_exact=None if followers is None else True,
        category=text(at(node, "category")),
        extra=_extra(node),
    )


def _silhouette(node: dict[str, Any], avatar: str | None) -> bool | None:
    if avatar and is_default_avatar(avatar):
        return True
    said = flag(at(node, "picture.data.is_silhouette"))
    return False if said is None and avatar else said


def _links(node: dict[str, Any]) -> tuple[str, ...] | None:
    """The addresses in the one field for them, which people fill with several."""
    shown = text(at(node, "website"))
    if shown is None:
        return None
    parts = (part.strip(",;") for part in _GAP.split(shown))
    return tuple(dict.fromkeys(address for part in parts if part and (address := website(part))))


def _extra(node: dict[str, Any]) -> dict[str, Any]:
    """What has no field of its own: likes are no followers."""
    categories = [name for one in listed(at(node, "category_list")) if (name := text(at(one, "name")))]
    shown = {
        "likes": count(at(node, "fan_count")),
        "is_published": flag(at(node, "is_published")),
        "verification_status": text(at(node, "verification_status")),
        "categories": categories or None,
    }
    return {key: value for key, value in shown.items() if value is not None}
