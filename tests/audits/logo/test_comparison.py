from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps

from audits.logo.blocks import STEPS
from audits.logo.colour import pixels
from audits.logo.comparison import FRAMES, Residue, compare, rest, size_class, surface
from audits.logo.placement import Placement, placement
from fixtures.logos.emblem import LAYOUTS, layout
from tests.audits.logo.laying import brought_to, entry, laid
from tests.audits.logo.test_edges import turned_hue

HERE = placement(1.0)
LARGER, SHIFTED = placement(1.1, (0.02, -0.03)), placement(1.0, (0.02, 0))
# What no figure exceeds where nothing was done but a resize.
QUIET = {
    "light": 1.5,
    "colour": 2.0,
    "spot": 3.0,
    "wash_light": 0.7,
    "wash_colour": 1.0,
    "hue": 0.8,
    "tints": 1.3,
    "shape": 0.008,
    "size": 0.001,
}
ALL = frozenset(QUIET)


def figures(residue: Residue) -> dict[str, float]:
    return {name: float(np.max(getattr(residue, name))) for name in QUIET}


def against(image: Image.Image, name: str, place: Placement = HERE) -> Residue:
    return compare(brought_to(image, 200), entry(name).master.surfaces[180], place)


def dotted(ink: tuple[int, int, int], box: tuple[int, int, int, int]) -> Callable[[Image.Image], Image.Image]:
    def draw(image: Image.Image) -> Image.Image:
        marked = image.copy()
        ImageDraw.Draw(marked).ellipse(box, fill=ink)
        return marked

    return draw


def darker(image: Image.Image) -> Image.Image:
    return image.point(lambda level: round(level * 0.97))


def tinted(image: Image.Image) -> Image.Image:
    return Image.blend(image, Image.new("RGB", image.size, (220, 20, 20)), 0.1)


def shadowed(image: Image.Image) -> Image.Image:
    """The lower half darker."""
    half = image.point(lambda level: round(level * 0.85)).crop((0, 256, 512, 512))
    made = image.copy()
    made.paste(half, (0, 256))
    return made


@pytest.mark.parametrize(
    ("side", "least"),
    [
        (1, 48),
        (47, 48),
        (59, 48),
        (60, 60),
        (84, 60),
        (85, 85),
        (119, 85),
        (120, 120),
        (179, 120),
        (180, 180),
        (9e3, 180),
    ],
)
def test_a_picture_belongs_to_the_largest_class_that_it_fills(side, least):
    assert size_class(side) == least


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_logo_laid_upon_itself_leaves_nothing(name):
    for least, frame in FRAMES.items():
        own = entry(name).master.surfaces[least]
        left = figures(compare(brought_to(layout(name), least), own, HERE))
        assert own.side == frame
        assert left["shape"] < 0.02, least
        assert max(left["light"], left["colour"]) < 4, least
        assert left["size"] == 0
    assert [figure for figure, value in figures(against(layout(name), name)).items() if value > QUIET[figure]] == []


@pytest.mark.parametrize(
    ("name", "change", "loud", "quiet"),
    [
        ("emblem-white", darker, {}, ALL),
        ("full-white", darker, {}, ALL),
        (
            "emblem-white",
            dotted((120, 120, 120), (120, 430, 140, 450)),
            {"light": 4, "spot": 25},
            ALL - {"light", "spot", "wash_light", "shape"},
        ),
        (
            "emblem-blue",
            dotted((230, 40, 40), (270, 425, 310, 465)),
            {"colour": 30, "wash_colour": 4},
            {"tints", "size", "shape"},
        ),
        (
            "emblem-blue",
            lambda image: turned_hue(image, 7),
            {"hue": 10, "tints": 8, "wash_colour": 8},
            {"shape", "size"},
        ),
        ("full-white", lambda image: turned_hue(image, 7), {"hue": 10, "tints": 8}, {"shape", "size"}),
        ("emblem-blue", tinted, {"colour": 6, "wash_colour": 4, "tints": 6}, {"light", "spot", "shape", "size"}),
        ("full-white", tinted, {"wash_colour": 4, "tints": 5}, {"light", "shape", "size"}),
        ("emblem-white", shadowed, {"wash_light": 4}, {"hue", "size"}),
        ("full-white", ImageOps.invert, {"light": 60, "shape": 1.9}, {"size"}),
        (
            "wordmark-blue",
            lambda image: image.convert("L").convert("RGB"),
            {"colour": 30, "tints": 12},
            {"shape", "size"},
        ),
    ],
)
def test_a_change_shows_in_its_own_figures_and_not_in_the_others(name, change, loud, quiet):
    left = figures(against(change(layout(name)), name))

    assert [f"{figure} {left[figure]:.2f}" for figure, least in loud.items() if left[figure] <= least] == []
    assert [f"{figure} {left[figure]:.2f}" for figure in sorted(quiet) if left[figure] > QUIET[figure]] == []


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_place_that_is_a_little_off_shows_in_shape_and_light(name):
    left = figures(against(laid(layout(name), SHIFTED), name))

    assert left["shape"] > 0.1
    assert left["light"] > 10
    assert left["hue"] < QUIET["hue"]


@pytest.mark.parametrize("name", LAYOUTS)
def test_where_the_place_explains_a_move_only_the_size_is_left(name):
    left = figures(against(laid(layout(name), LARGER), name, LARGER))

    assert left["size"] == pytest.approx(math.log(1.1), abs=1e-3)
    assert [figure for figure, value in left.items() if figure != "size" and value > QUIET[figure]] == []


def test_the_size_counts_the_same_either_way():
    for scale in (0.8, 1.25):
        assert against(layout("emblem-blue"), "emblem-blue", placement(scale)).size == pytest.approx(
            math.log(1.25), abs=1e-3
        )


@pytest.mark.parametrize("at", [(140, 140), (330, 150), (250, 400)])
def test_a_spot_stands_where_it_is(at):
    across, down = at
    left = against(
        dotted((230, 40, 40), (across, down, across + 30, down + 30))(layout("emblem-white")), "emblem-white"
    )

    for field in (left.colour, left.spot):
        row, column = np.unravel_index(int(np.argmax(field)), (STEPS, STEPS))
        assert (column / STEPS, row / STEPS) == pytest.approx(((across + 15) / 512, (down + 15) / 512), abs=0.06)


def test_how_vivid_a_picture_is_goes_with_its_colours():
    pale = Image.blend(layout("emblem-blue"), layout("emblem-blue").convert("L").convert("RGB"), 0.5)

    assert against(layout("emblem-blue"), "emblem-blue").vividness == pytest.approx(1, abs=0.02)
    assert 0.35 < against(pale, "emblem-blue").vividness < 0.7
    assert against(pale.convert("L").convert("RGB"), "emblem-blue").vividness < 0.02


def test_the_tone_of_a_platform_is_taken_out_and_a_stronger_one_is_not():
    for share, most in ((0.95, 0.0), (1.04, 0.0), (0.7, 6.0)):
        toned = layout("emblem-white").point(lambda level, share=share: min(255, round(level * share)))
        left = against(toned, "emblem-white")
        assert (left.wash_light > 1.5) == (most > 0)


def test_the_inks_of_a_logo_are_its_colours_with_the_pixels_that_have_them():
    image = Image.new("RGB", (240, 240), (255, 255, 255))
    image.paste((0, 70, 130), (0, 0, 60, 240))

    own = surface(pixels(image), 180)

    assert len(own.inks) == 2
    blue = own.inks[1][1]
    assert len(blue) / own.side**2 == pytest.approx(0.25, abs=0.02)
    assert (blue % own.side).max() < own.side / 4
    assert np.abs(own.values[:, : own.side // 5] - own.inks[1][0]).max() < 0.2


def ringed(ground: tuple[int, int, int] | None, image: Image.Image) -> Image.Image:
    """Only the circle, on a ground, or on a striped one."""
    corners = Image.new("RGB", image.size, ground or (255, 255, 255))
    if ground is None:
        for row in range(0, image.height, 64):
            corners.paste((40, 120, 40), (0, row, image.width, row + 32))
    mask = Image.new("L", image.size)
    ImageDraw.Draw(mask).ellipse((0, 0, image.width - 1, image.height - 1), fill=255)
    return Image.composite(image, corners, mask)


def around(image: Image.Image, name: str = "emblem-blue", place: Placement = HERE, *, square: bool = False) -> float:
    levels = brought_to(image, 200)
    return rest(levels, compare(levels, entry(name).master.surfaces[180], place).beyond, place, square=square)


@pytest.mark.parametrize(
    ("ground", "in_round", "in_square"),
    [
        ((255, 255, 255), True, True),
        ((0, 0, 0), True, True),
        ((60, 160, 60), True, False),
        ((128, 128, 128), True, False),
        (None, False, False),
    ],
)
def test_the_corners_may_be_even_and_those_of_a_square_logo_only_as_masks_leave_them(ground, in_round, in_square):
    picture = ringed(ground, layout("emblem-blue"))

    assert (around(picture) < 5) == in_round
    assert (around(picture, square=True) < 5) == in_square
    assert in_round or around(picture) > 15
    assert in_square or around(picture, square=True) > 15


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("square", [False, True])
def test_the_corners_may_be_those_of_the_logo_itself(name, square):
    assert around(layout(name), name, square=square) < 3


@pytest.mark.parametrize("square", [False, True])
def test_uneven_corners_are_right_when_they_are_the_logos_own(square):
    own = ringed(None, layout("emblem-blue"))
    levels = brought_to(own, 200)
    beyond = compare(levels, surface(pixels(own), 180), HERE).beyond

    assert rest(levels, beyond, HERE, square=square) < 5


def test_a_wide_border_is_even_or_it_is_told():
    place = placement(0.7)
    padded = laid(layout("emblem-blue"), place)
    striped = padded.copy()
    for row in range(0, 512, 40):
        striped.paste((200, 30, 30), (0, row, 52, row + 20))

    assert around(padded, place=place) < 3
    assert around(striped, place=place) > 15
