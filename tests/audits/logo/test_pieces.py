from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from audits.logo.edges import SIDE, edges
from audits.logo.pieces import piece
from audits.logo.placement import placement
from fixtures.logos.emblem import LAYOUTS, layout
from tests.audits.logo.laying import brought_to, furthest, laid
from tests.audits.logo.test_edges import of, turned_hue

PIECES = (placement(1.3), placement(1.48, (0.1, -0.05)), placement(1.7, (-0.1, 0.1)))


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("place", PIECES)
def test_a_piece_of_a_logo_is_found_about_where_it_was_cut_out_in_any_colours(name, place):
    for image in (laid(layout(name), place), turned_hue(laid(layout(name), place), 90)):
        score, found = piece(of(layout(name)), edges(brought_to(image, 320)))

        assert score > 0.6
        assert furthest(found, place) < 0.2
        assert (found.turn, found.stretch) == pytest.approx((0, 0), abs=1e-3)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_picture_that_hardly_has_an_edge_is_no_piece(name):
    slope = Image.linear_gradient("L").convert("RGB")

    assert piece(of(layout(name)), edges(brought_to(slope, 320)))[0] < 0.3


def test_an_even_part_of_a_logo_is_no_piece_of_a_busy_picture():
    chance = np.random.default_rng(4)
    busy = chance.uniform(0, 255, (SIDE, SIDE)).astype(np.float32)

    assert piece(np.zeros((SIDE, SIDE), dtype=np.float32), busy)[0] <= 0
    assert piece(of(layout("full-white")), busy)[0] < 0.4
