"""Addresses of YouTube: pictures and their sizes, wrapped links, channels; and what a handle and an id look like."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, unquote

from adapters.page import split_url

CHANNEL_ID = re.compile(r"UC[A-Za-z0-9_-]{22}", re.ASCII)
# YouTube Help "Handles overview": letters of 75 scripts, digits, `_ - .` and the middle dot; what an address cannot
# hold is left out.
HANDLE = re.compile(r"[^\s/?#@%&=:;,<>\"'\\|{}\[\]()]{1,60}")

_SITE = re.compile(r"(?:www\.|m\.)?youtube\.com", re.IGNORECASE)
_HOST = re.compile(r"yt3\.(?:googleusercontent|ggpht)\.com/")
# The size is the first part behind the equals sign; addresses of before 2019 have it as a folder.
_SIZE = re.compile(r"(?<==)s\d+(?=-|$)|(?<=/)s\d+(?=-[^/]*/photo\.\w+$)")
_FOLDER = re.compile(r"/s\d+[^/]*(?=/photo\.\w+$)")
_DEFAULT = "/a/default-user"
_SIDE = "s900"


def avatar_url(url: str) -> str:
    """The same picture at 900 x 900 pixels; a picture without a size of its own, such as a banner, as it stands."""
    parts = split_url(url)
    return parts._replace(path=_SIZE.sub(_SIDE, parts.path, count=1)).geturl()


def image_key(url: str) -> str:
    """What identifies a picture: its path without size. Host, crop and query play no part."""
    path = split_url(url).path.partition("=")[0].lstrip("/")
    return _FOLDER.sub("", _HOST.sub("", path, count=1))


def is_default_avatar(url: str) -> bool:
    """Whether this is the picture of no account at all. A drawn first letter has an address like any other picture."""
    path = split_url(url).path
    return f"{_DEFAULT}=" in path or path.endswith(_DEFAULT)


def profile_url(handle: str) -> str:
    """Where a person looks at the account."""
    return f"https://www.youtube.com/@{handle}"


def in_path(handle: str) -> str:
    """A handle as it stands in a path or a query."""
    return "@" + quote(handle, safe="")


def handle_in(url: str) -> str | None:
    """The handle that an address of a channel ends with, capitals kept; `None` for an older form of address."""
    last = unquote(split_url(url).path.strip("/").partition("/")[0])
    named = last.removeprefix("@")
    return named if named != last and HANDLE.fullmatch(named) else None


def channel_in(url: str) -> str | None:
    """The id in an address of the form `/channel/UC…`."""
    kind, _, rest = split_url(url).path.strip("/").partition("/")
    identifier = rest.partition("/")[0]
    return identifier if kind == "channel" and CHANNEL_ID.fullmatch(identifier) else None


def whole(url: str) -> str:
    """An address of which the scheme, or `//`, may be missing, in full."""
    if url.startswith("//"):
        return f"https:{url}"
    return url if re.match(r"[a-z][a-z0-9+.-]*:", url, re.IGNORECASE) else f"https://{url}"


def unwrapped(url: str) -> str:
    """Where a link leads: behind `/redirect?q=` of the site, any other address as it stands."""
    parts = split_url(url)
    if parts.path != "/redirect" or not _SITE.fullmatch(parts.hostname or "www.youtube.com"):
        return whole(url)
    try:
        target = next(iter(parse_qs(parts.query).get("q", ())), "")
    except ValueError:
        target = ""
    return whole(target) if target else whole(url)
