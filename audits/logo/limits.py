"""The limits that were calibrated for each approved picture, kept in `limits.json` so that they are measured once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import msgspec
import numpy as np

from audits.logo.blocks import STEPS
from audits.logo.calibration import Limits
from audits.logo.colour import Floats
from audits.logo.comparison import FRAMES

LIMITS = "limits.json"
_Above = Annotated[float, msgspec.Meta(gt=0)]
_Row = Annotated[list[_Above], msgspec.Meta(min_length=STEPS, max_length=STEPS)]
_Places = Annotated[list[_Row], msgspec.Meta(min_length=STEPS, max_length=STEPS)]


class KeptLimits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`Limits` of one size class as numbers that can be written down."""

    light: _Places
    colour: _Places
    spot: _Places
    wash_light: _Above
    wash_colour: _Above
    hue: _Above
    tints: list[_Above]
    shape: _Above


Kept = Mapping[str, KeptLimits]  # by size class
_CLASSES = frozenset(map(str, FRAMES))


def from_json(data: bytes) -> dict[str, Kept]:
    """The limits in a file by the key of the entry (`Entry.key`). A damaged file holds none: they are measured anew."""
    try:
        found = msgspec.json.decode(data, type=dict[str, dict[str, KeptLimits]])
    except (msgspec.MsgspecError, RecursionError):
        return {}
    return {key: one for key, one in found.items() if one.keys() == _CLASSES}


def to_json(found: Mapping[str, Kept]) -> bytes:
    """The file: a line for each picture, in a fixed order, so that versions of it can be compared."""
    told = (
        b"%b: %b" % (msgspec.json.encode(key), msgspec.json.encode(found[key], order="sorted")) for key in sorted(found)
    )
    return b"{\n%b\n}\n" % b",\n".join(told)


def read(found: Kept) -> dict[int, Limits]:
    """The limits by size class, from what was kept of them."""
    return {int(least): _limits(one) for least, one in found.items()}


def kept(limits: Mapping[int, Limits]) -> Kept:
    """What is kept of the limits by size class: numbers rounded, places in rows."""
    return {str(least): _kept(one) for least, one in limits.items()}


def _limits(one: KeptLimits) -> Limits:
    return Limits(
        light=np.array(one.light, dtype=np.float32),
        colour=np.array(one.colour, dtype=np.float32),
        spot=np.array(one.spot, dtype=np.float32),
        wash_light=one.wash_light,
        wash_colour=one.wash_colour,
        hue=one.hue,
        tints=np.array(one.tints, dtype=np.float32),
        shape=one.shape,
    )


def _kept(one: Limits) -> KeptLimits:
    return KeptLimits(
        light=_rows(one.light),
        colour=_rows(one.colour),
        spot=_rows(one.spot),
        wash_light=round(one.wash_light, 4),
        wash_colour=round(one.wash_colour, 4),
        hue=round(one.hue, 2),
        tints=[round(float(one), 2) for one in one.tints],
        shape=round(one.shape, 4),
    )


def _rows(places: Floats) -> list[list[float]]:
    rows: list[list[float]] = np.round(places.astype(np.float64), 1).tolist()
    return rows
