"""Find JSON, JSON-LD, meta tags and links in a page, and read records by key. Linear, bounded, no document tree.

Only the first `PAGE_LIMIT` bytes of a page count, and no JSON object longer than `OBJECT_LIMIT` characters is decoded.
Data is looked for in script elements alone: text that a stranger wrote stands elsewhere, or escaped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import SplitResult, urlsplit

import msgspec

Found = TypeVar("Found")

PAGE_LIMIT = 4 * 1024 * 1024
OBJECT_LIMIT = 200 * 1024
STRING_LIMIT = 1024 * 1024
TAG_LIMIT = 16 * 1024
TRIES = 16
DEPTH = 3

# An unclosed string runs to the end of the text, so that no quote is looked at twice.
STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)'
_STRING = re.compile(STRING, re.DOTALL)
_TOKEN = re.compile(STRING + "|[{}]", re.DOTALL)
_TAG = re.compile(r"<(?:(!--)|(script|style|title|textarea|meta|link)(?=[\s/>]))", re.IGNORECASE)
_TAG_END = re.compile(r"""(?:[^"'>]++|"[^"]*+"|'[^']*+')*+>""")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'=<>`]++)))?""")
_CLOSE = {name: re.compile(rf"</{name}", re.IGNORECASE) for name in ("script", "style", "title", "textarea")}
_IDENTIFIER = re.compile(r"\d{1,25}")


class LayoutChanged(Exception):
    """The envelope of a profile is there but a required key is not; the message is the missing path."""


class Script(msgspec.Struct, frozen=True, kw_only=True):
    """A script element: its lower-case type and where its content lies in the text of the page."""

    type: str
    start: int
    end: int
    closed: bool


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A page taken apart. `metas` goes by lower-case property, name or itemprop; the first of a name wins."""

    text: str
    title: str
    metas: dict[str, str]
    links: tuple[str, ...]
    scripts: tuple[Script, ...]

    @property
    def cut_off(self) -> bool:
        """Whether the page ends in the middle of a script."""
        return any(not script.closed for script in self.scripts)

    def links_naming(self, word: str) -> Iterator[dict[str, str]]:
        """The attributes of the link tags in which `word` stands; a page has hundreds of others."""
        return (_attributes(tag) for tag in self.links if word in tag)

    def link(self, rel: str) -> str | None:
        """The address of the first link of this kind."""
        found = (link for link in self.links_naming(rel) if link.get("rel") == rel)
        return next((link["href"] for link in found if "href" in link), None)


def read_page(body: bytes) -> Page:
    """A page from its bytes; whatever is no UTF-8 is replaced."""
    text = body[:PAGE_LIMIT].decode("utf-8", errors="replace")
    titles: list[str] = []
    metas: dict[str, str] = {}
    links: list[str] = []
    scripts: list[Script] = []
    for name, tag, start, end in _elements(text):
        match name:
            case "title":
                titles.append(" ".join(html.unescape(text[start:end]).split("\n")).strip())
            case "meta":
                attributes = _attributes(tag)
                key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
                metas.setdefault(key.lower(), attributes.get("content", ""))
            case "link":
                links.append(tag)
            case "script":
                kind = _attributes(tag).get("type", "").lower()
                scripts.append(Script(type=kind, start=start, end=end, closed=end < len(text)))
    return Page(text=text, title=next(iter(titles), ""), metas=metas, links=tuple(links), scripts=tuple(scripts))


def _elements(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Name, inside of the tag, begin and end of content of the elements that matter, in the order of the page."""
    position = 0
    while tag := _TAG.search(text, position):
        if tag.group(1):
            end = text.find("-->", tag.end())
            position = len(text) if end < 0 else end
            continue
        opened = _TAG_END.match(text, tag.end(), tag.end() + TAG_LIMIT)
        if opened is None:
            position = tag.end() + TAG_LIMIT
            continue
        name, position = tag.group(2).lower(), opened.end()
        start = position
        if name in _CLOSE:
            closed = _CLOSE[name].search(text, start)
            position = closed.start() if closed else len(text)
        yield name, text[tag.end() : opened.end() - 1], start, position


def _attributes(tag: str) -> dict[str, str]:
    """The attributes inside a tag, entities decoded once, the first of a name wins."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(tag):
        found.setdefault(name.lower(), html.unescape(double or single or bare))
    return found


def decoded(text: str | bytes) -> Any:
    """The JSON value in `text`; `None` when it is none, or is nested too deep to be one of ours."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeError, ValueError):
        return None


def json_ld(page: Page, kind: str) -> Iterator[dict[str, Any]]:
    """Every JSON-LD record of this `@type`; LayoutChanged when a block that names it is no JSON."""
    for script in page.scripts:
        if script.type != "application/ld+json":
            continue
        block = page.text[script.start : min(script.end, script.start + OBJECT_LIMIT)].strip()
        value = decoded(block)
        if value is None and script.closed and f'"{kind}"' in block:
            raise LayoutChanged(kind)
        for record in _records(value):
            if record.get("@type") == kind or kind in listed(record.get("@type")):
                yield record


def _records(value: Any) -> Iterator[dict[str, Any]]:
    """The records of a JSON-LD block: one, a list, or a graph."""
    match value:
        case {"@graph": [*items]} | [*items]:
            yield from (item for item in items if isinstance(item, dict))
        case dict():
            yield value


def objects(page: Page, key: str) -> Iterator[dict[str, Any] | None]:
    """Every object that stands behind `key` in a script, at most `TRIES` a script; `None` for an unreadable one.

    Unreadable = not closed within `OBJECT_LIMIT`, or no JSON. One that only the end of the page cuts off is left out.
    """
    return objects_after(page, re.compile(rf'"{re.escape(key)}"\s*+:\s*+(?=\{{)'))


def objects_after(page: Page, opening: re.Pattern[str]) -> Iterator[dict[str, Any] | None]:
    """As `objects`, for every object before which `opening` ends."""
    for script in page.scripts:
        position = script.start
        for _ in range(TRIES):
            found = opening.search(page.text, position, script.end)
            if not found:
                break
            end = object_end(page.text, found.end(), script.end)
            position = max(end, found.end())
            if end > 0 or script.closed or script.end - found.end() > OBJECT_LIMIT:
                value = decoded(page.text[found.end() : end]) if end > 0 else None
                yield value if isinstance(value, dict) else None


def object_end(text: str, start: int, end: int, limit: int = OBJECT_LIMIT) -> int:
    """Where the object that opens at `start` closes, brackets inside strings not counted; -1 when it does not.

    At most `limit` characters are looked at.
    """
    depth = 0
    for token in _TOKEN.finditer(text, start, min(end, start + limit)):
        match text[token.start()]:
            case "{":
                depth += 1
            case "}":
                depth -= 1
        if depth == 0:
            return token.end()
    return -1


def strings(page: Page, key: str) -> Iterator[str]:
    """Every JSON string that stands behind `key` in a script, decoded once."""
    opening = re.compile(rf'"{re.escape(key)}"\s*+:\s*+(?=")')
    for script in page.scripts:
        for found in opening.finditer(page.text, script.start, script.end):
            limit = min(script.end, found.end() + STRING_LIMIT)
            raw = _STRING.match(page.text, found.end(), limit)
            value = decoded(raw.group()) if raw else None
            if isinstance(value, str):
                yield value


def around(page: Page, target: re.Pattern[str]) -> Iterator[list[str]]:
    """For each of the first `TRIES` hits of `target` in scripts: the objects it stands in, innermost first.

    An object is given as text, and at most `DEPTH` of them.
    """
    left = TRIES
    for script in page.scripts:
        hits = [hit.start() for hit in islice(target.finditer(page.text, script.start, script.end), left)]
        left -= len(hits)
        if hits:
            yield from _enclosing(page.text, hits, script)


def _enclosing(text: str, hits: list[int], script: Script) -> Iterator[list[str]]:
    """One pass over the script with the places of the open brackets; each hit notes the innermost of them."""
    opened: list[int] = []
    waiting = iter(hits)
    following = next(waiting, None)
    for token in _TOKEN.finditer(text, script.start, script.end):
        while following is not None and token.end() > following:
            spans = [(start, object_end(text, start, script.end)) for start in opened[: -DEPTH - 1 : -1]]
            yield [text[start:end] for start, end in spans if end > 0]
            following = next(waiting, None)
        if following is None:
            return
        match text[token.start()]:
            case "{":
                opened.append(token.start())
            case "}" if opened:
                opened.pop()


def need(record: Any, path: str, root: str, kind: Callable[[Any], Found | None]) -> Found:
    """What stands under a dotted path of keys, read as `kind`; LayoutChanged with `root` and the path without it."""
    value = kind(at(record, path))
    if value is None:
        raise LayoutChanged(f"{root}.{path}")
    return value


def at(record: Any, path: str) -> Any:
    """What stands under a dotted path of keys, else `None`."""
    for key in path.split("."):
        record = record.get(key) if isinstance(record, dict) else None
    return record


def text(value: Any) -> str | None:
    """A text as it stands, else `None`."""
    return value if isinstance(value, str) else None


def flag(value: Any) -> bool | None:
    """A yes or no, else `None`: what is missing is not false."""
    return value if isinstance(value, bool) else None


def count(value: Any) -> int | None:
    """A whole number of nought or more, also when written as digits, else `None`."""
    digits = identifier(value)
    return None if digits is None else int(digits)


def identifier(value: Any) -> str | None:
    """A numeric id of at most 25 digits as text, whether it was written as number or as text."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**25:
        return str(value)
    return value if isinstance(value, str) and _IDENTIFIER.fullmatch(value) and value.isascii() else None


def table(value: Any) -> dict[str, Any] | None:
    """An object as it stands, else `None`."""
    return value if isinstance(value, dict) else None


def listed(value: Any) -> list[Any]:
    """A list as it stands, else an empty one."""
    return value if isinstance(value, list) else []


def titled(title: str) -> tuple[str, str, str] | None:
    """Name, handle and rest of `Name (@handle) rest`. The last handle counts: a name can hold another one."""
    name, found, tail = title.rpartition("(@")
    handle, closed, rest = tail.partition(")")
    return (name.strip(), handle, rest.strip()) if found and closed and handle else None


def split_url(url: str) -> SplitResult:
    """The parts of an address; all empty when it is none."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")
