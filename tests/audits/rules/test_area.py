"""The rule about an account that moved along to another area."""

from __future__ import annotations

from typing import Any

import pytest

from audits.model import Facts
from tests.audits.making import found, made, verdict

RULE = "area-matches"


def account(shown: str, own: dict[str, Any], handle: str = "wijkagent", bio: str = "Wij zijn er voor u.") -> Facts:
    return made(account=own, profile={"display_name": shown, "handle": handle, "bio": bio})


def area(name: str, unit: str | None = None, *aliases: str) -> dict[str, Any]:
    return {"area": name, "unit": unit, "area_aliases": aliases}


@pytest.mark.parametrize(
    ("shown", "own", "other"),
    [
        ("Politie Assen", area("Zwolle"), "Assen"),
        ("Wijkagent Dongen", area("Zwolle", "02"), "Dongen"),
        ("Politie De Friese Meren", area("Zwolle"), "De Fryske Marren"),
        ("Kim van Dongen, Assen", area("Zwolle"), "Assen"),
        ("Politie Ehv en Helmond", area("Zwolle"), "Helmond"),
        ("Wijkagent Zwolle", area("Oosterpark", "01"), "Zwolle"),
        ("Wijkagent Zwolle", area("Oosterpark", "Eenheid Noord-Nederland"), "Zwolle"),
        ("Politie Den Haag", area("Loppersum", "1"), "'s-Gravenhage"),
        ("𝐏𝐨𝐥𝐢𝐭𝐢𝐞 𝐀𝐬𝐬𝐞𝐧", area("Zwolle"), "Assen"),
    ],
)
def test_another_area_in_the_shown_name_fails_when_the_own_is_named_nowhere(shown, own, other):
    finding = found(RULE, account(shown, own))
    assert (finding.verdict, finding.seen, finding.wanted) == ("fail", other, own["area"])


@pytest.mark.parametrize(
    ("shown", "own", "handle", "bio"),
    [
        ("Politie Zwolle", area("Zwolle"), "x", ""),
        ("Politie", area("Zwolle"), "x", ""),
        ("", area("Zwolle"), "", ""),
        ("Politie Assen", area("Zwolle"), "POL_Zwolle", ""),
        ("Politie Assen", area("Zwolle"), "polzwolle", ""),
        ("Politie Assen", area("Zwolle"), "x", "Ook voor Zwolle"),
        ("Politie Nijmegen", area("Dukenburg"), "x", ""),
        ("Politie Nijmegen", area("Dukenburg", "02"), "x", ""),
        ("Politie Zwolle", area("Zwolle-Noord"), "x", ""),
        ("Politie Rijssen-Holten", area("Rijssen"), "x", ""),
        ("Politie Bergen", area("Bergen op Zoom"), "x", ""),
        ("Politie Groningen", area("Midden-Groningen"), "x", ""),
        ("Politie Utrecht", area("Zeist"), "x", ""),
        ("Politie Amsterdam", area("Aalsmeer"), "x", ""),
        ("Politie Rotterdam", area("Schiedam", "07"), "x", ""),
        ("Politie Oost-Nederland", area("Zwolle"), "x", ""),
        ("Politie Friesland", area("Leeuwarden"), "x", ""),
        ("Politie Limburg", area("Venlo"), "x", ""),
        ("Politie Zwollerkerspel", area("Assen"), "x", ""),
        ("Politie Zwolle", area("Oost-Nederland", "02"), "x", ""),
        ("Politie Zaanstreek-Waterland", area("Purmerend", "04"), "x", ""),
        ("Politie Waterland", area("Purmerend"), "x", ""),
        ("Politie Uithoorn", area("Aalsmeer-Uithoorn", "05"), "x", ""),
        ("Politie", area("Zwolle"), "x", "Losser dan u denkt: duiven, goes en weert"),
        ("Politie Mokum", area("Amsterdam", None, "Mokum"), "x", ""),
        ("Politie Barneveld Scherpenzeel", area("Barneveld"), "x", ""),
        ("Politie", area("Zwolle"), "x", "Wij doen ons best voor uw buren, in alle huizen."),
        ("Politie", area("Zwolle"), "adam_politie", "Zie www.assen.nl of @politie_assen"),
    ],
)
def test_the_own_area_neighbours_regions_and_words_stay_silent(shown, own, handle, bio):
    assert verdict(RULE, account(shown, own, handle, bio)) == "pass"


@pytest.mark.parametrize(
    ("handle", "bio"), [("POL_Assen", "Politie"), ("politie", "Wijkagent in Assen"), ("PolitieAssen", "Assen")]
)
def test_another_area_in_the_handle_or_bio_alone_is_for_a_person(handle, bio):
    finding = found(RULE, account("Politie", area("Zwolle"), handle, bio))
    assert (finding.verdict, finding.seen) == ("review", "Assen")


@pytest.mark.parametrize(
    ("shown", "own", "other"),
    [
        ("Wijkagent Kampen", area("Zwolle", "02"), "Kampen"),
        ("Politie Heerlen", area("Kerkrade"), "Heerlen"),
        ("Politie Assen", area("Heusden"), "Assen"),
        ("Wijkagent Jan Buren", area("Assen"), "Buren"),
        ("Politie Goes", area("Assen"), "Goes"),
        ("Politie Waterland", area("Assen"), "Waterland"),
        ("Wijkagent Kim van Dongen", area("Assen"), "Dongen"),
        ("Wijkagent van Dongen", area("Assen"), "Dongen"),
        ("Wijkagent Kim v.d. Bosch en Kim van den Bosch", area("Assen"), "'s-Hertogenbosch"),
        ("Politie Rijswijk", area("Altena", "08"), "Rijswijk"),
        ("Politie Altena", area("Rijswijk", "08"), "Altena"),
        ("Politie Laren", area("Lochem", "02"), "Laren"),
        ("Politie Beek", area("Berg en Dal", "02"), "Beek"),
        ("Politie Valkenburg", area("Katwijk", "06"), "Valkenburg aan de Geul"),
        ("Politie Oosterhout", area("Nijmegen-Noord", "02"), "Oosterhout"),
    ],
)
def test_a_town_of_the_own_unit_a_word_a_family_or_a_village_is_for_a_person(shown, own, other):
    finding = found(RULE, account(shown, own))
    assert (finding.verdict, finding.seen) == ("review", other)


@pytest.mark.parametrize("missing", ["handle", "bio"])
def test_while_the_own_area_may_stand_where_nobody_looked_it_is_unknown(missing):
    facts = made(
        account=area("Zwolle"),
        profile={"display_name": "Politie Assen", "handle": "x", "bio": "", missing: None},
        gaps={missing: "login_wall"},
    )
    assert (found(RULE, facts).verdict, found(RULE, facts).gap) == ("unknown", "login_wall")


@pytest.mark.parametrize(("shown", "expected"), [("Politie", "unknown"), ("Politie Zwolle", "pass")])
def test_no_area_in_what_was_seen_says_nothing_of_an_unseen_bio(shown, expected):
    assert verdict(RULE, made(profile={"display_name": shown, "handle": "x", "bio": None})) == expected


def test_without_a_shown_name_or_an_area_nothing_is_said():
    assert verdict(RULE, made(profile={"display_name": None})) == "unknown"
    assert verdict(RULE, account("Politie Assen", {"area": None})) == "not_applicable"
    assert verdict(RULE, account("Politie Assen", {"area": "Zwolle", "type": "thema"})) == "not_applicable"


def test_hostile_names_are_read_in_time():
    assert verdict(RULE, account("Assen " * 20_000, area("Zwolle"), "x", "Zwolle " * 20_000)) == "pass"
