"""YouTube Data API v3, channels.list: up to 50 channels by id in one request, by handle one at a time (one unit each).

An unknown, a terminated and a deleted channel are all absent from an answer with 200; channels are joined by id or
handle, never by position. `customUrl` is the handle in small letters; answers of before 2023 have it without `@`, and
there it may be the older kind of name, which `forHandle` does not find. An id that is absent is asked once more by its
handle, because a stranger may have taken that over. Followers are rounded down to three figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from adapters.model import Observation, Outcome, Platform, Profile, Reading, Request, Response, Subject, observation
from adapters.page import PAGE_LIMIT, LayoutChanged, at, count, decoded, listed, need, table, text
from adapters.youtube.address import CHANNEL_ID, HANDLE, in_path, is_default_avatar
from adapters.youtube.problem import about_request

BATCH = 50
CREDENTIAL = "youtube"
CREDENTIAL_HEADER = "x-goog-api-key"
PARTS = ("snippet", "statistics", "brandingSettings", "status")
# The step of a request names what it asks by; an answer to `id` may lead to one more request.
BY_ID = "id"
BY_HANDLE = "forHandle"

_KIND = "youtube#channelListResponse"
_SIZES = ("high", "medium", "default")
# The second one of before 2020.
_BANNERS = ("bannerExternalUrl", "bannerTabletExtraHdImageUrl", "bannerImageUrl")
_PRIVACY = {"public": False, "unlisted": False, "private": True}


def ask(subjects: tuple[Subject, ...]) -> tuple[Request, ...]:
    """Requests for these subjects: by id where it is known, else by handle. One without either is left out."""
    by_id = [subject for subject in subjects if CHANNEL_ID.fullmatch(subject.platform_id or "")]
    others = [subject for subject in subjects if not CHANNEL_ID.fullmatch(subject.platform_id or "")]
    batches = [by_id[start : start + BATCH] for start in range(0, len(by_id), BATCH)]
    return (*(_request(batch, BY_ID, _ids(batch)) for batch in batches), *_by_handle(others))


def _ids(batch: Sequence[Subject]) -> str:
    return ",".join(dict.fromkeys(subject.platform_id or "" for subject in batch))


def _by_handle(subjects: Sequence[Subject]) -> tuple[Request, ...]:
    return tuple(
        _request([subject], BY_HANDLE, in_path(subject.handle or ""))
        for subject in subjects
        if HANDLE.fullmatch(subject.handle or "")
    )


def _request(subjects: Sequence[Subject], step: str, value: str) -> Request:
    return Request(
        platform=Platform.YOUTUBE,
        source="api",
        step=step,
        base="api",
        path=f"/youtube/v3/channels?{step}={value}&part={','.join(PARTS)}&maxResults={BATCH}",
        subjects=tuple(subjects),
        credential=CREDENTIAL,
        credential_header=CREDENTIAL_HEADER,
    )


class _Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A list of channels taken apart: by id, by folded handle, and what holds for whom it does not name."""

    by_id: dict[str, dict[str, Any]]
    by_handle: dict[str, dict[str, Any]]
    otherwise: tuple[Outcome, str]

    def subjects(self) -> tuple[Subject, ...]:
        """Whom the answer speaks of, for a recorded one that is read without a question."""
        found = [Subject(handle=_handle(item), platform_id=identifier) for identifier, item in self.by_id.items()]
        return tuple(found) or (Subject(),)


def read(request: Request, response: Response) -> Reading:
    """Observations of the subjects of a list; of every channel in it when the request names none."""
    answer = decoded(response.body[:PAGE_LIMIT])
    alone = len(request.subjects) < 2
    if failure := about_request(answer, response, alone=alone):
        return Reading.alike(request, *failure)
    channels = _channels(answer)
    subjects = request.subjects or channels.subjects()
    seen = [(subject, _observed(request, subject, channels)) for subject in subjects]
    again = [subject for subject, observed in seen if request.step == BY_ID and _gone(observed)]
    requests = _by_handle(again)
    asked = {subject for further in requests for subject in further.subjects}
    return Reading(
        observations=tuple(observed for subject, observed in seen if subject not in asked), requests=requests
    )


def _gone(observed: Observation) -> bool:
    return observed.outcome is Outcome.NOT_FOUND and observed.subject.handle is not None


def _channels(answer: dict[str, Any]) -> _Answer:
    items = [item for item in listed(at(answer, "items")) if isinstance(item, dict)]
    return _Answer(
        by_id={key: item for item in items if (key := _channel_id(at(item, "id")))},
        by_handle={key.casefold(): item for item in items if (key := _handle(item))},
        otherwise=_absent(answer, items),
    )


def _absent(answer: dict[str, Any], items: list[dict[str, Any]]) -> tuple[Outcome, str]:
    """What it means not to be in the list: there is no such channel, unless the list is no whole one."""
    if "items" in answer and not isinstance(answer["items"], list):
        return Outcome.LAYOUT_CHANGED, "items"
    if any(_channel_id(at(item, "id")) is None for item in items):
        return Outcome.LAYOUT_CHANGED, "items[].id"
    if at(answer, "kind") != _KIND and not {"items", "pageInfo"} & answer.keys():
        return Outcome.AMBIGUOUS, "no_list"
    if "nextPageToken" in answer or (count(at(answer, "pageInfo.totalResults")) or 0) > len(items):
        return Outcome.AMBIGUOUS, "more_pages"
    return Outcome.NOT_FOUND, "absent"


def _observed(request: Request, subject: Subject, channels: _Answer) -> Observation:
    """What the list says of one subject: its id counts before its handle."""
    item = channels.by_id.get(subject.platform_id or "") or channels.by_handle.get((subject.handle or "").casefold())
    if item is None:
        return observation(request, subject, *_not_named(subject, channels))
    try:
        return observation(request, subject, Outcome.OK, profile=profile_of(item))
    except LayoutChanged as missing:
        return observation(request, subject, Outcome.LAYOUT_CHANGED, str(missing))


def _not_named(subject: Subject, channels: _Answer) -> tuple[Outcome, str]:
    """What the list means for whom it does not name. A handle is asked for alone: a channel that came is the answer."""
    if subject.platform_id is not None or not channels.by_id:
        return channels.otherwise
    if len(channels.by_handle) < len(channels.by_id):
        return Outcome.LAYOUT_CHANGED, "items[].snippet.customUrl"
    return Outcome.AMBIGUOUS, "another_account"


def profile_of(item: dict[str, Any]) -> Profile:
    """The profile in an item; LayoutChanged without id or name. A part that was not asked for is `None`."""
    if "snippet" in item:
        need(item, "snippet.title", "items[]", text)
    avatar = _avatar(item)
    followers = _followers(item)
    return Profile(
        platform_id=need(item, "id", "items[]", _channel_id),
        handle=_handle(item),
        display_name=text(at(item, "snippet.title")),
        bio=text(at(item, "snippet.description")),
        avatar_url=avatar,
        avatar_is_default=is_default_avatar(avatar) if avatar else None,
        banner_url=next((url for name in _BANNERS if (url := text(at(item, f"brandingSettings.image.{name}")))), None),
        private=_PRIVACY.get(text(at(item, "status.privacyStatus")) or ""),
        followers=followers,
        followers_exact=None if followers is None else False,
        created_at=text(at(item, "snippet.publishedAt")),
        extra={"country": country} if (country := text(at(item, "snippet.country"))) else {},
    )


def _channel_id(value: Any) -> str | None:
    return value if isinstance(value, str) and CHANNEL_ID.fullmatch(value) else None


def _handle(item: dict[str, Any]) -> str | None:
    named = (text(at(item, "snippet.customUrl")) or "").removeprefix("@")
    return named if HANDLE.fullmatch(named) else None


def _avatar(item: dict[str, Any]) -> str | None:
    """The largest of the three sizes."""
    sizes = table(at(item, "snippet.thumbnails"))
    return next((url for size in _SIZES if (url := text(at(sizes, f"{size}.url")))), None)


def _followers(item: dict[str, Any]) -> int | None:
    """The number of subscribers; `None` where the channel hides it, though an old answer then says nought."""
    hidden = at(item, "statistics.hiddenSubscriberCount") is True
    return None if hidden else count(at(item, "statistics.subscriberCount"))
