"""The panel about a channel: its links in full, the day it was made, its country."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from adapters.model import Profile
from adapters.page import OBJECT_LIMIT, TRIES, at, decoded, listed, object_end, text
from adapters.youtube.address import CHANNEL_ID, handle_in, unwrapped, whole
from adapters.youtube.wording import counted, joined, said

RECORD = "aboutChannelViewModel"
_OPENING = re.compile(rf'"{RECORD}"\s*+:\s*+(?=\{{)')


def panels(body: str) -> Iterator[Profile]:
    """What the panels in an answer show, each with the id it bears; one that bears none is passed over.

    They are looked for by name in the text, because each sort of answer has them in another place. A name inside a
    string is none: there its quotes are escaped.
    """
    position = 0
    for _ in range(TRIES):
        found = _OPENING.search(body, position)
        if found is None:
            return
        end = object_end(body, found.end(), min(len(body), found.end() + OBJECT_LIMIT))
        position = max(end, found.end())
        panel = decoded(body[found.end() : end]) if end > 0 else None
        identifier = text(at(panel, "channelId")) or ""
        if CHANNEL_ID.fullmatch(identifier):
            yield _profile(panel, identifier)


def _profile(panel: Any, platform_id: str) -> Profile:
    followers = counted(said(at(panel, "subscriberCountText")))
    country = said(at(panel, "country"))
    return Profile(
        platform_id=platform_id,
        handle=handle_in(whole(text(at(panel, "canonicalChannelUrl")) or "")),
        bio=said(at(panel, "description")),
        links=_links(panel),
        followers=followers,
        followers_exact=None if followers is None else False,
        created_at=joined(said(at(panel, "joinedDateText"))),
        extra={"country": country} if country else {},
    )


def _links(panel: Any) -> tuple[str, ...] | None:
    """All links, unwrapped; a channel without any has no list of them. `None` when one of them cannot be read."""
    shown = [_link(at(link, "channelExternalLinkViewModel.link")) for link in listed(at(panel, "links"))]
    return tuple(dict.fromkeys(link for link in shown if link)) if all(shown) else None


def _link(link: Any) -> str | None:
    """Where a link leads: its command says so in full, its text may be cut."""
    commands = (at(run, "onTap.innertubeCommand.urlEndpoint.url") for run in listed(at(link, "commandRuns")))
    target = next((url for command in commands if (url := text(command))), None) or said(link)
    return unwrapped(target.strip()) if target and target.strip() else None
