"""The rules about the bio and the links."""

from __future__ import annotations

import pytest

from audits.engine import assess
from tests.audits.making import found, made, policy, verdict, without

PRESENT, POLICE, LINE, REPORTS = "bio-present", "bio-police", "bio-emergency-line", "bio-no-reports"


@pytest.mark.parametrize(
    ("bio", "expected"),
    [
        ("Politie Zwolle", "pass"),
        ("x", "pass"),
        ("112", "pass"),
        ("=1+1", "pass"),
        ("", "fail"),
        (" \n\t\u00a0", "fail"),
        ("\u200b\u2066", "fail"),
        ("👮🚓", "review"),
        ("...", "review"),
    ],
)
def test_a_bio_has_words_in_it(bio, expected):
    finding = found(PRESENT, made(profile={"bio": bio}))
    assert (finding.verdict, finding.seen) == (expected, bio)


def test_an_empty_part_of_a_bio_is_no_empty_bio():
    assert verdict(PRESENT, made(profile={"bio": ""}, gaps={"bio": "partial"})) == "unknown"


@pytest.mark.parametrize(
    "bio",
    [
        "Politie Zwolle",
        "Wij zijn de politie.",
        "Uw wijkagent in Zwolle",
        "𝐏𝐨𝐥𝐢𝐭𝐢𝐞",
        "P\u200bolitie",
        "Politieteam Zwolle, zie www.politie.nl",
        "Politiekatwijk",
    ],
)
def test_a_bio_that_says_it_is_the_police_passes(bio):
    assert verdict(POLICE, made(profile={"bio": bio})) == "pass"


@pytest.mark.parametrize("bio", ["", "Samen voor een veilige buurt", "Politiek nieuws", "Politieforum", "Pоlitie"])
def test_a_bio_that_does_not_name_the_police_fails(bio):
    finding = found(POLICE, made(profile={"bio": bio}))
    assert (finding.verdict, finding.seen) == ("fail", bio)
    assert "politie" in str(finding.wanted)


@pytest.mark.parametrize(
    "bio",
    ["Zie www.politie.nl", "Zie POLITIE.NL", "Volg @politie", "Wij zijn geen politie", "Parodie op de politie"],
)
def test_a_word_in_an_address_or_a_denial_is_for_a_person(bio):
    assert verdict(POLICE, made(profile={"bio": bio})) == "review"


@pytest.mark.parametrize("bio", ["Spoed? Bel 112.", "112/0900-8844", "Bel 1️⃣1️⃣2️⃣"])
def test_the_emergency_line_in_the_bio_passes(bio):
    assert verdict(LINE, made(profile={"bio": bio})) == "pass"


@pytest.mark.parametrize("bio", ["", "Politie Zwolle", "Volg @112groningen", "Bel 0112-345678", "Al 1122 volgers"])
def test_a_bio_without_the_emergency_line_fails(bio):
    finding = found(LINE, made(profile={"bio": bio}))
    assert (finding.verdict, finding.seen, finding.wanted) == ("fail", bio, "112")


@pytest.mark.parametrize(
    "bio",
    [
        "Geen meldingen via dit account",
        "geen\nMELDINGEN",
        "Hier geen aangifte doen",
        "Niet voor meldingen!",
        "wordt niet 24/7 gelezen",
        "Niet 24 uur per dag online",
        "Dit account wordt niet continu gelezen.",
    ],
)
def test_a_bio_that_turns_reports_away_passes(bio):
    assert verdict(REPORTS, made(profile={"bio": bio})) == "pass"


@pytest.mark.parametrize("bio", ["Meldingen? Bel 0900-8844", "Doe aangifte op politie.nl", "Wij zijn er 24/7"])
def test_a_bio_that_speaks_of_reports_otherwise_is_for_a_person(bio):
    assert verdict(REPORTS, made(profile={"bio": bio})) == "review"


@pytest.mark.parametrize("bio", ["", "Politie Zwolle. Spoed? 112", "Meldkamer"])
def test_a_bio_that_says_nothing_of_reports_fails(bio):
    finding = found(REPORTS, made(profile={"bio": bio}))
    assert (finding.verdict, finding.seen) == ("fail", bio)


def test_reports_are_no_matter_of_the_milder_policy():
    assert REPORTS not in {finding.rule for finding in assess(made(profile={"bio": ""}), policy(2020))}


@pytest.mark.parametrize("rule", [POLICE, LINE, REPORTS])
def test_a_bio_seen_in_part_neither_passes_nor_fails(rule):
    gaps = {"bio": "partial"}
    assert verdict(rule, made(gaps=gaps)) == "unknown"
    assert verdict(rule, made(profile={"bio": "Zwolle"}, gaps=gaps)) == "unknown"


@pytest.mark.parametrize("rule", [PRESENT, POLICE, LINE, REPORTS])
def test_a_bio_that_was_not_observed_is_unknown(rule):
    assert verdict(rule, without("bio")) == "unknown"
    assert found(rule, made(profile={"bio": None}, gaps={"bio": "no_source"})).gap == "no_source"
