"""The header of a page of Facebook: the account's own record in the data of the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from adapters.facebook.address import handle_in
from adapters.facebook.cards import Cards
from adapters.facebook.figures import counts_followers, counts_likes, figure, named, plain
from adapters.facebook.head import Head
from adapters.meta import image_key, is_default_avatar, is_site_file
from adapters.model import Profile
from adapters.page import Page, at, flag, identifier, listed, need, objects, split_url, table, text

RECORD = "profile_header_renderer"
_USER = f"{RECORD}.user"
# Largest first.
_PICTURES = ("profilePicLarge", "profilePic160", "profilePicMedium", "profilePicSmall", "profile_picture")
_BADGES = ("show_verified_badge_on_profile", "is_verified")
_COVERS = ("cover_photo", "delegate_page.cover_photo")
_FOLLOWERS, _LIKES = "followers", "friends_likes"
_NOBODY = "NEUTER"

Figure = tuple[int, bool]


def users(page: Page) -> Iterator[dict[str, Any]]:
    """The accounts of the headers on a page; LayoutChanged for a header that shows none, or none with id and name."""
    for header in objects(page, RECORD):
        user = need({RECORD: header or {}}, _USER, "page", table)
        need(user, "id", _USER, identifier)
        need(user, "name", _USER, text)
        yield user


def profile_of(page: Page, user: dict[str, Any], cards: Cards, head: Head) -> Profile:
    """The profile in a header, with what cards and head tell of the same account."""
    head = head if is_same(user, head) else Head()
    page_id = page_id_of(user) or cards.page_id or head.page_id
    avatar = _avatar(user, head)
    followers = head.told.followers or _counted(user, _FOLLOWERS)
    likes = head.told.likes or _counted(user, _LIKES)
    return Profile(
        platform_id=identifier(at(user, "id")),
        alt_ids={"page_id": page_id} if page_id else {},
        handle=handle_in(text(at(user, "url"))) or head.handle,
        display_name=named(text(at(user, "name")) or ""),
        bio=_bio(page, user, head, page_id),
        avatar_url=avatar,
        avatar_is_default=is_default_avatar(avatar) or is_site_file(avatar) if avatar else None,
        banner_url=_banner(user),
        links=cards.links if cards.shown else None,
        verified=_verified(user),
        followers=followers[0] if followers else None,
        followers_exact=followers[1] if followers else None,
        category=cards.category,
        location=cards.address,
        extra={"likes": likes[0]} if likes else {},
    )


def page_id_of(user: dict[str, Any]) -> str | None:
    """The id of the page behind the profile, by which the interface knows it."""
    return identifier(at(user, "delegate_page.id"))


def is_same(user: dict[str, Any], head: Head) -> bool:
    """Whether the head of the page speaks of the account of this header; one without any id is taken to."""
    if head.profile_id:
        return head.profile_id == identifier(at(user, "id"))
    if head.page_id:
        return head.page_id in {page_id_of(user), identifier(at(user, "id"))}
    return head.handle is None or head.handle == handle_in(text(at(user, "url")))


def is_person(user: dict[str, Any], cards: Cards) -> bool:
    """Whether the account is a person's: it has a gender, no page behind it, and no card that calls it a page."""
    gender = text(at(user, "gender"))
    if at(user, "delegate_page") or cards.kind == "Page":
        return False
    return cards.kind == "Profile" or (gender is not None and gender != _NOBODY)


def _avatar(user: dict[str, Any], head: Head) -> str | None:
    """The picture in its largest form: that of the preview where it is the same one."""
    shown = next((url for key in _PICTURES if (url := text(at(user, f"{key}.uri")))), None)
    if shown is None:
        shown = text(at(user, "profile_picture_for_sticky_bar.uri"))
    same = head.image is not None and (shown is None or image_key(head.image) == image_key(shown))
    return head.image if same else shown


def _banner(user: dict[str, Any]) -> str | None:
    """The cover; empty when the header says that there is none."""
    url = next((url for key in _COVERS if (url := text(at(user, f"{key}.photo.image.uri")))), None)
    return "" if url is None and "cover_photo" in user and user["cover_photo"] is None else url


def _verified(user: dict[str, Any]) -> bool | None:
    said = [badge for key in _BADGES if (badge := flag(at(user, key))) is not None]
    return any(said) if said else None


def _counted(user: dict[str, Any], what: str) -> Figure | None:
    """The figure of followers or likes beside the name, mostly rounded."""
    for entry in listed(at(user, "profile_social_context.content")):
        words = text(at(entry, "text.text")) or ""
        last = split_url(text(at(entry, "uri")) or "").path.rstrip("/").rpartition("/")[2]
        meant = counts_followers(words) if what == _FOLLOWERS else counts_likes(words)
        if last == what or (last not in {_FOLLOWERS, _LIKES} and meant):
            return figure(words)
    return None


def _bio(page: Page, user: dict[str, Any], head: Head, page_id: str | None) -> str | None:
    """The text of the introduction, else the description of the own page, else the end of the preview text."""
    told = head.told.bio
    shown = [words for one in objects(page, "profile_status_text") if (words := text(at(one, "text"))) is not None]
    if shown:
        return next((words for words in shown if plain(words) == told), shown[0])
    pages = [at(user, "delegate_page"), *objects(page, "delegate_page")]
    own = (_best(one) for one in pages if _is_own(one, page_id))
    if best := next((words for words in own if words is not None), None):
        return best
    others = {_best(one) for one in pages if not _is_own(one, page_id)}
    loose = {words for one in objects(page, "best_description") if (words := text(at(one, "text"))) is not None}
    return loose.pop() if told is None and len(loose := loose - others) == 1 else told


def _best(delegate: Any) -> str | None:
    return text(at(delegate, "best_description.text"))


def _is_own(delegate: Any, page_id: str | None) -> bool:
    return page_id is not None and identifier(at(delegate, "id")) == page_id
