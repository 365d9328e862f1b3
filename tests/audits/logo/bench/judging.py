"""Draws pictures of the suite and has them judged, over several processes."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from functools import cache, partial

import cv2

from audits.logo.approved import ApprovedSet, load
from audits.logo.colour import squared
from audits.logo.decode import decode
from audits.logo.verify import verify
from audits.model import LogoVerdict
from fixtures.logos.emblem import LAYOUTS, layout, manifest
from tests.audits.logo.bench.hashes import METHODS, Hash, hashes
from tests.audits.logo.bench.judged import Judged
from tests.audits.logo.bench.suite import GENUINE, WITHOUT_LOGO, Drawn, drawn
from tests.audits.logo.passing import encoded

PROCESSES = 2
_AT_ONCE = 16  # pictures handed to a process at a time


def judged_all(plan: list[tuple[str, int]], families: tuple[str, ...]) -> Iterator[Judged]:
    """What is said of every picture of a plan, in any order."""
    with multiprocessing.get_context("spawn").Pool(PROCESSES, cv2.setNumThreads, (1,)) as pool:
        yield from pool.imap_unordered(partial(_judged, families), plan, chunksize=_AT_ONCE)


def judged(picture: Drawn) -> Judged:
    """What is said of one picture, and how long it took."""
    approved = approved_set(picture.family)
    begun = time.process_time()
    said = verify(picture.data, approved)
    cpu = (time.process_time() - begun) * 1000
    distances, times = _hashed(picture)
    return _record(picture, said, cpu, distances, times)


@cache
def approved_set(family: str) -> ApprovedSet:
    """The approved pictures of a family, made ready: one picture that is approved and one that is not are judged."""
    files = {f"{name}.png": encoded(layout(name), "PNG") for name in LAYOUTS}
    approved = load(manifest().encode(), files)
    for kind in (GENUINE, WITHOUT_LOGO):
        verify(drawn(kind, 3, (family,)).data, approved)
    return approved


def _judged(families: tuple[str, ...], asked: tuple[str, int]) -> Judged:
    return judged(drawn(*asked, families))


def _record(
    picture: Drawn, said: LogoVerdict, cpu: float, distances: dict[str, float], times: dict[str, float]
) -> Judged:
    return Judged(
        truth=picture.truth,
        kind=picture.kind,
        seed=picture.seed,
        family=picture.family,
        seen=picture.seen,
        size=picture.size,
        box=picture.box,
        expected=picture.expected,
        verdict=said.verdict,
        variant=said.variant,
        distance=said.distance,
        reasons=said.reasons,
        found=said.box,
        cpu=cpu,
        hashes=distances,
        hash_cpu=times,
    )


@cache
def _approved_hashes(family: str) -> tuple[dict[str, Hash], ...]:
    return tuple(hashes(entry.image) for entry in approved_set(family).entries)


def _hashed(picture: Drawn) -> tuple[dict[str, float], dict[str, float]]:
    """By method, the least distance to an approved picture and the milliseconds that the hash took."""
    image = squared(decode(picture.data).image)
    distances, times = {}, {}
    for name, method in METHODS.items():
        begun = time.process_time()
        own = method(image)
        times[name] = (time.process_time() - begun) * 1000
        distances[name] = float(min(kept[name] - own for kept in _approved_hashes(picture.family)))
    return distances, times
