"""The rules about what an account is."""

from __future__ import annotations

import pytest

from adapters.model import Outcome, Platform
from tests.audits.making import found, made, unseen, verdict, without

EXISTS, PUBLIC, STABLE = "account-exists", "account-public", "identity-stable"


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("ok", "pass"),
        ("partial", "pass"),
        ("restricted", "pass"),
        ("suspended", "fail"),
        ("moved", "review"),
        ("not_eligible", "review"),
    ],
)
def test_the_word_of_the_platform_counts_at_once(outcome, expected):
    assert verdict(EXISTS, made(outcome=Outcome(outcome))) == expected


@pytest.mark.parametrize(("before", "expected"), [(0, "unknown"), (1, "fail"), (2, "fail")])
def test_a_missing_account_fails_from_the_second_observation(before, expected):
    finding = found(EXISTS, unseen("not_found", seen_before=before))
    assert finding.verdict == expected
    assert finding.gap == (None if before else "first_observation")


@pytest.mark.parametrize(
    "outcome", ["login_wall", "consent_wall", "rate_limited", "blocked", "denied", "ambiguous", "transport_error"]
)
def test_an_account_that_could_not_be_seen_is_unknown_for_that_reason(outcome):
    finding = found(EXISTS, unseen(outcome, seen_before=9))
    assert (finding.verdict, finding.gap) == ("unknown", outcome)


@pytest.mark.parametrize(("private", "expected"), [(True, "fail"), (False, "pass"), (None, "unknown")])
def test_an_account_must_be_public(private, expected):
    assert verdict(PUBLIC, made(profile={"private": private})) == expected


@pytest.mark.parametrize("handle", ["POL_Zwolle", "pol_zwolle"])
def test_the_same_id_and_handle_are_stable_whatever_the_capitals(handle):
    assert verdict(STABLE, made(profile={"handle": handle})) == "pass"


def test_a_renamed_account_fails_with_both_handles():
    finding = found(STABLE, made(profile={"handle": "POL_Zwolle_eo"}))
    assert (finding.verdict, finding.seen, finding.wanted) == ("fail", "POL_Zwolle_eo", "POL_Zwolle")


PAGE = "100012345678901"
CHANNEL = "UCabcdefghijklmnopqrstuv"


@pytest.mark.parametrize(
    ("platform", "registered", "platform_id", "shown"),
    [
        ("youtube", CHANNEL, CHANNEL, "PolitieDam"),
        ("facebook", PAGE, PAGE, "politie.dam"),
        ("facebook", PAGE, PAGE, ""),
        ("facebook", "Politie-Dam-267074666780010", "267074666780010", "politiedam"),
        ("facebook", "Politie-Dam-267074666780010", PAGE, "politiedam"),
        ("facebook", "politie.dam", PAGE, ""),
        ("facebook", "politie.dam", PAGE, "PolitieDam"),
        ("instagram", "1234567", "1234567", "politie_dam"),
    ],
)
def test_an_id_in_place_of_a_name_and_a_page_without_one_are_no_other_handle(platform, registered, platform_id, shown):
    own = {"platform": Platform(platform), "handle": registered, "platform_id": platform_id}
    assert verdict(STABLE, made(account=own, profile={"platform_id": platform_id, "handle": shown})) == "pass"


@pytest.mark.parametrize(
    ("platform", "registered", "shown"),
    [
        ("facebook", "politie.dam", "politie.oost"),
        ("facebook", "politie-dam", "politiedam"),
        ("instagram", "politie.dam", "politiedam"),
        ("youtube", "PolitieDam", "PolitieOost"),
        ("x", "12345678", "POL_Dam"),
    ],
)
def test_a_name_that_became_another_is_told_on_every_platform(platform, registered, shown):
    own = {"platform": Platform(platform), "handle": registered, "platform_id": PAGE}
    finding = found(STABLE, made(account=own, profile={"platform_id": PAGE, "handle": shown}))
    assert (finding.verdict, finding.seen, finding.wanted) == ("fail", shown, registered)


def test_a_handle_that_passed_to_someone_else_fails_with_both_ids():
    finding = found(STABLE, made(profile={"platform_id": "2002"}))
    assert (finding.verdict, finding.seen, finding.wanted) == ("fail", "2002", "1001")


def test_an_id_of_another_kind_can_be_the_one_of_the_register():
    assert verdict(STABLE, made(profile={"platform_id": "77", "alt_ids": {"graph_id": "1001"}})) == "pass"
    assert verdict(STABLE, made(profile={"platform_id": None, "alt_ids": {"graph_id": "1001"}})) == "pass"


def test_without_an_observed_id_nothing_is_said():
    finding = found(STABLE, made(profile={"platform_id": None}, gaps={"platform_id": "no_source"}))
    assert (finding.verdict, finding.gap) == ("unknown", "no_source")
    assert verdict(STABLE, without("handle")) == "unknown"


@pytest.mark.parametrize("profile", [{}, {"handle": "other"}, {"platform_id": "2002"}, {"handle": None}])
def test_without_an_id_in_the_register_there_is_nothing_to_compare(profile):
    assert verdict(STABLE, made(account={"platform_id": None}, profile=profile)) == "not_applicable"
