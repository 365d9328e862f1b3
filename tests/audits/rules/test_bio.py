"""The rules about the bio and the links."""

from __future__ import annotations

import pytest

from audits.engine import assess
from tests.audits.making import found, made, policy, verdict, without

LINE, REPORTS, LINKS = "bio-emergency-line", "bio-no-reports", "links-allowed"


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


@pytest.mark.parametrize(
    "link",
    ["https://politie.nl", "http://www.politie.nl/x", "https://kombijdepolitie.nl", "https://www.vraaghetdepolitie.nl"],
)
def test_links_to_the_police_pass(link):
    assert verdict(LINKS, made(profile={"links": (link,)})) == "pass"


def test_no_links_at_all_pass():
    assert verdict(LINKS, made(profile={"links": (), "bio": ""})) == "pass"


@pytest.mark.parametrize(
    "link",
    [
        "https://politie.nl.example/zwolle",
        "https://politie-nl.nl/",
        "https://linktr.ee/politie.nl",
        "https://politie.nl@evil.example",
        "https://bit.ly/x",
        "javascript:alert(1)",
    ],
)
def test_the_first_link_that_leads_elsewhere_fails(link):
    finding = found(LINKS, made(profile={"links": ("https://politie.nl", link, "https://later.example")}))
    assert (finding.verdict, finding.seen) == ("fail", link)
    assert finding.wanted == "politie.nl, kombijdepolitie.nl, vraaghetdepolitie.nl"


def test_an_address_in_the_bio_counts_as_a_link():
    finding = found(LINKS, made(profile={"bio": "Meer op www.politie-nl.nl/zwolle."}))
    assert (finding.verdict, finding.seen) == ("fail", "www.politie-nl.nl/zwolle")


def test_a_link_that_hides_where_it_leads_is_unknown_unless_another_fails():
    hidden = found(LINKS, made(profile={"links": ("https://t.co/abc",)}))
    assert (hidden.verdict, hidden.gap) == ("unknown", "partial")
    both = made(profile={"links": ("https://t.co/abc", "https://linktr.ee/x")})
    assert verdict(LINKS, both) == "fail"


def test_good_links_prove_nothing_while_the_bio_is_unknown():
    finding = found(LINKS, made(profile={"bio": None}, gaps={"bio": "login_wall"}))
    assert (finding.verdict, finding.gap) == ("unknown", "login_wall")


def test_links_seen_in_part_can_fail_but_not_pass():
    gaps = {"links": "no_source"}
    assert verdict(LINKS, made(gaps=gaps)) == "unknown"
    assert found(LINKS, made(gaps=gaps)).gap == "no_source"
    assert verdict(LINKS, made(profile={"links": ("https://linktr.ee/x",)}, gaps=gaps)) == "fail"


@pytest.mark.parametrize("rule", [LINE, REPORTS])
def test_a_bio_seen_in_part_neither_passes_nor_fails(rule):
    gaps = {"bio": "partial"}
    assert verdict(rule, made(gaps=gaps)) == "unknown"
    assert verdict(rule, made(profile={"bio": "Politie"}, gaps=gaps)) == "unknown"


@pytest.mark.parametrize("rule", [LINE, REPORTS, LINKS])
def test_a_bio_and_links_that_were_not_observed_are_unknown(rule):
    assert verdict(rule, without("bio", "links")) == "unknown"
