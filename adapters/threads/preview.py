"""What the head of a Threads page says of its account. Counts there are rounded; an empty bio is simply left out."""

from __future__ import annotations

import re

from adapters.meta import HANDLE, followers_in, is_default_avatar, is_site_file
from adapters.model import Profile
from adapters.page import Page, split_url, titled

_OF_PROFILE = re.compile(r"\W+Threads\b")
# How a post is titled, and in 2023 a profile was.
_OF_EITHER = re.compile(r"on Threads\b")
_NAMELESS = re.compile(r"@([A-Za-z0-9._]{1,30})\s*+[^\w\s@]\s*+Threads\b")
_COUNTS = re.compile(r"(?:[0-9][0-9.,]{0,15}[KMB]? (?:Followers?|Threads?)\b(?:\s*+•\s*+)?){1,2}")
# A figure before a dot where counts are due: those of another language (`1,2 mln. volgers •`), or a bio's own.
_OTHER_COUNTS = re.compile(r"[0-9][^•]{0,60}•")


def handle_in(url: str) -> str | None:
    """The handle in the address of a profile; `None` for any other address, that of a post included."""
    path = split_url(url).path.rstrip("/")
    return path[2:] if path.startswith("/@") and HANDLE.fullmatch(path[2:]) else None


def heading(page: Page) -> tuple[str, str] | None:
    """Name and handle from `Name (@handle) • Threads…`, of the preview or of the page; the name may be empty."""
    own = handle_in(page.metas.get("og:url", ""))
    for title in (page.metas.get("og:title", ""), page.title):
        match titled(title):
            case (name, handle, rest) if HANDLE.fullmatch(handle) and _tells_profile(rest, handle, own):
                return name, handle
        if nameless := _NAMELESS.match(title):
            return "", nameless.group(1)
    return None


def _tells_profile(rest: str, handle: str, own: str | None) -> bool:
    """Whether the end of a title is that of a profile; where a post could have it, the address has to agree."""
    of_either = _OF_EITHER.match(rest) and own is not None and own.casefold() == handle.casefold()
    return _OF_PROFILE.match(rest) is not None or bool(of_either)


def previewed(page: Page) -> Profile | None:
    """The profile as far as the head shows it; `None` when its title names nobody, or its address something else."""
    named = heading(page)
    if named is None or not _own_address(page, named[1]):
        return None
    name, handle = named
    description = page.metas.get("og:description") or page.metas.get("description") or ""
    image = page.metas.get("og:image")
    avatar = image if image and not is_site_file(image) else None
    followers = followers_in(description)
    return Profile(
        handle=handle,
        display_name=name,
        bio=_bio(description, handle),
        avatar_url=avatar,
        avatar_is_default=is_default_avatar(avatar) if avatar else None,
        followers=followers,
        followers_exact=None if followers is None else False,
    )


def _own_address(page: Page, handle: str) -> bool:
    """Whether the page gives itself the address of this account, or none."""
    address = page.metas.get("og:url")
    return address is None or (handle_in(address) or "").casefold() == handle.casefold()


def _bio(description: str, handle: str) -> str | None:
    """What stands between the counts and the invitation: `1.2K Followers • 7 Threads • BIO. See the latest …`.

    Empty when nothing does; `None` when the description is neither begun nor ended in this way, or when it begins with
    counts in other words.
    """
    counts = _COUNTS.match(description)
    if counts is None and _OTHER_COUNTS.match(description):
        return None
    rest = description[counts.end() :] if counts else description
    closing = rf"(?:\.\s*+)?See the latest conversations with @{re.escape(handle)}\.?\s*+\Z"
    invitation = re.search(closing, rest, re.IGNORECASE)
    if invitation is None and (counts is None or f"@{handle}".casefold() in rest[-60:].casefold()):
        return None
    bio = (rest[: invitation.start()] if invitation else rest).strip()
    quoted = len(bio) > 1 and bio[0] == bio[-1] == '"' and '"' not in bio[1:-1]
    return bio[1:-1] if quoted else bio
