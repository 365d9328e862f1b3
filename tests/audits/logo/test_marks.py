from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from audits.logo.marks import SIDE, marks
from fixtures.logos.art import draw, extent
from fixtures.logos.families import ARTS, FLAME_ART
from fixtures.logos.passage import pixel

ONLY_INK = [(art, name) for art in ARTS for name, made in art.layouts.items() if made.stripes is None]


@pytest.mark.parametrize(("art", "name"), ONLY_INK, ids=lambda each: getattr(each, "name", each))
def test_the_whole_mark_ends_where_the_ink_ends(art, name):
    picture = draw(art, name)
    left, top, right, bottom = (edge * SIDE / picture.width for edge in extent(picture))

    whole = marks(picture, art.layouts[name].shape)[0]

    assert whole.box == pytest.approx((left, top, right - left, bottom - top), abs=3)
    assert whole.cover.shape == (whole.box[3], whole.box[2])
    assert np.allclose(whole.ground, pixel(picture, (2, 2)), atol=3)


def test_a_full_logo_gives_its_word_and_its_emblem_as_well():
    whole, word, emblem = marks(draw(FLAME_ART, "full-white"), "full")

    assert word.aspect > 3
    assert emblem.aspect < 1.2
    assert word.box[1] > emblem.box[1] + emblem.box[3] - 3
    assert (whole.box[1], whole.box[3]) == (emblem.box[1], word.box[1] + word.box[3] - emblem.box[1])


def test_striping_from_edge_to_edge_is_no_part_of_the_mark():
    (word,) = marks(draw(FLAME_ART, "wordmark-blue"), "wordmark")

    assert word.aspect > 4


def test_a_ring_and_the_corners_of_a_disc_are_no_part_of_the_mark():
    picture, mask = draw(FLAME_ART, "emblem-blue").copy(), Image.new("L", (512, 512))
    ImageDraw.Draw(picture).ellipse((4, 4, 507, 507), outline=(250, 200, 20), width=14)
    ImageDraw.Draw(mask).ellipse((0, 0, 511, 511), fill=255)
    disc = Image.composite(picture, Image.new("RGB", (512, 512), (255, 255, 255)), mask)

    plain, ringed = marks(draw(FLAME_ART, "emblem-blue"), "emblem")[0], marks(disc, "emblem")[0]

    assert ringed.box == pytest.approx(plain.box, abs=2)


@pytest.mark.parametrize("colour", [(255, 255, 255), (0, 70, 130)])
def test_an_even_picture_has_no_mark(colour):
    assert marks(Image.new("RGB", (200, 200), colour), "full") == ()
