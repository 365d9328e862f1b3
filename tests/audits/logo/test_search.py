from __future__ import annotations

from functools import cache
from itertools import product
from random import Random

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps

from audits.logo.search import Found, find
from audits.logo.search_target import Sought
from fixtures.logos.art import Art, draw, extent
from fixtures.logos.contained import LURES, MANNERS, Box, contain, lure
from fixtures.logos.emblem import LAYOUTS, layout
from fixtures.logos.families import BLUE, FLAME_ART, HERON_ART, LIGHTHOUSE_ART
from fixtures.logos.outlines import WHITE
from fixtures.logos.passage import saved_before
from fixtures.logos.photos import photo
from fixtures.logos.scenes import OTHERS

SIZE = 400  # pixels a side of the photographs here


@cache
def sought(art: Art = FLAME_ART) -> tuple[Sought, ...]:
    return tuple(Sought(name, draw(art, name), made.shape) for name, made in art.layouts.items())


def served(picture: Image.Image) -> Image.Image:
    return saved_before(picture.resize((SIZE, SIZE), Image.Resampling.BICUBIC), 80)


def with_avatar(name: str, side: int, avatar: Image.Image | None = None) -> tuple[Image.Image, Box]:
    """A photograph with an approved picture as a square in it, and the box of that square."""
    rng = Random(side)
    picture = photo(rng).resize((SIZE, SIZE))
    at = rng.randint(0, SIZE - side), rng.randint(0, SIZE - side)
    picture.paste((avatar or layout(name)).resize((side, side), Image.Resampling.LANCZOS), at)
    return saved_before(picture, 80), (*at, side, side)


def common(found: Found | None, box: tuple[float, ...]) -> float:
    """Intersection over union; 0 when nothing was found."""
    if found is None:
        return 0.0
    x, y, wide, high = found.box
    across = min(x + wide, box[0] + box[2]) - max(x, box[0])
    down = min(y + high, box[1] + box[3]) - max(y, box[1])
    shared = max(0, across) * max(0, down)
    return shared / (wide * high + box[2] * box[3] - shared)


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("art", [FLAME_ART, LIGHTHOUSE_ART, HERON_ART], ids=lambda art: art.name)
def test_a_logo_is_found_where_it_lies_and_by_its_name(art, manner):
    for seed, name in enumerate(art.layouts):
        picture, box = contain(art, name, Random(seed), 0.3, manner)

        found = find(served(picture), sought(art))

        assert common(found, tuple(edge * SIZE / picture.width for edge in box)) > 0.8, name
        assert found is not None
        assert found.width == pytest.approx(box[2] / picture.width, abs=0.02)
        assert 0 <= found.strength <= 1


@pytest.mark.parametrize("manner", ["square", "round", "strip"])
def test_a_logo_of_fifty_pixels_on_a_ground_of_its_own_is_found(manner):
    for seed, (art, name) in enumerate(product((FLAME_ART, HERON_ART), range(4))):
        picture, box = contain(art, sorted(art.layouts)[name], Random(seed), 50 / SIZE, manner)

        found = find(served(picture), sought(art))

        assert common(found, tuple(edge * SIZE / picture.width for edge in box)) > 0.7


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("side", [90, 140, 240])
def test_of_a_whole_avatar_in_a_photograph_the_box_is_that_of_its_ink(name, side):
    picture, (x, y, _, _) = with_avatar(name, side)
    ink = extent(draw(FLAME_ART, name)) if LAYOUTS[name].stripes is None else (61, 165, 451, 246)
    left, top, right, bottom = (edge * side / 512 for edge in ink)

    found = find(picture, sought())

    assert common(found, (x + left, y + top, right - left, bottom - top)) > 0.8
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_round_avatar_in_a_photograph_is_found(name):
    picture, side = photo(Random(7)).resize((SIZE, SIZE)), 130
    mask = Image.new("L", (side, side))
    ImageDraw.Draw(mask).ellipse((0, 0, side - 1, side - 1), fill=255)
    picture.paste(layout(name).resize((side, side), Image.Resampling.LANCZOS), (60, 200), mask)

    assert getattr(find(picture, sought()), "name", None) == name


def test_a_word_by_itself_counts_as_part_of_the_logo_and_beside_another_sign_it_does_not():
    word = layout("full-white").resize((200, 200), Image.Resampling.LANCZOS).crop((20, 120, 180, 170))
    picture = photo(Random(3)).resize((SIZE, SIZE))
    ImageDraw.Draw(picture).rectangle((100, 40, 299, 239), fill=WHITE)
    picture.paste(word, (120, 160))
    alone = find(picture, sought())
    ImageDraw.Draw(picture).ellipse((170, 70, 230, 130), fill=(200, 30, 60))

    assert getattr(alone, "name", None) == "full-white"
    assert find(picture, sought()) is None


@pytest.mark.parametrize("kind", LURES)
@pytest.mark.parametrize("art", [FLAME_ART, LIGHTHOUSE_ART, HERON_ART], ids=lambda art: art.name)
def test_nothing_is_found_where_another_mark_lies_or_the_logo_in_a_mirror_or_in_other_colours(art, kind):
    for seed, name in enumerate(art.layouts):
        assert find(served(lure(kind, art, name, Random(seed), 0.3)), sought(art)) is None


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("side", [110, 200])
def test_a_whole_avatar_in_a_mirror_or_in_another_hue_is_not_found(name, side):
    hue, saturation, value = layout(name).convert("HSV").split()
    turned = Image.merge("HSV", (hue.point([(level + 2 * side) % 256 for level in range(256)]), saturation, value))

    assert find(with_avatar(name, side, ImageOps.mirror(layout(name)))[0], sought()) is None
    assert find(with_avatar(name, side, turned.convert("RGB"))[0], sought()) is None


@pytest.mark.parametrize("kind", OTHERS)
def test_the_avatars_of_others_hold_no_logo(kind):
    assert find(served(OTHERS[kind](FLAME_ART, Random(5))), sought()) is None


@pytest.mark.parametrize("name", ["full-white", "wordmark-blue"])
def test_a_logo_with_one_letter_exchanged_is_not_found(name):
    assert find(with_avatar(name, 180, draw(FLAME_ART, name, "letter_swapped"))[0], sought()) is None


@pytest.mark.parametrize("size", [(1, 1), (1, 512), (512, 3), (20, 20), (512, 40)])
def test_a_picture_with_hardly_any_pixels_holds_no_logo(size):
    assert find(photo(Random(3)).resize(size), sought()) is None


@pytest.mark.parametrize("colour", [BLUE, WHITE, (0, 0, 0)])
def test_a_picture_of_one_colour_holds_no_logo(colour):
    assert find(Image.new("RGB", (SIZE, SIZE), colour), sought()) is None


def test_noise_holds_no_logo():
    noise = np.random.default_rng(4).integers(0, 256, (SIZE, SIZE, 3), dtype=np.uint8)

    assert find(Image.fromarray(noise), sought()) is None


def test_an_approved_picture_without_ink_of_its_own_is_never_found():
    ramp = Image.linear_gradient("L").resize((512, 512)).convert("RGB")
    even = Sought("even", Image.new("RGB", (512, 512), BLUE), "full")
    smooth = Sought("smooth", ramp, "full")

    assert even.targets == ()
    assert find(photo(Random(1)), (even, smooth)) is None


def test_nothing_sought_is_nothing_found():
    assert find(photo(Random(1)), ()) is None
