"""Which area a text names."""

from __future__ import annotations

import pytest

from audits.gazetteer import MUNICIPALITIES, is_known_area, names_area


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
