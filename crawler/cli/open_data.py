"""`register import --politie-nl`: the accounts that politie.nl itself names."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence

from audits.model import Account
from audits.register import Import
from audits.register.open_data import grid, join, to_import
from crawler.cli.setting import UsageError
from crawler.cli.terminal import say
from crawler.config import Settings
from crawler.net.guard import Forbidden
from crawler.net.open_data import Harvest, OpenData
from crawler.run.job import CODE_VERSION

DEFAULT_BASE = "https://api.politie.nl/v4"
_POINT = re.compile(r"\s*(-?\d{1,2}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)\s*")
_TOLD_EVERY = 25  # questions


def collect(settings: Settings, base: str, area: str, pause: float, known: Sequence[Account]) -> Import | None:
    """The register as politie.nl has it, joined with ours; `None`, with the reason said, when part of it is missing.

    An area given as points is only a part of the country: what was not found there stays.
    """
    points = _points(area)
    if not 0 <= pause <= 60:
        raise UsageError(f"--pause {pause:g}: give 0 to 60 seconds")
    agent = f"Herkenbaar/{CODE_VERSION} (register of police accounts; contact: {settings.contact})"
    try:
        client = OpenData(base, pause=pause, timeout=settings.timeout, agent=agent)
    except Forbidden as error:
        raise UsageError(f"--base {error}") from error
    say(f"open data: stations, and wijkagenten around {len(points)} points")
    harvest = asyncio.run(client.harvest(points, _tell))
    if harvest.stopped:
        say(f"open data: {harvest.troubles[0]}: nothing was written")
        return None
    _report(harvest)
    found = to_import(harvest.records, known)
    if harvest.troubles or not found.accounts:
        missing = "part of the open data did not come" if harvest.troubles else "no usable row"
        say(f"open data: {missing}: nothing was written")
        return None
    return join(known, found, whole="," not in area)


def _report(harvest: Harvest) -> None:
    for trouble in harvest.troubles:
        say(f"open data: {trouble}")
    refused = f", {harvest.refused} points refused" if harvest.refused else ""
    say(f"open data: {len(harvest.records)} records in {harvest.requests} questions{refused}")


def _points(area: str) -> tuple[tuple[float, float], ...]:
    """The points that `--grid` means."""
    try:
        if "," not in area:
            return grid(float(area))
    except ValueError as error:
        raise UsageError(f"--grid {area!r}: give a step of 5 to 35 km, or points as LAT,LON;LAT,LON") from error
    found = [_POINT.fullmatch(part) for part in area.split(";") if part.strip()]
    if not all(found) or not found:
        raise UsageError(f"--grid {area!r}: give points as LAT,LON;LAT,LON")
    return tuple((float(point[1]), float(point[2])) for point in found if point)


def _tell(number: int) -> None:
    if number % _TOLD_EVERY == 0:
        say(f"open data: {number} questions asked")
