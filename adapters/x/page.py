"""The public page of an X account: its JSON-LD record, else what a link preview shows.

A page without either is the same for missing, suspended and blocked: ambiguous. JSON-LD has neither the badge nor the
lock; the badge is read from a rendered page, the lock from inline data or a rendered page, only in what is the
subject's own.
"""

from __future__ import annotations

import re
from typing import Any

from adapters.model import Observation, Outcome, Platform, Profile, Reading, Request, Response, Subject, observation
from adapters.page import (
    LayoutChanged,
    Page,
    at,
    count,
    identifier,
    json_ld,
    listed,
    need,
    read_page,
    split_url,
    table,
    text,
    titled,
)
from adapters.x.address import HANDLE, PLATFORM_ID, is_avatar, is_default_avatar, is_short
from adapters.x.rendered import badge, banner, protected

HEADERS = (("Accept", "text/html,application/xhtml+xml"), ("Accept-Language", "en"))
RECORD = "ProfilePage"
STATUSES = {
    401: Outcome.LOGIN_WALL,
    403: Outcome.BLOCKED,
    429: Outcome.RATE_LIMITED,
}
_LOGIN = re.compile(r"/(?:i/flow/(?:login|signup)|login|account/access)(?:/|$)")
_SUFFIX = re.compile(r"(?:/|on) (?:X|Twitter)$")
_DESCRIPTIONS = ("og:description", "description")


def ask(subjects: tuple[Subject, ...]) -> tuple[Request, ...]:
    """A request for the page of each subject, by handle, else by id. Without a possible one it is left out."""
    return tuple(
        Request(
            platform=Platform.X,
            source="page",
            step="page",
            base="page",
            path=path,
            subjects=(subject,),
            headers=HEADERS,
        )
        for subject in subjects
        if (path := _path(subject))
    )


def _path(subject: Subject) -> str | None:
    if HANDLE.fullmatch(subject.handle or ""):
        return f"/{subject.handle}"
    return f"/i/user/{subject.platform_id}" if PLATFORM_ID.fullmatch(subject.platform_id or "") else None


def read(request: Request, response: Response) -> Reading:
    """What the page says of each subject; of the account it belongs to when the request names none."""
    refused = _refused(response)
    if refused:
        return Reading.alike(request, *refused)
    page = read_page(response.body)
    subjects = request.subjects or (_owner(page),)
    return Reading(observations=tuple(_observed(request, subject, page) for subject in subjects))


def _refused(response: Response) -> tuple[Outcome, str] | None:
    """What status and final address alone decide."""
    if _LOGIN.match(split_url(response.url).path):
        return Outcome.LOGIN_WALL, "redirect"
    if response.status < 300 and not response.body[:1024].strip():
        return Outcome.TRANSPORT_ERROR, "empty"
    if response.status in STATUSES:
        return STATUSES[response.status], f"status:{response.status}"
    if response.status >= 500:
        return Outcome.TRANSPORT_ERROR, f"status:{response.status}"
    return None if response.status < 300 else (Outcome.AMBIGUOUS, f"status:{response.status}")


def _owner(page: Page) -> Subject:
    """Whose page this is by its title or its canonical address; nobody's when neither says so."""
    if named := _heading(page):
        return Subject(handle=named[1])
    path = split_url(page.link("canonical") or page.metas.get("og:url", "")).path.strip("/")
    return Subject(handle=path) if HANDLE.fullmatch(path) else Subject()


def _heading(page: Page) -> tuple[str, str] | None:
    """Name and handle from the title of the preview, or of the page."""
    for title in (page.metas.get("og:title", ""), page.title):
        match titled(title):
            case (name, handle, rest) if _SUFFIX.fullmatch(rest) and HANDLE.fullmatch(handle):
                return name, handle
    return None


def _observed(request: Request, subject: Subject, page: Page) -> Observation:
    """The account's own record, else the preview, else nothing that could be told apart."""
    others = False
    try:
        for record in json_ld(page, RECORD):
            person, owner = _owned(record)
            if subject == Subject() or subject.matches(owner.handle, owner.platform_id):
                profile = _profile(page, record, person, owner)
                return observation(request, _asked(subject, profile), Outcome.OK, profile=profile)
            others = True
    except LayoutChanged as missing:
        return observation(request, subject, Outcome.LAYOUT_CHANGED, str(missing))
    if others:
        return observation(request, subject, Outcome.AMBIGUOUS, "another_account")
    return _previewed(request, subject, page)


def _asked(subject: Subject, profile: Profile) -> Subject:
    """The subject as asked; whoever was found when nobody was."""
    return Subject(handle=profile.handle, platform_id=profile.platform_id) if subject == Subject() else subject


def _owned(record: dict[str, Any]) -> tuple[dict[str, Any], Subject]:
    """The owner in a JSON-LD record and who that is; LayoutChanged without owner, handle or id."""
    person = need(record, "mainEntity", RECORD, table)
    handle = need(person, "additionalName", f"{RECORD}.mainEntity", text)
    return person, Subject(handle=handle, platform_id=need(person, "identifier", f"{RECORD}.mainEntity", identifier))


def _profile(page: Page, record: dict[str, Any], person: dict[str, Any], owner: Subject) -> Profile:
    avatar = text(at(person, "image.contentUrl")) or text(at(person, "image.thumbnailUrl"))
    followers = _followers(listed(at(person, "interactionStatistic")))
    handle = owner.handle or ""
    return Profile(
        platform_id=owner.platform_id,
        handle=owner.handle,
        display_name=text(at(person, "name")),
        bio=text(at(person, "description")),
        avatar_url=avatar,
        avatar_is_default=is_default_avatar(avatar) if avatar else None,
        banner_url=banner(page, owner.platform_id),
        links=_links(record, person),
        verified=badge(page, handle),
        private=protected(page, handle),
        followers=followers,
        followers_exact=None if followers is None else True,
        location=text(at(person, "homeLocation.name")),
        created_at=text(at(record, "dateCreated")),
    )


def _followers(statistics: list[Any]) -> int | None:
    for statistic in statistics:
        if (text(at(statistic, "interactionType")) or "").rpartition("/")[2] == "FollowAction":
            return count(at(statistic, "userInteractionCount"))
    return None


def _links(record: dict[str, Any], person: Any) -> tuple[str, ...] | None:
    """The links of the profile without their shortened twins; `None` when none was shown, or only in short form."""
    same = at(person, "sameAs")
    shown = (*listed(at(record, "relatedLink")), *([same] if isinstance(same, str) else listed(same)))
    urls = dict.fromkeys(url for url in shown if isinstance(url, str) and url)
    resolved = tuple(url for url in urls if not is_short(url))
    observed = "relatedLink" in record or "sameAs" in person
    return resolved if resolved or (observed and not urls) else None


def _previewed(request: Request, subject: Subject, page: Page) -> Observation:
    """What the tags of a link preview show: no id and no counts, so that only a handle can say whose they are."""
    heading = _heading(page)
    if heading is None:
        return observation(request, subject, *_shell(page))
    name, handle = heading
    if subject != Subject() and not subject.matches(handle, None):
        return observation(request, subject, Outcome.AMBIGUOUS, "another_account")
    image = page.metas.get("og:image", "")
    profile = Profile(
        handle=handle,
        display_name=name,
        bio=next((page.metas[key] for key in _DESCRIPTIONS if key in page.metas), None),
        avatar_url=image if is_avatar(image) else None,
        avatar_is_default=is_default_avatar(image) if is_avatar(image) else None,
    )
    return observation(request, subject, Outcome.PARTIAL, "preview", profile)


def _shell(page: Page) -> tuple[Outcome, str]:
    """What a page is that names no account."""
    if page.metas.get("og:type") == "profile":
        return Outcome.LAYOUT_CHANGED, "og:title"
    return (Outcome.TRANSPORT_ERROR, "cut_off") if page.cut_off else (Outcome.AMBIGUOUS, "no_profile")
