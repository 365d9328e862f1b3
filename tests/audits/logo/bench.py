"""Measures the image check on drawn avatars: `python -m tests.audits.logo.bench [--first SEED] [--count N]`.

Every seed is drawn at 150, 320 and 400 pixels in turn, as JPEG, PNG and WebP in turn; the figures are in docs/logo.md.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from audits.logo.approved import ApprovedSet, load
from audits.logo.verify import NEAR_LIMIT, verify
from audits.model import LogoVerdict
from fixtures.logos.drawing import KINDS, altered_kind, draw_avatar
from fixtures.logos.emblem import APPROVED, LAYOUTS, layout
from tests.audits.logo.passing import passed_on

SIZES = (150, 320, 400)
HARSHER = "approved, harsher passage"
GENUINE = ("approved", HARSHER)
FORMATS = ("JPEG", "PNG", "WEBP", "JPEG")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One drawn avatar and what was said of it."""

    kind: str
    seed: int
    size: int
    said: LogoVerdict
    seconds: float

    @property
    def wrong(self) -> bool:
        """An approved one refused or doubted; any other approved or doubted."""
        near = NEAR_LIMIT in self.said.reasons
        return near or (self.said.verdict == "approved") != (self.kind in GENUINE)


def stand_ins() -> ApprovedSet:
    """The approved set of the drawn emblem."""
    files = {path.name: path.read_bytes() for path in APPROVED.glob("*.png")}
    return load((APPROVED / "logos.toml").read_bytes(), files)


def cases(kind: str, seeds: range, approved: ApprovedSet) -> Iterator[Case]:
    """One case for each seed, sizes and formats by turns."""
    for seed in seeds:
        size = SIZES[seed % len(SIZES)]
        data = _drawn(kind, seed, size)
        begun = time.process_time()
        said = verify(data, approved)
        yield Case(kind=kind, seed=seed, size=size, said=said, seconds=time.process_time() - begun)


def _drawn(kind: str, seed: int, size: int) -> bytes:
    if kind == HARSHER:
        return passed_on(layout(sorted(LAYOUTS)[seed % len(LAYOUTS)]), seed, size)
    return draw_avatar(kind, seed, size, FORMATS[seed // len(SIZES) % len(FORMATS)])


def _table(kind: str, found: list[Case]) -> str:
    verdicts = Counter(case.said.verdict for case in found)
    distances = sorted(case.said.distance or 0.0 for case in found)
    extreme = distances[-1] if kind in GENUINE else distances[0]
    speeds = sorted(case.seconds * 1000 for case in found)
    wrong = [f"{case.seed}@{case.size}" for case in found if case.wrong]
    said = ", ".join(f"{word} {count}" for word, count in sorted(verdicts.items()))
    return (
        f"{kind}: {len(found)} | {said} | wrong {len(wrong)} {' '.join(wrong[:8])} | nearest to the limit {extreme:.2f}"
        f" | {speeds[len(speeds) // 2]:.1f} ms, 95 % under {speeds[len(speeds) * 95 // 100]:.1f} ms"
    )


def _reasons(found: list[Case]) -> str:
    told: dict[str, Counter[str]] = {}
    for case in found:
        told.setdefault(altered_kind(case.seed), Counter()).update([",".join(case.said.reasons) or case.said.verdict])
    return "\n".join(f"  {name}: {dict(counts.most_common(4))}" for name, counts in sorted(told.items()))


def main() -> int:
    """Prints one line a kind and the reasons told for each alteration; 1 when any case is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=500_000)
    parser.add_argument("--count", type=int, default=1000)
    asked = parser.parse_args()
    approved, bad = stand_ins(), False
    for kind in (*KINDS, HARSHER):
        count = asked.count * 3 if kind == "approved" else asked.count
        found = list(cases(kind, range(asked.first, asked.first + count), approved))
        bad = bad or any(case.wrong for case in found)
        sys.stdout.write(_table(kind, found) + "\n" + (_reasons(found) + "\n" if kind == "altered" else ""))
        sys.stdout.flush()
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
