from __future__ import annotations

from copy import deepcopy
from typing import Any

import msgspec
import pytest

from audits.logo.comparison import FRAMES
from audits.logo.limits import from_json, read, to_json
from tests.audits.logo.measured import kept_limits


def written() -> dict[str, Any]:
    document: dict[str, Any] = msgspec.json.decode(to_json({"a": kept_limits(4.04)}))
    return document


def test_limits_are_read_back_as_they_were_written_and_always_in_one_order():
    both = {"b": kept_limits(4.04), "a": kept_limits(7.5)}

    assert from_json(to_json(both)) == both
    assert to_json(both) == to_json(dict(reversed(both.items())))


def test_what_was_kept_is_what_was_measured_to_a_tenth():
    found = read(from_json(to_json({"a": kept_limits(4.04)}))["a"])

    assert set(found) == set(FRAMES)
    assert float(found[180].light[3, 5]) == pytest.approx(4.0)
    assert (found[48].wash_light, found[48].shape) == (2.0, 0.0123)


@pytest.mark.parametrize(
    "data", [b"", b"{", b"\xff", b"[]", b'{"a": 1}', b'{"a": {"48": {"light": "3"}}}', b'{"a":' * 100_000]
)
def test_a_damaged_file_holds_no_limits(data):
    assert from_json(data) == {}


@pytest.mark.parametrize("change", ["class missing", "figure missing", "row missing", "short row", "zero", "text"])
def test_limits_of_another_form_are_measured_anew(change):
    document = deepcopy(written())
    one = document["a"]["48"]
    match change:
        case "class missing":
            del document["a"]["48"]
        case "figure missing":
            del one["spot"]
        case "row missing":
            one["light"].pop()
        case "short row":
            one["light"][3].pop()
        case "zero":
            one["light"][3][4] = 0
        case _:
            one["shape"] = "0.1"

    assert from_json(msgspec.json.encode(document)) == {}
