"""Has pictures of the suite judged, over several processes, and takes the time."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from functools import cache, partial

import cv2

from audits.logo import verify as chain
from audits.logo.approved import ApprovedSet, load
from audits.logo.colour import squared
from audits.logo.decode import decode
from audits.logo.limits import kept, to_json
from fixtures.logos.art import Art, approved_files
from tests.audits.logo.bench.hashes import METHODS, Hash, hashes
from tests.audits.logo.bench.judged import Judged
from tests.audits.logo.bench.stages import Stopwatch
from tests.audits.logo.bench.suite import GENUINE, WITHOUT_LOGO, Drawn, drawn

PROCESSES = 2
_LIMITS: dict[str, bytes] = {}  # by family, measured once for all processes
_AT_ONCE = 16  # pictures handed to a process at a time


def judged_all(plan: list[tuple[str, int]], families: tuple[str, ...]) -> Iterator[Judged]:
    """What is said of every picture of a plan, in any order, from processes of their own with one thread each."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(PROCESSES) as pool:
        limits = dict(zip(families, pool.map(_calibrated, families, chunksize=1), strict=True))
    with context.Pool(PROCESSES, _begin, (limits,)) as pool:
        yield from pool.imap_unordered(partial(_judged, families), plan, chunksize=_AT_ONCE)


def judged(picture: Drawn) -> Judged:
    """What is said of one picture, and how long it took."""
    origin, approved, watch = picture.origin, approved_set(picture.origin.art.name), _stopwatch()
    watch.taken()
    begun = time.process_time()
    said = chain.verify(picture.data, approved)
    cpu = (time.process_time() - begun) * 1000
    distances, taken = _hashed(picture)
    return Judged(
        truth=picture.truth,
        kind=origin.kind,
        seed=origin.seed,
        family=origin.art.name,
        seen=picture.seen,
        size=origin.size,
        box=picture.box,
        expected=picture.expected,
        verdict=said.verdict,
        variant=said.variant,
        distance=said.distance,
        reasons=said.reasons,
        found=said.box,
        cpu=cpu,
        stages=watch.taken(),
        hashes=distances,
        hash_cpu=taken,
    )


@cache
def approved_set(family: str) -> ApprovedSet:
    """The approved pictures of a family, made ready: one picture that is approved and one that is not are judged."""
    files = approved_files(_art(family))
    approved = load(files.pop("logos.toml"), files, _LIMITS.get(family, b""))
    for kind in (GENUINE, WITHOUT_LOGO):
        chain.verify(drawn(kind, 3, (family,)).data, approved)
    return approved


def _calibrated(family: str) -> bytes:
    """The limits of a family's pictures, as a file."""
    files = approved_files(_art(family))
    entries = load(files.pop("logos.toml"), files).entries
    return to_json({entry.key: kept(entry.calibrated) for entry in entries})


def _begin(limits: dict[str, bytes]) -> None:
    cv2.setNumThreads(1)
    _LIMITS.update(limits)


def _art(family: str) -> Art:
    return drawn(GENUINE, 0, (family,)).origin.art


@cache
def _stopwatch() -> Stopwatch:
    watch = Stopwatch()
    watch.attach(chain)
    return watch


def _judged(families: tuple[str, ...], asked: tuple[str, int]) -> Judged:
    try:
        return judged(drawn(*asked, families))
    except Exception as fault:
        fault.add_note(f"while judging --only {asked[0]}:{asked[1]}")
        raise


@cache
def _approved_hashes(family: str) -> tuple[dict[str, Hash], ...]:
    return tuple(hashes(entry.image) for entry in approved_set(family).entries)


def _hashed(picture: Drawn) -> tuple[dict[str, float], dict[str, float]]:
    """By method, the least distance to an approved picture and the milliseconds that the hash took."""
    image, approved = squared(decode(picture.data).image), _approved_hashes(picture.origin.art.name)
    distances, taken = {}, {}
    for name, method in METHODS.items():
        begun = time.process_time()
        own = method(image)
        taken[name] = (time.process_time() - begun) * 1000
        distances[name] = float(min(kept[name] - own for kept in approved))
    return distances, taken
