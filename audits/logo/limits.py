"""The limits that were calibrated for each approved picture, kept in `limits.json` so that they are measured once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import msgspec
import numpy as np

from audits.logo.calibration import Limits
from audits.logo.colour import Floats

LIMITS = "limits.json"
# By size class and figure, the most that may be measured of a picture that only passed through a platform: one number,
# or rows of them where the figure is taken place by place.
Kept = Mapping[str, Mapping[str, float | Sequence[Sequence[float]]]]
_Above = Annotated[float, msgspec.Meta(gt=0)]
_File = dict[str, dict[str, dict[str, _Above | list[list[_Above]]]]]


def from_json(data: bytes) -> dict[str, Kept]:
    """The limits in a file by the key of the entry (`Entry.key`). A damaged file holds none: they are measured anew."""
    try:
        return dict(msgspec.json.decode(data, type=_File))
    except (msgspec.MsgspecError, RecursionError):
        return {}


def to_json(kept: Mapping[str, Kept]) -> bytes:
    """The file: a line for each picture, in a fixed order, so that versions of it can be compared."""
    told = (
        b"%b: %b" % (msgspec.json.encode(key), msgspec.json.encode(kept[key], order="sorted")) for key in sorted(kept)
    )
    return b"{\n%b\n}\n" % b",\n".join(told)


def read(kept: Kept) -> dict[int, Limits]:
    """The limits by size class, from what was kept of them. KeyError when a figure is missing."""
    return {int(least): _limits(figures) for least, figures in kept.items()}


def _limits(figures: Mapping[str, float | Sequence[Sequence[float]]]) -> Limits:
    def by_place(name: str) -> Floats:
        return np.asarray(figures[name], dtype=np.float32)

    def whole(name: str) -> float:
        return float(np.asarray(figures[name]).item())

    return Limits(
        light=by_place("light"),
        colour=by_place("colour"),
        spot=by_place("spot"),
        wash_light=whole("wash_light"),
        wash_colour=whole("wash_colour"),
        shape=whole("shape"),
    )


def kept(limits: Mapping[int, Limits]) -> Kept:
    """What is kept of the limits by size class: numbers rounded, places in rows."""
    return {str(least): _figures(one) for least, one in limits.items()}


def _figures(limits: Limits) -> dict[str, float | list[list[float]]]:
    by_place = {name: np.round(getattr(limits, name).astype(float), 1).tolist() for name in ("light", "colour", "spot")}
    return by_place | {name: round(getattr(limits, name), 4) for name in ("wash_light", "wash_colour", "shape")}
