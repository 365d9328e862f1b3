"""Several sources of one account put together: what wins, when it was seen, and where they differ."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.model import Observation, Outcome, Platform, Profile, Subject
from audits.merging import Merged, SourceGives, merge

API = SourceGives(name="api", gives=frozenset({"bio", "display_name", "followers"}), hints=frozenset({"links"}))
PAGE = SourceGives(name="page", gives=frozenset({"bio", "display_name", "followers", "links"}))
WANTED = frozenset({"bio", "display_name", "links"})


def seen(source: str, at: str | None = None, **fields: Any) -> Observation:
    return Observation(
        subject=Subject(handle="politie"),
        platform=Platform.X,
        source=source,
        outcome=Outcome.OK,
        profile=Profile(**fields),
        observed_at=at,
    )


def merged(*observations: Observation) -> Merged:
    return merge(observations, WANTED, [API, PAGE])


def test_each_field_keeps_its_source_and_its_time():
    found = merged(seen("api", "T1", bio="112"), seen("page", "T2", bio="113", links=()))
    assert (found.sources["bio"], found.times["bio"]) == ("api", "T1")
    assert (found.sources["links"], found.times["links"]) == ("page", "T2")
    assert found.times["outcome"] == "T1"


def test_a_rounded_number_never_overrules_an_exact_one():
    rounded = seen("api", followers=12000, followers_exact=False)
    exact = seen("page", followers=12345, followers_exact=True)
    profile = merged(rounded, exact).profile
    assert profile is not None
    assert (profile.followers, profile.followers_exact) == (12345, True)


def test_sources_that_differ_are_shown_with_both_values_and_the_first_counts():
    found = merged(seen("api", display_name="Politie Oost"), seen("page", display_name="Politie West"))
    assert found.profile is not None
    assert found.profile.display_name == "Politie Oost"
    (one,) = found.differing
    assert (one.field, one.source, one.value) == ("display_name", "api", "Politie Oost")
    assert (one.other_source, one.other) == ("page", "Politie West")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"display_name": "Café  Politie"}, {"display_name": "Cafe\u0301 \u200bPolitie"}),
        ({"handle": "POL_Oost"}, {"handle": "pol_oost"}),
        ({"followers": 12, "followers_exact": True}, {"followers": 13, "followers_exact": True}),
        ({"bio": "112"}, {}),
        ({"avatar_url": "https://a.example/1"}, {"avatar_url": "https://b.example/2"}),
    ],
)
def test_what_differs_in_spelling_or_by_nature_is_not_shown(one, other):
    assert merged(seen("api", **one), seen("page", **other)).differing == ()


def test_a_part_of_a_list_does_not_differ_from_the_whole():
    links = ("https://www.politie.nl/", "https://kombijdepolitie.nl/")
    assert merged(seen("api", links=links[:1]), seen("page", links=links)).differing == ()


def test_the_order_of_links_does_not_count():
    links = ("https://www.politie.nl", "https://kombijdepolitie.nl/")
    both = [seen("page", links=links), seen("embed", links=(links[1], links[0] + "/"))]
    assert merge(both, WANTED, [PAGE, SourceGives(name="embed", gives=frozenset({"links"}))]).differing == ()


def test_two_ids_of_one_page_of_facebook_are_not_two_accounts():
    by_interface = Observation(
        subject=Subject(platform_id="123456789012"),
        platform=Platform.FACEBOOK,
        source="api",
        outcome=Outcome.OK,
        profile=Profile(platform_id="123456789012", bio="112"),
    )
    by_page = Observation(
        subject=Subject(platform_id="123456789012"),
        platform=Platform.FACEBOOK,
        source="page",
        outcome=Outcome.OK,
        profile=Profile(platform_id="100012345678901", alt_ids={"page_id": "123456789012"}, links=()),
    )
    profile = merged(by_interface, by_page).profile
    assert profile is not None
    assert (profile.bio, profile.links) == ("112", ())
