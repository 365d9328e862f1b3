from __future__ import annotations

import math

import numpy as np
import pytest

from audits.logo.placement import Placement, grid, placement, sample, shown, views

QUARTER = 12
LEVELS = np.random.default_rng(7).integers(20, 250, (24, 24), dtype=np.uint8)


def place(a: float, b: float, x: float, c: float, d: float, y: float) -> Placement:
    return Placement(matrix=np.array([[a, b], [c, d]], dtype=np.float32), shift=np.array([x, y], dtype=np.float32))


IDENTITY = place(1, 0, 0, 0, 1, 0)
MIRROR = place(-1, 0, 0, 0, 1, 0)


def moved(way: Placement, point: tuple[float, float]) -> list[float]:
    return [float(number) for number in way.matrix @ np.array(point) + way.shift]


def test_the_six_numbers_come_row_by_row():
    assert place(1, 2, 5, 3, 4, 6).numbers == (1, 2, 5, 3, 4, 6)


@pytest.mark.parametrize(
    ("way", "scale"),
    [
        (IDENTITY, 1),
        (MIRROR, 1),
        (place(2, 0, 0.3, 0, 8, 0), 4),
        (place(0, -0.5, 0, 0.5, 0, 0), 0.5),
        (place(0, 0, 0, 0, 0, 0), 0),
    ],
)
def test_the_scale_is_that_of_the_area_a_side(way, scale):
    assert way.scale == pytest.approx(scale)


@pytest.mark.parametrize(
    ("way", "ratio"),
    [
        (IDENTITY, 1),
        (place(3, 0, 0, 0, 3, 0), 1),
        (place(0, -2, 0, 2, 0, 0), 1),
        (place(2, 0, 0, 0, 1, 0), 2),
        (place(0.5, 0, 0, 0, 1, 0), 2),
        (place(0, 1.5, 0, -1, 0, 0), 1.5),
        (place(-1.2, 0, 0, 0, 1, 0), 1.2),
    ],
)
def test_the_stretch_is_the_ratio_of_the_long_side_to_the_short_one(way, ratio):
    assert math.exp(way.stretch) == pytest.approx(ratio)


@pytest.mark.parametrize(
    ("way", "mirrored"),
    [
        (IDENTITY, False),
        (MIRROR, True),
        (place(1, 0, 0, 0, -1, 0), True),
        (place(-1, 0, 0, 0, -1, 0), False),
        (place(0, 1, 0, 1, 0, 0), True),
        (place(0, -1, 0, 1, 0, 0), False),
    ],
)
def test_a_place_is_mirrored_when_left_and_right_are_exchanged(way, mirrored):
    assert way.mirrored is mirrored


@pytest.mark.parametrize(
    ("way", "degrees"),
    [
        (IDENTITY, 0),
        (place(0, -1, 0, 1, 0, 0), 90),  # what was on the right comes below
        (place(0, 1, 0, -1, 0, 0), -90),
        (place(3, 0, 0.2, 0, 2, 0), 0),
        (MIRROR, 0),
        (place(0, 1, 0, 1, 0, 0), 90),  # the quarter turn to the right, mirrored
    ],
)
def test_the_turn_is_in_degrees_clockwise_as_one_sees_it(way, degrees):
    assert way.turn == pytest.approx(degrees, abs=1e-4)


@pytest.mark.parametrize("degrees", [-179, -90, -15, 3, 45, 120])
def test_a_place_that_was_turned_says_by_how_much(degrees):
    turned = placement(0.9, (0.1, -0.2), degrees)

    assert turned.turn == pytest.approx(degrees, abs=1e-3)
    assert turned.flipped.mirrored
    assert turned.flipped.turn == pytest.approx(turned.turn, abs=1e-3)


def test_a_place_is_made_of_a_scale_a_shift_and_a_shape():
    assert placement(2, (0.1, -0.3)).numbers == pytest.approx((2, 0, 0.1, 0, 2, -0.3))
    assert placement(2, wide=4).numbers == pytest.approx((4, 0, 0, 0, 1, 0))
    assert placement(1, turn=90).numbers == pytest.approx((0, -1, 0, 1, 0, 0), abs=1e-6)


@pytest.mark.parametrize(
    ("way", "astray"),
    [
        (IDENTITY, 0),
        (placement(0.8, (0.1, -0.1)), 0),  # a border on two sides
        (placement(1.2, (-0.1, 0.05)), 0),
        (placement(1.0, (0.0, -0.07)), 0.07),
        (placement(0.9, (0.05, 0.15)), 0.1),
    ],
)
def test_a_logo_is_astray_where_no_border_and_no_cut_brings_it(way, astray):
    assert way.astray == pytest.approx(astray, abs=1e-6)


def test_what_lay_left_in_a_picture_lies_right_in_the_flipped_one():
    way = place(1.5, 0.2, 0.1, -0.3, 0.8, 0.05)

    across, down = moved(way, (0.2, -0.4))

    assert moved(way.flipped, (0.2, -0.4)) == pytest.approx([-across, down])
    assert way.flipped.flipped.numbers == pytest.approx(way.numbers)


@pytest.mark.parametrize("way", [IDENTITY, MIRROR, place(2, 0, 0.2, 0, 2, -0.4), place(0.5, 0.4, 0.1, -0.7, 1.2, 0.3)])
def test_the_inverse_brings_every_point_back(way):
    for point in ((0.0, 0.0), (0.5, -0.5), (-0.2, 0.35)):
        across, down = moved(way, point)
        assert moved(way.inverse, (across, down)) == pytest.approx(point, abs=1e-6)


def test_the_inverse_of_a_larger_shifted_place_is_a_smaller_one_shifted_back():
    assert place(2, 0, 0.2, 0, 2, -0.4).inverse.numbers == pytest.approx((0.5, 0, -0.1, 0, 0.5, 0.2))


def test_the_grid_gives_the_middles_of_pixels_row_by_row():
    assert grid(2).tolist() == [[-0.25, -0.25], [0.25, -0.25], [-0.25, 0.25], [0.25, 0.25]]


@pytest.mark.parametrize("cubic", [False, True])
@pytest.mark.parametrize("levels", [LEVELS, np.stack((LEVELS, LEVELS.T, 255 - LEVELS), axis=-1)])
def test_a_picture_at_its_own_place_is_seen_as_it_is(levels, cubic):
    assert sample(levels, IDENTITY, 24, cubic=cubic) == pytest.approx(levels, abs=0.01)


@pytest.mark.parametrize(
    ("way", "wanted"),
    [
        (MIRROR, LEVELS[:, ::-1]),
        (place(1, 0, 0, 0, -1, 0), LEVELS[::-1]),
        (placement(1, turn=90), np.rot90(LEVELS)),  # turned clockwise in the picture, so it is turned back
        (placement(1, turn=180), LEVELS[::-1, ::-1]),
        (placement(1, turn=-90), np.rot90(LEVELS, -1)),
    ],
)
def test_a_moved_logo_is_seen_as_it_was_before(way, wanted):
    assert sample(LEVELS, way, 24) == pytest.approx(wanted, abs=0.05)


@pytest.mark.parametrize(
    ("shift", "rows", "columns"),
    [
        ((-0.25, -0.25), slice(0, 12), slice(0, 12)),
        ((0.25, -0.25), slice(0, 12), slice(12, 24)),
        ((-0.25, 0.25), slice(12, 24), slice(0, 12)),
        ((0, 0), slice(6, 18), slice(6, 18)),
    ],
)
def test_a_logo_in_a_part_of_the_picture_shows_that_part(shift, rows, columns):
    assert sample(LEVELS, placement(0.5, shift), QUARTER) == pytest.approx(LEVELS[rows, columns], abs=0.05)


def test_beyond_the_picture_all_is_black():
    seen = sample(LEVELS, placement(2), 48)

    assert seen[12:36, 12:36] == pytest.approx(LEVELS, abs=0.05)
    assert not seen[:11].any()
    assert not seen[:, 37:].any()


@pytest.mark.parametrize(("scale", "share"), [(1, math.pi * 0.47**2), (2, math.pi * 0.47**2 / 4), (0.5, 1)])
def test_of_a_logo_only_what_lies_in_the_circle_of_the_picture_is_shown(scale, share):
    assert shown(placement(scale), 200).mean() == pytest.approx(share, abs=0.005)


def test_of_a_logo_that_was_moved_right_the_left_is_shown():
    seen = shown(placement(1, (0.5, 0)), 100).reshape(100, 100)

    assert seen[50, 10]
    assert not seen[50, 50:].any()


def test_the_table_begins_with_what_a_platform_does_by_itself():
    places, plain = views()

    assert all(way.stretch < 1e-4 and abs(way.turn) < 1e-3 and not way.mirrored for way in places[:plain])
    assert all(0.8 < way.scale < 1.23 and float(np.abs(way.shift).max()) < 0.15 for way in places[:plain])
    assert all(way.stretch > 0.1 or abs(way.turn) > 5 for way in places[plain:])
