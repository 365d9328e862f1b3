"""Business Discovery: what our own account may read of another professional account, by its handle.

A personal account and a missing one get the same refusal (110/2207013): ambiguous. The outer `id` is our own. The inner
one (17841...) is of another kind than `pk` and stands in `alt_ids.graph_id`. Empty fields are left out of the answer.
"""

from __future__ import annotations

from typing import Any

from adapters.meta import graph_refusal, is_default_avatar, one_each, unwrapped
from adapters.model import Observation, Outcome, Platform, Profile, Reading, Request, Response, Subject, observation
from adapters.page import PAGE_LIMIT, LayoutChanged, at, count, decoded, identifier, need, table, text

CREDENTIAL = "instagram"
ROOT = "business_discovery"
FIELDS = ("id", "username", "name", "biography", "website", "profile_picture_url", "followers_count")


def ask(subjects: tuple[Subject, ...]) -> tuple[Request, ...]:
    """A request for each subject with a possible handle; without one there is nothing to ask by."""
    asked = Request(
        platform=Platform.INSTAGRAM,
        source="api",
        step="discovery",
        base="api",
        credential=CREDENTIAL,
        path="",
        subjects=(),
    )
    return one_each(
        subjects,
        asked,
        lambda subject: f"/v26.0/{{caller}}?fields={ROOT}.username({subject.handle}){{{','.join(FIELDS)}}}",
    )


def read(request: Request, response: Response) -> Reading:
    """What the answer says of its subject, or of the account in it when the request names none."""
    answer = decoded(response.body[:PAGE_LIMIT])
    if refused := graph_refusal(response, answer):
        return Reading.alike(request, *refused)
    if ROOT not in answer and "id" not in answer:
        return Reading.alike(request, Outcome.AMBIGUOUS, "no_profile")
    try:
        profile = profile_of(answer)
    except LayoutChanged as missing:
        return Reading.alike(request, Outcome.LAYOUT_CHANGED, str(missing))
    return Reading(observations=tuple(_observed(request, subject, profile) for subject in request.subjects or (None,)))


def _observed(request: Request, subject: Subject | None, profile: Profile) -> Observation:
    if subject is None:
        subject = Subject(handle=profile.handle, platform_id=profile.platform_id)
    if not any(
        subject.matches(profile.handle, number) for number in (profile.platform_id, profile.alt_ids["graph_id"])
    ):
        return observation(request, subject, Outcome.AMBIGUOUS, "another_account")
    return observation(request, subject, Outcome.OK, profile=profile)


def profile_of(answer: dict[str, Any]) -> Profile:
    """The profile in a Business Discovery answer; LayoutChanged without the account, its id or its username."""
    user = need(answer, ROOT, "answer", table)
    avatar = text(at(user, "profile_picture_url"))
    website = text(at(user, "website"))
    followers = count(at(user, "followers_count"))
    return Profile(
        platform_id=identifier(at(user, "ig_id")),
        alt_ids={"graph_id": need(user, "id", ROOT, identifier)},
        handle=need(user, "username", ROOT, text),
        display_name=text(at(user, "name")),
        bio=text(at(user, "biography")),
        avatar_url=avatar,
        avatar_is_default=is_default_avatar(avatar) if avatar else None,
        links=None if website is None else tuple(unwrapped(url) for url in (website,) if url),
        followers=followers,
        followers_exact=None if followers is None else True,
    )
