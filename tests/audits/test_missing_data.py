"""The first promise: missing data never becomes `fail`, and never `pass`."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.model import Outcome, Profile
from audits.engine import assess
from audits.model import Account, Facts, LogoVerdict
from audits.rules import RULES
from tests.audits.making import ACCOUNT, TODAY, policy

WORDS = [
    *("Politie", "Zwolle", "Assen", "Wijkagent", "politiek", "112", "geen meldingen", "melding", "www.evil.example"),
    *("Jan", "Jan-Willem", "⭐", "𝐏𝐨𝐥𝐢𝐭𝐢𝐞", "0900-8844", "06-12345678", "0900-1700", "www.politie.nl", "geen politie"),
]
TEXTS = st.one_of(st.text(max_size=30), st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join))
HANDLES = st.one_of(st.sampled_from(["POL_Zwolle", "politieforum", "gaasperdam", "polder"]), st.text(max_size=15))
LINKS = st.one_of(st.text(max_size=20), st.sampled_from(["https://politie.nl", "https://t.co/a", "https://linktr.ee"]))
PROFILES = st.builds(
    Profile,
    platform_id=st.sampled_from(["1001", "2002"]),
    handle=HANDLES,
    display_name=TEXTS,
    bio=TEXTS,
    avatar_url=st.sampled_from(["", "https://pictures.example/1.jpg"]),
    avatar_is_default=st.booleans(),
    links=st.lists(LINKS, max_size=3).map(tuple),
    private=st.booleans(),
)
LOGOS = st.builds(
    LogoVerdict,
    verdict=st.sampled_from(["approved", "altered", "contains", "different", "unreadable"]),
    reasons=st.sampled_from([(), ("near_limit",), ("too_small",)]),
)
ACCOUNTS = st.sampled_from(
    [
        ACCOUNT,
        msgspec.structs.replace(ACCOUNT, platform_id=None, area=None),
        msgspec.structs.replace(ACCOUNT, type="dier"),
        msgspec.structs.replace(ACCOUNT, status="beëindigd", conflicts=("handle_twice:x-2",), unit=None),
        msgspec.structs.replace(ACCOUNT, area="Oosterpark", unit="01", type="wijkagent"),
    ]
)
FIELDS = ("platform_id", "handle", "display_name", "bio", "avatar_url", "avatar_is_default", "links", "private", "logo")


def whole(account: Account, profile: Profile, logo: LogoVerdict) -> Facts:
    if profile.avatar_is_default:
        # No platform's default picture is an approved one.
        logo = LogoVerdict(verdict="different")
    return Facts(account=account, outcome=Outcome.OK, profile=profile, logo=logo, today=TODAY)


def lessened(facts: Facts, removed: set[str]) -> Facts:
    gone: dict[str, Any] = dict.fromkeys(removed - {"logo"})
    return msgspec.structs.replace(
        facts,
        profile=msgspec.structs.replace(facts.profile or Profile(), **gone),
        logo=None if "logo" in removed else facts.logo,
        gaps=dict.fromkeys(removed, "login_wall"),
    )


def verdicts(facts: Facts) -> dict[str, str]:
    return {finding.rule: str(finding.verdict) for finding in assess(facts, policy())}


@settings(max_examples=200, deadline=None)
@given(ACCOUNTS, PROFILES, LOGOS, st.sets(st.sampled_from(FIELDS), min_size=1))
def test_removing_facts_turns_no_verdict_into_another_but_unknown(account, profile, logo, removed):
    facts = whole(account, profile, logo)
    before, after = verdicts(facts), verdicts(lessened(facts, removed))
    for rule, verdict in after.items():
        assert verdict in {before[rule], "unknown"}
        if RULES[rule].needs & removed:
            assert verdict in {"unknown", "not_applicable"}


@settings(max_examples=100, deadline=None)
@given(ACCOUNTS, PROFILES, LOGOS, st.sets(st.sampled_from(FIELDS), min_size=1))
def test_a_part_of_a_field_proves_no_compliance(account, profile, logo, parts):
    facts = whole(account, profile, logo)
    partly = verdicts(msgspec.structs.replace(facts, gaps=dict.fromkeys(parts, "partial")))
    for rule, verdict in partly.items():
        if RULES[rule].needs & parts:
            assert verdict != "pass"


@settings(max_examples=100, deadline=None)
@given(ACCOUNTS, PROFILES, LOGOS)
def test_every_unknown_has_a_gap_and_nothing_else_has(account, profile, logo):
    findings = assess(whole(account, profile, logo), policy())
    assert [finding.rule for finding in findings if (finding.gap is not None) != (finding.verdict == "unknown")] == []
