from __future__ import annotations

import numpy as np
import pytest

from audits.logo.blocks import PARTS, STEPS, correlation, means, peaks, spread, worst
from audits.logo.colour import Floats

SIDE = 96
WHOLE = np.ones((SIDE, SIDE), dtype=np.float32)
NOISE = np.random.default_rng(3).normal(100, 20, (SIDE, SIDE)).astype(np.float32)


def flat(level: float) -> Floats:
    return np.full((SIDE, SIDE), level, dtype=np.float32)


def spot(row: int, column: int, side: int, level: float = 10) -> Floats:
    values = flat(0)
    values[row : row + side, column : column + side] = level
    return values


def test_even_values_are_the_mean_of_every_block():
    inner = spread(flat(3), flat(7), WHOLE)

    assert inner.shape == (STEPS, STEPS, 2)
    assert inner[..., 0] == pytest.approx(3)
    assert inner[..., 1] == pytest.approx(7)


def test_what_is_hidden_is_no_part_of_a_mean():
    half = WHOLE.copy()
    half[:, SIDE // 2 :] = 0

    found = spread(np.where(half > 0, flat(3), 99), flat(0), half)[..., 0]

    assert found[:, : STEPS // 2] == pytest.approx(3)
    assert not found[:, STEPS // 2 + 1 :].any()


@pytest.mark.parametrize(("row", "column"), [(40, 40), (0, 0), (10, 80), (88, 24)])
def test_a_block_of_another_value_shows_at_its_place_and_in_its_field_only(row, column):
    found = spread(spot(row, column, 8), flat(0), WHOLE)

    at = np.unravel_index(int(np.argmax(found[..., 0])), (STEPS, STEPS))
    step = SIDE // STEPS
    assert abs(at[0] * step - row) <= step
    assert abs(at[1] * step - column) <= step
    assert not found[..., 1].any()
    far = np.hypot(*np.mgrid[-at[0] : STEPS - at[0], -at[1] : STEPS - at[1]]) > 4
    assert not found[far, 0].any()


def test_one_odd_pixel_hardly_moves_the_mean_of_a_block_and_a_block_does():
    assert spread(spot(50, 50, 1), flat(0), WHOLE).max() < 0.2
    assert spread(spot(48, 48, 8), flat(0), WHOLE).max() > 5


def test_a_peak_is_higher_than_the_mean_of_its_block():
    small = spot(49, 49, 3)

    assert peaks(small, WHOLE).max() == pytest.approx(10)
    assert spread(small, flat(0), WHOLE).max() < 2


def test_a_peak_stands_at_its_place_and_one_odd_pixel_makes_none():
    found = peaks(spot(20, 72, 5), WHOLE)

    row, column = np.unravel_index(int(np.argmax(found)), (STEPS, STEPS))
    assert (int(row), int(column)) in {(5, 18), (5, 19), (6, 18), (6, 19)}
    assert peaks(spot(50, 50, 1), WHOLE).max() < 2
    assert not peaks(spot(20, 72, 5), 1 - np.minimum(spot(18, 70, 9), 1)).any()


def test_the_mean_of_a_block_counts_what_is_covered():
    values, mask = flat(4), WHOLE.copy()
    values[:8, :8] = 8
    mask[:8, 4:8] = 0

    average, cover = means(values, mask)

    assert average.shape == cover.shape == (PARTS, PARTS)
    assert average[0, 0] == pytest.approx(8)
    assert cover[0, 0] == pytest.approx(0.5)
    assert average[3, 3] == pytest.approx(4)
    assert means(values, mask * 0)[0].max() == 0


def test_the_worst_block_is_one_of_which_enough_is_seen():
    values, mask = flat(1), WHOLE.copy()
    values[:8, :8], values[8:16, :8] = 50, 20
    mask[:8, :5] = 0

    assert worst(values, mask) == pytest.approx(20)
    assert worst(values, mask, seen=0.3) == pytest.approx(50)
    assert worst(values, mask * 0) == 0


@pytest.mark.parametrize(
    ("other", "wanted"),
    [(NOISE, 1), (NOISE * 0.3 + 40, 1), (255 - NOISE, -1), (NOISE.T, 0), (flat(80), 0)],
)
def test_correlation_does_not_see_tone(other, wanted):
    assert correlation(NOISE, other, WHOLE) == pytest.approx(wanted, abs=0.05)
    assert correlation(other, NOISE, WHOLE) == pytest.approx(wanted, abs=0.05)


def test_correlation_does_not_see_what_is_hidden():
    other = NOISE.copy()
    other[:40] = 0
    mask = WHOLE.copy()
    mask[:40] = 0

    assert correlation(NOISE, other, mask) == pytest.approx(1, abs=1e-4)
    assert correlation(NOISE, other, WHOLE) < 0.6
