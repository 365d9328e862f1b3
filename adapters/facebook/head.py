"""What the head of a page of Facebook says of its account: links to the app, preview tags, the canonical address."""

from __future__ import annotations

import re

from adapters.facebook.address import app_id, handle_in
from adapters.facebook.figures import Description, described, name_in
from adapters.meta import is_default_avatar, is_site_file
from adapters.model import Profile, Value
from adapters.page import Page, identifier, split_url, strings

_APP_LINKS = ("al:android:url", "al:ios:url")
_ARGUMENT = "app-argument="
_TAIL_ID = re.compile(r"/(?:people|pages)/[^/]{1,200}/(?:[^/]{1,200}/)?([0-9]{5,25})/?", re.ASCII)


class Head(Value, frozen=True, kw_only=True):
    """The account of a page as its head shows it. `owned` = it names an account, by id or by address."""

    profile_id: str | None = None
    page_id: str | None = None
    handle: str | None = None
    name: str | None = None
    image: str | None = None
    told: Description = Description()

    @property
    def owned(self) -> bool:
        """Whether the head says whose page this is."""
        return bool(self.profile_id or self.page_id or self.handle)


def head_of(page: Page) -> Head:
    """The head of a page; everything is `None` that it does not tell."""
    found = dict(link for link in _app_links(page) if link)
    title = page.metas.get("og:title")
    description = page.metas.get("og:description", "")
    name = None if title is None else name_in(title, description)
    image = page.metas.get("og:image")
    return Head(
        profile_id=found.get("profile"),
        page_id=found.get("page"),
        handle=next((handle for url in _addresses(page) if (handle := handle_in(url))), None),
        name=name,
        image=None if not image or is_site_file(image) else image,
        told=described(name or "", description),
    )


def _app_links(page: Page) -> list[tuple[str, str] | None]:
    """Kind and id of the app's links; the last of a kind that is put into a table counts, so the best stands last."""
    argument = page.metas.get("apple-itunes-app", "").partition(_ARGUMENT)[2]
    behind = [_TAIL_ID.match(split_url(url or "").path) for url in _addresses(page)]
    tails = [_by_digits(one.group(1)) for one in behind if one]
    return [*tails, app_id(argument), *(app_id(page.metas.get(key)) for key in reversed(_APP_LINKS))]


def _by_digits(number: str) -> tuple[str, str]:
    return ("profile" if re.fullmatch(r"1000\d{11}|615\d{11}", number) else "page"), number


def _addresses(page: Page) -> tuple[str | None, ...]:
    return page.metas.get("og:url"), page.link("canonical")


def preview_of(page: Page, head: Head) -> Profile | None:
    """The profile as far as the head shows it; `None` when it names no account or has no title."""
    if not head.owned or head.name is None:
        return None
    page_id = head.page_id or _entity(page)
    followers = head.told.followers
    return Profile(
        platform_id=head.profile_id or page_id,
        alt_ids={"page_id": page_id} if page_id else {},
        handle=head.handle,
        display_name=head.name,
        bio=head.told.bio,
        avatar_url=head.image,
        avatar_is_default=is_default_avatar(head.image) if head.image else None,
        followers=followers[0] if followers else None,
        followers_exact=followers[1] if followers else None,
        extra={"likes": head.told.likes[0]} if head.told.likes else {},
    )


def _entity(page: Page) -> str | None:
    """The id of the page that older pages note of themselves; `None` when they note several."""
    found = {identifier(value) for value in strings(page, "entity_id")} - {None, "0"}
    return found.pop() if len(found) == 1 else None
