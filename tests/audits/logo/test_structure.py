from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageOps

from audits.logo.blocks import PARTS
from audits.logo.colour import Floats, lab, pixels
from audits.logo.structure import Drawing, drawing, structure
from fixtures.logos.alterations import ALTERATIONS
from fixtures.logos.art import draw
from fixtures.logos.emblem import LAYOUTS, layout
from fixtures.logos.families import FLAME_ART, HERON_ART
from tests.audits.logo.test_edges import turned_hue

SIDE = 144
WHOLE = np.ones((SIDE, SIDE), dtype=np.float32)


def values(image: Image.Image) -> Floats:
    return lab(pixels(image.resize((SIDE, SIDE), Image.Resampling.BOX)))


def shows(image: Image.Image, name: str, mask: Floats = WHOLE) -> Drawing:
    return drawing(values(image), mask, structure(values(layout(name))))


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_logo_shows_nearly_all_of_its_own_drawing_and_nothing_else(name):
    found = shows(layout(name), name)

    assert found.agreement > 0.9  # where three colours meet, no one line through them explains a block
    assert found.disturbance == 0
    assert int(found.shown.sum()) > 20


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("colour", ["grey", "negative", "hue", "pair", "pale"])
def test_a_recoloured_logo_shows_the_same_drawing(name, colour):
    made = {
        "grey": ImageOps.grayscale(layout(name)).convert("RGB"),
        "negative": ImageOps.invert(layout(name)),
        "hue": turned_hue(layout(name), 90),
        "pair": draw(FLAME_ART, name, "other_colours"),
        "pale": layout(name).point(lambda level: 170 + level // 3),
    }[colour]

    found = shows(made, name)

    assert found.agreement > 0.85
    assert found.disturbance < 0.05


@pytest.mark.parametrize("name", LAYOUTS)
def test_another_picture_hardly_shows_any_of_it(name):
    others = [draw(HERON_ART, other) for other in HERON_ART.layouts]
    others += [ALTERATIONS["mirror"](FLAME_ART, name, None).rotate(90)]  # type: ignore[arg-type]

    assert max(shows(other, name).agreement for other in others) < 0.3
    assert shows(Image.new("RGB", (512, 512), (0, 70, 130)), name).agreement == 0


def test_something_on_the_even_ground_disturbs_and_takes_nothing_away():
    marked = layout("emblem-blue").copy()
    for row in range(430, 510, 16):
        marked.paste((255, 255, 255), (0, row, 512, row + 8))

    found = shows(marked, "emblem-blue")

    assert found.agreement == shows(layout("emblem-blue"), "emblem-blue").agreement
    assert 0.1 < found.disturbance < 0.4
    assert found.foreign.reshape(PARTS, PARTS)[10:].sum() == found.foreign.sum()


def test_a_lid_over_the_upper_half_hides_what_lay_there():
    lid = layout("full-white").copy()
    lid.paste((255, 255, 255), (0, 0, 512, 256))

    found = shows(lid, "full-white")

    shown, gone = found.shown.reshape(PARTS, PARTS), found.gone.reshape(PARTS, PARTS)
    assert shown[:6].sum() == gone[6:].sum() == 0
    assert min(shown[6:].sum(), gone[:6].sum()) > 5


def test_what_is_not_seen_counts_neither_way():
    mask = WHOLE.copy()
    mask[: SIDE // 2] = 0

    found = shows(Image.new("RGB", (512, 512)), "full-white", mask)
    counted = found.shown | found.gone | found.foreign | found.even

    assert not counted.reshape(PARTS, PARTS)[:6].any()
    assert counted.reshape(PARTS, PARTS)[6:].all()
    assert shows(layout("full-white"), "full-white", WHOLE * 0).agreement == 0


def test_only_what_varies_in_a_logo_tells():
    half = np.zeros((SIDE, SIDE, 3), dtype=np.float32)
    half[:, 66:, 0] = 60  # an edge through the middle of the sixth column of blocks

    own = structure(half)

    telling = own.telling.reshape(PARTS, PARTS)
    assert telling[:, 5].all()
    assert telling.sum() == PARTS
    assert np.linalg.norm(own.along[own.telling], axis=1) == pytest.approx(1, abs=1e-4)
