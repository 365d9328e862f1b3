"""The avatars of the demo, drawn and judged: what the tests of the image check look at first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from audits.logo.approved import ApprovedSet, load
from audits.logo.limits import LIMITS
from audits.logo.verify import NEAR_LIMIT, verify
from audits.model import LogoVerdict
from fixtures.logos.drawing import draw_avatar
from fixtures.logos.emblem import APPROVED

SIZES = (150, 320, 400)
FORMATS = ("JPEG", "PNG", "WEBP", "JPEG")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One drawn avatar and what was said of it."""

    kind: str
    seed: int
    size: int
    said: LogoVerdict

    @property
    def wrong(self) -> bool:
        """An approved one refused or doubted; any other approved or doubted."""
        near = NEAR_LIMIT in self.said.reasons
        return near or (self.said.verdict == "approved") != (self.kind == "approved")


@cache
def stand_ins() -> ApprovedSet:
    """The approved set of the drawn emblem."""
    files = {path.name: path.read_bytes() for path in APPROVED.glob("*.png")}
    return load((APPROVED / "logos.toml").read_bytes(), files, (APPROVED / LIMITS).read_bytes())


def cases(kind: str, seeds: range, approved: ApprovedSet) -> Iterator[Case]:
    """One case for each seed, sizes and formats by turns."""
    for seed in seeds:
        size = SIZES[seed % len(SIZES)]
        data = draw_avatar(kind, seed, size, FORMATS[seed // len(SIZES) % len(FORMATS)])
        yield Case(kind=kind, seed=seed, size=size, said=verify(data, approved))
