"""Every case is a test, and so is every field it expects."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from adapters import ADAPTERS
from adapters.model import READ, Outcome, Profile
from tests.adapters.recorded import CASES, PLATFORMS, Case, asked, plain

EXPECTED = [
    pytest.param(case, index, field, value, id=f"{case.name}-{line['asked']}-{field}")
    for case in CASES
    for index, line in enumerate(case.expected)
    for field, value in line.get("profile", {}).items()
]
# For every source: an account that was read, one that was not there, a wall, a changed layout, a throttle.
KINDS = (
    frozenset({"ok", "partial"}),
    frozenset({"not_found", "ambiguous"}),
    frozenset({"login_wall", "consent_wall", "denied"}),
    frozenset({"layout_changed"}),
    frozenset({"rate_limited"}),
)
FIELDS = [field for field in Profile.__struct_fields__ if field not in {"alt_ids", "extra"}]
# A rendered source is read by the reader of the page: those cases are its own.
SOURCES = [
    source
    for platform in PLATFORMS
    for source in ADAPTERS[platform].sources  # type: ignore[index]
    if not source.rendered
]


def named(part: Any) -> str:
    return "-or-".join(sorted(part)) if isinstance(part, frozenset) else f"{part.platform}-{part.name}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_gives_its_outcomes_and_reasons(case: Case):
    seen = [(asked(seen), str(seen.outcome), seen.reason) for seen in case.read().observations]
    assert seen == [(line["asked"], line["outcome"], line["reason"]) for line in case.expected]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_has_a_profile_exactly_where_the_account_was_seen(case: Case):
    seen = case.read().observations
    told = ["profile" in line for line in case.expected]
    assert [one.profile is not None for one in seen] == told
    assert all(told[index] for index, one in enumerate(seen) if one.outcome in READ)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_account_that_was_not_seen_has_nothing_that_could_be_judged(case: Case):
    """An error may say whom it is about, and that its picture is that of no account; never what an account shows."""
    for seen in case.read().observations:
        if seen.profile is not None and seen.outcome not in READ | {Outcome.RESTRICTED}:
            shown = {field for field in FIELDS if getattr(seen.profile, field) is not None}
            assert shown <= {"platform_id", "avatar_is_default"}
            assert (seen.profile.avatar_url, seen.profile.extra) == (None, {})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_asks_further_only_what_it_says(case: Case):
    assert [request.path.split("&")[0] for request in case.read().requests] == (case.requests or [])


@pytest.mark.parametrize(("case", "index", "field", "value"), EXPECTED)
def test_a_case_gives_its_field(case: Case, index: int, field: str, value: Any):
    assert plain(case.read().observations[index].profile, field) == value


@pytest.mark.parametrize(("source", "kinds"), list(product(SOURCES, KINDS)), ids=named)
def test_every_source_has_a_case_of_every_kind(source: Any, kinds: frozenset[str]):
    own = [case for case in CASES if (case.request.platform, case.request.source) == (source.platform, source.name)]
    assert any(line["outcome"] in kinds for case in own for line in case.expected)
