"""The small page of an Instagram account that other sites embed: id, names, picture and followers, no bio."""

from __future__ import annotations

from typing import Any

from adapters.instagram.address import page_requests
from adapters.instagram.wall import refused, shell
from adapters.meta import is_default_avatar
from adapters.model import Observation, Outcome, Profile, Reading, Request, Response, Subject, observation
from adapters.page import LayoutChanged, at, count, decoded, identifier, need, read_page, strings, table, text

RECORD = "contextJSON"


def ask(subjects: tuple[Subject, ...]) -> tuple[Request, ...]:
    """A request for the embedded page of each subject that has a possible handle; the others are left out."""
    return page_requests("embed", subjects, "embed/")


def read(request: Request, response: Response) -> Reading:
    """What the page says of its subject, or of the account on it when the request names none."""
    if refusal := refused(response):
        return Reading.alike(request, *refusal)
    page = read_page(response.body)
    context = next(strings(page, RECORD), None)
    if context is None:
        return Reading.alike(request, *shell(page, response.url))
    try:
        profile = _profile(decoded(context))
    except LayoutChanged as missing:
        return Reading.alike(request, Outcome.LAYOUT_CHANGED, str(missing))
    return Reading(observations=tuple(_observed(request, subject, profile) for subject in request.subjects or (None,)))


def _observed(request: Request, subject: Subject | None, profile: Profile) -> Observation:
    if subject is None:
        subject = Subject(handle=profile.handle, platform_id=profile.platform_id)
    if not subject.matches(profile.handle, profile.platform_id):
        return observation(request, subject, Outcome.AMBIGUOUS, "another_account")
    return observation(request, subject, Outcome.PARTIAL, "embed", profile)


def _profile(context: Any) -> Profile:
    """The profile in the decoded context; LayoutChanged without the account, its name or its id."""
    user = need(context, "context", RECORD, table)
    avatar = text(at(user, "profile_pic_url"))
    followers = count(at(user, "followers_count"))
    return Profile(
        platform_id=need(user, "owner_id", f"{RECORD}.context", identifier),
        handle=need(user, "username", f"{RECORD}.context", text),
        display_name=text(at(user, "full_name")),
        avatar_url=avatar,
        avatar_is_default=is_default_avatar(avatar) if avatar else None,
        followers=followers,
        followers_exact=None if followers is None else True,
    )
