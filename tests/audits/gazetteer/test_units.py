"""Which unit an area belongs to, and how units are written."""

from __future__ import annotations

from collections import Counter

import pytest

from audits.gazetteer import MUNICIPALITIES, spellings
from audits.gazetteer.names import UNITS
from audits.gazetteer.units import UNITS_OF, code_of


def test_every_municipality_lies_in_one_unit_or_shares_its_name():
    units = [UNITS_OF[min(spellings(name))] for name in MUNICIPALITIES]
    assert Counter(map(len, units)) == {1: 339, 2: 2, 0: 1}
    assert frozenset().union(*units) == {code for code in UNITS if code.isdecimal()}


@pytest.mark.parametrize(
    ("place", "code"),
    [
        *(
            ("Eemsdelta", "01"),
            ("Meppel", "01"),
            ("Kampen", "02"),
            ("Nijkerk", "02"),
            ("Urk", "03"),
            ("Hilversum", "03"),
        ),
        *(("Vijfheerenlanden", "03"), ("Texel", "04"), ("Diemen", "05"), ("Den Haag", "06"), ("Gouda", "06")),
        *(
            ("Gorinchem", "07"),
            ("Terneuzen", "08"),
            ("Altena", "08"),
            ("Oisterwijk", "08"),
            ("Vught", "09"),
            ("Weert", "10"),
        ),
    ],
)
def test_places_lie_where_they_lie(place, code):
    assert {code} == set().union(*(UNITS_OF[key] for key in spellings(place)))


@pytest.mark.parametrize(
    ("unit", "code"),
    [
        *(
            ("01", "01"),
            ("1", "01"),
            ("Eenheid Den Haag", "06"),
            ("Zeeland - West-Brabant", "08"),
            ("oost-nederland", "02"),
        ),
        *(("12", None), ("LX", None), ("", None), (None, None), ("0" * 99, None)),
    ],
)
def test_a_unit_is_known_by_code_or_name(unit, code):
    assert code_of(unit) == code
