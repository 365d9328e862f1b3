"""Policies as files: what is refused and why, what is in force, and what can be decided."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

from adapters.model import Platform
from audits.merging import SourceGives
from audits.policy import Policy, PolicyError, decidability, diff, in_force, in_scope, load, wanted_fields
from audits.rules import RULES
from tests.audits.making import POLICIES, TODAY, policy

CLAUSE = """
[[clause]]
rule = "bio-emergency-line"
clause = "4.1"
severity = "must"
evidence = "draft"
source = "a source"
[clause.text]
nl = "tekst"
en = "text"
[clause.remedy]
nl = "herstel"
en = "remedy"
[clause.parameters]
number = "112"
"""
TEXT = f'id = "proef"\nin_force_from = 2024-01-01\n[title]\nnl = "Proef"\nen = "Trial"\n{CLAUSE}'
ID = 'rule = "bio-emergency-line"'


def read(text: str) -> Policy:
    return load(text.encode(), "proef.toml", RULES)


def changed(old: str, new: str) -> Policy:
    assert old in TEXT
    return read(TEXT.replace(old, new, 1))


def test_a_policy_is_read_with_its_hash_and_clauses():
    found = read(TEXT)
    assert found.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert [clause.rule for clause in found.clauses] == ["bio-emergency-line"]
    assert found.clauses[0].since == date(2024, 1, 1)


def test_a_policy_may_name_its_own_logos_and_a_difference_in_that_is_told_first():
    assert read(TEXT).logos is None
    own = changed('id = "proef"', 'id = "proef"\nlogos = "logos-2024"')
    assert own.logos == "logos-2024"
    assert [str(row) for row in diff(read(TEXT), own)] == ["changed policy logos: None -> logos-2024"]
    assert diff(own, own) == ()


WRONG = [
    ('id = "proef"', 'id = "proef"\nlogos = ""', "policy", "logos"),
    ('id = "proef"', 'id = "proef"\nlogos = ["a"]', "policy", "logos"),
    (ID, 'rule = "bio-emergency-line', "policy", "line 8"),
    ('id = "proef"\n', "", "policy", "id"),
    ('id = "proef"', 'id = "Proef 1"', "policy", "id"),
    ("in_force_from = 2024-01-01\n", "", "policy", "in_force_from"),
    ("in_force_from = 2024-01-01", 'in_force_from = "soon"', "policy", "in_force_from"),
    ('en = "Trial"\n', "", "policy", "title.en is missing"),
    (CLAUSE, "", "policy", "clause"),
    (ID, 'rule = "bio-emergency-lines"', "bio-emergency-lines", "did you mean 'bio-emergency-line'"),
    (ID, f'{ID}\ncheck = "zzz"', "bio-emergency-line", "there is no rule 'zzz'"),
    (ID, 'rule = "Bio Line"\ncheck = "bio-emergency-line"', "Bio Line", "rule"),
    (f"{ID}\n", "", "clause 1", "rule"),
    ('clause = "4.1"\n', "", "bio-emergency-line", "clause"),
    ('"must"', '"blocking"', "bio-emergency-line", "blocking"),
    ('"draft"', '"certain"', "bio-emergency-line", "certain"),
    ('source = "a source"\n', "", "bio-emergency-line", "source"),
    ('source = "a source"', 'source = "s"\nplatforms = ["myspace"]', "bio-emergency-line", "myspace"),
    ('source = "a source"', 'source = "s"\ntypes = ["agent"]', "bio-emergency-line", "no account type 'agent'"),
    ('source = "a source"', 'source = "s"\nexcept_types = ["agent"]', "bio-emergency-line", "no account type 'agent'"),
    ('source = "a source"', 'source = "s"\nsince = "2024"', "bio-emergency-line", "since"),
    ('source = "a source"', 'source = "s"\nseverty = "must"', "bio-emergency-line", "severty"),
    ('nl = "tekst"\n', "", "bio-emergency-line", "text.nl is missing"),
    ('en = "text"', 'en = " "', "bio-emergency-line", "text.en is missing"),
    ('en = "text"', 'en = "text"\nfy = "tekst"', "bio-emergency-line", "text.fy"),
    ('en = "remedy"\n', "", "bio-emergency-line", "remedy.en is missing"),
    ('en = "remedy"', 'en = "r"\nmyspace_nl = "x"', "bio-emergency-line", "remedy.myspace_nl"),
    ('[clause.remedy]\nnl = "herstel"\nen = "remedy"\n', "", "bio-emergency-line", "remedy"),
    ('number = "112"', "number = 112", "bio-emergency-line", "number"),
    ('number = "112"', 'number = "one"', "bio-emergency-line", "number"),
    ('number = "112"', 'number = "112"\nnummer = "144"', "bio-emergency-line", "nummer"),
    ('[clause.parameters]\nnumber = "112"\n', "", "bio-emergency-line", "number"),
]


@pytest.mark.parametrize(("old", "new", "clause", "reason"), WRONG)
def test_a_wrong_policy_is_refused_with_file_clause_and_reason(old, new, clause, reason):
    with pytest.raises(PolicyError) as refusal:
        changed(old, new)
    message = str(refusal.value)
    assert message.startswith(f"proef.toml: {clause}: ")
    assert reason in message
    assert "\n" not in message


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(PolicyError, match=r"proef.toml: policy: .*utf-8"):
        load(b'id = "\xff"', "proef.toml", RULES)


def test_one_id_twice_is_refused_and_two_ids_for_one_function_are_not():
    with pytest.raises(PolicyError, match="bio-emergency-line: this id stands twice"):
        read(TEXT + CLAUSE)
    two = read(TEXT + CLAUSE.replace(ID, 'rule = "bio-animal-line"\ncheck = "bio-emergency-line"'))
    assert [(clause.rule, clause.check) for clause in two.clauses] == [
        ("bio-emergency-line", "bio-emergency-line"),
        ("bio-animal-line", "bio-emergency-line"),
    ]


def test_a_remedy_may_be_worded_for_one_platform():
    found = changed('en = "remedy"', 'en = "r"\ninstagram_nl = "Ga naar Profiel bewerken."')
    assert found.clauses[0].remedy["instagram_nl"] == "Ga naar Profiel bewerken."


def test_a_clause_is_in_force_from_its_day_on():
    found = changed('source = "a source"', 'source = "s"\nsince = 2025-06-01')
    assert in_force(found, date(2025, 5, 31)) == ()
    assert len(in_force(found, date(2025, 6, 1))) == 1


def test_the_scope_is_platform_and_type():
    found = changed('source = "a source"', 'source = "s"\nplatforms = ["x"]\ntypes = ["wijkagent"]').clauses[0]
    assert in_scope(found, Platform.X, "wijkagent")
    assert not in_scope(found, Platform.INSTAGRAM, "wijkagent")
    assert not in_scope(found, Platform.X, "dier")
    assert not in_scope(found, Platform.X, None)


def test_only_what_the_clauses_in_force_look_at_is_wanted():
    assert wanted_fields(read(TEXT), Platform.X, None, TODAY) == {"bio"}
    assert wanted_fields(read(TEXT), Platform.X, None, date(2023, 12, 31)) == frozenset()
    elsewhere = changed('source = "a source"', 'source = "s"\nplatforms = ["x"]')
    assert wanted_fields(elsewhere, Platform.INSTAGRAM, None, TODAY) == frozenset()


def test_the_example_of_2024_needs_the_picture_but_no_badge_or_banner():
    wanted = wanted_fields(policy(), Platform.X, "basisteam", TODAY)
    assert {"avatar_url", "avatar_is_default", "links", "private", "platform_id"} <= wanted
    assert not {"verified", "banner_url", "followers", "outcome", "logo"} & wanted


@pytest.mark.parametrize("year", [2020, 2024])
def test_the_examples_say_truly_that_no_value_is_verified(year):
    marks = {clause.evidence for clause in policy(year).clauses}
    assert marks == {"draft", "invented"}
    assert all(clause.source for clause in policy(year).clauses)


def test_the_shipped_policies_are_these_two():
    assert sorted(path.stem for path in POLICIES.glob("*.toml")) == ["voorbeeld-2020", "voorbeeld-2024"]


def test_what_can_be_decided_is_told_for_each_clause_and_platform():
    api = SourceGives(name="api", gives=frozenset({"handle", "bio"}), hints=frozenset({"links"}))
    page = SourceGives(name="page", gives=frozenset({"handle", "bio", "links", "private"}))
    sources = {Platform.X: (api, page), Platform.INSTAGRAM: (api,), Platform.THREADS: ()}
    rows = {row.rule: row.cells for row in decidability(policy(), sources, TODAY)}
    assert rows["bio-emergency-line"] == {"x": "api", "instagram": "api", "threads": "-"}
    assert rows["links-allowed"] == {"x": "api+page", "instagram": "~api", "threads": "-"}
    assert rows["account-public"] == {"x": "page", "instagram": "-", "threads": "-"}
    assert rows["handle-police-token"] == {"x": "~api", "instagram": "~api", "threads": "-"}
    assert rows["account-exists"] == {"x": "api", "instagram": "api", "threads": "-"}
    assert rows["display-name-police"][Platform.X] == "-"


def test_a_clause_about_other_platforms_is_not_asked_of_this_one():
    found = changed('source = "a source"', 'source = "s"\nplatforms = ["x"]')
    assert decidability(found, {Platform.THREADS: ()}, TODAY)[0].cells == {"threads": "n/a"}


def test_the_difference_of_two_policies_is_told_by_clause_and_field():
    other = read(
        TEXT.replace('"must"', '"should"').replace('"112"', '"144"')
        + CLAUSE.replace(ID, 'rule = "bio-second"\ncheck = "bio-emergency-line"')
    )
    assert [str(row) for row in diff(read(TEXT), other)] == [
        "added bio-second",
        "changed bio-emergency-line severity: must -> should",
        "changed bio-emergency-line parameters.number: 112 -> 144",
    ]
    assert str(diff(other, read(TEXT))[0]) == "removed bio-second"
    assert diff(other, other) == ()
