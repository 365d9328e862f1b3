"""Drawings in a process of their own: what is slow or breaks the renderer costs only that process."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from audits.logo.vector import SIDE, Undrawable
from crawler import drawing
from crawler.drawing import drawn

SHAPE = '<circle cx="5" cy="5" r="4" fill="#00f"/>'


def svg(body: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">{body}</svg>'.encode()


def test_a_drawing_comes_back_as_png():
    with Image.open(io.BytesIO(drawn(svg(SHAPE)))) as picture:
        assert (picture.format, picture.size) == ("PNG", (SIDE, SIDE))
        assert picture.getpixel((512, 512)) == (0, 0, 255, 255)


def test_what_may_not_be_drawn_is_never_handed_on():
    with pytest.raises(Undrawable, match="<script>"):
        drawn(svg("<script/>"))


def test_the_reason_of_the_renderer_is_passed_on():
    with pytest.raises(Undrawable, match="size"):
        drawn(b'<svg xmlns="http://www.w3.org/2000/svg" width="0" height="1"/>')


@pytest.mark.parametrize(("limit", "value"), [("SECONDS", 0), ("ROOM", 1 << 26)])
def test_a_process_that_is_stopped_is_told_in_one_line(limit, value, monkeypatch):
    monkeypatch.setattr(drawing, limit, value)

    with pytest.raises(Undrawable, match="make it simpler"):
        drawn(svg('<g opacity="0.9">' * 40 + SHAPE * 500 + "</g>" * 40))


@pytest.mark.slow
def test_a_drawing_that_never_ends_is_given_up():
    layers = '<g opacity="0.9"><circle cx="5" cy="5" r="4"/><circle cx="5" cy="5" r="4"/></g>' * 1600

    with pytest.raises(Undrawable, match="make it simpler"):
        drawn(svg(layers))
