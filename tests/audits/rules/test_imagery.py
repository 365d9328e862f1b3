"""The rules about pictures."""

from __future__ import annotations

import pytest

from audits.engine import assess
from audits.facts import facts_from_json
from audits.model import Facts, LogoVerdict
from audits.policy import load, wanted_facts
from audits.rules import RULES
from audits.rules.imagery import Banners, Sizes, avatar_readable, banner_approved
from tests.audits.making import POLICIES, found, made, policy, verdict

APPROVED, DEFAULT, READABLE = "avatar-approved", "avatar-not-default", "avatar-readable"
BANNER = Banners(approved=True)


@pytest.mark.parametrize(
    ("logo", "expected", "gap"),
    [
        (LogoVerdict(verdict="approved"), "pass", None),
        (LogoVerdict(verdict="altered", reasons=("mirrored",)), "fail", None),
        (LogoVerdict(verdict="contains"), "fail", None),
        (LogoVerdict(verdict="different"), "fail", None),
        (LogoVerdict(verdict="altered", reasons=("near_limit",)), "review", None),
        (LogoVerdict(verdict="approved", reasons=("near_limit",)), "review", None),
        (LogoVerdict(verdict="unreadable", reasons=("too_small",)), "unknown", "too_small"),
        (LogoVerdict(verdict="unreadable", reasons=("truncated",)), "unknown", "transport_error"),
        (None, "unknown", "not_asked"),
    ],
)
def test_the_verdict_on_the_picture_decides(logo, expected, gap):
    finding = found(APPROVED, made(logo=logo))
    assert (finding.verdict, finding.gap) == (expected, gap)


def test_the_default_picture_fails_without_a_verdict_on_it():
    facts = made(profile={"avatar_is_default": True}, logo=LogoVerdict(verdict="different", reasons=("default",)))
    assert (verdict(APPROVED, facts), found(APPROVED, facts).seen) == ("fail", "default")
    assert (verdict(DEFAULT, facts), found(DEFAULT, facts).seen) == ("fail", "default")


def test_an_account_that_shows_no_picture_at_all_fails():
    facts = made(profile={"avatar_url": ""}, logo=LogoVerdict(verdict="different", reasons=("none",)))
    assert verdict(APPROVED, facts) == "fail"


def test_a_picture_that_could_not_be_fetched_is_unknown_for_its_own_reason():
    finding = found(APPROVED, made(logo=None, gaps={"logo": "rate_limited"}))
    assert (finding.verdict, finding.gap) == ("unknown", "rate_limited")


def test_pictures_that_were_not_observed_are_unknown():
    facts = made(profile={"avatar_url": None, "avatar_is_default": None}, logo=None)
    assert verdict(APPROVED, facts) == "unknown"
    assert verdict(DEFAULT, facts) == "unknown"


def test_a_picture_of_its_own_is_not_the_default_one():
    assert verdict(DEFAULT, made()) == "pass"
    assert verdict(DEFAULT, made(logo=LogoVerdict(verdict="different"))) == "pass"


@pytest.mark.parametrize(
    ("logo", "expected", "gap"),
    [
        (LogoVerdict(verdict="approved"), "pass", None),
        (LogoVerdict(verdict="different"), "pass", None),
        (LogoVerdict(verdict="altered", reasons=("near_limit",)), "pass", None),
        (LogoVerdict(verdict="unreadable", reasons=("too_small",)), "review", None),
        (LogoVerdict(verdict="unreadable", reasons=("truncated",)), "unknown", "transport_error"),
        (LogoVerdict(verdict="different", reasons=("none",)), "not_applicable", None),
        (LogoVerdict(verdict="different", reasons=("default",)), "not_applicable", None),
        (None, "unknown", "not_asked"),
    ],
)
def test_a_picture_that_cannot_be_read_is_for_a_person_when_it_is_small(logo, expected, gap):
    finding = found(READABLE, made(logo=logo))
    assert (finding.verdict, finding.gap) == (expected, gap)


@pytest.mark.parametrize(("word", "gap"), [("fail", None), ("review", None), ("unknown", "too_small")])
def test_what_a_small_picture_means_is_the_policys(word, gap):
    judged = avatar_readable(
        made(logo=LogoVerdict(verdict="unreadable", reasons=("too_small",))), Sizes(too_small=word)
    )
    assert (judged.verdict, judged.gap, judged.seen) == (word, gap, "too_small")


@pytest.mark.parametrize(
    ("banner", "expected"),
    [
        (LogoVerdict(verdict="approved", variant="skyline"), "pass"),
        (LogoVerdict(verdict="altered", reasons=("mirrored",)), "fail"),
        (LogoVerdict(verdict="different"), "fail"),
        (LogoVerdict(verdict="altered", reasons=("near_limit",)), "review"),
        (LogoVerdict(verdict="unreadable", reasons=("too_small",)), "unknown"),
        (LogoVerdict(verdict="different", reasons=("none",)), "pass"),
    ],
)
def test_a_banner_is_held_against_the_approved_ones(banner, expected):
    assert banner_approved(made(banner=banner), BANNER).verdict == expected


def test_no_banner_at_all_fails_only_where_one_is_required():
    none = made(banner=LogoVerdict(verdict="different", reasons=("none",)))
    assert banner_approved(none, Banners(approved=True, required=True)).verdict == "fail"


def strict(facts: Facts) -> tuple[str, str | None]:
    """The verdict under a policy that has approved banners."""
    text = (POLICIES / "voorbeeld-2024.toml").read_text().replace("approved = false", "approved = true")
    own = load(text.encode(), "strict.toml")
    finding = next(one for one in assess(facts, own) if one.rule == "banner-approved")
    return str(finding.verdict), finding.gap


def test_a_banner_that_nobody_looked_at_is_unknown_where_it_matters():
    assert strict(made()) == ("unknown", "not_asked")
    assert strict(made(gaps={"banner_url": "no_source"})) == ("unknown", "no_source")
    assert strict(made(banner=LogoVerdict(verdict="different"))) == ("fail", None)


@pytest.mark.parametrize("platform", ["instagram", "threads"])
def test_platforms_without_a_banner_are_not_asked_for_one(platform):
    assert strict(made(account={"platform": platform})) == ("not_applicable", None)


def test_where_no_banner_is_approved_every_banner_is_free_and_none_is_fetched():
    clause = next(one for one in policy().clauses if one.rule == "banner-approved")
    assert verdict("banner-approved", made(banner=LogoVerdict(verdict="different"))) == "not_applicable"
    assert wanted_facts(clause) == frozenset()
    assert RULES["banner-approved"].needs == {"banner"}


def test_a_banner_seen_not_to_be_there_needs_no_look():
    line = b'{"account": {"account_id": "a", "platform": "x", "handle": "h"}, "profile": {"banner_url": ""}}'
    assert facts_from_json(line).banner == LogoVerdict(verdict="different", reasons=("none",))
