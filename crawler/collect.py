"""Carries a source's requests to the world and its answers back, until nothing is asked any more."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from adapters.model import (
    READ,
    Adapter,
    Observation,
    Outcome,
    Reading,
    Request,
    Response,
    Source,
    Subject,
    Value,
    observed,
)
from crawler.net.fetch import Failed

# An answer may lead to another question (an id that is gone: who has the name now?), but not for ever.
DEPTH = 3
SETTLED = frozenset({Outcome.SUSPENDED, Outcome.NOT_FOUND, Outcome.MOVED, Outcome.NOT_ELIGIBLE, Outcome.RESTRICTED})


class Asker(Protocol):
    """What brings a request to the platform."""

    async def ask(self, request: Request) -> Response | Failed:
        """The answer, or why there is none."""


class Target(Value, frozen=True, kw_only=True):
    """Whom to observe, under which key the answer is wanted, and which profile fields are needed."""

    key: str
    subject: Subject
    wanted: frozenset[str]


async def collect(
    adapter: Adapter, sources: Sequence[Source], targets: Sequence[Target], asker: Asker
) -> dict[str, tuple[Observation, ...]]:
    """All observations of each target by its key, in the order they were made; each source asked only for what lacks.

    `sources` are the permitted ones, in order of preference. Without any, the one observation says `not_permitted`.
    """
    seen: dict[str, list[Observation]] = {target.key: [] for target in targets}
    for source in sources:
        due = [target for target in targets if lacks(source, target.wanted, seen[target.key], sources)]
        answers = await _observe(source, [target.subject for target in due], asker)
        for target in due:
            seen[target.key].append(answers.get(target.subject) or _unanswered(source, target.subject))
    for target in targets:
        if not seen[target.key]:
            seen[target.key].append(_not_permitted(adapter, target.subject))
    return {key: tuple(observations) for key, observations in seen.items()}


def lacks(source: Source, wanted: frozenset[str], seen: Sequence[Observation], sources: Sequence[Source] = ()) -> bool:
    """Whether asking `source` can bring something that is wanted and not there yet."""
    if any(observation.outcome in SETTLED for observation in seen):
        return False
    read = [observation for observation in seen if observation.outcome in READ and observation.profile is not None]
    if not read:
        return True
    known = {field for observation in read for field in _in_full(observation, wanted, sources)}
    return bool((wanted - known) & (source.gives | source.hints))


def _in_full(observation: Observation, wanted: frozenset[str], sources: Sequence[Source]) -> Iterable[str]:
    """The wanted fields that this observation shows, those its source shows only in part left out."""
    hints = next((source.hints for source in sources if source.name == observation.source), frozenset[str]())
    profile = observation.profile
    return () if profile is None else (field for field in wanted - hints if observed(profile, field))


async def _observe(source: Source, subjects: Sequence[Subject], asker: Asker) -> Mapping[Subject, Observation]:
    """One source's observations by subject; requests of one step go out side by side."""
    found: dict[Subject, Observation] = {}
    requests: tuple[Request, ...] = source.ask(tuple(dict.fromkeys(subjects))) if subjects else ()
    for _ in range(DEPTH):
        readings = await asyncio.gather(*(_read(source, request, asker) for request in requests))
        for observation in (one for reading in readings for one in reading.observations):
            found.setdefault(observation.subject, observation)
        requests = tuple(request for reading in readings for request in reading.requests)
        if not requests:
            break
    return found


async def _read(source: Source, request: Request, asker: Asker) -> Reading:
    answer = await asker.ask(request)
    if isinstance(answer, Failed):
        return Reading(observations=tuple(_failed(source, subject, answer) for subject in request.subjects))
    return source.read(request, answer)


def _failed(source: Source, subject: Subject, failure: Failed) -> Observation:
    return Observation(
        subject=subject,
        platform=source.platform,
        source=source.name,
        outcome=failure.outcome,
        reason=failure.reason,
    )


def _unanswered(source: Source, subject: Subject) -> Observation:
    """A subject that could not be asked (a malformed name) or that no answer spoke of."""
    return _failed(source, subject, Failed(outcome=Outcome.AMBIGUOUS, reason="unanswered"))


def _not_permitted(adapter: Adapter, subject: Subject) -> Observation:
    return Observation(
        subject=subject,
        platform=adapter.platform,
        source="none",
        outcome=Outcome.NOT_PERMITTED,
        reason="no_permitted_source",
    )
