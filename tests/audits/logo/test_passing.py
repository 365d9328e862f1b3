from __future__ import annotations

import io
from collections import Counter

import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.audits.logo.passing import SIZES, passage, passed_on, passed_on_whole

WAYS = [passage(seed) for seed in range(2000)]


def plain(colour: str = "#c03020") -> Image.Image:
    return Image.new("RGB", (256, 256), colour)


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def levels(data: bytes, mode: str = "RGB") -> np.ndarray:
    return np.asarray(opened(data).convert(mode)).astype(int)


def seed_with(**wanted: object) -> int:
    return next(seed for seed, way in enumerate(WAYS) if all(getattr(way, key) == wanted[key] for key in wanted))


def test_every_side_loses_or_gains_one_to_eight_per_cent_and_a_square_stays_one():
    for way in WAYS:
        left, top, right, bottom = way.sides
        assert left + right == pytest.approx(top + bottom)
        assert all(0.01 <= side <= 0.08 + 1e-9 for side in way.sides)


def test_each_step_is_drawn_as_often_as_it_should():
    formats, frames = Counter(way.format for way in WAYS), Counter(way.frame for way in WAYS)

    assert 0.35 < sum(way.earlier is not None for way in WAYS) / 2000 < 0.45
    assert 0.45 < sum(way.mask is not None for way in WAYS) / 2000 < 0.55
    assert 0.25 < sum(way.sharpening is not None for way in WAYS) / 2000 < 0.35
    assert min(formats[name] for name in ("JPEG", "WEBP", "PNG")) > 400
    assert min(frames[name] for name in ("crop", "pad", "none")) > 500
    assert len({way.resampling for way in WAYS}) == 5
    assert {way.subsampling for way in WAYS} == {0, 1, 2}
    assert {way.quality for way in WAYS} == set(range(30, 96))


def test_only_formats_with_transparency_get_a_transparent_circle():
    assert {way.format for way in WAYS if way.mask == "transparent"} == {"PNG", "WEBP"}


@pytest.mark.parametrize("size", SIZES)
def test_a_picture_comes_out_at_the_size_asked_for(size):
    assert opened(passed_on(plain(), 5, size)).size == (size, size)


def test_one_seed_gives_the_same_bytes_and_the_same_passage_at_every_size():
    assert passed_on(plain(), 9, 88) == passed_on(plain(), 9, 88)
    assert opened(passed_on(plain(), 9, 88)).format == opened(passed_on(plain(), 9, 400)).format


@pytest.mark.parametrize(("mask", "corner"), [("white", 255), ("black", 0)])
def test_the_circle_hides_the_corners_and_nothing_else(mask, corner):
    sent = levels(passed_on(plain(), seed_with(mask=mask, frame="none"), 200))

    assert np.abs(sent[2, 2] - corner).max() < 12
    assert sent[100, 100, 0] > 160
    assert sent[100, 100, 2] < 80


def test_a_transparent_circle_leaves_the_corners_without_opacity():
    sent = levels(passed_on(plain(), seed_with(mask="transparent"), 200), "RGBA")

    assert sent[1, 1, 3] == 0
    assert sent[100, 100, 3] == 255


def test_a_pad_in_the_colour_of_the_edge_does_not_show():
    seed = seed_with(frame="pad", ground="edge", mask=None, format="PNG", earlier=None)
    sent = levels(passed_on(plain(), seed, 200))

    assert np.ptp(sent, axis=(0, 1)).max() <= 2


def test_a_pad_in_black_makes_the_picture_smaller_and_a_crop_larger():
    image = Image.new("RGB", (400, 400), "white")
    ImageDraw.Draw(image).rectangle((100, 100, 299, 299), fill="red")
    widths = {}
    for frame in ("crop", "pad"):
        row = levels(passed_on(image, seed_with(frame=frame, ground="black", mask=None), 400))[200]
        widths[frame] = int(((row[:, 0] > 150) & (row[:, 1] < 110)).sum())

    assert widths["pad"] < 200 < widths["crop"]


def test_without_a_crop_all_else_stays_the_same():
    cut, padded = seed_with(frame="crop", mask=None), seed_with(frame="pad")
    image = Image.new("RGB", (400, 400), "white")
    image.paste((200, 0, 0), (0, 0, 10, 10))

    assert levels(passed_on(image, cut, 400, cropped=False))[4, 4, 1] < 100
    assert levels(passed_on(image, cut, 400))[4, 4, 1] > 200
    assert passed_on(image, padded, 400, cropped=False) == passed_on(image, padded, 400)


def test_a_whole_passage_keeps_everything_in_its_place():
    image = Image.new("RGB", (400, 400), "white")
    ImageDraw.Draw(image).rectangle((200, 0, 399, 399), fill="black")
    for seed in range(20):
        sent = levels(passed_on_whole(image, seed, 200))
        assert sent[5, 92].min() > 200
        assert sent[195, 108].max() < 60
