from __future__ import annotations

import numpy as np
import pytest
from PIL import ImageOps

from audits.logo.alignment import SIDES
from audits.logo.colour import grey, pixels
from audits.logo.look import look, mirrored, negative
from fixtures.logos.emblem import layout

LOGO = layout("emblem-blue")


@pytest.mark.parametrize(("side", "kept"), [(48, 48), (150, 150), (256, 256), (257, 256), (512, 256)])
def test_a_large_picture_is_brought_down_and_a_small_one_kept(side, kept):
    seen = look(pixels(LOGO.resize((side, side))))

    assert seen.levels.shape == (kept, kept, 3)
    assert seen.levels.dtype == np.uint8
    assert {number: levels.shape for number, levels in seen.greys.items()} == {side: (side, side) for side in SIDES}


def test_a_look_holds_the_picture_and_its_grey():
    levels = pixels(LOGO.resize((96, 96)))

    seen = look(levels)

    assert (seen.levels == levels).all()
    assert seen.greys[96] == pytest.approx(grey(levels))
    assert float(np.linalg.norm(seen.row)) == pytest.approx(1, abs=1e-4)


def test_a_mirrored_and_a_negative_look_are_those_of_the_picture_so_made():
    small = LOGO.resize((200, 200))

    for made, drawn in (
        (mirrored(look(pixels(small))), ImageOps.mirror(small)),
        (negative(look(pixels(small))), ImageOps.invert(small)),
    ):
        assert (made.levels == pixels(drawn)).all()
        assert made.row == pytest.approx(look(pixels(drawn)).row)
        assert made.greys[96] == pytest.approx(look(pixels(drawn)).greys[96])
