from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from PIL import Image, ImageOps

from audits.logo.likeness import held, likeness
from audits.logo.look import look
from audits.logo.placement import Placement, placement
from fixtures.logos.alterations import ALTERATIONS
from fixtures.logos.art import draw
from fixtures.logos.emblem import LAYOUTS, layout
from fixtures.logos.families import FLAME_ART, HERON_ART
from fixtures.logos.icons import ICONS
from fixtures.logos.scenes import OTHERS
from tests.audits.logo.laying import brought_to, candidates, furthest, laid, likeliest, name_of
from tests.audits.logo.test_edges import turned_hue

LIKE = 0.22  # the score from which a picture is called an altered logo
NEAR = 0.02  # share of the width
HERE = placement(1.0)


MOVED: dict[str, Placement] = {
    "mirrored": HERE.flipped,
    "upside down": Placement(matrix=np.diag([1.0, -1.0]).astype(np.float32), shift=HERE.shift),
    "quarter to the right": placement(1.0, turn=90),
    "turned": placement(0.95, (0.02, 0.01), turn=24),
    "wider": placement(0.95, wide=1.25),
    "higher": placement(0.9, (0.0, 0.02), wide=0.75),
    "mirrored and turned": placement(1.0, turn=30).flipped,
}


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("way", MOVED)
def test_a_logo_that_was_moved_as_no_platform_does_is_found_where_it_is(name, way):
    one = likeliest(laid(layout(name), MOVED[way]))

    assert name_of(one.number) == name
    assert furthest(one.place, MOVED[way]) < NEAR
    assert one.score > 2 * LIKE


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize(("scale", "shift"), [(1.3, (0.05, -0.05)), (1.5, (0.0, -0.1)), (1.45, (-0.1, 0.0))])
def test_an_enlarged_piece_is_found_where_it_is(name, scale, shift):
    place = placement(scale, shift)

    one = likeliest(laid(layout(name), place))

    assert name_of(one.number) == name
    assert furthest(one.place, place) < 2 * NEAR
    assert one.score > 2 * LIKE


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize(
    "change",
    [
        lambda image: turned_hue(image, 110),
        lambda image: image.convert("L").convert("RGB"),
        lambda image: image.point(lambda level: 60 + level // 2),
        lambda image: Image.blend(image, Image.new("RGB", image.size, (240, 40, 40)), 0.4),
    ],
)
def test_a_logo_in_other_colours_lies_where_it_did(name, change):
    place = placement(1.04, (0.01, -0.02))

    one = likeliest(change(laid(layout(name), place)))

    assert name_of(one.number) == name
    assert furthest(one.place, place) < NEAR
    assert one.score > 0.8


@pytest.mark.parametrize("name", ["full-white", "wordmark-blue"])
def test_a_negative_is_a_likeness_too(name):
    one = likeliest(ImageOps.invert(layout(name)))

    assert (name_of(one.number), furthest(one.place, HERE) < NEAR) == (name, True)
    assert one.score > 0.8


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("side", [110, 400])
def test_the_size_of_the_picture_does_not_matter(name, side):
    one = likeliest(ImageOps.mirror(layout(name)), side)

    assert (name_of(one.number), one.place.mirrored) == (name, True)
    assert furthest(one.place, HERE.flipped) < NEAR


@pytest.mark.parametrize("kind", OTHERS)
def test_a_picture_of_something_else_is_like_none(kind):
    assert likeliest(OTHERS[kind](FLAME_ART, Random(f"{kind}:0"))).score < LIKE


@pytest.mark.slow
@pytest.mark.parametrize("kind", OTHERS)
def test_many_pictures_of_something_else_are_like_none(kind):
    for seed in range(1, 13):
        assert likeliest(OTHERS[kind](FLAME_ART, Random(f"{kind}:{seed}"))).score < LIKE, seed


@pytest.mark.parametrize("icon", sorted(ICONS)[::2])
def test_the_sign_of_another_in_the_same_place_and_colours_is_like_none(icon):
    image = draw(replace(FLAME_ART, other_emblem=ICONS[icon]), "emblem-white", "other_force")

    assert likeliest(image).score < LIKE


@pytest.mark.parametrize("name", HERON_ART.layouts)
def test_the_logos_of_another_house_are_like_none(name):
    assert likeliest(draw(HERON_ART, name)).score < LIKE


@pytest.mark.parametrize("kind", ["covered", "emoji", "ring_frame", "letter_swapped"])
@pytest.mark.parametrize("name", LAYOUTS)
def test_what_is_left_of_a_logo_under_something_else_is_found(name, kind):
    one = likeliest(ALTERATIONS[kind](FLAME_ART, name, Random(3)))

    assert name_of(one.number) == name
    assert one.score > LIKE


def test_what_is_right_and_what_is_not_is_told_by_place():
    picture = layout("full-white").copy()
    picture.paste((200, 30, 30), (200, 330, 320, 420))

    one = likeliest(picture)

    right = one.right | ~one.seen
    assert not right[16:19, 10:14].any()
    assert right[:13].all()
    assert not one.seen[0, 0]  # beyond the circle
    assert one.telling.sum() < one.seen.sum()


def test_the_whole_of_a_drawing_is_worth_more_than_a_part_and_another_place_nothing():
    seen = look(brought_to(layout("full-white"), 320))
    candidate = next(one for one in candidates(seen, 320) if name_of(one.number) == "full-white")

    whole, off = held(seen, candidate, HERE), held(seen, candidate, placement(1.0, (0.12, 0.05)))

    assert whole.score > 0.95
    assert off.score < LIKE
    assert whole.strength > off.strength + 0.5
    covered = layout("full-white").copy()
    covered.paste((200, 30, 30), (0, 0, 512, 300))
    assert off.score < held(look(brought_to(covered, 320)), candidate, HERE).score < 0.7


def test_what_was_moved_as_no_platform_does_has_to_be_right_in_all_else():
    name = "full-white"
    plain, mirror = layout(name), ImageOps.mirror(layout(name))

    def score(image: Image.Image, place: Placement) -> float:
        seen = look(brought_to(image, 320))
        return held(seen, next(one for one in candidates(seen, 320) if name_of(one.number) == name), place).score

    assert score(turned_hue(plain, 90), HERE) > 0.9
    assert 0.5 < score(mirror, HERE.flipped) < score(plain, HERE) - 0.1
    assert score(turned_hue(mirror, 90), HERE.flipped) < score(mirror, HERE.flipped) - 0.3
    assert score(mirror, HERE) < LIKE


def test_the_little_that_lies_in_the_picture_tells_little():
    place = placement(1.0, (0.68, 0.0))
    seen = look(brought_to(laid(layout("full-white"), place), 320))
    own = next(one for one in candidates(seen, 320) if name_of(one.number) == "full-white")

    shows = held(seen, own, place)

    assert shows.drawing.agreement > 0.8
    assert shows.score < 0.4


@pytest.mark.parametrize("name", ["emblem-blue", "emblem-white"])
def test_of_two_that_show_the_same_drawing_the_one_in_the_right_colours_is_stronger(name):
    assert name_of(likeliest(layout(name)).number) == name


def test_a_wrong_place_from_grey_levels_does_no_harm():
    seen = look(brought_to(layout("wordmark-blue"), 200))
    one = next(one for one in candidates(seen, 200) if name_of(one.number) == "wordmark-blue")

    assert likeness(seen, [replace(one, place=HERE)]).score > 0.95
    assert likeness(seen, [replace(one, place=placement(0.8))]).score > 0.95
