from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageOps

from audits.logo.alignment import (
    AFFINE,
    FINE,
    SIDES,
    UNIFORM,
    alike,
    bent,
    guesses,
    pattern,
    refine,
    table,
    tone,
)
from audits.logo.colour import grey
from audits.logo.look import Look, look
from audits.logo.placement import grid, placement
from fixtures.logos.emblem import LAYOUTS, layout
from tests.audits.logo.laying import brought_to, entry, furthest, laid

NEAR = 0.003  # share of the width: less than half a pixel at the finest side of the fit
IDENTITY = placement(1.0)
EVEN = look(brought_to(Image.new("RGB", (320, 320), (0, 70, 130)), 320))
PLACES = (
    placement(1.0),
    placement(1.06, (0.02, -0.03)),
    placement(0.92, (-0.03, 0.02)),
    placement(1.0, (0.03, 0)),
    placement(1.15, (0, 0.05)),
    placement(0.86, (0.04, 0.04)),
)
BENT = (
    placement(1.0, turn=5),
    placement(0.95, turn=-4),
    placement(1.0, wide=1.06),
    placement(1.04, (0.01, 0.01), turn=3, wide=0.97),
)


def seen(image: Image.Image) -> Look:
    return look(brought_to(image, 320))


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("place", PLACES)
def test_a_logo_that_was_scaled_and_shifted_is_found_from_the_best_guess(name, place):
    shown, master = seen(laid(layout(name), place)), entry(name).master

    guess = guesses(master.table, shown.row)[0]
    found = refine(shown.greys, master.patterns, guess.place, UNIFORM, SIDES)

    assert furthest(guess.place, place) < 0.06
    assert furthest(found, place) < NEAR
    assert alike(shown.greys, master.patterns[FINE], found) > 0.98


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("place", BENT)
def test_a_logo_that_was_turned_or_stretched_a_little_is_found_by_a_fit_that_may(name, place):
    shown, master = seen(laid(layout(name), place)), entry(name).master

    found = refine(shown.greys, master.patterns, IDENTITY, AFFINE, SIDES)

    assert furthest(found, place) < NEAR
    assert found.turn == pytest.approx(place.turn, abs=0.2)
    assert found.stretch == pytest.approx(place.stretch, abs=0.005)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_platform_neither_turns_nor_stretches(name):
    shown, master = seen(laid(layout(name), placement(1.0, turn=5, wide=1.05))), entry(name).master

    found = refine(shown.greys, master.patterns, IDENTITY, UNIFORM, SIDES)

    assert (found.turn, found.stretch) == pytest.approx((0, 0), abs=1e-3)


def test_a_sticker_does_not_draw_the_fit_away():
    picture = laid(layout("full-white"), placement(1.04, (0.02, 0)))
    picture.paste((220, 30, 30), (60, 60, 140, 140))
    shown, master = seen(picture), entry("full-white").master

    found = refine(shown.greys, master.patterns, guesses(master.table, shown.row)[0].place, UNIFORM, SIDES)

    assert furthest(found, placement(1.04, (0.02, 0))) < NEAR


@pytest.mark.parametrize("start", [IDENTITY, placement(1.1, (0.02, -0.04)), placement(0.9, turn=10)])
@pytest.mark.parametrize("freedom", [UNIFORM, AFFINE])
def test_an_even_picture_does_not_carry_a_fit_far_away(start, freedom):
    for name in LAYOUTS:
        assert furthest(refine(EVEN.greys, entry(name).master.patterns, start, freedom, SIDES), start) < 0.15


def test_an_even_picture_is_like_nothing():
    master = entry("emblem-blue").master

    assert not EVEN.row.any()
    assert guesses(master.table, EVEN.row)[0].score == 0
    assert alike(EVEN.greys, master.patterns[FINE], IDENTITY) == 0


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_logo_is_like_itself_in_any_tone_and_unlike_its_negative(name):
    master, dim = entry(name).master, layout(name).point(lambda level: round(level * 0.7 + 40))

    assert alike(seen(dim).greys, master.patterns[FINE], IDENTITY) > 0.99
    assert alike(seen(ImageOps.invert(layout(name))).greys, master.patterns[FINE], IDENTITY) < -0.99


def test_the_best_guesses_come_first_and_as_many_as_were_asked():
    master = entry("full-white").master

    found = guesses(master.table, seen(layout("full-white")).row, 5)

    scores = [guess.score for guess in found]
    assert len(found) == 5
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == pytest.approx(1, abs=0.01)
    assert furthest(found[0].place, IDENTITY) < 0.01


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize(
    "place", [placement(1.0, turn=30), placement(1.15, turn=-120), placement(1.0, wide=1.33), placement(1.0, wide=0.75)]
)
def test_a_logo_that_was_bent_far_is_guessed_among_the_bent_views_only(name, place):
    shown, master = seen(laid(layout(name), place)), entry(name).master

    guess = bent(master.table, shown.row)

    assert furthest(guess.place, place) < 0.01
    assert guess.score > 0.97
    assert guesses(master.table, shown.row)[0].score < 0.85


def test_every_row_of_a_table_has_mean_zero_and_one_length():
    rows = table(grey(brought_to(layout("emblem-white"), 128)))

    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-4)
    assert rows.mean(axis=1) == pytest.approx(0, abs=1e-4)


def test_a_slope_tells_how_a_level_changes_when_the_logo_moves():
    ramp = np.tile(grid(96)[:96, 0] * 100, (96, 1)).astype(np.float32)  # 100 levels over the width

    made = pattern(ramp, 48)

    x, y = grid(48).T
    inner = np.abs(x) < 0.45
    wanted = np.stack((100 * x, 100 * y, 100 + 0 * x, 0 * x, 0 * x, 0 * x), axis=1)
    assert made.levels == pytest.approx(100 * x, abs=0.01)
    assert made.slopes[inner] == pytest.approx(wanted[inner], abs=0.05)


@pytest.mark.parametrize(("gain", "offset"), [(1.0, 0.0), (0.8, 30.0), (1.25, -12.0), (-1.0, 255.0)])
def test_the_tone_is_told_from_what_counts_only(gain, offset):
    levels = np.linspace(0, 255, 60, dtype=np.float32)
    weights = np.ones(60, dtype=np.float32)
    wanted = gain * levels + offset
    wanted[40:], weights[40:] = 7, 0

    assert tone(levels, wanted, weights) == pytest.approx((gain, offset), abs=1e-2)


def test_an_even_picture_has_no_gain():
    levels, wanted = np.full(30, 80, dtype=np.float32), np.linspace(0, 200, 30, dtype=np.float32)

    assert tone(levels, wanted, np.ones(30, dtype=np.float32)) == pytest.approx((1, 20), abs=1e-3)
    assert tone(levels, wanted, np.zeros(30, dtype=np.float32))[0] == 1
