"""A policy held against one account."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from adapters.model import Outcome
from audits.engine import assess, result, status
from audits.facts import Look, facts
from audits.merging import Merged
from audits.model import Finding, LogoVerdict, Severity, Verdict, Waived
from tests.audits.making import ACCOUNT, APPROVED, PROFILE, made, policy, unseen

ALL = {clause.rule for clause in policy().clauses}
# What the register alone decides, and what is about no account of the test.
REGISTER = {"account-unique", "platform-allowed", "register-complete"}
ABSENT = {"banner-approved", "account-ended"}


def seen(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings for which the platform has to show something."""
    return tuple(finding for finding in findings if finding.rule not in REGISTER | ABSENT)


def verdicts(findings: tuple[Finding, ...]) -> dict[str, str]:
    return {finding.rule: str(finding.verdict) for finding in findings}


def test_an_account_in_order_passes_every_clause_in_the_order_of_the_policy():
    findings = assess(made(), policy())
    assert [finding.rule for finding in findings] == [clause.rule for clause in policy().clauses]
    told = verdicts(findings)
    assert {told.pop("banner-approved"), told.pop("account-ended")} == {"not_applicable"}
    assert set(told.values()) == {"pass"}
    assert status(findings) == "compliant"


def test_every_finding_says_what_was_seen_and_wanted_by_which_clause_and_source():
    sources = dict.fromkeys((*PROFILE.__struct_fields__, "outcome"), "api")
    facts_ = made(
        profile={"bio": "", "display_name": "x", "links": ("https://a.example",), "private": True},
        logo=LogoVerdict(verdict="different"),
        sources=sources,
    )
    failing = [finding for finding in assess(facts_, policy()) if finding.verdict is Verdict.FAIL]
    assert len(failing) == 11
    for finding in failing:
        assert finding.seen is not None
        assert finding.wanted
        assert finding.clause
        assert finding.source == "api"


def test_a_clause_not_yet_in_force_is_not_judged():
    assert assess(made(today=date(2023, 12, 31)), policy()) == ()
    assert len(assess(made(today=None), policy())) == len(ALL)


@pytest.mark.parametrize("outcome", ["login_wall", "rate_limited", "transport_error", "ambiguous", "layout_changed"])
def test_an_account_that_was_not_seen_is_undetermined_in_everything(outcome):
    findings = assess(unseen(outcome), policy())
    assert {(finding.verdict, finding.gap) for finding in seen(findings)} == {("unknown", outcome)}
    assert status(findings) == "undetermined"


@pytest.mark.parametrize("outcome", ["login_wall", "not_permitted", "not_found"])
def test_what_the_register_alone_tells_is_judged_without_the_platform(outcome):
    ours = {"account": msgspec.structs.replace(ACCOUNT, conflicts=("handle_twice:x-2",), beheerders=())}
    findings = assess(msgspec.structs.replace(unseen(outcome), **ours), policy())
    told = verdicts(findings)
    assert {rule: told[rule] for rule in REGISTER} == {
        "account-unique": "fail",
        "platform-allowed": "pass",
        "register-complete": "fail",
    }
    assert {finding.source for finding in findings if finding.rule in REGISTER} == {None}
    assert status(findings) == "non_compliant"


def test_an_account_never_seen_is_undetermined_however_good_its_row():
    assert result(unseen("not_permitted"), policy(), None, []).status == "undetermined"


def test_of_an_account_that_has_ended_and_is_gone_nothing_is_left_to_judge():
    gone = msgspec.structs.replace(unseen("not_found"), account=msgspec.structs.replace(ACCOUNT, status="beëindigd"))
    told = verdicts(assess(gone, policy()))
    assert {rule for rule, verdict in told.items() if verdict == "pass"} == {"account-ended", *REGISTER}
    assert set(told.values()) == {"pass", "not_applicable"}
    assert result(gone, policy(), None, []).status == "compliant"


def test_a_suspended_account_fails_in_that_alone():
    findings = assess(unseen("suspended"), policy())
    assert verdicts(findings).pop("account-exists") == "fail"
    rest = {(finding.verdict, finding.gap) for finding in seen(findings) if finding.rule != "account-exists"}
    assert rest == {("unknown", "suspended")}
    assert status(findings) == "non_compliant"


def test_a_missing_account_is_undetermined_at_first_and_fails_later():
    missing = unseen("not_found")
    assert status(assess(missing, policy())) == "undetermined"
    assert status(assess(msgspec.structs.replace(missing, seen_before=1), policy())) == "non_compliant"


def test_of_a_handle_that_passed_to_someone_else_only_the_identity_fails():
    merged = Merged(
        outcome=Outcome.OK,
        profile=msgspec.structs.replace(PROFILE, platform_id="2002", bio="", display_name="x", private=True),
        sources={},
        gaps={},
    )
    found = seen(assess(facts(ACCOUNT, merged, logo=Look(verdict=APPROVED)), policy()))
    by_rule = verdicts(found)
    assert by_rule.pop("identity-stable") == "fail"
    assert by_rule.pop("account-exists") == "pass"
    assert set(by_rule.values()) == {"unknown"}
    assert {finding.gap for finding in found if finding.verdict is Verdict.UNKNOWN} == {"not_asked"}


def test_a_renamed_account_is_judged_as_it_was_seen():
    found = verdicts(seen(assess(made(profile={"handle": "gaasperdam"}), policy())))
    assert found.pop("identity-stable") == "fail"
    assert set(found.values()) == {"pass"}


def finding(verdict: str, severity: str = "must", **fields: Any) -> Finding:
    return Finding(rule="r", clause="1", verdict=Verdict(verdict), severity=Severity(severity), **fields)


WAIVED = Waived(reason="campaign", approver="the coordinator", until="2027-01-01")


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([], "compliant"),
        ([finding("pass"), finding("not_applicable")], "compliant"),
        ([finding("fail"), finding("review"), finding("unknown", gap="blocked")], "non_compliant"),
        ([finding("fail", "should")], "non_compliant"),
        ([finding("fail", "info"), finding("review", "info"), finding("unknown", "info", gap="blind")], "compliant"),
        ([finding("review"), finding("unknown", gap="blocked")], "review"),
        ([finding("unknown", gap="blind"), finding("pass")], "undetermined"),
        ([finding("unknown", gap="no_source"), finding("pass")], "compliant"),
        ([finding("fail", waived=WAIVED), finding("pass")], "compliant"),
        ([finding("fail", waived=WAIVED), finding("unknown", gap="blocked")], "undetermined"),
    ],
)
def test_the_status_is_the_first_that_fits(findings, expected):
    assert status(findings) == expected


def test_a_result_bears_the_handle_of_the_register():
    found = result(made(profile={"handle": "other"}), policy(), "2026-11-22T01:00:00Z", ["api", "page"])
    assert (found.account_id, found.handle, found.outcome) == ("x-zwolle", "POL_Zwolle", "ok")
    assert (found.sources, found.observed_at) == (("api", "page"), "2026-11-22T01:00:00Z")
    assert found.status == status(found.findings) == "non_compliant"


def test_a_finding_names_the_source_of_the_field_that_it_is_about():
    facts_ = made(sources={"bio": "page", "links": "embed", "outcome": "api"})
    sources = {finding.rule: finding.source for finding in assess(facts_, policy())}
    assert (sources["bio-emergency-line"], sources["links-allowed"]) == ("page", "embed")
    assert sources["account-exists"] == sources["account-public"] == "api"
