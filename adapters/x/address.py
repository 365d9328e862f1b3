"""Addresses of X: pictures and their sizes, shortened links, profiles; and what a handle and an id look like."""

from __future__ import annotations

import re

from adapters.page import split_url

HANDLE = re.compile(r"[A-Za-z0-9_]{1,15}", re.ASCII)
PLATFORM_ID = re.compile(r"[0-9]{1,19}", re.ASCII)
SHORT_LINK = re.compile(r"https?://t\.co/\w+", re.ASCII)

# X developer docs "User profile images and banners": the size stands before the extension, which some names lack.
_AVATAR_SIZE = re.compile(r"_(?:normal|bigger|mini|x96|200x200|400x400)(?=\.\w+$|$)")
_BANNER_SIZE = re.compile(r"/(?:\d+x\d+|web|mobile|ipad)(?:_retina)?$")
_DEFAULT = "/default_profile_images/default_profile"
_PICTURES = ("/profile_images/", "/profile_banners/", "/default_profile_images/")


def avatar_url(url: str) -> str:
    """The same picture at 400 x 400 pixels; an address without a size, or of a default picture, as it stands."""
    parts = split_url(url)
    if "/profile_images/" not in parts.path:
        return url
    return parts._replace(path=_AVATAR_SIZE.sub("_400x400", parts.path)).geturl()


def image_key(url: str) -> str:
    """What identifies a picture: its path from the folder of its kind on, without size. Host and query play no part."""
    path = _BANNER_SIZE.sub("", _AVATAR_SIZE.sub("", split_url(url).path))
    start = max(path.find(folder) for folder in _PICTURES)
    return path[max(start, 0) :].lstrip("/")


def is_avatar(url: str) -> bool:
    """Whether this is some account's picture or a default one, and not the site's own drawing."""
    path = split_url(url).path
    return "/profile_images/" in path or _DEFAULT in path


def is_default_avatar(url: str) -> bool:
    """Whether this is the picture of accounts without one; the host plays no part."""
    return _DEFAULT in split_url(url).path


def is_short(url: str) -> bool:
    """Whether this is an address of the shortener, which says nothing about where it leads."""
    return (split_url(url).hostname or "").lower() == "t.co"


def profile_url(handle: str) -> str:
    """Where a person looks at the account."""
    return f"https://x.com/{handle}"
