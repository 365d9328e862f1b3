"""The cards of the introduction on a page of Facebook: category, websites, address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import msgspec

from adapters.facebook.address import website
from adapters.facebook.figures import plain
from adapters.model import Value
from adapters.page import Page, around, at, decoded, identifier, listed, objects, text

KIND = "timeline_context_list_item_type"
_CARD = "timeline_context_item"
_PREFIX = "INTRO_CARD_"
_SEPARATOR = " · "
# More cards than any introduction has.
_LIMIT = 64
_UNOFFICIAL = "Unofficial Page"
_SHOWN = re.compile(r">\s{0,8}Unofficial Page\s{0,8}<")


class Cards(Value, frozen=True, kw_only=True):
    """What the introduction tells. `kind` is the first word of the category (`Page`, `Profile`, or in other words)."""

    shown: bool = False
    kind: str | None = None
    category: str | None = None
    page_id: str | None = None
    unofficial: bool = False
    links: tuple[str, ...] = ()
    address: str | None = None


def cards_of(page: Page, own_page: str | None) -> Cards:
    """The introduction of the page with this id; nothing when its category belongs to another one."""
    found = [(kind, card) for card in islice(_cards(page), _LIMIT) if (kind := _kind(card))]
    first = dict(reversed(found))
    category = first.get("INFLUENCER_CATEGORY")
    page_id = identifier(at(category, "renderer.associated_page_id"))
    if own_page and page_id and page_id != own_page:
        return Cards()
    kind, words = _category(category)
    links = (_website(card) for kind, card in found if kind == "WEBSITE")
    return Cards(
        shown=bool(found),
        kind=kind,
        category=words,
        page_id=page_id,
        unofficial=any((_title(card) or "").startswith(_UNOFFICIAL) for _, card in found),
        links=tuple(dict.fromkeys(link for link in links if link)),
        address=_title(first.get("ADDRESS")),
    )


def is_unofficial(page: Page, cards: Cards, user: Any) -> bool:
    """Whether Facebook made this page by itself and nobody owns it; the post of an owned page may say the words too."""
    if cards.unofficial or _SHOWN.search(page.text):
        return True
    quoted = f'"{_UNOFFICIAL}"'
    return quoted.encode() in msgspec.json.encode(user) or (cards.kind is None and quoted in page.text)


def _cards(page: Page) -> Iterator[dict[str, Any]]:
    """Every object that has both a renderer and the kind of a card, wherever it stands."""
    known = [card for card in objects(page, _CARD) if card and KIND in card and "renderer" in card]
    if known:
        yield from known
        return
    for enclosing in around(page, re.compile(rf'"{KIND}"\s*+:\s*+"{_PREFIX}')):
        card = decoded(enclosing[0]) if enclosing else None
        if isinstance(card, dict) and "renderer" in card:
            yield card


def _kind(card: dict[str, Any]) -> str | None:
    kind = text(card.get(KIND)) or ""
    return kind.removeprefix(_PREFIX) if kind.startswith(_PREFIX) else None


def _title(card: Any) -> str | None:
    shown = text(at(card, "renderer.context_item.title.text")) or text(at(card, "renderer.title.text"))
    return plain(shown).strip() if shown else None


def _category(card: Any) -> tuple[str | None, str | None]:
    """Kind and category of `Page · A · B`; what stands alone is the category, unless it is a kind itself."""
    parts = [part for part in (_title(card) or "").split(_SEPARATOR) if part]
    match parts:
        case []:
            return None, None
        case [only]:
            return (only, None) if only in {"Page", "Profile", _UNOFFICIAL} else (None, only)
        case [kind, *rest]:
            return kind, _SEPARATOR.join(rest)
    return None, None


def _website(card: Any) -> str | None:
    """Where the website of a card leads; its shown text when no address stands beside it."""
    item = at(card, "renderer.context_item")
    ranges = [at(one, "entity") for one in listed(at(item, "title.ranges"))]
    wrapped = (at(item, "url"), *(at(one, key) for one in ranges for key in ("external_url", "url")))
    for address in wrapped:
        if isinstance(address, str) and address.startswith(("http://", "https://")):
            return website(address)
    return website(_title(card))
