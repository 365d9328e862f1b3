from __future__ import annotations

from functools import cache
from random import Random

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps

from audits.logo.approved import Entry
from audits.logo.search import Found, find
from audits.logo.search_target import Sought
from fixtures.logos.emblem import BLUE, GOLD, LAYOUTS, WHITE, draw_emblem, layout
from fixtures.logos.lettering import draw_word
from fixtures.logos.scenes import DIFFERENT, photo

Box = tuple[int, int, int, int]
_MARKS = {  # the ink of each layout, in shares of its side: left, top, right, bottom
    "emblem-blue": (0.2055, 0.18, 0.7945, 0.837),
    "emblem-white": (0.1865, 0.16, 0.8135, 0.86),
    "full-white": (0.18, 0.13, 0.82, 0.80),
    "wordmark-blue": (0.12, 0.322, 0.88, 0.478),
}


@cache
def sought() -> tuple[Sought, ...]:
    return tuple(
        Sought(Entry(name=name, shape=shape, file=f"{name}.png", image=layout(name)))
        for name, (shape, _) in LAYOUTS.items()
    )


def scene(seed: int, size: int = 400) -> Image.Image:
    return photo(Random(seed)).resize((size, size), Image.Resampling.BICUBIC)


def with_square(name: str, side: int, seed: int, logo: Image.Image | None = None) -> tuple[Image.Image, Box]:
    """A scene with an approved picture as a square, and the box of its ink."""
    picture, rng = scene(seed), Random(seed)
    x, y = rng.randint(0, 400 - side), rng.randint(0, 400 - side)
    picture.paste((logo or layout(name)).resize((side, side), Image.Resampling.LANCZOS), (x, y))
    left, top, right, bottom = (round(side * edge) for edge in _MARKS[name])
    return picture, (x + left, y + top, right - left, bottom - top)


def common(found: Found | None, box: Box) -> float:
    """Intersection over union; 0 when nothing was found."""
    if found is None:
        return 0.0
    x, y, wide, high = found.box
    across = min(x + wide, box[0] + box[2]) - max(x, box[0])
    down = min(y + high, box[1] + box[3]) - max(y, box[1])
    shared = max(0, across) * max(0, down)
    return shared / (wide * high + box[2] * box[3] - shared)


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("side", [90, 140, 240])
def test_an_approved_square_in_a_photograph_is_found_where_its_ink_lies(name, side):
    picture, box = with_square(name, side, side)

    found = find(picture, sought())

    assert found is not None
    assert found.name == name
    assert common(found, box) > 0.8
    assert found.width == pytest.approx(box[2] / 400, abs=0.02)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_round_avatar_in_a_photograph_is_found(name):
    picture, side = scene(7), 130
    mask = Image.new("L", (side, side))
    ImageDraw.Draw(mask).ellipse((0, 0, side - 1, side - 1), fill=255)
    picture.paste(layout(name).resize((side, side), Image.Resampling.LANCZOS), (60, 200), mask)

    found = find(picture, sought())

    assert found is not None
    assert found.name == name


def test_a_word_on_a_strip_across_the_photograph_is_found():
    picture = scene(11, 512)
    ImageDraw.Draw(picture).rectangle((0, 300, 511, 350), fill=BLUE)
    draw_word(picture, "POLITIE", (180, 310, 330, 340), WHITE)

    assert common(find(picture, sought()), (180, 311, 150, 28)) > 0.8


def test_an_emblem_straight_on_a_photograph_is_found():
    picture = Image.blend(scene(12, 512), Image.new("RGB", (512, 512), BLUE), 0.6)
    draw_emblem(picture, (200, 240), 40, (GOLD, WHITE, BLUE))

    found = find(picture.resize((400, 400), Image.Resampling.LANCZOS), sought())

    assert found is not None
    assert found.name == "emblem-blue"


def test_of_a_logo_with_emblem_and_word_the_box_holds_both():
    found = find(with_square("full-white", 200, 5)[0], sought())

    assert found is not None
    assert found.box[3] > found.box[2]


def test_a_word_whose_emblem_is_not_beside_it_still_counts_as_part_of_the_logo():
    picture = scene(13)
    ImageDraw.Draw(picture).rectangle((100, 100, 300, 170), fill=WHITE)
    draw_word(picture, "POLITIE", (120, 115, 280, 155), BLUE)

    assert getattr(find(picture, sought()), "name", None) == "full-white"


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("side", [110, 200])
def test_a_mirrored_logo_in_a_photograph_is_not_found(name, side):
    assert find(with_square(name, side, side, ImageOps.mirror(layout(name)))[0], sought()) is None


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("turn", [50, 110, 200])
def test_a_recoloured_logo_in_a_photograph_is_not_found(name, turn):
    hue, saturation, value = layout(name).convert("HSV").split()
    turned = Image.merge("HSV", (hue.point([(level + turn) % 256 for level in range(256)]), saturation, value))

    assert find(with_square(name, 160, turn, turned.convert("RGB"))[0], sought()) is None


@pytest.mark.parametrize("paint", DIFFERENT)
def test_nothing_is_found_in_photographs_faces_and_the_marks_of_others(paint):
    for seed in range(6):
        picture = scene(seed)
        picture.paste(paint(Random(seed)).resize((170, 170), Image.Resampling.LANCZOS), (120, 90))
        assert find(picture, sought()) is None
        assert find(paint(Random(seed)).resize((300, 300), Image.Resampling.LANCZOS), sought()) is None


def test_another_word_in_the_same_letters_is_not_found():
    picture = scene(21)
    ImageDraw.Draw(picture).rectangle((0, 150, 399, 220), fill=BLUE)
    draw_word(picture, "POLETIE", (100, 165, 300, 205), WHITE)

    assert find(picture, sought()) is None


@pytest.mark.parametrize("size", [(1, 1), (1, 512), (512, 3), (20, 20), (512, 40)])
def test_a_picture_with_hardly_any_pixels_holds_no_logo(size):
    assert find(scene(3).resize(size), sought()) is None


@pytest.mark.parametrize("colour", [BLUE, WHITE, (0, 0, 0)])
def test_a_picture_of_one_colour_holds_no_logo(colour):
    assert find(Image.new("RGB", (400, 400), colour), sought()) is None


def test_noise_holds_no_logo():
    noise = np.random.default_rng(4).integers(0, 256, (400, 400, 3), dtype=np.uint8)

    assert find(Image.fromarray(noise), sought()) is None


def test_an_approved_picture_without_ink_of_its_own_is_never_found():
    ramp = Image.linear_gradient("L").resize((512, 512)).convert("RGB")
    even = Sought(Entry(name="even", shape="full", file="even.png", image=Image.new("RGB", (512, 512), BLUE)))
    smooth = Sought(Entry(name="smooth", shape="full", file="smooth.png", image=ramp))

    assert even.targets == ()
    assert find(scene(1), (even, smooth)) is None


def test_nothing_sought_is_nothing_found():
    assert find(scene(1), ()) is None
