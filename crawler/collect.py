"""Carries a source's requests to the world and its answers back, until nothing is asked any more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

import msgspec

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
from crawler.net.doors import Doors
from crawler.net.fetch import Failed

# An answer may lead to another question (an id that is gone: who has the name now? a batch with a bad id: which half
# has it?), but not for ever: fifty are halved six times, and then one is asked by name.
DEPTH = 10
# Questions to one source that are under way at once at most, so that a closed source is noticed in time.
ABREAST = 16
SETTLED = frozenset({Outcome.SUSPENDED, Outcome.NOT_FOUND, Outcome.MOVED, Outcome.NOT_ELIGIBLE, Outcome.RESTRICTED})


class Asker(Protocol):
    """What brings a request to the platform."""

    async def ask(self, request: Request) -> Response | Failed:
        """The answer, or why there is none."""


class Carrier:
    """What questions go out with: who brings them, which sources have closed in this run, and what time it is."""

    def __init__(self, asker: Asker, doors: Doors | None = None, now: Callable[[], str] | None = None) -> None:
        self.asker = asker
        self.doors = doors or Doors()
        self.now = now or (lambda: "")


class Target(Value, frozen=True, kw_only=True):
    """Whom to observe, under which key the answer is wanted, and which profile fields are needed."""

    key: str
    subject: Subject
    wanted: frozenset[str]


async def collect(
    adapter: Adapter, sources: Sequence[Source], targets: Sequence[Target], carrier: Carrier
) -> dict[str, tuple[Observation, ...]]:
    """All observations of each target by its key, in the order they were made; each source asked only for what lacks.

    `sources` are the permitted ones, in order of preference. Without any, the one observation says `not_permitted`.
    """
    seen: dict[str, list[Observation]] = {target.key: [] for target in targets}
    for source in sources:
        due = [target for target in targets if lacks(source, target.wanted, seen[target.key], sources)]
        answers = await _observe(source, [target.subject for target in due], carrier)
        for target in due:
            seen[target.key] += answers.get(target.subject) or (_unanswered(source, target.subject),)
    for target in targets:
        if not seen[target.key]:
            seen[target.key].append(_not_permitted(adapter, target.subject))
    return {key: tuple(observations) for key, observations in seen.items()}


def lacks(source: Source, wanted: frozenset[str], seen: Sequence[Observation], sources: Sequence[Source] = ()) -> bool:
    """Whether asking `source` can bring something that is wanted and not there yet."""
    if any(observation.outcome in _settled_by(observation.source, sources) for observation in seen):
        return False
    # A rendered page has the reader of the plain one, which would not know the layout this time either.
    if source.rendered and any(one.source == "page" and one.outcome is Outcome.LAYOUT_CHANGED for one in seen):
        return False
    read = [observation for observation in seen if observation.outcome in READ and observation.profile is not None]
    if not read:
        # A source that shows nothing of what is wanted is only asked when none shows anything.
        shows = [one for one in sources if wanted & (one.gives | one.hints)]
        return source in shows or not shows
    known = {field for observation in read for field in _in_full(observation, wanted, sources)}
    return bool((wanted - known) & (source.gives | source.hints))


def _settled_by(name: str, sources: Sequence[Source]) -> frozenset[Outcome]:
    return SETTLED - next((source.unsure for source in sources if source.name == name), frozenset())


def _in_full(observation: Observation, wanted: frozenset[str], sources: Sequence[Source]) -> Iterable[str]:
    """The wanted fields that this observation shows, those its source shows only in part left out."""
    hints = next((source.hints for source in sources if source.name == observation.source), frozenset[str]())
    profile = observation.profile
    return () if profile is None else (field for field in wanted - hints if observed(profile, field))


async def _observe(
    source: Source, subjects: Sequence[Subject], carrier: Carrier
) -> Mapping[Subject, tuple[Observation, ...]]:
    """One source's observations by subject, one for each step that told of it; requests of one step side by side."""
    found: dict[Subject, tuple[Observation, ...]] = {}
    places = asyncio.Semaphore(ABREAST)
    requests: tuple[Request, ...] = source.ask(tuple(dict.fromkeys(subjects))) if subjects else ()
    for _ in range(DEPTH):
        readings = await asyncio.gather(*(_read(source, request, carrier, places) for request in requests))
        told = {one.subject: one for reading in reversed(readings) for one in reversed(reading.observations)}
        for subject, observation in told.items():
            found[subject] = (*found.get(subject, ()), observation)
        requests = tuple(request for reading in readings for request in reading.requests)
        if not requests:
            break
    return found


async def _read(source: Source, request: Request, carrier: Carrier, places: asyncio.Semaphore) -> Reading:
    """What one answer says, with the time; a source that has closed is not asked."""
    door = (source.platform, source.name)
    async with places:
        refusal = carrier.doors.closed.get(door)
        if refusal:
            shut = Failed(outcome=refusal.outcome, reason=f"source_closed: {refusal.reason}")
            return _all_failed(source, request, shut)
        answer = await carrier.asker.ask(request)
    reading = _all_failed(source, request, answer) if isinstance(answer, Failed) else source.read(request, answer)
    seen = reading.observations
    carrier.doors.note(door, [one.outcome for one in seen], next((one.reason for one in seen), None))
    now = carrier.now() or None
    return Reading(
        observations=tuple(msgspec.structs.replace(one, observed_at=now) for one in seen), requests=reading.requests
    )


def _all_failed(source: Source, request: Request, failure: Failed) -> Reading:
    return Reading(observations=tuple(_failed(source, subject, failure) for subject in request.subjects))


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
