"""What the head of an Instagram page says of its account: title and tags. Counts there are stale and rounded."""

from __future__ import annotations

import re

from adapters.meta import HANDLE, followers_in, is_default_avatar, is_site_file
from adapters.model import Profile
from adapters.page import Page, around, at, decoded, identifier, split_url, strings, text, titled

_SUFFIX = re.compile(r"(?:\W+|on )Instagram\b")
_NAMELESS = re.compile(r"@([A-Za-z0-9._]{1,30})\s*+\W\s*+Instagram\b")
_PAGE_ID = "profilePage_"


def heading(page: Page) -> tuple[str, str] | None:
    """Name and handle from `Name (@handle) • Instagram…`, of the preview or of the page; the name may be empty."""
    for title in (page.metas.get("og:title", ""), page.title):
        match titled(title):
            case (name, handle, rest) if _SUFFIX.match(rest) and HANDLE.fullmatch(handle):
                return name, handle
        if nameless := _NAMELESS.match(title):
            return "", nameless.group(1)
    return None


def previewed(page: Page) -> Profile | None:
    """The profile as far as the head shows it; `None` when its title names nobody, or its address somebody else."""
    named = heading(page)
    if named is None or not _own_address(page, named[1]):
        return None
    name, handle = named
    platform_id = _platform_id(page)
    avatar = _avatar(page, platform_id)
    shown = (followers_in(page.metas.get(key, "")) for key in ("og:description", "description"))
    followers = next((number for number in shown if number is not None), None)
    return Profile(
        platform_id=platform_id,
        handle=handle,
        display_name=name,
        bio=_bio(page, name, handle),
        avatar_url=avatar,
        avatar_is_default=is_default_avatar(avatar) if avatar else None,
        followers=followers,
        followers_exact=None if followers is None else False,
    )


def _own_address(page: Page, handle: str) -> bool:
    """Whether the page gives itself the address of this account, or none; a post bears its author's name as well."""
    address = page.metas.get("og:url")
    return address is None or split_url(address).path.strip("/").casefold() == handle.casefold()


def _platform_id(page: Page) -> str | None:
    """The `pk` that the page notes of itself; `None` when it notes several."""
    pages = (value.removeprefix(_PAGE_ID) for value in strings(page, "page_id") if value.startswith(_PAGE_ID))
    found = {identifier(value) for value in (*strings(page, "profile_id"), *pages)} - {None}
    return found.pop() if len(found) == 1 else None


def _avatar(page: Page, platform_id: str | None) -> str | None:
    """The picture of the preview, else the one beside this very id in the data of the page."""
    image = page.metas.get("og:image")
    if image:
        return None if is_site_file(image) else image
    if platform_id is None:
        return None
    beside = around(page, re.compile(rf'"id"\s*+:\s*+"{platform_id}"'))
    records = (decoded(objects[0]) for objects in beside if objects)
    return next((url for record in records if (url := text(at(record, "profile_pic_url")))), None)


def _bio(page: Page, name: str, handle: str) -> str | None:
    """The quoted part behind `Name (@handle) on Instagram:`; empty when the description ends with the name instead.

    The name is matched as a whole, because it may itself hold words that look like the beginning of a bio.
    """
    who = rf"{re.escape(name)}\s*+\(?@{re.escape(handle)}\)?"
    quoted = re.compile(rf'{who}[^"“]{{0,40}}Instagram\s*+:\s*+["“](.*)', re.DOTALL | re.IGNORECASE)
    for key in ("description", "og:description"):
        if found := quoted.search(page.metas.get(key, "")):
            return found.group(1).rstrip().removesuffix('"').removesuffix("”")
    description = page.metas.get("description", "").rstrip()
    return "" if re.search(rf"{who}\Z", description, re.IGNORECASE) else None
