"""Numbers and names as Facebook writes them for people: rounded or not, in several languages, with marks of direction.

The description in the head of a page is `Name[, City, Country]. N likes · N talking about this · N were here. Bio`, in
which each part but the name can be missing.
"""

from __future__ import annotations

import re

import msgspec

_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# What Facebook itself puts around names; the other marks can be a name's own, and then must be seen.
_AROUND_NAMES = re.compile("[\u200e\u200f]")
_UNITS = {"": 1, "k": 1_000, "m": 1_000_000, "b": 1_000_000_000}
_FIGURE = re.compile(r"(\d{1,3}(?:[.,'٬\u00a0\u202f ]\d{3}){1,4}|\d{1,12}(?:[.,٫]\d{1,2})?)(?!\d)\s?([KMB](?!\w))?")
# What is counted, by how its name begins or what is in it; a language that is not here leaves both unknown.
_LIKES = re.compile(r"\blikes?\b|vind-ik-leuk|gefällt|j’aime|j'aime|إعجاب", re.IGNORECASE)
_FOLLOWERS = re.compile(r"\bfollowers?\b|\bvolgers?\b|متابع", re.IGNORECASE)
_PLACE = r"(?:, [^\n]{1,120}?)?"
_PART = r"\d[\d.,'٬٫\u00a0\u202f ]{0,20}[KMB]?[^\d·.\n]{1,60}"
_COUNTS = re.compile(rf"{_PLACE}\.\s({_PART}(?:·\s?{_PART}){{0,5}})(?:\.(?:\s+|\Z)|\Z)")
_SITE = re.compile(r"\s[|–-]\sFacebook\Z")


class Description(msgspec.Struct, frozen=True, kw_only=True):
    """What the description of a page tells: figures with whether they are exact, and the text behind them."""

    likes: tuple[int, bool] | None = None
    followers: tuple[int, bool] | None = None
    bio: str | None = None


def plain(words: str) -> str:
    """A text without the marks that turn the direction of writing."""
    return _DIRECTIONS.sub("", words)


def named(words: str) -> str:
    """A name without the marks that Facebook puts around it."""
    return _AROUND_NAMES.sub("", words).strip()


def figure(words: str) -> tuple[int, bool] | None:
    """The number that a text begins with and whether it is exact: `3,783 likes`, `3.7K followers`."""
    found = _FIGURE.match(plain(words).strip())
    if found is None:
        return None
    digits, unit = found.group(1), (found.group(2) or "").casefold()
    if unit:
        value = float(re.sub(r"[,٫]", ".", digits)) if re.fullmatch(r"\d+(?:[.,٫]\d{1,2})?", digits) else None
        return None if value is None else (round(value * _UNITS[unit]), False)
    if re.fullmatch(r"\d+[.,٫]\d{1,2}", digits):
        return None
    return int(re.sub(r"\D", "", digits)), True


def counts_likes(words: str) -> bool:
    """Whether a figure is one of likes, by the words behind it."""
    return _LIKES.search(words) is not None


def counts_followers(words: str) -> bool:
    """Whether a figure is one of followers, by the words behind it."""
    return _FOLLOWERS.search(words) is not None


def name_in(title: str, description: str) -> str:
    """The name in a title, without the site or place behind ` | ` that the description does not repeat."""
    name = _SITE.sub("", named(title))
    if plain(description).strip().startswith(plain(name)):
        return name
    return name.partition(" | ")[0].strip() or name


def described(name: str, description: str) -> Description:
    """The figures and the bio of a description of the page with this name; nothing when it begins otherwise."""
    words, name = plain(description).strip(), plain(name).strip()
    if not name or not words.startswith(name):
        return Description()
    found = _COUNTS.match(words, len(name))
    if found is None:
        return Description(bio="" if words.rstrip(".") == name else None)
    parts = [part.strip() for part in found.group(1).split("·")]
    return Description(
        likes=next((figure(part) for part in parts if counts_likes(part)), None),
        followers=next((figure(part) for part in parts if counts_followers(part)), None),
        bio=words[found.end() :].strip(),
    )
