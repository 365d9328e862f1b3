"""The limits that were calibrated for each approved picture, kept in `limits.json` so that they are measured once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import msgspec

LIMITS = "limits.json"
# By size class and figure, the most that may be measured of a picture that only passed through a platform.
Limits = Mapping[str, Mapping[str, float]]
_Kept = dict[str, dict[str, dict[str, Annotated[float, msgspec.Meta(gt=0)]]]]


def from_json(data: bytes) -> dict[str, Limits]:
    """The limits in a file by the key of the entry (`Entry.key`). A damaged file holds none: they are measured anew."""
    try:
        return dict(msgspec.json.decode(data, type=_Kept))
    except (msgspec.MsgspecError, RecursionError):
        return {}


def to_json(kept: Mapping[str, Limits]) -> bytes:
    """The file, of which every line is in a fixed place, so that versions of it can be compared."""
    return msgspec.json.format(msgspec.json.encode(kept, order="sorted"), indent=1) + b"\n"
