"""The rules about telephone numbers in the bio."""

from __future__ import annotations

import pytest

from audits.rules.phones import telephone_numbers
from tests.audits.making import found, made, verdict, without

LINE, PHONES = "bio-non-emergency-line", "bio-phone-numbers"


@pytest.mark.parametrize(
    "bio",
    [
        "0900-8844",
        "0900 8844",
        "09008844",
        "0900 - 8844",
        "0900–8844",
        "0900.8844",
        "0900/8844",
        "(0900) 8844",
        "0900 88 44",
        "0900\u00a08844",
        "𝟬𝟵𝟬𝟬-𝟴𝟴𝟰𝟰",
        "0９００-8844",
        "+31 900 8844",
        "0031900-8844",
        "bel0900-8844",
        "112/0900-8844",
        "0900-8844 112",
        "112 0900-8844",
    ],
)
def test_the_service_number_in_any_spelling_passes(bio):
    assert verdict(LINE, made(profile={"bio": f"Geen spoed? {bio}."})) == "pass"
    assert verdict(PHONES, made(profile={"bio": f"Geen spoed? {bio}."})) == "pass"


@pytest.mark.parametrize(
    "bio", ["", "Politie. Spoed? 112", "0900-88445", "10900-8844", "0900-8843", "@0900-8844", "www.x.nl/0900-8844"]
)
def test_a_bio_without_the_service_number_fails(bio):
    finding = found(LINE, made(profile={"bio": bio}))
    assert (finding.verdict, finding.seen, finding.wanted) == ("fail", bio, "09008844")


@pytest.mark.parametrize(
    ("bio", "number"),
    [
        ("Tel. (038) 123 45 67", "0381234567"),
        ("App 06-12345678 of bel 038-1234567", "0381234567"),
        ("𝟬𝟯𝟴𝟭𝟮𝟯𝟰𝟱𝟲𝟳", "0381234567"),
        ("0031-38-1234567", "0381234567"),
        ("0900-8844 of 0900-1234567", "09001234567"),
        ("0800 - 6666", "08006666"),
        ("+32 2 123 45 67", "+3221234567"),
    ],
)
def test_a_number_that_is_not_on_the_list_fails(bio, number):
    finding = found(PHONES, made(profile={"bio": bio}))
    assert (finding.verdict, finding.seen) == ("fail", number)
    assert "09008844" in str(finding.wanted)


@pytest.mark.parametrize(
    "bio",
    [
        "",
        "Spoed? 112. Geen spoed? 0900-8844. Dieren: 144. Anoniem: 0800-7000. Tips: 0800 6070",
        "Sinds 01-01-2024 in dienst",
        "Van 01-02-2013 12 jaar lang",
        "Postbus 1234, 8000 AB Zwolle",
        "KvK 12345678, IBAN NL02 ABNA 0123 4567 89",
        "Volg @0612345678",
        "www.politie.nl/0612345678",
        "1.234.567.890 volgers",
        "Kamer 0112",
        "2013-2024",
        "112" * 9,
    ],
)
def test_listed_numbers_and_what_is_no_telephone_number_pass(bio):
    assert verdict(PHONES, made(profile={"bio": bio})) == "pass"


@pytest.mark.parametrize(
    ("bio", "number"),
    [
        ("Bel 06-12345678", "0612345678"),
        ("Bel 06 1234 5678", "0612345678"),
        ("WhatsApp: +31 (0)6 12 34 56 78", "0612345678"),
        ("𝟬𝟲𝟭𝟮𝟯𝟰𝟱𝟲𝟳𝟴", "0612345678"),
        ("Kantoor: 088-1234567", "0881234567"),
    ],
)
def test_mobile_numbers_and_those_of_several_offices_are_for_a_person(bio, number):
    finding = found(PHONES, made(profile={"bio": bio}))
    assert (finding.verdict, finding.seen) == ("review", number)


def test_what_may_be_opening_hours_is_for_a_person():
    finding = found(PHONES, made(profile={"bio": "Open van 0900-1700 uur"}))
    assert (finding.verdict, finding.seen) == ("review", "09001700")


def test_numbers_are_told_once_by_kind():
    text = "06-12345678, +31612345678, 0900-8844 en +32 2 123 45 67"
    assert telephone_numbers(text) == ("09008844", "0612345678", "+3221234567")


@pytest.mark.parametrize("rule", [LINE, PHONES])
def test_a_bio_seen_in_part_proves_nothing_and_an_unseen_one_is_unknown(rule):
    assert verdict(rule, made(gaps={"bio": "partial"})) == "unknown"
    assert verdict(rule, without("bio")) == "unknown"
    assert found(rule, made(profile={"bio": None}, gaps={"bio": "login_wall"})).gap == "login_wall"


def test_another_number_in_the_part_that_was_seen_is_a_breach():
    assert verdict(PHONES, made(profile={"bio": "038-1234567"}, gaps={"bio": "partial"})) == "fail"
    assert verdict(LINE, made(profile={"bio": "Politie"}, gaps={"bio": "partial"})) == "unknown"


@pytest.mark.parametrize("bio", ["0" * 50_000, "0900-" * 10_000, "+31 (0)" * 10_000, "06 " * 20_000, "((((0" * 10_000])
def test_hostile_bios_are_read_in_time(bio):
    assert verdict(LINE, made(profile={"bio": bio})) == "fail"
    assert verdict(PHONES, made(profile={"bio": bio})) in {"pass", "fail", "review"}
