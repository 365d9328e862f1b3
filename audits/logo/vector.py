"""SVG for `logos add`: held against a short list of what may stand in a drawing, then drawn as PNG.

Only plain shapes pass; not what moves, runs, is fetched from elsewhere or looks different on another machine.
The checks bound what a drawing can grow to, but not how long it takes: whoever draws sets a time (`crawler.drawing`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import resvg_py
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, XMLParser

SIDE = 1024  # pixels of the longer side of what is drawn
MAX_BYTES = 1_000_000
MAX_ELEMENTS = 5_000  # also counting what is used again, each time that it is
MAX_DEPTH = 60

_SVG, _XHTML = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xhtml}"
_ALLOWED = frozenset(
    {
        *("svg", "g", "defs", "symbol", "use", "title", "desc", "metadata", "style"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("linearGradient", "radialGradient", "stop", "clipPath", "mask"),
    }
)
_CURES = {
    **dict.fromkeys(("text", "tspan", "textPath"), "convert text to outlines: fonts differ from machine to machine"),
    **dict.fromkeys(("image", "feImage"), "draw it as shapes, or add the picture as PNG"),
    **dict.fromkeys(("filter", "pattern", "marker"), "turn its effect into plain shapes, or add the picture as PNG"),
}
_TARGET = re.compile(r"url\(\s*[\"']?\s*([^\"')\s]*)", re.IGNORECASE)


class Undrawable(ValueError):
    """An SVG that is not taken; one line with the reason and, where there is one, the cure."""


@dataclass(slots=True)
class _Node:
    """An element as far as it matters for what it grows to: what lies in it and the ids that it uses."""

    inside: list[_Node] = field(default_factory=list)
    uses: list[str] = field(default_factory=list)


def check(data: bytes) -> str:
    """The text of an SVG in which everything may be drawn. Raises Undrawable."""
    if len(data) > MAX_BYTES:
        raise Undrawable(f"larger than {MAX_BYTES // 1_000_000} MB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Undrawable("not UTF-8") from error
    if "<?xml-stylesheet" in text.lower():
        raise Undrawable("refers to a style sheet elsewhere")
    reader = _Reader()
    parser = XMLParser(target=reader, forbid_dtd=True)
    try:
        parser.feed(text)
        parser.close()
    except DefusedXmlException as error:
        raise Undrawable("has a DOCTYPE or entities; remove those lines") from error
    except (ParseError, ValueError) as error:
        raise error if isinstance(error, Undrawable) else Undrawable(f"no well-formed XML ({error})") from error
    _refuse_growth(reader)
    return text


def draw(text: str) -> bytes:
    """PNG of a checked SVG, `SIDE` pixels on its longer side; what is not drawn is see-through. Raises Undrawable."""
    try:
        return resvg_py.svg_to_bytes(svg_string=text, width=SIDE, height=SIDE, skip_system_fonts=True)
    except ValueError as error:
        raise Undrawable(" ".join(str(error).split())) from error


class _Reader:
    """What the parser reports, held against the list as it comes, so that nothing large is built first."""

    def __init__(self) -> None:
        self.root = _Node()
        self.named: dict[str, _Node] = {}
        self._open = [self.root]
        self._tags: list[str] = []
        self._style: list[str] = []
        self._count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._count += 1
        if self._count > MAX_ELEMENTS:
            raise Undrawable(f"more than {MAX_ELEMENTS} elements")
        if len(self._tags) >= MAX_DEPTH:
            raise Undrawable(f"nested deeper than {MAX_DEPTH}")
        if not self._tags and tag != f"{_SVG}svg":
            raise Undrawable("its first element is no svg (in the namespace http://www.w3.org/2000/svg)")
        _refuse_element(tag)
        node = _Node(uses=[target for name, value in attributes.items() for target in _targets(name, value)])
        if "id" in attributes:
            self.named.setdefault(attributes["id"], node)
        self._open[-1].inside.append(node)
        self._open.append(node)
        self._tags.append(tag)

    def data(self, text: str) -> None:
        """Text, of which only that of a style sheet matters; it may come in pieces."""
        if self._tags[-1:] == [f"{_SVG}style"]:
            self._style.append(text)

    def end(self, _: str) -> None:
        """An element ends."""
        self._open.pop()
        if self._tags.pop() == f"{_SVG}style":
            _local(_style("".join(self._style)), "style")
            self._style.clear()

    def close(self) -> None:
        """The document ends."""


def _refuse_element(tag: str) -> None:
    name = tag.rpartition("}")[2]
    if tag.startswith(_XHTML) or (tag.startswith(_SVG) and name not in _ALLOWED):
        cure = f"; {_CURES[name]}" if name in _CURES else ""
        raise Undrawable(f"<{name[:40]}> is not drawn{cure}")


def _targets(name: str, value: str) -> list[str]:
    """The ids to which an attribute refers. Raises Undrawable where it runs something or leaves the file."""
    own = name.rpartition("}")[2].lower()
    if own.startswith("on") or own == "base":
        raise Undrawable(f"the attribute {own[:40]} is not taken")
    if own in {"href", "src"}:
        return _local([value.strip()], own)
    if name.startswith("{"):
        return []  # the notes of drawing programs
    return _local(_style(value), own) if own == "style" or "url" in value.lower() or "\\" in value else []


def _style(text: str) -> list[str]:
    """The addresses in a style sheet or a value of one. What hides or fetches others raises Undrawable."""
    if "@" in text or "\\" in text:
        raise Undrawable("a style with @ or a backslash is not taken")
    return _TARGET.findall(text)


def _local(addresses: list[str], where: str) -> list[str]:
    """The ids of addresses within the file."""
    for address in addresses:
        if not address.startswith("#"):
            raise Undrawable(f"{where} refers to something outside the file; leave out what is linked or embedded")
    return [address[1:] for address in addresses]


def _refuse_growth(reader: _Reader) -> None:
    """Raises Undrawable when a drawing grows too large as parts of it are used again, or never ends."""
    sizes: dict[int, int] = {}

    def size(node: _Node) -> int:
        known = sizes.get(id(node))
        if known == 0:
            raise Undrawable("a part of it refers to itself")
        if known is None:
            sizes[id(node)] = 0
            parts = [*node.inside, *(reader.named[name] for name in node.uses if name in reader.named)]
            known = sizes[id(node)] = 1 + sum(size(part) for part in parts)
        if known > MAX_ELEMENTS:
            raise Undrawable(f"grows to more than {MAX_ELEMENTS} elements, as parts are used again")
        return known

    try:
        size(reader.root)
    except RecursionError as error:
        raise Undrawable("its parts refer to each other too deeply") from error
