from __future__ import annotations

import re

import numpy as np
import pytest
from PIL import Image

from tests.audits.logo.bench.judged import Judged
from tests.audits.logo.bench.sheet import MOST, media_type, sheet
from tests.audits.logo.bench.test_judged import judged
from tests.audits.logo.passing import encoded


def picture(_: Judged) -> bytes:
    return encoded(Image.new("RGB", (4, 4)), "PNG")


def page(*found: Judged) -> str:
    return sheet(list(found), "tuning", picture, picture)


def test_an_error_is_shown_with_all_that_draws_it_again():
    text = page(judged("altered", "approved", kind="mirror", seed=77, distance=0.4321, expected=("mirrored",)))

    assert "<b>accepted</b>" in text
    assert "--art tuning --only mirror:77" in text
    assert "distance 0.432, 200 px" in text
    assert text.count("<img") == 2


def test_what_is_right_is_not_shown():
    text = page(judged("genuine", "approved"), judged("other", "different"))

    assert "<figure>" not in text
    assert "Errors: 0" in text


def test_doubts_and_missing_reasons_have_parts_of_their_own():
    doubted = judged("genuine", "approved", reasons=("near_limit",))
    mute = judged("altered", "different", expected=("mirrored",))
    text = page(doubted, mute)

    assert "Near a limit: a person must look: 1" in text
    assert "Altered, without a right reason: 1" in text
    assert text.count("<figure>") == 2


def test_boxes_lie_over_the_picture_by_their_share_of_it():
    text = page(judged("with logo", "contains", size=200, box=(20, 40, 50, 10), found=(100, 100, 20, 20)))

    assert '<i class="true" style="left:10.0%;top:20.0%;width:25.0%;height:5.0%">' in text
    assert '<i class="found" style="left:50.0%;top:50.0%;width:10.0%;height:10.0%">' in text


def test_names_cannot_break_out_of_the_page():
    text = page(judged("genuine", "different", variant="<script>alert(1)</script>", reasons=('"><img src=x>',)))

    assert "<script>" not in text
    assert len(re.findall("<img", text)) == 2


def test_a_part_shows_no_more_pictures_than_anybody_looks_at():
    text = page(*[judged("genuine", "different")] * (MOST + 5))

    assert f"Errors: {MOST + 5}" in text
    assert text.count("<figure>") == MOST


@pytest.mark.parametrize(("fmt", "name"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp")])
def test_the_media_type_is_read_from_the_bytes(fmt, name):
    assert media_type(encoded(Image.new("RGB", (4, 4)), fmt)) == name


def test_large_pictures_are_brought_down():
    levels = np.random.default_rng(1).integers(0, 256, (800, 800, 3), dtype=np.uint8)
    large = encoded(Image.fromarray(levels), "PNG")
    text = sheet([judged("genuine", "different")], "tuning", lambda _: large, picture)

    assert len(text) < len(large) / 10
