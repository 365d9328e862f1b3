"""The rules about pictures."""

from __future__ import annotations

import pytest

from audits.model import LogoVerdict
from tests.audits.making import found, made, verdict

APPROVED, DEFAULT = "avatar-approved", "avatar-not-default"


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
