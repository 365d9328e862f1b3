from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageOps

from audits.logo.blocks import correlation
from audits.logo.colour import Floats, pixels
from audits.logo.edges import SIDE, edges
from fixtures.logos.emblem import LAYOUTS, layout

WHOLE = np.ones((SIDE, SIDE), dtype=np.float32)


def of(image: Image.Image) -> Floats:
    return edges(pixels(image.resize((192, 192), Image.Resampling.BOX)))


def turned_hue(image: Image.Image, steps: int) -> Image.Image:
    tone, *others = image.convert("HSV").split()
    turned = tone.point([(level + steps) % 256 for level in range(256)])
    return Image.merge("HSV", (turned, *others)).convert("RGB")


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_negative_has_the_same_edges(name):
    assert of(ImageOps.invert(layout(name))) == pytest.approx(of(layout(name)), abs=1.5)


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("steps", [40, 90, 160])
def test_other_hues_leave_the_edges_where_they_are(name, steps):
    assert correlation(of(layout(name)), of(turned_hue(layout(name), steps)), WHOLE) > 0.93


def test_another_logo_has_other_edges():
    found = {name: of(layout(name)) for name in LAYOUTS}

    assert correlation(found["full-white"], found["wordmark-blue"], WHOLE) < 0.5
    assert correlation(found["emblem-blue"], found["wordmark-blue"], WHOLE) < 0.5
    assert correlation(found["emblem-blue"], found["full-white"], WHOLE) < 0.75


def test_colours_of_the_same_lightness_have_an_edge():
    image = Image.new("RGB", (192, 192), (200, 60, 60))
    image.paste((0, 150, 120), (96, 0, 192, 192))

    found = of(image)

    assert abs(image.convert("L").getpixel((0, 0)) - image.convert("L").getpixel((191, 0))) < 15  # type: ignore[operator]
    assert found[48, 47:49].min() > 100
    assert found[48, 10:35].max() < 1


def test_an_even_picture_has_none():
    assert of(Image.new("RGB", (192, 192), (10, 80, 160))).max() == pytest.approx(0, abs=1e-3)


def test_the_corners_and_the_rim_of_a_round_mask_have_none():
    rim = Image.new("RGB", (192, 192), (255, 255, 255))
    rim.paste((0, 0, 0), (0, 0, 18, 18))

    assert of(rim).max() < 1
    assert of(layout("wordmark-blue"))[:6, :6].max() == pytest.approx(0, abs=1e-3)
