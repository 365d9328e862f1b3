"""X API v2, user lookup: up to 100 accounts by id or by handle in one request.

An answer has `data`, `errors` or both, in any order and possibly with 200: accounts are joined by id and handle, never
by position. An id that is not found is asked once more by its handle, because a stranger may have taken that over.
A subject with neither a numeric id nor a possible handle is left out of every request, because one of them would have
the whole batch refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from adapters.model import Observation, Outcome, Platform, Profile, Reading, Request, Response, Subject, observation
from adapters.page import PAGE_LIMIT, LayoutChanged, at, count, decoded, flag, identifier, listed, need, text
from adapters.x.address import HANDLE, PLATFORM_ID, SHORT_LINK, is_default_avatar, is_short
from adapters.x.problem import about_account, about_request, named

BATCH = 100
CREDENTIAL = "x"
FIELDS = (
    *("created_at", "description", "entities", "id", "location", "name", "profile_banner_url", "profile_image_url"),
    *("protected", "public_metrics", "url", "username", "verified", "verified_type"),
)
# The step of a request names what it asks by; an answer to `ids` may lead to one more request.
BY_ID = "ids"
BY_HANDLE = "by"


def ask(subjects: tuple[Subject, ...]) -> tuple[Request, ...]:
    """Requests for these subjects: by id where that is known, else by handle."""
    by_id = [subject for subject in subjects if _can_be_asked(PLATFORM_ID, subject.platform_id)]
    others = [subject for subject in subjects if not _can_be_asked(PLATFORM_ID, subject.platform_id)]
    return _requests(by_id, BY_ID) + _by_handle(others)


def _by_handle(subjects: Sequence[Subject]) -> tuple[Request, ...]:
    return _requests([subject for subject in subjects if _can_be_asked(HANDLE, subject.handle)], BY_HANDLE)


def _can_be_asked(form: re.Pattern[str], value: str | None) -> bool:
    return value is not None and form.fullmatch(value) is not None


def _requests(subjects: Sequence[Subject], step: str) -> tuple[Request, ...]:
    """One request for each hundred subjects."""
    batches = [tuple(subjects[start : start + BATCH]) for start in range(0, len(subjects), BATCH)]
    return tuple(
        Request(
            platform=Platform.X,
            source="api",
            step=step,
            base="api",
            path=_path(batch, step),
            subjects=batch,
            credential=CREDENTIAL,
        )
        for batch in batches
    )


def _path(batch: Sequence[Subject], step: str) -> str:
    fields = f"user.fields={','.join(FIELDS)}"
    if step == BY_ID:
        ids = dict.fromkeys(subject.platform_id or "" for subject in batch)
        return f"/2/users?ids={','.join(ids)}&{fields}"
    handles = dict.fromkeys(subject.handle or "" for subject in batch)
    return f"/2/users/by?usernames={','.join(handles)}&{fields}"


class _Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A lookup taken apart: users by id and by folded handle, problems, and what holds for whom it does not name."""

    by_id: dict[str, dict[str, Any]]
    by_handle: dict[str, dict[str, Any]]
    problems: tuple[dict[str, Any], ...]
    otherwise: tuple[Outcome, str]

    def problem(self, subject: Subject) -> dict[str, Any] | None:
        about = ((problem, named(problem)) for problem in self.problems)
        return next((problem for problem, who in about if who and subject.matches(who.handle, who.platform_id)), None)

    def subjects(self) -> tuple[Subject, ...]:
        """Whom the answer speaks of, for a recorded one that is read without a question."""
        users = {id(user): user for user in (*self.by_id.values(), *self.by_handle.values())}.values()
        found = [Subject(handle=text(at(user, "username")), platform_id=identifier(at(user, "id"))) for user in users]
        return (*found, *(who for who in map(named, self.problems) if who)) or (Subject(),)


def read(request: Request, response: Response) -> Reading:
    """Observations of the subjects of a lookup; of everyone it speaks of when the request names none."""
    body = response.body.strip()
    answer = decoded(body[:PAGE_LIMIT]) if body else {}
    if response.status == 429:
        return Reading.alike(request, Outcome.RATE_LIMITED, "status:429")
    if response.status >= 500:
        return Reading.alike(request, Outcome.TRANSPORT_ERROR, f"status:{response.status}")
    if not isinstance(answer, dict) or (not body and response.status < 400):
        return Reading.alike(request, Outcome.TRANSPORT_ERROR, "no_json")
    lookup = _lookup(answer, response.status, alone=len(request.subjects) < 2)
    subjects = request.subjects or lookup.subjects()
    seen = [(subject, _observed(request, subject, lookup)) for subject in subjects]
    again = [subject for subject, observed in seen if _ask_again(request, observed)]
    return Reading(
        observations=tuple(observed for subject, observed in seen if subject not in again),
        requests=_by_handle(again),
    )


def _ask_again(request: Request, observed: Observation) -> bool:
    """Whether the id is gone but a handle is known that a stranger may bear by now."""
    gone = request.step == BY_ID and observed.outcome is Outcome.NOT_FOUND
    return gone and _can_be_asked(HANDLE, observed.subject.handle)


def _lookup(answer: dict[str, Any], status: int, *, alone: bool) -> _Answer:
    data = at(answer, "data")
    users = [user for user in (listed(data) or [data]) if isinstance(user, dict)]
    problems = [problem for problem in (*listed(at(answer, "errors")), answer) if isinstance(problem, dict)]
    said = count(at(answer, "status")) if "data" not in answer and status < 400 else None
    missing = next((key for user in users for key in ("id", "username") if at(user, key) is None), None)
    return _Answer(
        by_id={key: user for user in users if (key := identifier(at(user, "id")))},
        by_handle={key.casefold(): user for user in users if (key := text(at(user, "username")))},
        problems=tuple(problems),
        otherwise=(Outcome.LAYOUT_CHANGED, f"data[].{missing}")
        if missing
        else about_request(said or status, problems, alone=alone),
    )


def _observed(request: Request, subject: Subject, lookup: _Answer) -> Observation:
    """What the answer says of one subject: its id counts first, then an error about it, then its handle."""
    problem = lookup.problem(subject)
    user = lookup.by_id.get(subject.platform_id or "")
    if user is None and problem is None:
        user = lookup.by_handle.get((subject.handle or "").casefold())
    if user is None:
        return observation(request, subject, *(about_account(problem) if problem else lookup.otherwise))
    try:
        return observation(request, subject, Outcome.OK, profile=profile_of(user))
    except LayoutChanged as missing:
        return observation(request, subject, Outcome.LAYOUT_CHANGED, str(missing))


def profile_of(user: dict[str, Any]) -> Profile:
    """The profile in a user object; LayoutChanged without `id` or `username`. A field that was left out is `None`."""
    avatar = text(at(user, "profile_image_url"))
    followers = count(at(user, "public_metrics.followers_count"))
    return Profile(
        platform_id=need(user, "id", "data[]", identifier),
        handle=need(user, "username", "data[]", text),
        display_name=text(at(user, "name")),
        bio=_expanded(text(at(user, "description")), listed(at(user, "entities.description.urls"))),
        avatar_url=avatar,
        avatar_is_default=is_default_avatar(avatar) if avatar else None,
        banner_url=text(at(user, "profile_banner_url")),
        links=_links(user),
        verified=flag(at(user, "verified")),
        verified_kind=text(at(user, "verified_type")),
        private=flag(at(user, "protected")),
        followers=followers,
        followers_exact=None if followers is None else True,
        location=text(at(user, "location")),
        created_at=text(at(user, "created_at")),
    )


def _expanded(bio: str | None, urls: list[Any]) -> str | None:
    """A bio with its shortened links replaced by where they lead."""
    targets = {at(url, "url"): text(at(url, "expanded_url")) for url in urls if text(at(url, "url"))}
    return bio and SHORT_LINK.sub(lambda link: targets.get(link.group()) or link.group(), bio)


def _links(user: dict[str, Any]) -> tuple[str, ...] | None:
    """The website of the profile, unshortened; empty when it has none, `None` when only the short form was shown."""
    targets = [text(at(url, "expanded_url")) for url in listed(at(user, "entities.url.urls"))]
    resolved = tuple(target for target in targets if target and not is_short(target))
    if resolved:
        return resolved
    match at(user, "url"):
        case "":
            return ()
        case str(url) if not is_short(url):
            return (url,)
    return None
