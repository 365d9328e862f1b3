from __future__ import annotations

import io
import math
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageOps

from audits.logo.difference import LARGEST, difference
from fixtures.logos.emblem import LAYOUTS, layout

SAME = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
MIRRORED = (-1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
LOGO = layout("full-white")


def jpeg(image: Image.Image, size: int = 240) -> Image.Image:
    held = io.BytesIO()
    image.resize((size, size), Image.Resampling.BICUBIC).save(held, "JPEG", quality=80)
    return Image.open(held).convert("RGB")


def coloured(found: bytes | None) -> Any:
    """Which pixels of a difference picture are coloured."""
    assert found is not None
    pixels = np.asarray(Image.open(io.BytesIO(found)).convert("RGB")).astype(int)
    return pixels[..., 0] - pixels[..., 1] > 40


def stuck(image: Image.Image) -> Image.Image:
    """With a yellow spot in the lower right quarter."""
    marked = image.copy()
    ImageDraw.Draw(marked).ellipse((300, 280, 370, 350), fill=(250, 210, 40))
    return marked


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("size", [120, 240, 400])
def test_a_faithful_copy_shows_no_difference(name, size):
    soft = ImageEnhance.Brightness(jpeg(layout(name), size)).enhance(0.98)

    assert difference(soft, layout(name), SAME, 144) is None


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_spot_is_coloured_where_it_is_and_nothing_else(name):
    seen = coloured(difference(jpeg(stuck(layout(name))), layout(name), SAME, 144))

    rows, columns = np.nonzero(seen)
    assert (rows.min() / 144, rows.max() / 144) == pytest.approx((280 / 512, 350 / 512), abs=0.03)
    assert (columns.min() / 144, columns.max() / 144) == pytest.approx((300 / 512, 370 / 512), abs=0.03)
    assert seen.mean() == pytest.approx(math.pi * (35 / 512) ** 2, rel=0.35)


def test_a_logo_that_was_shifted_and_made_smaller_is_laid_upon_the_approved_one_first():
    ground = Image.new("RGB", (512, 512), (255, 255, 255))
    ground.paste(LOGO.resize((461, 461), Image.Resampling.BICUBIC), (40, 20))
    place = (0.9, 0.0, (40 + 230.5 - 256) / 512, 0.0, 0.9, (20 + 230.5 - 256) / 512)

    assert difference(jpeg(ground), LOGO, place, 144) is None
    assert coloured(difference(jpeg(ground), LOGO, SAME, 144)).any()


@pytest.mark.parametrize(
    ("altered", "place"),
    [
        (ImageOps.mirror(LOGO), MIRRORED),
        (
            LOGO.rotate(-20, fillcolor=(255, 255, 255)),
            (math.cos(0.349), -math.sin(0.349), 0.0, math.sin(0.349), math.cos(0.349), 0.0),
        ),
        (ImageOps.fit(LOGO.resize((640, 512)), (512, 512)), (1.25, 0.0, 0.0, 0.0, 1.0, 0.0)),
    ],
)
def test_what_was_mirrored_turned_or_stretched_shows_although_the_place_explains_it(altered, place):
    assert coloured(difference(jpeg(altered), LOGO, place, 144)).mean() > 0.02


def test_another_colour_is_coloured_over_the_whole_drawing_and_not_on_the_white_ground():
    seen = coloured(difference(jpeg(ImageOps.grayscale(LOGO).convert("RGB")), LOGO, SAME, 144))
    drawn = np.asarray(ImageOps.grayscale(LOGO).resize((144, 144))) < 200

    assert seen[drawn].mean() > 0.85
    assert seen[~drawn].mean() < 0.1


def test_a_part_that_was_cut_off_is_coloured():
    cropped = LOGO.crop((0, 0, 320, 320))
    place = (512 / 320, 0.0, (256 - 160) / 320, 0.0, 512 / 320, (256 - 160) / 320)
    seen = coloured(difference(jpeg(cropped), LOGO, place, 144))

    assert seen[:70, :70].mean() < 0.02
    assert seen[90:, 40:100].mean() > 0.1


def test_only_the_circle_that_is_shown_counts():
    corners = LOGO.copy()
    for x, y in ((0, 0), (0, 452), (452, 0), (452, 452)):
        corners.paste((0, 0, 0), (x, y, x + 60, y + 60))

    assert difference(jpeg(corners), LOGO, SAME, 144) is None


@pytest.mark.parametrize(
    "place",
    [
        (0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
        (0.2, 0.0, 0.3, 0.0, 0.2, 0.3),
        (9.0, 0.0, 0.0, 0.0, 9.0, 0.0),
        (math.nan, 0.0, 0.0, 0.0, 1.0, 0.0),
        (math.inf, 0.0, 0.0, 0.0, 1.0, 0.0),
    ],
)
def test_a_place_that_nothing_can_be_laid_upon_gives_no_picture(place):
    assert difference(jpeg(stuck(LOGO)), LOGO, place, 144) is None


def test_a_logo_far_outside_the_photo_does_no_harm():
    found = difference(jpeg(LOGO), LOGO, (1.0, 0.0, 40.0, 0.0, 1.0, -40.0), 96)

    assert coloured(found).any()


@pytest.mark.parametrize(("px", "side"), [(96, 96), (5_000, LARGEST)])
def test_the_picture_is_a_small_png_of_the_size_asked_for(px, side):
    found = difference(jpeg(stuck(LOGO)), LOGO, SAME, px)

    assert found is not None
    assert len(found) < 8_000
    with Image.open(io.BytesIO(found)) as image:
        assert (image.format, image.size) == ("PNG", (side, side))


@pytest.mark.parametrize("size", [(1, 1), (1, 400), (60, 60), (512, 300)])
def test_a_photo_of_any_shape_can_be_compared(size):
    found = difference(Image.new("RGB", size, (200, 30, 30)), LOGO, SAME, 144)

    assert coloured(found).mean() > 0.5


def test_the_same_photo_gives_the_same_bytes():
    photo = jpeg(stuck(LOGO))

    assert difference(photo, LOGO, SAME, 144) == difference(photo, LOGO, SAME, 144)
