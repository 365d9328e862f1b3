"""`parse`: a recorded answer through an adapter's reader. No network; one JSON object a line."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from adapters import ADAPTERS
from adapters.model import Observation, Outcome, Platform, Profile, Request, Response, Source, Subject
from crawler import resources
from crawler.cli import COMPLETE, Verbs, setting


def add(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    """The command line."""
    own = verbs.add_parser("parse", parents=[shared], help="read a recorded answer of a platform, no network")
    own.add_argument("platform", choices=[str(name) for name in ADAPTERS], metavar="PLATFORM")
    own.add_argument("source", metavar="SOURCE", help="api, page, embed, innertube or rendered")
    own.add_argument("files", type=Path, nargs="+", metavar="FILE")
    own.add_argument("--status", type=int, default=200, metavar="N", help="HTTP status of the answer")
    own.add_argument("--url", metavar="URL", help="final address of the answer")
    own.add_argument("--handle", action="append", default=[], metavar="H", help="who was asked for, by name")
    own.add_argument("--id", action="append", default=[], metavar="ID", help="who was asked for, by id")
    own.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """At least one line for each file."""
    adapter = ADAPTERS[Platform(args.platform)]
    names = [source.name for source in adapter.sources]
    if args.source not in names:
        raise setting.UsageError(f"{args.platform} has no source {args.source!r}; it has {', '.join(names)}")
    source = adapter.source(args.source)
    for path in args.files:
        body = resources.read(path, "answer")
        for line in parsed(
            source, body, args.status, args.url or _address(adapter.profile_url, args), args.handle, args.id
        ):
            print(msgspec.json.encode(line).decode())
    return COMPLETE


def _address(profile_url: Callable[[str], str], args: argparse.Namespace) -> str:
    """Where the answer would have come from; without a name nothing can be said."""
    return profile_url(args.handle[0]) if args.handle else ""


def parsed(
    source: Source, body: bytes, status: int, url: str, handles: Sequence[str], ids: Sequence[str]
) -> list[dict[str, Any]]:
    """The lines for one answer: one for each subject named, or found when none was named."""
    subjects = named(source, handles, ids)
    request = Request(
        platform=source.platform, source=source.name, step="recorded", base="page", path="", subjects=subjects
    )
    reading = source.read(request, Response(status=status, url=url, body=body))
    told = {observation.subject for observation in reading.observations}
    silent = tuple(_silent(source, subject) for subject in subjects or (Subject(),) if subject not in told)
    observations = _once(reading.observations)
    lines = [_line(one) for one in (*observations, *(silent if subjects or not observations else ()))]
    return lines if subjects else [line | {"asked": None} for line in lines]


def _silent(source: Source, subject: Subject) -> Observation:
    """A subject about which the answer says nothing."""
    return Observation(
        subject=subject, platform=source.platform, source=source.name, outcome=Outcome.AMBIGUOUS, reason="unanswered"
    )


def named(source: Source, handles: Sequence[str], ids: Sequence[str]) -> tuple[Subject, ...]:
    """The subjects of the command line. A page is about one: its handle and its id name the same subject."""
    if source.batch == 1 and len(handles) <= 1 and len(ids) <= 1:
        only = Subject(handle=handles[0] if handles else None, platform_id=ids[0] if ids else None)
        return (only,) if handles or ids else ()
    return tuple(Subject(handle=handle) for handle in handles) + tuple(Subject(platform_id=one) for one in ids)


def _once(observations: Iterable[Observation]) -> list[Observation]:
    """One line a subject: a record found by handle and by id both is the same subject."""
    kept: list[Observation] = []
    for observation in observations:
        key = observation.profile and (observation.profile.handle, observation.profile.platform_id)
        if key is None or all(_key(other) != key for other in kept):
            kept.append(observation)
    return kept


def _key(observation: Observation) -> tuple[str | None, str | None] | None:
    profile = observation.profile
    return None if profile is None else (profile.handle, profile.platform_id)


def _line(observation: Observation) -> dict[str, Any]:
    line: dict[str, Any] = {
        "asked": observation.subject.handle or observation.subject.platform_id,
        "outcome": observation.outcome,
        "platform": observation.platform,
        "source": observation.source,
        "reason": observation.reason,
    }
    if observation.new_platform_id is not None:
        line["new_platform_id"] = observation.new_platform_id
    profile: Profile | None = observation.profile
    return line | {"profile": None if profile is None else msgspec.to_builtins(profile)}
