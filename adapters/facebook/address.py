"""Addresses of Facebook: names and ids of pages, profile links of its apps, pictures, websites."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode

from adapters.meta import unwrapped
from adapters.model import Platform, Profile, Subject, handle_key, id_kind
from adapters.page import split_url

HANDLE = re.compile(r"[\w.-]{1,120}", re.ASCII)
PLATFORM_ID = re.compile(r"[0-9]{1,25}", re.ASCII)
_APP = re.compile(r"fb://(profile|page)/(?:\?id=)?([0-9]{1,25})(?![0-9])", re.ASCII)
# First parts of a path behind which no page of that name lies.
_RESERVED = frozenset(
    {
        *("profile.php", "people", "pages", "pg", "login", "login.php", "checkpoint", "cookie", "privacy", "help", "p"),
        *("groups", "events", "watch", "photo", "photo.php", "story.php", "permalink.php", "share", "sharer", "reel"),
        *("home.php", "marketplace", "hashtag", "public", "media", "recover", "reg", "consent", "policies", "plugins"),
    }
)
# Beside a name at the end of an old address stands the id of the page: /Name-123456789012.
_WITH_ID = re.compile(r".+-([0-9]{8,25})", re.ASCII)
_MAPS = re.compile(r"(?:^|\.)(?:google\.[a-z.]{2,6}/maps|maps\.google\.|bing\.com/maps|maps\.apple\.)", re.IGNORECASE)
_TRACKER = "fbclid"


def folded(handle: str | None) -> str:
    """A name as Facebook compares it; nothing for none."""
    return handle_key(Platform.FACEBOOK, handle or "")


def handle_in(url: str | None) -> str | None:
    """The name of a page in its address; `None` in one by id, and in that of a post."""
    parts = [part for part in unquote(split_url(url or "").path).split("/") if part]
    if len(parts) != 1 or parts[0].casefold() in _RESERVED or PLATFORM_ID.fullmatch(parts[0]):
        return None
    return parts[0] if HANDLE.fullmatch(parts[0]) else None


def app_id(link: str | None) -> tuple[str, str] | None:
    """Kind (`profile` or `page`) and id in a link to the app, such as `fb://profile/1000…`."""
    found = _APP.match(link or "")
    return (found.group(1), found.group(2)) if found else None


def subject_of(profile: Profile) -> Subject:
    """The account that was found, as somebody who could have been asked for."""
    return Subject(handle=profile.handle, platform_id=profile.platform_id)


def is_of(subject: Subject, profile: Profile) -> bool:
    """Whether a profile is the subject's: one of its ids, or its name, is the one asked for."""
    ids = {profile.platform_id, *profile.alt_ids.values()} - {None}
    if subject.platform_id in ids or (subject.handle or "") in ids:
        return True
    named = _WITH_ID.fullmatch(subject.handle or "")
    if named and named.group(1) in ids:
        return True
    return bool(folded(subject.handle)) and folded(subject.handle) == folded(profile.handle)


def page_id(subject: Subject) -> str | None:
    """The id by which the interface knows the page; that of its profile it does not know."""
    return _id_of_kind(subject, "page_id")


def profile_id(subject: Subject) -> str | None:
    """The id of the profile, where that is what is known."""
    return _id_of_kind(subject, "profile_id")


def _id_of_kind(subject: Subject, kind: str) -> str | None:
    """The id that the subject has, be it in place of a name or behind one."""
    behind = _WITH_ID.fullmatch(subject.handle or "")
    values = (subject.platform_id, subject.handle, behind.group(1) if behind else None)
    ids = (value for value in values if value and PLATFORM_ID.fullmatch(value))
    return next((value for value in ids if id_kind(Platform.FACEBOOK, value) == kind), None)


def name(subject: Subject) -> str | None:
    """The name by which the page can be asked for; `None` without a possible one."""
    handle = subject.handle or ""
    return handle if HANDLE.fullmatch(handle) and not PLATFORM_ID.fullmatch(handle) and handle.strip(".") else None


def website(url: Any) -> str | None:
    """Where a link of a page leads: unwrapped and without the tracker; `None` for a map or no address."""
    outer = unwrapped(url) if isinstance(url, str) else ""
    parts = split_url(outer)
    if not outer or _MAPS.search(f"{parts.netloc}{parts.path}"):
        return None
    if _TRACKER not in parts.query:
        return outer
    kept = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key != _TRACKER]
    return parts._replace(query=urlencode(kept)).geturl()


def profile_url(handle: str) -> str:
    """Where a person looks at the page, by name or id."""
    return f"https://www.facebook.com/{handle}"
