"""The cases under fixtures/cases as values: what was asked, what came back, and what a right reader says of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from adapters import ADAPTERS
from adapters.model import Observation, Platform, Profile, Reading, Request, Response, Subject

ROOT = Path(__file__).parents[2] / "fixtures" / "cases"
PLATFORMS = ("x", "facebook", "instagram", "youtube", "threads")


class Case(NamedTuple):
    """A recorded answer and what it must give."""

    name: str
    request: Request
    response: Response
    expected: list[dict[str, Any]]
    requests: list[str] | None

    def read(self, body: bytes | None = None) -> Reading:
        """What the source makes of the answer, or of another body in its place."""
        body = self.response.body if body is None else body
        answer = Response(status=self.response.status, url=self.response.url, body=body)
        return ADAPTERS[self.request.platform].source(self.request.source).read(self.request, answer)


def load(folder: Path) -> Case:
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    expected = json.loads((folder / "expect.json").read_text(encoding="utf-8"))
    answer = next(file for file in folder.iterdir() if file.stem == "answer")
    return Case(
        name=f"{folder.parent.name}/{folder.name}",
        request=question(meta["platform"], meta["source"], meta["subjects"], meta.get("step", "")),
        response=Response(status=meta["status"], url=meta["url"], body=answer.read_bytes()),
        expected=[line for line in expected if "outcome" in line],
        requests=next((line["requests"] for line in expected if "requests" in line), None),
    )


def question(platform: str, source: str, subjects: list[dict[str, str]], step: str = "") -> Request:
    return Request(
        platform=Platform(platform),
        source=source,
        step=step,
        base="",
        path="",
        subjects=tuple(Subject(**subject) for subject in subjects),
    )


def asked(observation: Observation) -> str | None:
    return observation.subject.handle or observation.subject.platform_id


def plain(profile: Profile | None, field: str) -> Any:
    """A field of a profile as JSON would write it."""
    value = None if profile is None else getattr(profile, field)
    return list(value) if isinstance(value, tuple) else value


CASES = [load(folder) for platform in PLATFORMS for folder in sorted((ROOT / platform).iterdir())]
