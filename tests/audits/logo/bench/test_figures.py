from __future__ import annotations

import pytest

from tests.audits.logo.bench.figures import curve, percentile, share

INFINITE = float("inf")


def test_distances_that_never_mix_keep_all_and_have_the_whole_area():
    read = curve([0.1, 0.2, 0.3], [0.4, 0.9])

    assert read.area == 1
    assert read.kept == (1, 1, 1)


def test_distances_the_wrong_way_round_keep_nothing():
    read = curve([5, 6], [1, 2])

    assert read.area == 0
    assert read.kept == (0, 0, 0)


def test_equal_distances_count_half_of_the_area_and_are_not_kept():
    read = curve([1, 1], [1, 1])

    assert read.area == pytest.approx(0.5)
    assert read.kept[0] == 0


def test_the_area_is_the_share_of_pairs_in_the_right_order():
    # Of the six pairs (1, 3) (1, 4) (2, 3) (2, 4) (5, 3) (5, 4) four are in order.
    assert curve([1, 2, 5], [3, 4]).area == pytest.approx(4 / 6)


def test_a_rate_allows_as_many_wrongly_accepted_as_it_says():
    genuine = [index + 0.5 for index in range(10)]  # 0.5, 1.5 … 9.5
    wrong = [float(index) for index in range(1000)]  # 0, 1, 2 …

    read = curve(genuine, wrong)

    # None below 0; one (the 0) below 1; ten (0 to 9) below 10.
    assert read.kept == (0, 0.1, 1)


def test_few_wrong_ones_make_every_small_rate_the_same_as_none():
    read = curve([1, 3], [2, 4, 6])

    assert read.kept == (0.5, 0.5, 0.5)


def test_what_has_no_distance_is_never_kept_and_never_accepted():
    read = curve([0.5, INFINITE], [INFINITE, INFINITE])

    assert read.kept == (0.5, 0.5, 0.5)
    assert read.area == pytest.approx(0.75)


def test_a_share_counts_what_is_true():
    assert share(one > 1 for one in (1, 2, 3)) == (2, 3)
    assert share([]) == (0, 0)


def test_a_percentile_lies_between_its_neighbours_and_is_nought_without_values():
    assert percentile([1, 2, 3, 4], 50) == 2.5
    assert percentile([7], 95) == 7
    assert percentile([], 50) == 0
