"""The limits that were calibrated for each approved picture, kept in `limits.json` so that they are measured once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import msgspec

LIMITS = "limits.json"
# By size class and figure, the most that may be measured of a picture that only passed through a platform: one number,
# or rows of them where the figure is taken place by place.
Limits = Mapping[str, Mapping[str, float | Sequence[Sequence[float]]]]
_Above = Annotated[float, msgspec.Meta(gt=0)]
_Kept = dict[str, dict[str, dict[str, _Above | list[list[_Above]]]]]


def from_json(data: bytes) -> dict[str, Limits]:
    """The limits in a file by the key of the entry (`Entry.key`). A damaged file holds none: they are measured anew."""
    try:
        return dict(msgspec.json.decode(data, type=_Kept))
    except (msgspec.MsgspecError, RecursionError):
        return {}


def to_json(kept: Mapping[str, Limits]) -> bytes:
    """The file: a line for each picture, in a fixed order, so that versions of it can be compared."""
    told = (
        b"%b: %b" % (msgspec.json.encode(key), msgspec.json.encode(kept[key], order="sorted")) for key in sorted(kept)
    )
    return b"{\n%b\n}\n" % b",\n".join(told)
