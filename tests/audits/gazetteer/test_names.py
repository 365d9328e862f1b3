"""Which area a text names."""

from __future__ import annotations

import re

import pytest

from audits.gazetteer import MUNICIPALITIES, find, is_known_area, known_areas, names_area, unit_of
from audits.gazetteer.municipalities import CODES, UNIT_OF
from audits.gazetteer.names import UNITS


def test_every_municipality_of_2025_is_listed_once():
    assert len(MUNICIPALITIES) == len(set(MUNICIPALITIES)) == 342


@pytest.mark.parametrize(
    "name",
    ["Zwolle", "zwolle", "katwijk", "hofvantwente", "denbosch", "'s-Hertogenbosch", "Bergen", "Ehv", "Oost-Brabant"],
)
def test_a_name_is_known_however_it_is_spelled(name):
    assert is_known_area(name)


@pytest.mark.parametrize("name", ["", "ke", "bij1", "derdelft", "Zwollerkerspel", "kzwolle", "forum"])
def test_what_is_no_area_is_not_known(name):
    assert not is_known_area(name)


NAMED = [
    ("Politie Zwolle", "Zwolle", ()),
    ("🚓 𝐏𝐨𝐥𝐢𝐭𝐢𝐞 𝐙𝐰𝐨𝐥𝐥𝐞", "Zwolle", ()),
    ("Politie Zwolle eo", "Zwolle", ()),
    ("Politie (Zwolle)", "Zwolle", ()),
    ("PolitieZwolle", "Zwolle", ()),
    ("Politie ’s-Hertogenbosch", "'s-Hertogenbosch", ()),
    ("Politie s Hertogenbosch", "'s-Hertogenbosch", ()),
    ("Politie Den Bosch", "'s-Hertogenbosch", ("Den Bosch",)),
    ("Politie Den Bosch", "'s-Hertogenbosch", ()),
    ("Politie Noardeast-Fryslan", "Noardeast-Fryslân", ()),
    ("Politie Friesland", "Fryslân", ()),
    ("Politie Krimpen a/d IJssel", "Krimpen aan den IJssel", ()),
    ("Politie Krimpen a.d. Ĳssel", "Krimpen aan den IJssel", ()),
    ("Wijkagenten Selwerd & Tuinwijk", "Selwerd en Tuinwijk", ()),
    ("Politie Arnhem Noord", "Arnhem-Noord", ()),
    ("Politie Hengelo", "Hengelo (Ov)", ()),
    ("Politie Groot-Ammers", "Wijk 08 Groot-Ammers", ()),
    ("Politie Mokum", "Amsterdam", ("Mokum",)),
    ("Politie St. Michielsgestel", "Sint-Michielsgestel", ()),
]
NOT_NAMED = [
    ("Politie Assen", "Zwolle", ()),
    ("Politie", "Zwolle", ()),
    ("", "Zwolle", ()),
    ("Politie Zwollerkerspel", "Zwolle", ()),
    ("Politie Noord Arnhem", "Arnhem-Noord", ()),
    ("Politie Bergen op Zoom", "Bergen (NH)", ()),
    ("Politie Midden-Groningen", "Groningen", ()),
    ("Politie Loosduinen", "Winsum", ()),
    ("Politie Mokum", "Amsterdam", ()),
]


@pytest.mark.parametrize(("text", "area", "aliases"), NAMED)
def test_an_area_is_named_in_all_its_spellings(text, area, aliases):
    assert names_area(text, area, aliases)


@pytest.mark.parametrize(("text", "area", "aliases"), NOT_NAMED)
def test_another_area_or_a_part_of_a_word_does_not_name_it(text, area, aliases):
    assert not names_area(text, area, aliases)


def test_every_municipality_has_a_code_of_its_own_and_all_but_one_a_unit():
    assert len(set(CODES.values())) == 342
    assert all(re.fullmatch(r"GM\d{4}", code) for code in CODES.values())
    assert set(UNIT_OF.values()) == set(UNITS) - {"LX", "LO"}
    assert set(MUNICIPALITIES) - set(UNIT_OF) == {"Heusden"}


@pytest.mark.parametrize(
    ("name", "kind", "code", "unit"),
    [
        ("Zwolle", "municipality", "GM0193", "02"),
        ("EHV", "municipality", "GM0772", "09"),
        ("denbosch", "municipality", "GM0796", "09"),
        ("Wijk 08 Groot-Ammers", None, None, None),
        ("oost brabant", "unit", "09", "09"),
        ("Friesland", "region", None, None),
        ("kralingen", "place", None, None),
        ("", None, None, None),
    ],
)
def test_a_name_is_found_however_it_is_spelled(name, kind, code, unit):
    found = [(area.kind, area.code, area.unit) for area in find(name)]
    assert found == ([(kind, code, unit)] if kind else [])


def test_a_name_may_mean_several_areas():
    assert [area.code for area in find("Bergen")] == ["GM0373", "GM0893"]
    assert [area.kind for area in find("Den Haag")] == ["municipality", "unit"]
    assert find("Rdam")[0].aliases == ("rdam",)


@pytest.mark.parametrize(
    ("area", "unit"),
    [("Zwolle", "02"), ("Den Bosch", "09"), ("Heusden", None), ("Bergen", None), ("Segbroek", None), (None, None)],
)
def test_the_unit_of_an_area_is_told_only_where_it_is_certain(area, unit):
    assert unit_of(area) == unit


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Politie Zwolle en Assen, Zwolle", ("Zwolle", "Assen")),
        ("Politie Bergen op Zoom", ("Bergen op Zoom",)),
        ("Politie Midden-Groningen", ("Midden-Groningen",)),
        ("Politie Noord-Holland", ()),
        ("Politie Den Haag", ("'s-Gravenhage",)),
        ("POL_Ehv", ()),
        ("", ()),
    ],
)
def test_the_municipalities_that_a_text_names(text, named):
    assert known_areas(text) == named


def test_endless_texts_are_read_in_time():
    assert known_areas("Zwolle Midden-Groningen " * 5_000) == ("Zwolle", "Midden-Groningen")
    assert names_area("Assen " * 20_000, "Zwolle") is False
