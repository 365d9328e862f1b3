from __future__ import annotations

import pytest

from audits.report import gallery
from tests.audits.report import nights

ONE, OTHER, LOGO = nights.picture(1), nights.picture(2), nights.emblem()


def test_what_is_shown_more_often_has_a_class_and_what_is_shown_once_an_address():
    found = gallery.gallery([LOGO, ONE, None, ONE, OTHER, LOGO])

    assert list(found) == [LOGO, ONE, OTHER]
    assert found[OTHER] == gallery.data_address(OTHER)
    assert found[LOGO] != found[ONE]
    assert gallery.style(found).count("data:image/") == 2
    assert all(f".{found[picture]} {{" in gallery.style(found) for picture in (LOGO, ONE))


@pytest.mark.parametrize("data", [b"", b"<svg onload=alert(1)>", b"GIF89a", b'\x00"); } body { x'])
def test_what_is_no_jpeg_or_png_is_left_out(data):
    assert gallery.data_address(data) is None
    assert list(gallery.gallery([data, ONE, data])) == [ONE]


def test_nothing_in_a_picture_can_end_the_style_block_or_an_attribute():
    hostile = b'\xff\xd8\xff"); } </style><script>alert(1)</script>'

    assert not set(gallery.style(gallery.gallery([hostile, hostile]))) & set("<>'\\")
    assert not set(gallery.gallery([hostile])[hostile]) & set("<>'\\\"")


def test_when_there_is_no_room_left_the_first_are_kept(monkeypatch):
    size = len(gallery.data_address(ONE) or "")
    monkeypatch.setattr(gallery, "LIMIT", size + 10)

    assert list(gallery.gallery([ONE, OTHER, ONE])) == [ONE]
