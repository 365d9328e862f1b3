"""The rules about links."""

from __future__ import annotations

import pytest

from tests.audits.making import found, made, verdict, without

ALLOWED, OFFICIAL = "links-allowed", "link-official"


@pytest.mark.parametrize(
    "link",
    ["https://politie.nl", "http://www.politie.nl/x", "https://kombijdepolitie.nl", "https://www.vraaghetdepolitie.nl"],
)
def test_links_to_the_police_pass(link):
    assert verdict(ALLOWED, made(profile={"links": (link,)})) == "pass"


def test_no_links_at_all_pass():
    assert verdict(ALLOWED, made(profile={"links": (), "bio": ""})) == "pass"


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
    finding = found(ALLOWED, made(profile={"links": ("https://politie.nl", link, "https://later.example")}))
    assert (finding.verdict, finding.seen) == ("fail", link)
    assert finding.wanted == "politie.nl, kombijdepolitie.nl, vraaghetdepolitie.nl"


def test_an_address_in_the_bio_counts_as_a_link():
    finding = found(ALLOWED, made(profile={"bio": "Meer op www.politie-nl.nl/zwolle."}))
    assert (finding.verdict, finding.seen) == ("fail", "www.politie-nl.nl/zwolle")


@pytest.mark.parametrize(
    "bio",
    [
        *("https://politie.nl|112", "https://politie.nl•Spoed", "https://politie.nl👮", "https://politie.nl,spoed:112"),
        *("https://politie.nl*", "(https://politie.nl)", "https://politie.nl&geen", "https://politie.nl/zw…"),
    ],
)
def test_an_address_ends_where_no_host_goes_on(bio):
    assert verdict(ALLOWED, made(profile={"bio": bio})) == "pass"
    assert verdict(OFFICIAL, made(profile={"links": (), "bio": bio})) == "pass"


@pytest.mark.parametrize(
    "bio",
    [
        *("https://politie.nl.evil.com", "https://politie.nl@evil.com", "https://politie.nl|https://evil.com"),
        *("https://politie.nl%2eevil.com", "https://evil.com/x…"),
    ],
)
def test_a_host_that_goes_on_to_lead_elsewhere_fails(bio):
    assert verdict(ALLOWED, made(profile={"bio": bio})) == "fail"


@pytest.mark.parametrize(("bio", "gaps"), [("Kijk op https://www.pol…", {}), ("www.pol", {"bio": "partial"})])
def test_an_address_that_was_cut_short_is_unknown(bio, gaps):
    finding = found(ALLOWED, made(profile={"bio": bio}, gaps=gaps))
    assert (finding.verdict, finding.gap) == ("unknown", "partial")
    assert verdict(OFFICIAL, made(profile={"links": (), "bio": bio}, gaps=gaps)) == "unknown"
    beside = made(profile={"bio": f"www.evil.example {bio}"}, gaps=gaps)
    assert verdict(ALLOWED, beside) == "fail"


@pytest.mark.parametrize("year", [2020, 2024])
@pytest.mark.parametrize(
    "link",
    [
        *("https://t.co/a", "https://l.instagram.com/?e=1", "https://l.facebook.com/l.php"),
        *("https://lm.facebook.com/l.php", "https://l.threads.com/?u", "https://l.threads.net/"),
        "https://www.youtube.com/redirect?event=channel",
    ],
)
def test_what_stands_between_a_link_and_its_place_hides_it(link, year):
    assert verdict(ALLOWED, made(profile={"links": (link,), "bio": ""}), year) == "unknown"


@pytest.mark.parametrize(
    "link", ["https://www.youtube.com/@politie", "https://evil.com/redirect", "https://facebook.com"]
)
def test_other_pages_of_those_sites_hide_nothing(link):
    assert verdict(ALLOWED, made(profile={"links": (link,)})) == "fail"


@pytest.mark.parametrize("link", ["", " ", "tel:112", "TEL:0900-8844", "mailto:zwolle@example.org"])
def test_what_is_no_web_link_leads_nowhere_else(link):
    assert verdict(ALLOWED, made(profile={"links": (link,)})) == "pass"
    assert verdict(OFFICIAL, made(profile={"links": (link,), "bio": ""})) == "fail"


def test_a_link_that_hides_where_it_leads_is_unknown_unless_another_fails():
    hidden = found(ALLOWED, made(profile={"links": ("https://t.co/abc",)}))
    assert (hidden.verdict, hidden.gap) == ("unknown", "partial")
    both = made(profile={"links": ("https://t.co/abc", "https://linktr.ee/x")})
    assert verdict(ALLOWED, both) == "fail"


def test_good_links_prove_nothing_while_the_bio_is_unknown():
    finding = found(ALLOWED, made(profile={"bio": None}, gaps={"bio": "login_wall"}))
    assert (finding.verdict, finding.gap) == ("unknown", "login_wall")


def test_links_seen_in_part_can_fail_but_not_pass():
    gaps = {"links": "no_source"}
    assert verdict(ALLOWED, made(gaps=gaps)) == "unknown"
    assert found(ALLOWED, made(gaps=gaps)).gap == "no_source"
    assert verdict(ALLOWED, made(profile={"links": ("https://linktr.ee/x",)}, gaps=gaps)) == "fail"


@pytest.mark.parametrize(
    ("links", "bio"),
    [
        (("https://www.politie.nl/mijn-buurt",), ""),
        (("https://kombijdepolitie.nl", "http://politie.nl"), ""),
        (("https://linktr.ee/x", "https://WWW.POLITIE.NL/x"), ""),
        ((), "Meer op www.politie.nl."),
        (("https://politie.nl",), None),
    ],
)
def test_one_link_to_the_official_site_is_enough(links, bio):
    assert verdict(OFFICIAL, made(profile={"links": links, "bio": bio})) == "pass"


@pytest.mark.parametrize(
    "links",
    [
        (),
        ("https://kombijdepolitie.nl",),
        ("https://politie.nl.example",),
        ("https://politie-nl.nl", "https://politie.nl@evil.example"),
        ("javascript:politie.nl",),
    ],
)
def test_no_link_to_the_official_site_fails(links):
    finding = found(OFFICIAL, made(profile={"links": links, "bio": "politie.nl is een site"}))
    assert (finding.verdict, finding.seen, finding.wanted) == ("fail", ", ".join(links), "politie.nl")


def test_a_link_that_hides_where_it_leads_may_be_the_official_one():
    finding = found(OFFICIAL, made(profile={"links": ("https://t.co/x",), "bio": ""}))
    assert (finding.verdict, finding.gap) == ("unknown", "partial")


@pytest.mark.parametrize(
    ("profile", "gaps", "gap"),
    [
        ({"links": (), "bio": None}, {"bio": "login_wall"}, "login_wall"),
        ({"links": (), "bio": ""}, {"links": "no_source"}, "no_source"),
        ({"links": (), "bio": ""}, {"bio": "partial"}, "partial"),
        ({"links": None}, {"links": "blocked"}, "blocked"),
    ],
)
def test_while_a_link_may_stand_where_nobody_looked_it_is_unknown(profile, gaps, gap):
    finding = found(OFFICIAL, made(profile=profile, gaps=gaps))
    assert (finding.verdict, finding.gap) == ("unknown", gap)


@pytest.mark.parametrize("rule", [ALLOWED, OFFICIAL])
def test_links_that_were_not_observed_are_unknown(rule):
    assert verdict(rule, without("links")) == "unknown"
