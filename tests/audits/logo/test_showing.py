from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from audits.logo.decode import Unreadable
from audits.logo.showing import show
from audits.model import LogoVerdict
from fixtures.logos.emblem import layout

LOGO = layout("full-white")
SAME = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
ALTERED = LogoVerdict(verdict="altered", variant="full-white", reasons=("overlaid",), place=SAME)


def png(image: Image.Image) -> bytes:
    held = io.BytesIO()
    image.save(held, "PNG")
    return held.getvalue()


def stuck() -> bytes:
    marked = LOGO.copy()
    ImageDraw.Draw(marked).ellipse((300, 280, 370, 350), fill=(250, 210, 40))
    return png(marked)


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_a_changed_logo_is_shown_with_its_difference():
    seen = show(stuck(), ALTERED, LOGO, 144)

    assert (opened(seen.photo).format, opened(seen.photo).size) == ("JPEG", (144, 144))
    assert seen.difference is not None
    assert opened(seen.difference).size == (144, 144)
    assert not seen.boxed


@pytest.mark.parametrize(
    ("verdict", "approved"),
    [
        (LogoVerdict(verdict="altered", variant="full-white", reasons=("changed",)), LOGO),
        (ALTERED, None),
        (LogoVerdict(verdict="different"), LOGO),
    ],
)
def test_without_a_place_or_an_approved_picture_there_is_only_the_photo(verdict, approved):
    seen = show(stuck(), verdict, approved, 144)

    assert (seen.difference, seen.boxed) == (None, False)
    assert opened(seen.photo).size == (144, 144)


def frame(box: tuple[int, int, int, int], size: tuple[int, int] = (800, 400)) -> Any:
    """Which pixels of a grey photo (as shown) are those of the frame round `box`."""
    verdict = LogoVerdict(verdict="contains", variant="full-white", box=box, place=SAME)
    seen = show(png(Image.new("RGB", size, (90, 90, 90))), verdict, LOGO, 144)
    assert seen.boxed
    assert seen.difference is None
    pixels = np.asarray(opened(seen.photo)).astype(int)
    return pixels[..., 0] - pixels[..., 1] > 60


def test_a_logo_inside_a_photo_is_framed_where_it_lies():
    rows, columns = np.nonzero(frame((400, 100, 200, 200)))
    shown = 144 / 800

    assert (columns.min(), columns.max()) == pytest.approx((400 * shown, 600 * shown), abs=3)
    assert (rows.min(), rows.max()) == pytest.approx((100 * shown, 300 * shown), abs=3)
    assert not frame((400, 100, 200, 200))[30, 90]


@pytest.mark.parametrize("box", [(-900, -900, 10, 10), (0, 0, 0, 0), (799, 399, 1, 1), (0, 0, 10**9, 10**9)])
def test_a_box_that_is_no_part_of_the_photo_does_no_harm(box):
    assert frame(box).any()


def test_no_side_is_longer_than_192_pixels():
    assert opened(show(stuck(), ALTERED, LOGO, 4_000).photo).size == (192, 192)


def test_nothing_is_shown_of_what_is_no_picture():
    with pytest.raises(Unreadable, match="unknown_format"):
        show(b"<svg onload=alert(1)>", ALTERED, LOGO, 144)


def test_the_same_photo_gives_the_same_bytes():
    assert show(stuck(), ALTERED, LOGO, 144) == show(stuck(), ALTERED, LOGO, 144)
