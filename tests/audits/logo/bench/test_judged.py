from __future__ import annotations

from typing import Any

import pytest

from tests.audits.logo.bench.judged import Judged, error, overlap, size_class


def judged(truth: str, verdict: str, **changes: Any) -> Judged:
    made: dict[str, Any] = {
        "kind": truth,
        "seed": 1,
        "family": "flame",
        "seen": "emblem",
        "size": 200,
        "variant": None,
        "distance": None,
        "reasons": (),
        "found": None,
        "cpu": 1.0,
    }
    return Judged(truth=truth, verdict=verdict, **(made | changes))


RIGHT = [
    ("genuine", "approved"),
    ("altered", "altered"),
    ("altered", "different"),
    ("other", "different"),
    ("with logo", "contains"),
    ("without logo", "different"),
    ("altered in photo", "different"),
    ("altered in photo", "altered"),
]
WRONG = [
    ("genuine", "altered", "refused"),
    ("genuine", "different", "refused"),
    ("genuine", "contains", "refused"),
    ("genuine", "unreadable", "unreadable"),
    ("altered", "approved", "accepted"),
    ("altered", "contains", "false find"),
    ("other", "approved", "accepted"),
    ("other", "altered", "called altered"),
    ("other", "contains", "false find"),
    ("with logo", "different", "missed"),
    ("with logo", "altered", "missed"),
    ("with logo", "approved", "accepted"),
    ("without logo", "contains", "false find"),
    ("without logo", "approved", "accepted"),
    ("altered in photo", "contains", "false find"),
]


@pytest.mark.parametrize(("truth", "verdict"), RIGHT)
def test_the_right_verdict_is_no_error(truth, verdict):
    assert error(judged(truth, verdict)) is None


@pytest.mark.parametrize(("truth", "verdict", "word"), WRONG)
def test_a_wrong_verdict_has_its_word(truth, verdict, word):
    assert error(judged(truth, verdict)) == word


def test_a_small_picture_may_be_left_open_but_a_large_one_may_not():
    assert error(judged("genuine", "unreadable", size=88, reasons=("too_small",))) is None
    assert error(judged("genuine", "unreadable", size=100, reasons=("too_small",))) == "unreadable"
    assert error(judged("genuine", "unreadable", size=88, reasons=("truncated",))) == "unreadable"


def test_a_small_picture_that_is_judged_wrongly_is_an_error():
    assert error(judged("altered", "approved", size=48)) == "accepted"


def test_a_find_beside_the_logo_is_the_wrong_box():
    there = judged("with logo", "contains", box=(10, 10, 40, 40), found=(12, 9, 40, 42))
    beside = judged("with logo", "contains", box=(10, 10, 40, 40), found=(60, 10, 40, 40))

    assert error(there) is None
    assert error(beside) == "wrong box"


def test_boxes_overlap_by_what_they_share_of_what_they_cover():
    assert overlap((0, 0, 10, 10), (0, 0, 10, 10)) == 1
    assert overlap((0, 0, 10, 10), (5, 0, 10, 10)) == pytest.approx(50 / 150)
    assert overlap((0, 0, 10, 10), (2, 2, 5, 4)) == pytest.approx(20 / 100)
    assert overlap((0, 0, 10, 10), (10, 0, 10, 10)) == 0
    assert overlap((0, 0, 10, 10), (20, 20, 5, 5)) == 0


@pytest.mark.parametrize(
    ("size", "name"), [(48, "48"), (73, "73-88"), (88, "73-88"), (100, ">= 100"), (150, ">= 100"), (800, ">= 100")]
)
def test_sizes_fall_into_three_classes(size, name):
    assert size_class(size) == name


def test_one_right_reason_explains_and_none_does_not():
    assert judged("altered", "altered", expected=("recoloured", "grey"), reasons=("grey", "near_limit")).explained
    assert not judged("altered", "altered", expected=("mirrored",), reasons=("covered",)).explained
    assert not judged("altered", "different", expected=("mirrored",)).explained


def test_a_verdict_near_a_limit_is_doubted():
    assert judged("genuine", "approved", reasons=("near_limit",)).doubted
    assert not judged("genuine", "approved").doubted
