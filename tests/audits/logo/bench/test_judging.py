from __future__ import annotations

from functools import cache

import pytest

from tests.audits.logo.bench.figures import share
from tests.audits.logo.bench.goals import goals
from tests.audits.logo.bench.judged import SURE, Judged
from tests.audits.logo.bench.judging import judged_all
from tests.audits.logo.bench.report import report
from tests.audits.logo.bench.suite import FAMILIES, WHOLE, plan
from tests.audits.logo.bench.tables import by_kind

FIRST = 2_000_000  # neither tuned on nor part of the final figures
PICTURES = 180  # genuine ones; the others in proportion


@cache
def small_run() -> list[Judged]:
    return list(judged_all(plan(FIRST, PICTURES / WHOLE), FAMILIES["tuning"]))


@pytest.mark.slow
def test_everything_planned_is_judged_once_with_times_and_hashes():
    found = small_run()

    assert sorted((one.kind, one.seed) for one in found) == sorted(plan(FIRST, PICTURES / WHOLE))
    assert all(one.cpu > 0 and one.hashes.keys() == one.hash_cpu.keys() for one in found)
    assert all(one.stages["decode"] >= 0 for one in found)


@pytest.mark.slow
def test_the_figures_are_reached_on_a_small_suite():
    # A few pictures say little of one kind of alteration or of one in a hundred; and times are for the bench alone.
    certain = ("refused", "accepted, >= 100 px", "others accepted", "found", "false finds")
    missed = [goal for goal in goals(small_run()) if not goal.reached and any(word in goal.name for word in certain)]

    assert missed == [], report(small_run())


@pytest.mark.slow
def test_hardly_any_altered_logo_is_accepted_at_any_size():
    altered = [one for one in small_run() if one.truth == "altered"]

    assert sum(one.verdict == "approved" for one in altered) <= 0.02 * len(altered), report(small_run())


@pytest.mark.slow
def test_altered_logos_are_explained_rightly_on_a_small_suite():
    asked = [one for one in small_run() if one.truth == "altered" and one.size >= SURE and one.expected]
    right, of = share(one.explained for one in asked)

    assert right >= 0.95 * of, by_kind(small_run())
