"""The interface behind YouTube's page: no key and no log-in, one channel at a time.

A handle is turned into an id first; that question answers an unknown handle with a plain 404. The channel itself comes
with the badge and, where it is gone, with the platform's word why. Its links stand in a panel that is asked for
separately: what the panel shows is an observation of its own, beside that of the channel. An id that does not exist is
asked once more by its handle, because a stranger may have taken that over.
"""

from __future__ import annotations

from typing import Any

import msgspec

from adapters.model import Observation, Outcome, Platform, Profile, Reading, Request, Response, Subject, observation
from adapters.page import PAGE_LIMIT, at, count, split_url, text
from adapters.youtube.address import CHANNEL_ID, HANDLE, in_path
from adapters.youtube.channel import Answer, Told, answer_in, observed
from adapters.youtube.header import head_of
from adapters.youtube.wall import by_status, in_the_way, redirected

BY_ID = "browse"
BY_HANDLE = "resolve"
# The channel that a handle led to: asked by no other way any more.
LED_TO = "browse_resolved"
ABOUT = "about"
# An old address may lead to another address a few times.
HOPS = (BY_HANDLE, "resolve_2", "resolve_3")

HEADERS = (("Content-Type", "application/json"), ("Accept-Language", "en"))
# The language fixes the wording of alerts and counts. The first tab asked for is that of the videos, as the site does.
_CONTEXT = {"client": {"clientName": "WEB", "clientVersion": "2.20260115.01.00", "hl": "en", "gl": "NL"}}
_VIDEOS = "EgZ2aWRlb3PyBgQKAjoA"
_BROWSE = "/youtubei/v1/browse?prettyPrint=false"
_RESOLVE = "/youtubei/v1/navigation/resolve_url?prettyPrint=false"
_SITES = frozenset({"www.youtube.com", "youtube.com", "m.youtube.com"})
# By the status words of an error; the numbers beside them are those of HTTP.
_ERRORS = {
    "NOT_FOUND": Outcome.NOT_FOUND,
    "UNAUTHENTICATED": Outcome.LOGIN_WALL,
    "PERMISSION_DENIED": Outcome.BLOCKED,
    "RESOURCE_EXHAUSTED": Outcome.RATE_LIMITED,
    "INTERNAL": Outcome.TRANSPORT_ERROR,
    "UNAVAILABLE": Outcome.TRANSPORT_ERROR,
}


def ask(subjects: tuple[Subject, ...]) -> tuple[Request, ...]:
    """A request for each subject: by id where that is known, else by handle. Without a possible one it is left out."""
    return tuple(request for subject in subjects for request in (*_by_id(subject), *_by_handle(subject))[:1])


def _by_id(subject: Subject) -> tuple[Request, ...]:
    if not CHANNEL_ID.fullmatch(subject.platform_id or ""):
        return ()
    return (_request(subject, BY_ID, _BROWSE, browseId=subject.platform_id, params=_VIDEOS),)


def _by_handle(subject: Subject) -> tuple[Request, ...]:
    if not HANDLE.fullmatch(subject.handle or ""):
        return ()
    return (_resolve(subject, f"https://www.youtube.com/{in_path(subject.handle or '')}", BY_HANDLE),)


def _resolve(subject: Subject, url: str, step: str) -> Request:
    return _request(subject, step, _RESOLVE, url=url)


def _request(subject: Subject, step: str, path: str, **question: Any) -> Request:
    return Request(
        platform=Platform.YOUTUBE,
        source="innertube",
        step=step,
        base="page",
        path=path,
        subjects=(subject,),
        method="POST",
        headers=HEADERS,
        body=msgspec.json.encode({"context": _CONTEXT, **question}),
    )


def read(request: Request, response: Response) -> Reading:
    """What an answer says of each subject, and what is to be asked next of it: a channel, or the panel about it."""
    if refusal := redirected(response):
        return Reading.alike(request, *refusal)
    body = response.body[:PAGE_LIMIT].decode("utf-8", errors="replace")
    answer = answer_in(body)
    if answer is None:
        return Reading.alike(request, *(in_the_way(response.body) or by_status(response) or _no_answer()))
    if failure := _failed(answer, response.status):
        return Reading.alike(request, *failure)
    told = Told(answer=answer, body=body, asked_id=_asked_id(request))
    readings = [_read(request, subject, told) for subject in request.subjects or (Subject(),)]
    return Reading(
        observations=tuple(one for reading in readings for one in reading.observations),
        requests=tuple(one for reading in readings for one in reading.requests),
    )


def _no_answer() -> tuple[Outcome, str]:
    return Outcome.TRANSPORT_ERROR, "no_json"


def _failed(answer: Answer, status: int) -> tuple[Outcome, str] | None:
    """What an error envelope says, or a status without one."""
    if isinstance(answer.error, dict):
        word, code = text(at(answer.error, "status")) or "", count(at(answer.error, "code")) or status
        if outcome := _ERRORS.get(word):
            return outcome, word
        # A malformed id, or a question the interface no longer understands.
        by_code = by_status(Response(status=code, url="", body=b"{}"))
        return (by_code[0] if by_code else Outcome.AMBIGUOUS), word or f"status:{code}"
    return None if status < 300 else by_status(Response(status=status, url="", body=b"{}"))


def _asked_id(request: Request) -> str | None:
    """The id that the question was about; `None` when it was about something else."""
    question = msgspec.json.decode(request.body) if request.body else None
    return text(at(question, "browseId"))


def _read(request: Request, subject: Subject, told: Told) -> Reading:
    if told.answer.endpoint is not None:
        return _resolved(request, subject, told.answer.endpoint)
    seen = observed(request, subject, told)
    if request.step == BY_ID and seen.outcome is Outcome.NOT_FOUND and (again := _by_handle(subject)):
        return Reading(requests=again)
    return Reading(observations=(seen,), requests=_further(request, seen, told.answer))


def _further(request: Request, seen: Observation, answer: Answer) -> tuple[Request, ...]:
    """The question for the panel with the links, when it did not come with the channel."""
    unread = seen.outcome is Outcome.OK and seen.profile is not None and seen.profile.links is None
    token = head_of(answer.header).about if unread and request.step in {BY_ID, LED_TO} else None
    return (_request(seen.subject, ABOUT, _BROWSE, continuation=token),) if token else ()


def _resolved(request: Request, subject: Subject, endpoint: Any) -> Reading:
    """Whither an address leads: to a channel, to another address, or to something else."""
    target = text(at(endpoint, "browseEndpoint.browseId")) or ""
    if CHANNEL_ID.fullmatch(target):
        if request.step in HOPS:
            return Reading(requests=(_request(subject, LED_TO, _BROWSE, browseId=target, params=_VIDEOS),))
        return Reading(observations=(_known(request, subject, target),))
    url = text(at(endpoint, "urlEndpoint.url")) or ""
    later = HOPS[HOPS.index(request.step) + 1 :] if request.step in HOPS else ()
    if later and (split_url(url).hostname or "").lower() in _SITES:
        return Reading(requests=(_resolve(subject, url, later[0]),))
    return Reading(observations=(observation(request, subject, Outcome.AMBIGUOUS, "no_channel"),))


def _known(request: Request, subject: Subject, platform_id: str) -> Observation:
    """A recorded answer that is read without being followed: it tells the id that a handle has, and nothing else."""
    if subject.platform_id not in {None, platform_id}:
        return observation(request, subject, Outcome.AMBIGUOUS, "another_account")
    profile = Profile(platform_id=platform_id)
    asked = Subject(platform_id=platform_id) if subject == Subject() else subject
    return observation(request, asked, Outcome.PARTIAL, "resolved", profile)
