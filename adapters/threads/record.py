"""The record of an account in the data of its page: what the profile's own query was answered with.

A page holds such an answer as `["RelayPrefetchedStreamCache","next",[],["adp_Barcelona…ProfilePage…", {"__bbox": …}]]`.
Answers to other queries (posts, reposts, the viewer) hold other people's users and are passed over. Which key the user
stands under depends on the query.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from adapters.meta import Refusal, bio_links, is_default_avatar, unwrapped
from adapters.model import Outcome, Profile, Value
from adapters.page import (
    LayoutChanged,
    Page,
    at,
    count,
    flag,
    identifier,
    listed,
    need,
    objects_after,
    table,
    text,
)

ROOT = "BarcelonaProfilePage"
_ANSWER = re.compile(r'"adp_Barcelona[A-Za-z]{0,60}ProfilePage[^"\\]{0,120}"\s*+,\s*+(?=\{)')
_USER = re.compile(r"user|xdt_(?:text_app_)?user(?:_by_\w+)?", re.ASCII)
# Meta answers a throttled query with status 200 and this code.
_THROTTLED = 1675004
# Two of these make an object the record of a profile and not, say, its mere name.
_TELLING = ("full_name", "biography", "follower_count", "is_verified", "text_post_app_is_private", "bio_links")


class Found(Value, frozen=True, kw_only=True):
    """What the data holds: profiles, the fullest first; the first path that was missing; why there is no user."""

    profiles: tuple[Profile, ...] = ()
    missing: str | None = None
    refusal: Refusal | None = None


def in_page(page: Page) -> Found:
    """What the answers to the profile's query say, as far as the page holds any."""
    # An answer that is still to come is null.
    blocks = [block for block in objects_after(page, _ANSWER) if block is None or block.get("__bbox", 0) is not None]
    return _found(blocks, lambda block: need(block, "__bbox.result", ROOT, table))


def in_answer(answer: Any) -> Found:
    """The same for a bare answer to such a query."""
    return _found([answer], lambda answer: need({"answer": answer}, "answer", ROOT, table))


def refusal_of(result: Any) -> Refusal | None:
    """What the errors of a query mean; `None` when there are none."""
    errors = listed(at(result, "errors"))
    codes = [count(at(error, "code")) for error in errors]
    if _THROTTLED in codes:
        return Outcome.RATE_LIMITED, f"graphql_error:{_THROTTLED}"
    code = next((str(code) for code in codes if code is not None), "")
    return (Outcome.AMBIGUOUS, f"graphql_error:{code}".rstrip(":")) if errors else None


def holds_users(answer: Any) -> bool:
    """Whether an answer to a query has a place for a user, empty or not."""
    return bool(_places(at(answer, "data")))


def _places(data: Any) -> dict[str, Any]:
    """What stands where a user is due, by its path; answers of 2023 have it one step deeper."""
    match data:
        case {"userData": {"user": user}}:
            return {"userData.user": user}
        case {"userData": None}:
            return {"userData": None}
        case dict():
            return {key: user for key, user in data.items() if _USER.fullmatch(key)}
    return {}


def _found(blocks: list[Any], result_of: Callable[[Any], dict[str, Any]]) -> Found:
    """The users of all answers, each read apart, so that a spoilt one takes no other along."""
    profiles: list[tuple[int, Profile]] = []
    missing: str | None = None
    refusal: Refusal | None = None
    for block in blocks:
        try:
            result = result_of(block)
            refusal = refusal or refusal_of(result)
            for user in _users(result):
                if user is None:
                    refusal = refusal or (Outcome.AMBIGUOUS, "user:null")
                elif profile := profile_of(user):
                    profiles.append((sum(key in user for key in _TELLING), profile))
        except LayoutChanged as changed:
            missing = missing or str(changed)
    profiles.sort(key=lambda ranked: -ranked[0])
    return Found(profiles=tuple(profile for _, profile in profiles), missing=missing, refusal=refusal)


def _users(result: dict[str, Any]) -> list[dict[str, Any] | None]:
    """The users of one answer, `None` for one that is null; LayoutChanged when it has no place for any."""
    data = at(result, "data")
    places = _places(data)
    if not places:
        if refusal_of(result):
            return []
        raise LayoutChanged(f"{ROOT}.data" if data is None else f"{ROOT}.data.user")
    for path, user in places.items():
        if user is not None and not isinstance(user, dict):
            raise LayoutChanged(f"{ROOT}.data.{path}")
    return list(places.values())


def profile_of(user: dict[str, Any]) -> Profile | None:
    """The profile in a record, `None` when it is none; LayoutChanged without `pk` or `username`."""
    bare = identifier(at(user, "pk")) is None or text(at(user, "username")) is None
    if bare and sum(key in user for key in _TELLING) < 2:
        return None
    avatar = _avatar(user)
    followers = count(at(user, "follower_count"))
    return Profile(
        platform_id=need(user, "pk", "user", identifier),
        handle=need(user, "username", "user", text),
        display_name=text(at(user, "full_name")),
        bio=_bio(user),
        avatar_url=avatar,
        avatar_is_default=is_default_avatar(avatar) if avatar else None,
        links=bio_links(at(user, "bio_links")),
        verified=flag(at(user, "is_verified")),
        private=flag(at(user, "text_post_app_is_private")),
        followers=followers,
        followers_exact=None if followers is None else True,
    )


def _avatar(user: dict[str, Any]) -> str | None:
    """The largest of the versions that are offered; each address is signed, hence none can be made larger."""
    versions = [version for version in listed(at(user, "hd_profile_pic_versions")) if text(at(version, "url"))]
    largest = max(versions, key=lambda version: count(at(version, "width")) or 0, default=None)
    return text(at(largest, "url")) or text(at(user, "profile_pic_url"))


def _bio(user: dict[str, Any]) -> str | None:
    """The bio as one text, else put together from its fragments."""
    whole = text(at(user, "biography"))
    fragments = at(user, "text_app_biography.text_fragments.fragments")
    if whole or not isinstance(fragments, list):
        return whole
    return "".join(map(_fragment, fragments))


def _fragment(fragment: Any) -> str:
    """A piece of a bio. The text of a link is cut short (`example.org/a…`), so its address stands for it."""
    link = text(at(fragment, "link_fragment.uri"))
    if link:
        return unwrapped(link)
    plain = text(at(fragment, "plaintext"))
    mentioned = text(at(fragment, "mention_fragment.mentioned_user.username"))
    return plain or (f"@{mentioned}" if mentioned else "")
