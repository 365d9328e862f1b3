"""What a page of X shows beside its record: badge and lock of the heading, the banner, and the inline data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from adapters.page import OBJECT_LIMIT, STRING, TAG_LIMIT, TRIES, Page, around

# What scripts draw and the first document lacks: the heading with its badge, or the record where the page came empty.
DRAWN = ('[data-testid="UserName"]', 'script[type="application/ld+json"][data-testid="UserProfileSchema-test"]')
_HEADING = 'data-testid="UserName"'
_BADGE = 'data-testid="icon-verified"'
_LOCK = 'data-testid="icon-lock"'
_DIVISION = re.compile(r"<(/?)div\b")
# Strings are stepped over whole, so that a bio which says `protected:!1` is not taken for data.
_NAME = re.compile(rf'(?:"screen_name"|(?<![\w"])screen_name)\s*+:\s*+"(\w+)"|{STRING}', re.DOTALL)
_PROTECTED = re.compile(rf'(?:"protected"|(?<![\w"])protected)\s*+:\s*+(true|false|!0|!1)\b|{STRING}', re.DOTALL)
_YES = frozenset({"true", "!0"})


def badge(page: Page, handle: str) -> bool | None:
    """Whether the heading of a rendered page bears the badge; `None` on a page that was not rendered."""
    heading = _heading(page.text, handle)
    return None if heading is None else _marked(heading, _BADGE)


def protected(page: Page, handle: str) -> bool | None:
    """Whether the posts are shown to followers only, by inline data about this very handle, or by the lock."""
    named = re.compile(rf'(?:"screen_name"|(?<![\w"])screen_name)\s*+:\s*+"{re.escape(handle)}"', re.IGNORECASE)
    for objects in around(page, named):
        for text in objects:
            names = {name.casefold() for name in _NAME.findall(text) if name}
            said = {value in _YES for value in _PROTECTED.findall(text) if value}
            if names != {handle.casefold()} or len(said) > 1:
                break
            if said:
                return said.pop()
    return True if _marked(_heading(page.text, handle) or "", _LOCK) else None


def banner(page: Page, platform_id: str | None) -> str | None:
    """The banner of the account with this id, without size; other accounts' banners stand on a page as well."""
    place = f"/profile_banners/{platform_id}/"
    preloaded = [link.get("href", "") for link in page.links_naming(place) if link.get("rel") == "preload"]
    for url in (*preloaded, *_addresses(page.text, place)):
        match = re.match(rf"(https?://[^\s\"'<>()&;\\]*?{re.escape(place)}\w+)", url)
        if match:
            return match.group(1)
    return None


def _addresses(text: str, place: str) -> list[str]:
    """Whatever stands around the first mention of `place`, from the nearest `http` on."""
    found = text.find(place)
    start = text.rfind("http", max(0, found - 200), found) if found >= 0 else -1
    return [text[start : found + 200]] if start >= 0 else []


def _heading(text: str, handle: str) -> str | None:
    """The markup of the profile's own heading, from its opening tag to the one that closes it, if it names `handle`."""
    start = next((place for place in _tags(text, _HEADING) if text.startswith("<div", place)), None)
    if start is None:
        return None
    depth = 0
    for division in _DIVISION.finditer(text, start, start + OBJECT_LIMIT):
        depth += -1 if division.group(1) else 1
        if depth == 0:
            markup = text[start : division.end()]
            return markup if re.search(rf"@{re.escape(handle)}\b", markup, re.IGNORECASE) else None
    return None


def _marked(markup: str, mark: str) -> bool:
    return next(_tags(markup, mark), None) is not None


def _tags(text: str, mark: str) -> Iterator[int]:
    """Where the tags begin that bear `mark`; a name that merely spells it out is text and not meant."""
    for found in islice(re.finditer(re.escape(mark), text), TRIES):
        start = text.rfind("<", max(0, found.start() - TAG_LIMIT), found.start())
        if start >= 0 and ">" not in text[start : found.start()]:
            yield start
