"""What was said of one picture of the suite, and whether that is an error."""

from __future__ import annotations

import msgspec

from audits.logo.verify import NEAR_LIMIT
from audits.model import TOO_SMALL

SURE = 100  # pixels a side from which every picture must be judged
SIZE_CLASSES = ("48", "73-88", ">= 100")
TRUTHS = ("genuine", "altered", "other", "with logo", "without logo", "altered in photo")
VERDICTS = ("approved", "altered", "contains", "different", "unreadable")
SAME_BOX = 0.5  # overlap of two boxes as a share of what they cover together, from which they are one find

_NO_LOGO = {"approved": "accepted", "altered": "called altered", "contains": "false find"}
_ERRORS = {
    "genuine": dict.fromkeys(("altered", "contains", "different"), "refused"),
    "altered": {"approved": "accepted", "contains": "false find"},
    "other": _NO_LOGO,
    "with logo": {"approved": "accepted", "altered": "missed", "different": "missed"},
    "without logo": _NO_LOGO,
    "altered in photo": {"approved": "accepted", "contains": "false find"},
}

Box = tuple[int, int, int, int]


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """One picture and what was said of it.

    `seen` is what was drawn: an approved layout, a scene or a ground. Boxes are x, y, width, height in pixels. Of
    `expected` any one reason is right; without any, none is asked. Times are milliseconds of CPU: `cpu` for the whole
    verdict, `stages` by the name of the stage. `hashes` and `hash_cpu` go by the name of the method: the least distance
    to an approved picture, in bits, and the time of the hash.
    """

    truth: str
    kind: str
    seed: int
    family: str
    seen: str
    size: int
    box: Box | None = None
    expected: tuple[str, ...] = ()
    verdict: str
    variant: str | None
    distance: float | None
    reasons: tuple[str, ...]
    found: Box | None
    cpu: float
    stages: dict[str, float] = {}
    hashes: dict[str, float] = {}
    hash_cpu: dict[str, float] = {}

    @property
    def doubted(self) -> bool:
        """Whether a person is asked to look."""
        return NEAR_LIMIT in self.reasons

    @property
    def open(self) -> bool:
        """Left unanswered because so small a picture may be."""
        return self.size < SURE and self.verdict == "unreadable" and TOO_SMALL in self.reasons

    @property
    def explained(self) -> bool:
        """Whether one of the right reasons is given."""
        return not set(self.expected).isdisjoint((self.verdict, *self.reasons))


def size_class(size: int) -> str:
    """One of SIZE_CLASSES."""
    if size >= SURE:
        return SIZE_CLASSES[2]
    return SIZE_CLASSES[1] if size >= 60 else SIZE_CLASSES[0]


def overlap(one: Box, other: Box) -> float:
    """What two boxes share, as a share of what they cover together: 1 = the same box, 0 = apart."""
    across = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    down = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    if across <= 0 or down <= 0:
        return 0.0
    shared = across * down
    return shared / (one[2] * one[3] + other[2] * other[3] - shared)


def error(judged: Judged) -> str | None:
    """What is wrong with the verdict, in a word or two; None = nothing, or too small a picture to be judged.

    An altered logo called different is none: it fails the same clause, and counts as one without the right reason.
    """
    if judged.open:
        return None
    if judged.truth == "with logo" and judged.box and judged.found and overlap(judged.box, judged.found) < SAME_BOX:
        return "wrong box"
    return "unreadable" if judged.verdict == "unreadable" else _ERRORS[judged.truth].get(judged.verdict)
