from __future__ import annotations

import pytest

from audits.logo.comparison import size_class
from audits.logo.fitting import fitted, likely
from audits.logo.look import look
from audits.logo.placement import placement
from fixtures.logos.emblem import LAYOUTS, layout
from tests.audits.logo.laying import brought_to, entry, furthest, laid

PLACES = (placement(1.0), placement(1.1, (0.03, -0.04)), placement(0.88, (-0.04, 0.05)), placement(1.17))


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("side", [64, 150, 400])
def test_a_logo_that_a_platform_moved_is_laid_where_it_is(name, place, side):
    seen = look(brought_to(laid(layout(name), place), side))

    fit = fitted(seen, entry(name).master, size_class(side))

    assert furthest(fit.place, place) < (0.006 if side < 100 else 0.003)
    assert fit.residue.shape < 0.02
    assert likely(seen, entry(name).master) > 0.75


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("other", LAYOUTS)
def test_a_logo_is_likely_itself_and_fits_no_other(name, other):
    seen, master = look(brought_to(layout(name), 200)), entry(other).master

    assert (likely(seen, master) > 0.99) == (name == other)
    assert (fitted(seen, master, 180).residue.shape < 0.02) == (name == other)


def test_what_is_left_is_measured_in_the_frame_of_the_size_class():
    seen = look(brought_to(layout("emblem-blue"), 200))

    for least, frame in ((48, 48), (85, 96), (180, 144)):
        assert fitted(seen, entry("emblem-blue").master, least).residue.seen.shape == (frame, frame, 3)
