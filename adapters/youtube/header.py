"""The head of a channel in each of its four forms: handle, followers, badge, banner. What a form lacks is `None`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from adapters.model import Value
from adapters.page import at, count, listed, text
from adapters.youtube.address import HANDLE, whole
from adapters.youtube.wording import counted, counts_subscribers, said

# Badges of verified channels and of artists, as the two generations of heads name them.
_IMAGES = frozenset({"CHECK_CIRCLE_FILLED", "CHECK_CIRCLE_THICK", "AUDIO_BADGE", "OFFICIAL_ARTIST_BADGE"})
_STYLES = frozenset({"BADGE_STYLE_TYPE_VERIFIED", "BADGE_STYLE_TYPE_VERIFIED_ARTIST"})
# More values than the largest recorded head has several times over.
_NODES = 20_000


_FORMS = frozenset(
    {"pageHeaderRenderer", "c4TabbedHeaderRenderer", "carouselHeaderRenderer", "interactiveTabbedHeaderRenderer"}
)


class Head(Value, frozen=True, kw_only=True):
    """What the head of a channel shows. `about` asks for the panel with the links."""

    handle: str | None = None
    followers: int | None = None
    verified: bool | None = None
    banner_url: str | None = None
    about: str | None = None


def head_of(header: Any) -> Head:
    """The head, whichever form it has; empty when it has none of the known ones."""
    match header:
        case {"pageHeaderRenderer": {"content": {"pageHeaderViewModel": dict() as model}}}:
            return _page_header(model)
        case {"c4TabbedHeaderRenderer": dict() as tabbed}:
            return _tabbed(tabbed)
        case {"carouselHeaderRenderer": dict() as carousel}:
            return _carousel(carousel)
        case {"interactiveTabbedHeaderRenderer": dict() as interactive}:
            return Head(banner_url=picture(at(interactive, "banner.thumbnails")))
    return Head()


def is_channel(header: Any) -> bool:
    """Whether this is the head of a channel, in one of the known forms."""
    return isinstance(header, dict) and not _FORMS.isdisjoint(header)


def picture(images: Any) -> str | None:
    """The address of the widest of several sizes of a picture, the last of equals."""
    shown = [(count(at(image, "width")) or 0, address) for image in listed(images) if (address := _address(image))]
    return max(reversed(shown), key=lambda one: one[0])[1] if shown else None


def _address(image: Any) -> str | None:
    url = text(at(image, "url"))
    return whole(url) if url else None


def _page_header(model: dict[str, Any]) -> Head:
    """The head of 2024 and later."""
    rows = listed(at(model, "metadata.contentMetadataViewModel.metadataRows"))
    title = at(model, "title.dynamicTextViewModel")
    return Head(
        handle=next((handle for row in rows[:1] for part in _parts(row) if (handle := _handle(part))), None),
        followers=_subscribers([_parts(row) for row in rows]),
        verified=None if title is None else any(name in _IMAGES for name in _image_names(title)),
        banner_url=picture(at(model, "banner.imageBannerViewModel.image.sources")),
        about=_continuation(at(model, "description")) or _continuation(at(model, "attribution")),
    )


def _parts(row: Any) -> list[str]:
    parts = (said(at(part, "text")) for part in listed(at(row, "metadataParts")))
    return [part for part in parts if part]


def _subscribers(rows: list[list[str]]) -> int | None:
    """The part that speaks of subscribers; in another language the first of the two in the last row.

    A channel may hide its number, so that the row holds that of its videos alone; pronouns stand beside the handle.
    """
    told = next((part for row in rows for part in row if part[:1] != "@" and counts_subscribers(part)), None)
    last = rows[-1] if rows else []
    return counted(told or (last[0] if len(last) > 1 else None))


def _image_names(title: Any) -> Iterator[str | None]:
    for run in listed(at(title, "text.attachmentRuns")):
        for source in listed(at(run, "element.type.imageType.image.sources")):
            yield text(at(source, "clientResource.imageName"))


def _tabbed(header: dict[str, Any]) -> Head:
    """The head of before 2024."""
    badges = {text(at(badge, "metadataBadgeRenderer.style")) for badge in listed(at(header, "badges"))}
    return Head(
        handle=_handle(said(at(header, "channelHandleText"))),
        followers=counted(said(at(header, "subscriberCountText"))),
        verified=bool(badges & _STYLES),
        banner_url=picture(at(header, "banner.thumbnails")),
        about=_continuation(at(header, "tagline")) or _continuation(at(header, "headerLinks")),
    )


def _carousel(header: dict[str, Any]) -> Head:
    """The head of a channel that YouTube itself makes of a topic."""
    shown = (at(item, "topicChannelDetailsRenderer.subtitle") for item in listed(at(header, "contents")))
    return Head(followers=next((number for one in shown if (number := counted(said(one))) is not None), None))


def _handle(shown: str | None) -> str | None:
    """The handle in `@handle`, without the marks of writing direction around it."""
    named = (shown or "").strip(" \u200e\u200f\u2068\u2069")
    return named[1:] if named[:1] == "@" and HANDLE.fullmatch(named[1:]) else None


def _continuation(value: Any) -> str | None:
    """The token of the first further question that stands somewhere in a value."""
    waiting = [value]
    for _ in range(_NODES):
        if not waiting:
            return None
        match waiting.pop():
            case {"continuationCommand": {"token": str(token)}}:
                return token
            case dict() as table:
                waiting.extend(reversed(table.values()))
            case list() as items:
                waiting.extend(reversed(items))
    return None
