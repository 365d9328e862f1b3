from __future__ import annotations

from types import ModuleType

import pytest

from audits.logo import verify as chain
from tests.audits.logo.bench.stages import STAGES, Stopwatch


def test_a_stage_within_another_counts_for_the_outer_one():
    watch = Stopwatch()
    inner = watch.timed("align", lambda: sum(range(1000)))
    outer = watch.timed("near-miss", inner)

    assert outer() == sum(range(1000))
    assert set(watch.taken()) == {"near-miss"}


def test_what_was_taken_is_told_once():
    watch = Stopwatch()
    watch.timed("hash", int)("7")

    assert watch.taken()["hash"] >= 0
    assert watch.taken() == {}


def test_a_stage_that_fails_is_counted_and_the_next_one_too():
    watch = Stopwatch()
    with pytest.raises(ValueError, match="invalid literal"):
        watch.timed("decode", int)("x")
    watch.timed("compare", int)("1")

    assert set(watch.taken()) == {"decode", "compare"}


def test_only_what_a_module_has_is_timed():
    module, watch = ModuleType("chain"), Stopwatch()
    setattr(module, STAGES["decode"][0], int)
    watch.attach(module)

    assert getattr(module, STAGES["decode"][0])("5") == 5
    assert set(watch.taken()) == {"decode"}


@pytest.mark.parametrize("stage", STAGES)
def test_the_chain_has_every_stage(stage):
    assert any(hasattr(chain, name) for name in STAGES[stage])
