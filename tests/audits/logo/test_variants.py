from __future__ import annotations

import math

import numpy as np
import pytest

from audits.logo.colour import pixels
from audits.logo.variants import variants
from fixtures.logos.emblem import LAYOUTS, layout

LOGO = pixels(layout("full-white"))
MANY = list(variants(LOGO, (60, 90), 60, seed=5))


def test_the_same_seed_gives_the_same_pictures():
    again = list(variants(LOGO, (60, 90), 60, seed=5))

    assert all((one.levels == other.levels).all() for one, other in zip(MANY, again, strict=True))
    assert [one.scale for one in MANY] == [one.scale for one in again]


def test_another_seed_gives_other_pictures():
    others = list(variants(LOGO, (60, 90), 60, seed=6))

    assert [one.levels.shape for one in MANY] != [one.levels.shape for one in others]
    assert [one.scale for one in MANY] != [one.scale for one in others]


@pytest.mark.parametrize(("sizes", "count"), [((48, 59), 20), ((120, 179), 20), ((200, 200), 3)])
def test_there_are_as_many_as_asked_for_and_all_within_the_sizes(sizes, count):
    made = list(variants(LOGO, sizes, count, seed=1))

    assert len(made) == count
    for one in made:
        assert one.levels.shape == (one.levels.shape[0], one.levels.shape[0], 3)
        assert sizes[0] <= one.levels.shape[0] <= sizes[1]
        assert one.levels.dtype == np.uint8


def test_the_sizes_are_spread_over_the_whole_class():
    sides = {one.levels.shape[0] for one in MANY}

    assert min(sides) < 65
    assert max(sides) > 85


def test_a_platform_cuts_off_or_adds_at_most_eight_per_cent_a_side_or_nothing():
    scales = [one.scale for one in MANY]

    assert 1 / (1 + 2 * 0.085) < min(scales) < 0.97
    assert 1.03 < max(scales) < 1 / (1 - 2 * 0.085)
    assert 0.1 < sum(math.isclose(scale, 1) for scale in scales) / len(scales) < 0.6


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_variant_still_looks_like_the_picture(name):
    for one in variants(pixels(layout(name)), (100, 120), 8, seed=8):
        side = one.levels.shape[0]
        own = pixels(layout(name, side))
        middle = slice(side // 3, 2 * side // 3)
        away = one.levels[middle, middle].mean((0, 1)) - own[middle, middle].mean((0, 1))
        assert np.abs(away).max() < 40


def test_some_variants_are_cut_round_and_some_show_their_corners():
    corners = {tuple(one.levels[0, 0].tolist()) for one in variants(pixels(layout("emblem-blue")), (100, 120), 40, 2)}

    assert any(min(corner) > 245 for corner in corners)
    assert any(max(corner) < 12 for corner in corners)
    assert any(corner[2] - corner[0] > 90 for corner in corners)  # the blue of the ground
