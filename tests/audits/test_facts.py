"""Observations of several sources as one set of facts."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from adapters.model import Observation, Outcome, Platform, Profile, Subject
from audits.engine import assess
from audits.facts import Look, facts, facts_from_json, stranger
from audits.merging import Merged, SourceGives, merge
from audits.model import LogoVerdict, Verdict
from tests.audits.making import ACCOUNT, APPROVED, PROFILE, policy

LOOKED = Look(verdict=APPROVED)

API = SourceGives(
    name="api",
    gives=frozenset({"handle", "platform_id", "display_name", "bio", "avatar_url", "followers"}),
    hints=frozenset({"links"}),
)
PAGE = SourceGives(
    name="page", gives=frozenset({"handle", "platform_id", "bio", "links", "private", "verified", "followers"})
)
WANTED = frozenset({"handle", "bio", "links", "private"})


def seen(source: str, outcome: str, **profile: Any) -> Observation:
    return Observation(
        subject=Subject(handle="POL_Zwolle"),
        platform=Platform.X,
        source=source,
        outcome=Outcome(outcome),
        profile=Profile(**profile) if profile else None,
    )


@pytest.mark.parametrize(
    ("outcomes", "merged"),
    [
        (["ambiguous", "ok"], "ok"),
        (["ok", "login_wall"], "ok"),
        (["partial", "not_found"], "partial"),
        (["ambiguous", "not_found"], "not_found"),
        (["not_found", "ambiguous"], "not_found"),
        (["not_found", "suspended"], "suspended"),
        (["restricted", "not_found"], "restricted"),
        (["not_found", "restricted"], "restricted"),
        (["not_found", "moved"], "moved"),
        (["not_found", "not_eligible"], "not_found"),
        (["restricted", "suspended"], "suspended"),
        (["restricted", "ok"], "ok"),
        (["login_wall", "restricted"], "restricted"),
        (["moved", "transport_error"], "moved"),
        (["rate_limited", "login_wall"], "login_wall"),
        (["login_wall", "rate_limited"], "rate_limited"),
        ([], "not_permitted"),
    ],
)
def test_what_was_seen_counts_before_what_was_not(outcomes, merged):
    observations = [seen(source, outcome) for source, outcome in zip(("api", "page"), outcomes, strict=False)]
    assert merge(observations, WANTED, [API, PAGE]).outcome == merged


def test_the_first_source_by_preference_wins_whatever_the_order_of_asking():
    page, api = seen("page", "ok", handle="a", bio="from the page"), seen("api", "ok", handle="a", bio="from the api")
    merged = merge([page, api], WANTED, [API, PAGE])
    assert merged.profile is not None
    assert (merged.profile.bio, merged.sources["bio"]) == ("from the api", "api")


def test_an_empty_value_is_an_observation_and_the_next_source_does_not_replace_it():
    merged = merge([seen("api", "ok", bio=""), seen("page", "ok", bio="old")], WANTED, [API, PAGE])
    assert merged.profile is not None
    assert merged.profile.bio == ""
    assert "bio" not in merged.gaps


def test_a_field_seen_in_part_keeps_its_value_and_gets_a_gap():
    merged = merge([seen("api", "ok", links=("https://a.example",)), seen("page", "login_wall")], WANTED, [API, PAGE])
    assert merged.profile is not None
    assert merged.profile.links == ("https://a.example",)
    assert merged.gaps["links"] == "login_wall"


def test_a_field_seen_in_full_replaces_the_part():
    observations = [seen("api", "ok", links=("https://a.example",)), seen("page", "ok", links=(), private=False)]
    merged = merge(observations, WANTED, [API, PAGE])
    assert merged.profile is not None
    assert (merged.profile.links, merged.sources["links"]) == ((), "page")
    assert "links" not in merged.gaps


@pytest.mark.parametrize(
    ("observations", "permitted", "gap"),
    [
        ([seen("api", "ok", bio="x")], [API], "no_source"),
        ([seen("api", "ok", bio="x")], [API, PAGE], "not_asked"),
        ([seen("api", "ok", bio="x"), seen("page", "login_wall")], [API, PAGE], "login_wall"),
        ([seen("api", "ok", bio="x"), seen("page", "ok", bio="x")], [API, PAGE], "partial"),
        ([seen("api", "suspended")], [API], "suspended"),
        ([seen("api", "ambiguous"), seen("page", "not_found")], [API, PAGE], "not_found"),
        ([], [], "no_source"),
    ],
)
def test_a_missing_field_has_the_reason_why(observations, permitted, gap):
    assert merge(observations, WANTED, permitted).gaps["private"] == gap


def test_fields_that_nobody_wants_are_no_gaps():
    assert merge([seen("api", "ok", bio="x")], frozenset({"bio"}), [API]).gaps == {}


def test_exact_followers_beat_rounded_ones_of_a_preferred_source():
    rounded, exact = {"followers": 1200, "followers_exact": False}, {"followers": 1234, "followers_exact": True}
    merged = merge([seen("api", "ok", **rounded), seen("page", "ok", **exact)], WANTED, [API, PAGE])
    assert merged.profile is not None
    assert (merged.profile.followers, merged.profile.followers_exact) == (1234, True)


def test_the_kind_of_a_badge_comes_from_the_source_of_the_badge():
    observations = [seen("api", "ok", verified=False), seen("page", "ok", verified=True, verified_kind="blue")]
    merged = merge(observations, WANTED, [API, PAGE])
    assert merged.profile is not None
    assert (merged.profile.verified, merged.profile.verified_kind) == (False, None)


def test_a_profile_with_another_id_is_not_mixed_in():
    observations = [seen("api", "ok", platform_id="1", bio="own"), seen("page", "ok", platform_id="2", private=True)]
    merged = merge(observations, WANTED, [API, PAGE])
    assert merged.profile is not None
    assert merged.profile.private is None
    assert merged.gaps["private"] == "partial"


def test_ids_of_other_kinds_are_gathered():
    observations = [seen("api", "ok", alt_ids={"graph_id": "17841"}), seen("page", "ok", platform_id="9")]
    merged = merge(observations, WANTED, [API, PAGE])
    assert merged.profile is not None
    assert (merged.profile.platform_id, merged.profile.alt_ids) == ("9", {"graph_id": "17841"})


def test_a_handle_found_under_a_new_id_after_the_old_id_is_gone_is_read():
    observations = [seen("api", "not_found"), seen("api", "ok", platform_id="2", handle="POL_Zwolle")]
    merged = merge(observations, WANTED, [API])
    assert merged.outcome == "ok"
    assert stranger(ACCOUNT, merged.profile)


def test_of_a_suspended_account_nothing_is_judged():
    merged = merge([seen("api", "suspended", bio="left over")], WANTED, [API])
    assert merged.profile is None
    assert set(merged.gaps.values()) == {"suspended"}


def whole(**changes: Any) -> Merged:
    profile = msgspec.structs.replace(PROFILE, **changes)
    return Merged(outcome=Outcome.OK, profile=profile, sources={"bio": "api", "outcome": "api"}, gaps={})


def test_with_a_blind_id_nobody_can_say_whose_profile_it_is():
    known = msgspec.structs.replace(ACCOUNT, platform_id="1001")
    found = facts(known, whole(platform_id="2002"), logo=LOOKED, blind_fields=frozenset({"platform_id"}))
    assert {found.gap(need) for need in ("bio", "handle", "links", "logo")} == {"blind"}
    assert found.value("bio") is None


@pytest.mark.parametrize("gap", ["login_wall", "rate_limited", "partial", "not_asked"])
def test_a_profile_whose_id_was_not_seen_may_be_anybodys(gap):
    merged = msgspec.structs.replace(whole(platform_id=None, bio="Bloemist"), gaps={"platform_id": gap})
    found = facts(ACCOUNT, merged, logo=LOOKED)
    assert {found.gap(need) for need in ("bio", "handle", "links", "logo", "platform_id")} == {gap}
    assert (found.value("bio"), found.logo) == (None, None)
    assert Verdict.FAIL not in {finding.verdict for finding in assess(found, policy())}


def test_where_no_source_shows_the_id_the_name_has_to_do():
    merged = msgspec.structs.replace(whole(platform_id=None), gaps={"platform_id": "no_source"})
    assert facts(ACCOUNT, merged, logo=LOOKED).value("bio") == PROFILE.bio


def test_an_unseen_id_hides_nothing_of_an_account_that_another_id_or_none_identifies():
    gaps = {"platform_id": "login_wall"}
    unregistered = msgspec.structs.replace(ACCOUNT, platform_id=None)
    assert facts(unregistered, msgspec.structs.replace(whole(platform_id=None), gaps=gaps)).value("bio")
    insta = msgspec.structs.replace(ACCOUNT, platform=Platform.INSTAGRAM, platform_id="17841400000000001")
    seen_by_interface = whole(platform_id=None, alt_ids={"graph_id": "17841400000000001"})
    assert facts(insta, msgspec.structs.replace(seen_by_interface, gaps=gaps)).value("bio")
    by_page_id = msgspec.structs.replace(insta, platform_id="1234567")
    assert facts(by_page_id, msgspec.structs.replace(seen_by_interface, gaps=gaps)).value("bio") is None


def test_a_blind_id_hides_nothing_of_an_account_whose_id_the_register_does_not_know():
    unknown = msgspec.structs.replace(ACCOUNT, platform_id=None)
    found = facts(unknown, whole(), blind_fields=frozenset({"platform_id"}))
    assert found.value("bio") is not None


def test_blind_fields_lose_their_value_and_what_hangs_on_it():
    found = facts(ACCOUNT, whole(), logo=LOOKED, blind_fields=frozenset({"avatar_url", "bio"}))
    assert (found.value("bio"), found.value("avatar_url"), found.logo) == (None, None, None)
    assert (found.gap("bio"), found.gap("logo")) == ("blind", "blind")
    assert found.value("display_name") == PROFILE.display_name


@pytest.mark.parametrize("field", ["avatar_url", "avatar_is_default"])
def test_a_blind_picture_and_what_is_said_of_it_go_together(field):
    found = facts(ACCOUNT, whole(avatar_is_default=True), logo=LOOKED, blind_fields=frozenset({field}))
    assert (found.value("avatar_url"), found.value("avatar_is_default"), found.logo) == (None, None, None)
    assert {found.gap(need) for need in ("avatar_url", "avatar_is_default", "logo")} == {"blind"}
    rules = {"avatar-approved", "avatar-not-default"}
    assert {f.verdict for f in assess(found, policy()) if f.rule in rules} == {"unknown"}


@pytest.mark.parametrize(
    ("changes", "reasons"), [({"avatar_is_default": True}, ("default",)), ({"avatar_url": ""}, ("none",))]
)
def test_a_default_or_missing_picture_is_judged_without_looking_at_it(changes, reasons):
    found = facts(ACCOUNT, whole(**changes))
    assert found.logo == LogoVerdict(verdict="different", reasons=reasons)


def test_any_other_picture_has_to_be_looked_at():
    assert facts(ACCOUNT, whole(avatar_is_default=False)).logo is None


def test_of_a_stranger_only_the_identity_is_kept():
    found = facts(ACCOUNT, whole(platform_id="2002"), logo=LOOKED)
    assert found.profile == Profile(platform_id="2002", handle=PROFILE.handle)
    assert found.logo is None
    assert {found.gap(field) for field in ("bio", "display_name", "handle", "private", "logo")} == {"not_asked"}
    assert "platform_id" not in found.gaps


def test_the_reason_for_a_missing_picture_is_kept_only_while_it_is_missing():
    assert facts(ACCOUNT, whole(), logo=Look(gap="rate_limited")).gap("logo") == "rate_limited"
    assert facts(ACCOUNT, whole(), logo=Look(verdict=APPROVED, gap="rate_limited")).gaps == {}


def test_a_banner_is_told_as_an_avatar_is():
    seen = whole(banner_url="https://pictures.example/wide.jpg")
    assert facts(ACCOUNT, seen, banner=LOOKED).banner == APPROVED
    assert facts(ACCOUNT, seen).gap("banner") == "not_asked"
    assert facts(ACCOUNT, seen, banner=Look(gap="rate_limited")).gap("banner") == "rate_limited"
    blind = facts(ACCOUNT, seen, logo=LOOKED, banner=LOOKED, blind_fields=frozenset({"banner_url"}))
    assert (blind.banner, blind.gap("banner"), blind.logo) == (None, "blind", APPROVED)
    assert facts(ACCOUNT, whole(platform_id="2002"), banner=LOOKED).banner is None


LINE: dict[str, Any] = {
    "account": {"account_id": "a", "platform": "x", "handle": "POL_Zwolle", "area_aliases": "Den Bosch; Bosch", "x": 1},
    "outcome": "ok",
    "profile": {"handle": "POL_Zwolle", "bio": "", "links": ["https://politie.nl"], "alt_ids": None},
    "logo": {"file": "a.png", "verdict": "approved", "variant": None, "distance": 0.0, "box": None, "reasons": []},
    "banner": None,
    "gaps": {"private": "login_wall"},
    "seen_before": 1,
    "today": "2026-11-22",
}


def line(**changes: Any) -> bytes:
    return msgspec.json.encode(LINE | changes)


def test_a_line_by_hand_becomes_facts():
    found = facts_from_json(line())
    assert found.account.area_aliases == ("Den Bosch", "Bosch")
    assert (found.value("bio"), found.value("links"), found.value("display_name")) == (
        "",
        ("https://politie.nl",),
        None,
    )
    assert found.logo == LogoVerdict(verdict="approved", distance=0.0)
    assert (found.gap("private"), found.seen_before, found.today) == ("login_wall", 1, date(2026, 11, 22))


def test_absent_keys_of_a_line_are_not_observed():
    found = facts_from_json(msgspec.json.encode({"account": LINE["account"]}), date(2026, 1, 1))
    assert (found.outcome, found.profile, found.logo, found.today) == ("ambiguous", None, None, date(2026, 1, 1))
    assert facts_from_json(msgspec.json.encode({"account": LINE["account"], "profile": {}})).outcome == "ok"


def test_a_line_about_a_suspended_account_shows_nothing_else():
    found = facts_from_json(line(outcome="suspended"))
    assert (found.profile, found.logo, found.gap("bio")) == (None, None, "suspended")


def test_a_line_about_a_stranger_is_withheld_too():
    account = {"account_id": "a", "platform": "x", "handle": "POL_Zwolle", "platform_id": "1"}
    found = facts_from_json(line(account=account, profile={"handle": "POL_Zwolle", "platform_id": "2", "bio": "x"}))
    assert (found.value("bio"), found.gap("bio")) == (None, "not_asked")


def test_a_line_with_an_unseen_id_is_withheld_only_when_it_says_so():
    account = {"account_id": "a", "platform": "x", "handle": "POL_Zwolle", "platform_id": "1"}
    profile = {"handle": "POL_Zwolle", "bio": "x"}
    assert facts_from_json(line(account=account, profile=profile)).value("bio") == "x"
    found = facts_from_json(line(account=account, profile=profile, gaps={"platform_id": "login_wall"}))
    assert (found.value("bio"), found.gap("bio")) == (None, "login_wall")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (b"{", "truncated"),
        (b"[]", "object"),
        (b"{}", "account"),
        (line(account={"account_id": "a", "platform": "myspace", "handle": "h"}), "myspace"),
        (line(account={"account_id": "a", "platform": "x"}), "handle"),
        (line(outcome="fine"), "fine"),
        (line(profile={"bio": 5}), "bio"),
        (line(logo={"verdict": "nice"}), "nice"),
        (line(gaps={"bio": "because"}), "because"),
        (line(today="tomorrow"), "today"),
        (line(seen_before="1"), "seen_before"),
        (b'{"account": {"account_id": "\xff"}}', "utf-8"),
    ],
)
def test_a_wrong_line_is_refused_in_one_line(text, named):
    with pytest.raises(ValueError, match=named) as refusal:
        facts_from_json(text)
    assert "\n" not in str(refusal.value)
