"""Judges a drawn suite, prints its figures as Markdown, and shows every error in out/bench-logo/errors.html.

The figures of docs/logo.md come from `final` art and seeds; the method was tuned on `tuning`.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import msgspec

from fixtures.logos.art import draw
from tests.audits.logo.bench.goals import goals
from tests.audits.logo.bench.judged import Judged
from tests.audits.logo.bench.judging import judged, judged_all
from tests.audits.logo.bench.report import report
from tests.audits.logo.bench.sheet import media_type, sheet
from tests.audits.logo.bench.suite import FAMILIES, FIRST, GENUINE, KINDS, NAMES, WHOLE, drawn, plan
from tests.audits.logo.passing import encoded

OUT = Path("out/bench-logo")
_EVERY = 50  # pictures between two lines of progress


def main() -> int:
    """Runs the bench; 1 when a figure that must be reached is missed."""
    asked = _arguments()
    families = FAMILIES.get(asked.art, (asked.art,))
    OUT.mkdir(parents=True, exist_ok=True)
    if asked.only:
        return _one(asked.only, families)
    first = FIRST.get(asked.art, 0) if asked.seed is None else asked.seed
    wanted = [one for one in plan(first, asked.count / WHOLE) if one[0] in (asked.kinds or KINDS)]
    found = _run(wanted, families)
    said = f"python -m tests.audits.logo.bench --art {asked.art} --seed {first} --count {asked.count}"
    sys.stdout.write(f"`{said}`: {len(found)} pictures of {', '.join(families)}\n\n{report(found)}")
    (OUT / "errors.html").write_text(_sheet(found, asked.art, families), encoding="utf-8")
    if asked.json:
        (OUT / "judged.json").write_bytes(msgspec.json.encode(found))
    return 0 if all(goal.reached for goal in goals(found)) else 1


def _run(wanted: list[tuple[str, int]], families: tuple[str, ...]) -> list[Judged]:
    """Everything judged, in the order of the plan."""
    begun, found = time.monotonic(), []
    for one in judged_all(wanted, families):
        found.append(one)
        if len(found) % _EVERY == 0 or len(found) == len(wanted):
            sys.stderr.write(f"\r{len(found)} of {len(wanted)} pictures, {time.monotonic() - begun:.0f} s")
    sys.stderr.write("\n")
    place = {asked: number for number, asked in enumerate(wanted)}
    return sorted(found, key=lambda one: place[one.kind, one.seed])


def _sheet(found: list[Judged], art: str, families: tuple[str, ...]) -> str:
    def again(one: Judged) -> bytes:
        return drawn(one.kind, one.seed, families).data

    def model(one: Judged) -> bytes:
        origin = drawn(one.kind, one.seed, families).origin
        return encoded(draw(origin.art, one.variant or origin.layout, size=152), "PNG")

    return sheet(found, art, again, model)


def _one(asked: str, families: tuple[str, ...]) -> int:
    """Draws one picture again, writes it, and prints what is said of it."""
    kind, _, seed = asked.partition(":")
    if kind not in KINDS or not seed.isdecimal():
        sys.stderr.write(f"--only wants KIND:SEED, for example {GENUINE}:{FIRST['final']}\nkinds: {', '.join(KINDS)}\n")
        return 2
    picture = drawn(kind, int(seed), families)
    path = OUT / f"{kind}-{seed}.{media_type(picture.data).removeprefix('image/')}"
    path.write_bytes(picture.data)
    sys.stdout.write(f"{path}\n{msgspec.json.format(msgspec.json.encode(judged(picture))).decode()}\n")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.audits.logo.bench", description=__doc__)
    parser.add_argument("--count", type=int, default=WHOLE, help="genuine pictures; the rest in proportion")
    parser.add_argument("--seed", type=int, help="the first seed of every kind")
    parser.add_argument("--art", default="final", choices=(*FAMILIES, *NAMES), help="final, tuning, or one family")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, metavar="KIND", help="only these kinds")
    parser.add_argument("--only", metavar="KIND:SEED", help="one picture, drawn again and judged")
    parser.add_argument("--json", action="store_true", help=f"write every result to {OUT}/judged.json")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
