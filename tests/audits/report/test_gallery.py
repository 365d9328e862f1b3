from __future__ import annotations

import pytest

from audits.report import gallery
from tests.audits.report import nights

ONE, OTHER, LOGO = nights.picture(1), nights.picture(2), nights.emblem()


def test_each_picture_has_one_class_however_often_it_is_shown():
    found = gallery.gallery([LOGO, ONE, None, ONE, OTHER, ONE, LOGO])

    assert list(found) == [LOGO, ONE, OTHER]
    assert len(set(found.values())) == 3
    assert gallery.style(found).count("data:image/") == 3


@pytest.mark.parametrize("data", [b"", b"<svg onload=alert(1)>", b"GIF89a", b'\x00"); } body { x'])
def test_what_is_no_jpeg_or_png_is_left_out(data):
    assert gallery.data_address(data) is None
    assert gallery.gallery([data, ONE]) == {ONE: "picture-0"}


def test_nothing_in_a_picture_can_end_the_style_block():
    hostile = b'\xff\xd8\xff"); } </style><script>alert(1)</script>'

    assert not set(gallery.style(gallery.gallery([hostile]))) & set("<>'\\")


def test_when_there_is_no_room_left_the_first_are_kept(monkeypatch):
    size = len(gallery.data_address(ONE) or "")
    monkeypatch.setattr(gallery, "LIMIT", size + 10)

    assert list(gallery.gallery([ONE, OTHER, ONE])) == [ONE]
