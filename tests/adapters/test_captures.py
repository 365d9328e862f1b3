"""The readers against recordings of the real platforms, where those lie beside this checkout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from adapters import ADAPTERS
from adapters.model import Observation, Response
from tests.adapters.recorded import PLATFORMS, asked, plain, question

FOLDER = Path(__file__).parents[3] / "shared" / "captures"
MANIFEST = FOLDER / "manifest.json"
ENTRIES = [
    entry
    for entry in (json.loads(MANIFEST.read_text(encoding="utf-8")) if MANIFEST.exists() else [])
    if entry["platform"] in PLATFORMS
]


def read(entry: dict[str, Any], *, named: bool) -> tuple[Observation, ...]:
    keys = ("handle", "platform_id")
    subjects = [{key: line[key] for key in keys if line.get(key)} for line in entry["expect"]] if named else []
    request = question(entry["platform"], entry["source"], [subject for subject in subjects if subject])
    body = (FOLDER / entry["file"]).read_bytes()
    source = ADAPTERS[request.platform].source(entry["source"])
    return source.read(request, Response(status=entry["http_status"], url="", body=body)).observations


def differences(entry: dict[str, Any], seen: tuple[Observation, ...]) -> list[str]:
    wrong = [] if len(seen) == len(entry["expect"]) else [f"{len(seen)} observations"]
    for one, line in zip(seen, entry["expect"], strict=False):
        if str(one.outcome) not in line["outcome"]:
            wrong.append(f"{one.outcome} ({one.reason})")
        for field, value in line.items():
            if field != "outcome" and found(one, field) != value:
                wrong.append(f"{field}: {found(one, field)!r}, not {value!r}")
    return wrong


def found(seen: Observation, field: str) -> Any:
    if field == "new_platform_id":
        return seen.new_platform_id
    if seen.profile is None:
        return asked(seen) if field == "handle" else None
    if field.endswith("_file"):
        address = getattr(seen.profile, field.removesuffix("_file") + "_url") or ""
        return urlsplit(address).path.rpartition("/")[2]
    if not hasattr(seen.profile, field):
        return seen.profile.extra.get(field)
    return plain(seen.profile, field)


def test_recordings_give_what_the_manifest_says_when_their_account_is_named():
    wrong = {entry["file"]: differences(entry, read(entry, named=True)) for entry in ENTRIES}
    assert {file: lines for file, lines in wrong.items() if lines} == {}


def test_recordings_give_what_the_manifest_says_when_nobody_is_named():
    wrong = {entry["file"]: differences(entry, read(entry, named=False)) for entry in ENTRIES}
    assert {file: lines for file, lines in wrong.items() if lines} == {}
