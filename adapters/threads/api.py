"""The official interface of Threads: `profile_lookup` of one public profile by its exact handle.

It gives neither id nor links, and shows public profiles of adults with a hundred followers or more; of the others it
says nothing that tells missing from hidden (Meta, "Threads Profiles", 2026-04). Answers about own accounts (`/me`,
`/{id}`) have other names for the same fields; their `id` is app-scoped and never a `pk`.
"""

from __future__ import annotations

import re
from typing import Any

from adapters.meta import graph_refusal, is_default_avatar, one_each
from adapters.model import Observation, Outcome, Platform, Profile, Reading, Request, Response, Subject, observation
from adapters.page import PAGE_LIMIT, LayoutChanged, at, count, decoded, flag, identifier, need, text

CREDENTIAL = "threads"
FIELDS = ("username", "name", "profile_picture_url", "biography", "is_verified", "follower_count")
# Any of these makes an answer one about a profile.
_TELLING = frozenset({*FIELDS, "id", "threads_profile_picture_url", "threads_biography"})

_SCOPE = re.compile(r"\bthreads_(?:basic|profile_discovery)\b", re.ASCII)
_CERTAIN = frozenset(
    {
        *(Outcome.DENIED, Outcome.RATE_LIMITED, Outcome.BLOCKED),
        *(Outcome.TRANSPORT_ERROR, Outcome.LAYOUT_CHANGED),
    }
)


def ask(subjects: tuple[Subject, ...]) -> tuple[Request, ...]:
    """A request for each subject with a possible handle; the interface knows no look-up by id."""
    asked = Request(
        platform=Platform.THREADS, source="api", step="lookup", base="api", credential=CREDENTIAL, path="", subjects=()
    )
    return one_each(
        subjects, asked, lambda subject: f"/v1.0/profile_lookup?username={subject.handle}&fields={','.join(FIELDS)}"
    )


def read(request: Request, response: Response) -> Reading:
    """What the answer says of its subject, or of the account in it when the request names none."""
    answer = decoded(response.body[:PAGE_LIMIT])
    if refused := graph_refusal(response, answer):
        return Reading.alike(request, _plainly(refused[0], answer), refused[1])
    if not isinstance(answer, dict) or not _TELLING & answer.keys():
        return Reading.alike(request, Outcome.AMBIGUOUS, "no_profile")
    try:
        profile = profile_of(answer)
    except LayoutChanged as missing:
        return Reading.alike(request, Outcome.LAYOUT_CHANGED, str(missing))
    return Reading(observations=tuple(_observed(request, subject, profile) for subject in request.subjects or (None,)))


def _plainly(outcome: Outcome, answer: Any) -> Outcome:
    """What a refusal says for certain: nothing of the account, unless it names token, permission, throttle or fault."""
    if outcome is Outcome.AMBIGUOUS and _SCOPE.search(text(at(answer, "error.message")) or ""):
        return Outcome.DENIED
    return outcome if outcome in _CERTAIN else Outcome.AMBIGUOUS


def _observed(request: Request, subject: Subject | None, profile: Profile) -> Observation:
    if subject is None:
        subject = Subject(handle=profile.handle)
    if not subject.matches(profile.handle, profile.alt_ids.get("app_scoped_id")):
        return observation(request, subject, Outcome.AMBIGUOUS, "another_account")
    return observation(request, subject, Outcome.OK, profile=profile)


def profile_of(answer: dict[str, Any]) -> Profile:
    """The profile in an answer; LayoutChanged without its username."""
    avatar = _either(answer, "profile_picture_url", "threads_profile_picture_url")
    app_scoped_id = identifier(at(answer, "id"))
    followers = count(at(answer, "follower_count"))
    return Profile(
        alt_ids={"app_scoped_id": app_scoped_id} if app_scoped_id else {},
        handle=need(answer, "username", "answer", text),
        display_name=text(at(answer, "name")),
        bio=_either(answer, "biography", "threads_biography"),
        avatar_url=avatar,
        avatar_is_default=is_default_avatar(avatar) if avatar else None,
        verified=flag(at(answer, "is_verified")),
        followers=followers,
        followers_exact=None if followers is None else True,
    )


def _either(answer: dict[str, Any], *keys: str) -> str | None:
    """The first text under these keys."""
    return next((value for key in keys if (value := text(at(answer, key))) is not None), None)
