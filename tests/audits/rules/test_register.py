"""The rules about the row of the register."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from adapters.model import Outcome
from audits.model import Facts
from audits.policy import PolicyError, load
from tests.audits.making import ACCOUNT, POLICIES, found, made, unseen, verdict

UNIQUE, ENDED, PLATFORM, COMPLETE = "account-unique", "account-ended", "platform-allowed", "register-complete"
EXISTS = "account-exists"


def row(outcome: str = "login_wall", **fields: Any) -> Facts:
    return msgspec.structs.replace(unseen(outcome), account=msgspec.structs.replace(ACCOUNT, **fields))


def test_a_profile_that_is_registered_twice_fails_and_names_the_others():
    finding = found(UNIQUE, row(conflicts=("handle_twice:x-2", "platform_id_twice:x-2", "platform_id_twice:x-3")))
    assert (finding.verdict, finding.seen, finding.wanted) == ("fail", "x-2, x-3", "once")


@pytest.mark.parametrize(
    "mark", ["contradicted:area", "handle_and_address:pol_assen", "other_place:7", "name_says_other_place:ede"]
)
def test_rows_that_contradict_each_other_are_for_a_person(mark):
    assert verdict(UNIQUE, row(conflicts=(mark,))) == "review"


@pytest.mark.parametrize(
    "conflicts", [(), ("account_id_twice:x-2",), ("same_place:x-2",), ("strange",), ("handle_twice",), ("",)]
)
def test_other_remarks_of_the_import_say_nothing_of_a_second_row(conflicts):
    assert verdict(UNIQUE, row(conflicts=conflicts)) == "pass"


@pytest.mark.parametrize("status", ["beëindigd", "Beeindigd", "gearchiveerd", "opgeheven", "ended", " archived "])
@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("ok", "fail"),
        ("partial", "fail"),
        ("restricted", "fail"),
        ("not_found", "pass"),
        ("suspended", "pass"),
        ("moved", "review"),
        ("not_eligible", "review"),
        ("login_wall", "unknown"),
        ("not_permitted", "unknown"),
    ],
)
def test_an_account_that_has_ended_must_be_gone(status, outcome, expected):
    finding = found(ENDED, made(account={"status": status}, outcome=Outcome(outcome)))
    assert (finding.verdict, finding.seen) == (expected, outcome)
    assert finding.gap == (outcome if expected == "unknown" else None)


@pytest.mark.parametrize("status", [None, "", "actief", "gepauzeerd", "te_beëindigen", "in_overdracht", "eindig"])
def test_an_account_that_goes_on_is_not_asked_to_be_gone(status):
    assert verdict(ENDED, made(account={"status": status})) == "not_applicable"
    assert verdict(EXISTS, made(account={"status": status})) == "pass"


def test_an_account_that_has_ended_need_not_exist():
    assert verdict(EXISTS, row("not_found", status="beëindigd")) == "not_applicable"


def test_a_stranger_under_the_name_of_an_ended_account_is_for_a_person():
    facts = made(account={"status": "beëindigd"}, profile={"platform_id": "2002"})
    assert verdict(ENDED, facts) == "review"


def test_without_the_id_nobody_knows_whose_the_name_of_an_ended_account_is():
    facts = made(account={"status": "beëindigd"}, profile={"platform_id": None}, gaps={"platform_id": "no_source"})
    assert (found(ENDED, facts).verdict, found(ENDED, facts).gap) == ("unknown", "no_source")
    unregistered = made(account={"status": "beëindigd", "platform_id": None}, profile={"platform_id": None})
    assert verdict(ENDED, unregistered) == "fail"


@pytest.mark.parametrize(
    ("platform", "kind", "expected"),
    [
        ("x", "basisteam", "pass"),
        ("threads", "wijkagent", "pass"),
        ("youtube", None, "pass"),
        ("x", "strange", "pass"),
        ("x", "historisch", "fail"),
    ],
)
def test_the_policy_says_which_platforms_a_type_of_account_may_use(platform, kind, expected):
    assert verdict(PLATFORM, row(platform=platform, type=kind)) == expected


def test_a_platform_that_the_policy_does_not_name_fails():
    finding = found(PLATFORM, row(platform="threads"), 2020)
    assert (finding.verdict, finding.seen, finding.wanted) == ("fail", "threads", "x, facebook, instagram, youtube")
    assert found(PLATFORM, row(type="historisch")).wanted == "nowhere"


def test_a_type_that_does_not_exist_is_refused_in_the_policy():
    text = (POLICIES / "voorbeeld-2024.toml").read_text().replace("historisch = []", "historsch = []")
    with pytest.raises(PolicyError, match="there is no account type 'historsch'"):
        load(text.encode(), "p.toml")


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"unit": None}, "unit"),
        ({"unit": " ", "beheerders": ()}, "unit, beheerders"),
        ({"type": None, "area": ""}, "type, area"),
    ],
)
def test_columns_that_are_empty_fail_by_name(fields, missing):
    finding = found(COMPLETE, row(**fields))
    assert (finding.verdict, finding.seen, finding.wanted) == ("fail", "", missing)


@pytest.mark.parametrize("fields", [{}, {"notes": None, "confirmed_on": None}, {"type": "thema", "area": None}])
def test_a_complete_row_passes_whatever_the_platform_says(fields):
    assert verdict(COMPLETE, row(**fields)) == "pass"


@pytest.mark.parametrize("outcome", list(Outcome))
def test_the_register_alone_is_never_unknown(outcome):
    for rule in (UNIQUE, PLATFORM, COMPLETE):
        assert verdict(rule, row(outcome)) == "pass"
