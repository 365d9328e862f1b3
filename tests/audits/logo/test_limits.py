from __future__ import annotations

import pytest

from audits.logo.limits import Limits, from_json, to_json

KEPT: dict[str, Limits] = {
    "b": {"large": {"light": [[3.5, 4.0], [2.0, 1.5]], "shape": 0.5}},
    "a": {"small": {"shape": 0.02, "light": 1.0}},
}


def test_limits_are_read_back_as_they_were_written_and_always_in_one_order():
    assert from_json(to_json(KEPT)) == KEPT
    assert to_json(KEPT) == to_json(dict(reversed(KEPT.items())))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b'{"a": 1}',
        b'{"a": {"large": {"light": "3"}}}',
        b'{"a": {"large": {"light": NaN}}}',
        b'{"a": {"large": {"light": -1}}}',
        b'{"a": {"large": {"light": 0}}}',
        b'{"a": {"large": {"light": [1.0]}}}',
        b'{"a": {"large": {"light": [[1.0, 0]]}}}',
        b'{"a":' * 100_000,
    ],
)
def test_a_damaged_file_holds_no_limits(data):
    assert from_json(data) == {}
