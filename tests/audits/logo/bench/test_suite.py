from __future__ import annotations

import io
from collections import Counter
from functools import cache

import numpy as np
import pytest
from PIL import Image

from fixtures.logos.alterations import ALTERATIONS
from fixtures.logos.families import ARTS
from tests.audits.logo.bench.suite import FAMILIES, FIRST, KINDS, PHOTO_SIZES, Drawn, drawn, plan
from tests.audits.logo.passing import SIZES

TUNING = FAMILIES["tuning"]


@cache
def few(kind: str) -> tuple[Drawn, ...]:
    return tuple(drawn(kind, seed, TUNING) for seed in range(50, 59))


def opened(picture: Drawn) -> Image.Image:
    return Image.open(io.BytesIO(picture.data)).convert("RGB")


def test_the_whole_suite_is_as_large_as_it_must_be():
    counts = Counter(kind for kind, _ in plan(0, 1))

    assert counts["genuine"] >= 2000
    assert sum(counts[kind] for kind in ALTERATIONS) >= 2000
    assert counts["other"] >= 3000
    assert counts["with-logo"] >= 500
    assert counts["without-logo"] >= 1000
    assert len({counts[kind] for kind in ALTERATIONS}) == 1


def test_a_small_plan_has_every_kind_and_begins_at_the_seed_asked_for():
    small = plan(700, 0.01)

    assert {kind for kind, _ in small} == set(KINDS)
    assert min(seed for _, seed in small) == 700
    assert len(set(small)) == len(small)


def test_final_figures_have_neither_art_nor_seeds_of_tuning():
    assert set(FAMILIES["final"]).isdisjoint(TUNING)
    assert {*FAMILIES["final"], *TUNING} <= {art.name for art in ARTS}
    assert abs(FIRST["final"] - FIRST["tuning"]) > 1_000_000


@pytest.mark.parametrize("kind", ["genuine", "stretch", "other", "with-logo", "without-logo"])
def test_a_kind_and_a_seed_draw_the_same_picture_again(kind):
    assert drawn(kind, 51, TUNING).data == few(kind)[1].data
    assert len({picture.data for picture in few(kind)}) == len(few(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_sizes_go_by_turns_and_only_the_families_asked_for_are_drawn(kind):
    sizes = PHOTO_SIZES if kind in {"with-logo", "without-logo", "altered-in-photo"} else SIZES
    pictures = few(kind)

    assert {picture.origin.size for picture in pictures} == set(sizes)
    assert all(opened(picture).size == (picture.origin.size,) * 2 for picture in pictures)
    assert {picture.origin.art.name for picture in pictures} <= set(TUNING)


@pytest.mark.parametrize("kind", ALTERATIONS)
def test_every_alteration_asks_for_a_reason_unless_nothing_is_left_of_the_logo(kind):
    for picture in few(kind):
        nothing = kind == "emblem_missing" and picture.origin.art.layouts[picture.seen].word is None
        assert picture.truth == "altered"
        assert bool(picture.expected) != nothing


def test_the_box_of_a_photo_lies_within_it_and_holds_something_else_than_the_rest():
    for picture in few("with-logo"):
        assert picture.box is not None
        left, top, width, height = picture.box
        image = np.asarray(opened(picture), dtype=float)
        assert 0 <= left < left + width <= picture.origin.size
        assert 0 <= top < top + height <= picture.origin.size
        assert image[top : top + height, left : left + width].std() > 8


def test_another_kind_is_not_drawn():
    with pytest.raises(KeyError):
        drawn("sepia", 1, TUNING)
