from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PIL import Image

from audits.logo.blocks import STEPS
from audits.logo.calibration import SIZE, Limits, calibrate
from audits.logo.comparison import FRAMES, Residue, compare
from audits.logo.fitting import fitted
from audits.logo.limits import kept
from audits.logo.look import look
from audits.logo.master import Master
from audits.logo.placement import placement
from audits.logo.variants import variants
from fixtures.logos.emblem import LAYOUTS, layout
from tests.audits.logo.drawn import stand_ins
from tests.audits.logo.laying import brought_to, entry
from tests.audits.logo.measured import measured

# However well a picture keeps, so much is always allowed.
LEAST = {
    "light": 3.0,
    "colour": 4.0,
    "spot": 8.0,
    "wash_light": 2.0,
    "wash_colour": 2.5,
    "hue": 5.0,
    "tints": 3.0,
    "shape": 0.01,
}
BY_PLACE = ("light", "colour", "spot")
HAND = measured(4.0)[180]


def nothing() -> Residue:
    """A residue of which every figure is 0."""
    left = compare(brought_to(layout("emblem-blue"), 180), entry("emblem-blue").master.surfaces[180], placement(1.0))
    places, tints = np.zeros((STEPS, STEPS), dtype=np.float32), np.zeros(2, dtype=np.float32)
    return replace(
        left, light=places, colour=places, spot=places, wash_light=0, wash_colour=0, hue=0, tints=tints, shape=0, size=0
    )


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("least", FRAMES)
def test_no_limit_is_below_what_is_always_allowed(name, least):
    limits = entry(name).calibrated[least]

    for figure, allowed in LEAST.items():
        assert float(np.min(getattr(limits, figure))) >= allowed, figure
    assert all(getattr(limits, figure).shape == (STEPS, STEPS) for figure in BY_PLACE)
    assert len(limits.tints) == len(entry(name).master.surfaces[least].inks)


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize(("least", "side"), [(48, 48), (60, 72), (85, 100), (120, 150), (180, 180), (180, 400)])
def test_the_logo_itself_is_well_within_its_limits(name, least, side):
    fit = fitted(look(brought_to(layout(name), side)), entry(name).master, least)

    assert entry(name).calibrated[least].distance(fit.residue) < 0.75


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize(("least", "most"), [(48, 59), (60, 84), (85, 119), (120, 179), (180, 400)])
def test_genuine_pictures_that_set_no_limit_are_within_them(name, least, most):
    master = entry(name).master

    for one in variants(master.levels, (least, most), 5, seed=777_000 + least):
        fit = fitted(look(one.levels), master, least)
        assert entry(name).calibrated[least].distance(fit.residue) <= 1


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("other", LAYOUTS)
def test_another_logo_is_far_beyond_them(name, other):
    fit = fitted(look(brought_to(layout(other), 200)), entry(name).master, 180)

    assert (entry(name).calibrated[180].distance(fit.residue) < 3) == (name == other)


@pytest.mark.parametrize(
    ("change", "share"),
    [
        ({"wash_light": 3.0}, 1.5),
        ({"wash_colour": 2.5}, 1.0),
        ({"hue": 9.0}, 2.0),
        ({"shape": 0.0246}, 2.0),
        ({"size": SIZE / 2}, 0.5),
        ({"tints": np.array([0.0, 7.0])}, 2.0),
        ({}, 0.0),
        ({"hue": 4.5, "wash_light": 3.0, "size": SIZE / 2}, 1.5),
    ],
)
def test_the_distance_is_the_worst_figure_as_a_share_of_its_limit(change, share):
    assert HAND.distance(replace(nothing(), **change)) == pytest.approx(share)


@pytest.mark.parametrize(("figure", "limit"), [("light", 4.0), ("colour", 8.0), ("spot", 12.0)])
def test_what_is_wrong_at_one_place_counts_there_and_for_the_whole(figure, limit):
    values = np.zeros((STEPS, STEPS), dtype=np.float32)
    values[3, 17] = 1.25 * limit
    changes: dict[str, Any] = {figure: values}
    left = replace(nothing(), **changes)

    found = HAND.by_place(left)

    assert found[3, 17] == pytest.approx(1.25)
    assert np.count_nonzero(found) == 1
    assert HAND.distance(left) == pytest.approx(1.25)


def test_a_place_with_more_room_bears_more():
    light = np.full((STEPS, STEPS), 4.0, dtype=np.float32)
    light[5:8, 5:8] = 20
    limits, values = replace(HAND, light=light), np.zeros((STEPS, STEPS), dtype=np.float32)
    values[6, 6], values[12, 12] = 10, 2

    assert limits.by_place(replace(nothing(), light=values)).max() == pytest.approx(0.5)


def test_the_kept_limits_of_a_stand_in_are_those_that_are_measured():
    name = "wordmark-blue"

    for least, now in calibrate(Master(entry(name).image)).items():
        was: Limits = entry(name).calibrated[least]
        for figure in LEAST:
            assert np.asarray(getattr(now, figure)) == pytest.approx(
                np.asarray(getattr(was, figure)), rel=0.02, abs=0.06
            )


@pytest.mark.slow
def test_a_calibration_always_measures_the_same():
    image = layout("emblem-white", 300)

    assert kept(calibrate(Master(image))) == kept(calibrate(Master(image)))


@pytest.mark.slow
def test_a_logo_of_fine_lines_that_hardly_keeps_gets_limits_too():
    image = Image.new("RGB", (256, 256), (255, 255, 255))
    for row in range(40, 216, 6):
        image.paste((0, 70, 130), (40, row, 216, row + 1))

    limits = calibrate(Master(image))

    assert limits.keys() == FRAMES.keys()
    assert all(float(np.min(getattr(one, figure))) > 0 for one in limits.values() for figure in LEAST)


def test_every_stand_in_has_limits_for_every_size_class():
    assert all(one.calibrated.keys() == FRAMES.keys() for one in stand_ins().entries)
