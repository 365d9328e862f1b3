"""The public page of an Instagram account: the record in its data, else what its head says.

The record is the `xig_user_by_username` object of the subject. Other objects of that name (posts only, another account)
and everything about the viewer stand on the same page and are passed over.
"""

from __future__ import annotations

from typing import Any

from adapters.instagram.address import page_requests
from adapters.instagram.preview import heading, previewed
from adapters.instagram.wall import refused, shell
from adapters.meta import HANDLE, bio_links, is_default_avatar
from adapters.model import Observation, Outcome, Profile, Reading, Request, Response, Subject, observation
from adapters.page import (
    LayoutChanged,
    Page,
    at,
    count,
    flag,
    identifier,
    need,
    objects,
    read_page,
    split_url,
    text,
)

RECORD = "xig_user_by_username"
# Two of these make an object the record of a profile and not, say, a list of its posts.
_TELLING = ("full_name", "biography", "follower_count", "is_verified", "is_private", "bio_links")


def ask(subjects: tuple[Subject, ...]) -> tuple[Request, ...]:
    """A request for the page of each subject that has a possible handle; the others are left out."""
    return page_requests("page", subjects, "")


def read(request: Request, response: Response) -> Reading:
    """What the page says of each subject; of the account it belongs to when the request names none."""
    if refusal := refused(response):
        return Reading.alike(request, *refusal)
    page = read_page(response.body)
    subjects = request.subjects or (_owner(page, response.url),)
    return Reading(observations=tuple(_observed(request, subject, page, response.url) for subject in subjects))


def _owner(page: Page, url: str) -> Subject:
    """Whose page this is by its title, its canonical address or the final one; nobody's when none says so."""
    if named := heading(page):
        return Subject(handle=named[1])
    for address in (page.link("canonical"), page.metas.get("og:url"), url):
        path = split_url(address or "").path.strip("/")
        if HANDLE.fullmatch(path):
            return Subject(handle=path)
    return Subject()


def _observed(request: Request, subject: Subject, page: Page, url: str) -> Observation:
    """The account's own record, else the head of the page, else what kind of shell it is."""
    missing: str | None = None
    others = False
    for user in objects(page, RECORD):
        try:
            profile = _profile(user)
        except LayoutChanged as changed:
            missing = missing or str(changed)
            continue
        if profile and (subject == Subject() or subject.matches(profile.handle, profile.platform_id)):
            return observation(request, _asked(subject, profile), Outcome.OK, profile=profile)
        others = others or profile is not None
    if missing:
        return observation(request, subject, Outcome.LAYOUT_CHANGED, missing)
    preview = previewed(page)
    if preview and (subject == Subject() or subject.matches(preview.handle, preview.platform_id)):
        return observation(request, _asked(subject, preview), Outcome.PARTIAL, "preview", preview)
    if preview or others:
        return observation(request, subject, Outcome.AMBIGUOUS, "another_account")
    return observation(request, subject, *shell(page, url))


def _asked(subject: Subject, profile: Profile) -> Subject:
    """The subject as asked; whoever was found when nobody was."""
    return Subject(handle=profile.handle, platform_id=profile.platform_id) if subject == Subject() else subject


def _profile(user: dict[str, Any] | None) -> Profile | None:
    """The profile in a record, `None` when it is none; LayoutChanged without `pk` or `username`, or unreadable."""
    if user is None:
        raise LayoutChanged(RECORD)
    bare = identifier(at(user, "pk")) is None or text(at(user, "username")) is None
    if bare and sum(key in user for key in _TELLING) < 2:
        return None
    avatar = text(at(user, "profile_pic_url"))
    followers = count(at(user, "follower_count"))
    unpublished = flag(at(user, "is_unpublished"))
    graph_id = identifier(at(user, "id"))
    return Profile(
        platform_id=need(user, "pk", RECORD, identifier),
        alt_ids={"graph_id": graph_id} if graph_id else {},
        handle=need(user, "username", RECORD, text),
        display_name=text(at(user, "full_name")),
        bio=text(at(user, "biography")),
        avatar_url=avatar,
        avatar_is_default=is_default_avatar(avatar) if avatar else None,
        links=bio_links(at(user, "bio_links")),
        verified=flag(at(user, "is_verified")),
        private=flag(at(user, "is_private")),
        followers=followers,
        followers_exact=None if followers is None else True,
        extra={} if unpublished is None else {"is_published": not unpublished},
    )
