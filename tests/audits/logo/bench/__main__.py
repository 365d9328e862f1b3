"""`python -m tests.audits.logo.bench`: judges the suite, prints its figures, writes a sheet of every error."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import msgspec

from tests.audits.logo.bench.hashes import MISSING
from tests.audits.logo.bench.judged import Judged, error
from tests.audits.logo.bench.judging import judged, judged_all
from tests.audits.logo.bench.suite import KINDS, drawn, plan
from tests.audits.logo.bench.tables import by_kind, by_scene, by_size, confusion, contains, curves, times

FAMILIES = {"final": ("first",), "tuning": ("first",)}
FIRST = {"final": 5_000_000, "tuning": 100_000}
OUT = Path("out/bench-logo")


def main() -> int:
    """Runs the bench; returns its exit code."""
    asked = _arguments()
    families = FAMILIES.get(asked.art, (asked.art,))
    OUT.mkdir(parents=True, exist_ok=True)
    if asked.only:
        return _one(asked.only, families)
    first = asked.seed if asked.seed is not None else FIRST.get(asked.art, 0)
    wanted = plan(first, asked.count / 2000)
    if asked.kinds:
        wanted = [(kind, seed) for kind, seed in wanted if kind in asked.kinds]
    found = _run(wanted, families)
    _print(found)
    if asked.json:
        (OUT / "judged.json").write_bytes(msgspec.json.encode(found))
    return 0


def _run(wanted: list[tuple[str, int]], families: tuple[str, ...]) -> list[Judged]:
    """Everything judged, in the order of the plan."""
    begun, found = time.monotonic(), []
    for count, one in enumerate(judged_all(wanted, families), 1):
        found.append(one)
        if count % 100 == 0 or count == len(wanted):
            sys.stderr.write(f"\r{count} of {len(wanted)} pictures, {time.monotonic() - begun:.0f} s ")
    sys.stderr.write("\n")
    place = {asked: number for number, asked in enumerate(wanted)}
    return sorted(found, key=lambda one: place[one.kind, one.seed])


def _print(found: list[Judged]) -> None:
    parts = [confusion(found), by_size(found), by_kind(found), by_scene(found), contains(found), times(found)]
    if {"genuine", "other", "altered"} <= {one.truth for one in found}:
        parts.append(curves(found))
    sys.stdout.write("\n\n".join(parts) + "\n\n")
    if MISSING:
        sys.stdout.write(MISSING + "\n")
    for one in found:
        if word := error(one):
            distance = "" if one.distance is None else f", distance {one.distance:.2f}"
            said = " ".join((one.verdict, *one.reasons))
            sys.stdout.write(f"{word}: --only {one.kind}:{one.seed}  ({one.seen}, {one.size} px{distance}, {said})\n")


def _one(asked: str, families: tuple[str, ...]) -> int:
    """Draws one picture again, writes it, and prints what is said of it."""
    kind, _, seed = asked.partition(":")
    picture = drawn(kind, int(seed), families)
    path = OUT / f"{kind}-{seed}.{_ending(picture.data)}"
    path.write_bytes(picture.data)
    sys.stdout.write(f"{path}\n{msgspec.json.format(msgspec.json.encode(judged(picture))).decode()}\n")
    return 0


def _ending(data: bytes) -> str:
    return "png" if data[:4] == b"\x89PNG" else "webp" if data[8:12] == b"WEBP" else "jpg"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.audits.logo.bench", description=__doc__)
    parser.add_argument("--count", type=int, default=2000, help="genuine pictures; the rest in proportion")
    parser.add_argument("--seed", type=int, help="the first seed of every kind")
    parser.add_argument("--art", default="final", help="final, tuning, or one family by name")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, metavar="KIND", help="only these kinds")
    parser.add_argument("--only", metavar="KIND:SEED", help="one picture, drawn again and judged")
    parser.add_argument("--json", action="store_true", help=f"write every result to {OUT}/judged.json")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
