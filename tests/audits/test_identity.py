"""Who or what confirms an account, and about whom may be mailed."""

from __future__ import annotations

import msgspec
import pytest

from adapters.model import Platform, Profile
from audits.identity import Identity, identity, may_be_mailed
from audits.model import Account

PAGE = "https://www.politie.nl/mijn-buurt/politiebureaus/02/ede.html"
ACCOUNT = Account(account_id="A1", platform=Platform.X, handle="POL_Ede", source_url=PAGE)
LINKED = Profile(links=("https://www.politie.nl/ede",))


@pytest.mark.parametrize("profile", [None, Profile(), Profile(links=()), LINKED])
def test_a_person_confirms_whatever_the_profile_shows(profile):
    confirmed = msgspec.structs.replace(ACCOUNT, confirmed_on="2026-01-31", source_url=None)
    assert identity(confirmed, profile) is Identity.CONFIRMED_BY_PERSON
    assert may_be_mailed(confirmed, profile)


def test_a_name_without_the_day_is_no_confirmation():
    assert identity(msgspec.structs.replace(ACCOUNT, confirmed_by="M. Baas")) is Identity.UNCONFIRMED


@pytest.mark.parametrize("link", [PAGE, "http://politie.nl", "www.politie.nl/ede", "https://www.politie.nl./x"])
def test_links_in_both_directions_confirm(link):
    profile = Profile(links=("https://example.org", link))
    assert identity(ACCOUNT, profile) is Identity.CONFIRMED_BY_LINKS
    assert may_be_mailed(ACCOUNT, profile)


@pytest.mark.parametrize(
    "links",
    [
        None,
        (),
        ("https://politie.nl.example",),
        ("https://politie-nl.nl",),
        ("https://politie.nl@example.org/",),
        ("",),
    ],
)
def test_a_link_that_does_not_lead_back_confirms_nothing(links):
    assert identity(ACCOUNT, Profile(links=links)) is Identity.UNCONFIRMED
    assert not may_be_mailed(ACCOUNT, Profile(links=links))


@pytest.mark.parametrize("page", [None, "", "https://example.org/politie.nl", "https://politie.nl.example/x"])
def test_a_profile_that_points_at_politie_nl_does_not_confirm_itself(page):
    assert identity(msgspec.structs.replace(ACCOUNT, source_url=page), LINKED) is Identity.UNCONFIRMED


def test_what_was_not_observed_confirms_nothing():
    assert identity(ACCOUNT, None) is Identity.UNCONFIRMED
    assert not may_be_mailed(ACCOUNT, None)
