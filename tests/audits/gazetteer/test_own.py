"""Names of areas that an installation adds."""

from __future__ import annotations

import pytest

from audits.gazetteer.own import GazetteerError, OwnArea, enlarged, goes_by, read
from tests.audits.making import ACCOUNT, made, verdict

HEAD = "name;code;unit;aliases\n"


def test_a_file_of_areas_is_read_with_its_codes_and_names():
    text = '\ufeffName; Code;unit;aliases\r\nStadshagen;WK019313;02;Hagen, Stadsh\r\n\r\n"Bos; Lommer";;;\r\n'
    assert read(text.encode(), "a.csv") == (
        OwnArea(name="Stadshagen", code="WK019313", unit="02", aliases=("Hagen", "Stadsh")),
        OwnArea(name="Bos; Lommer"),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "row 1: the headings must be"),
        ("naam;code\n", "row 1: the headings must be"),
        (HEAD + "A wijk;;\n", "row 2: 3 cells, not 4"),
        (HEAD + ";;;x\n", "row 2: the name is missing"),
        (HEAD + "Z;;;\n", "row 2: 'Z' is no name"),
        (HEAD + "--;;;\n", "row 2: '--' is no name"),
        (HEAD + f"{'z' * 101};;;\n", "is no name"),
        (HEAD + "Noord;=1+1;;\n", "row 2: '=1[+]1' is no code"),
        (HEAD + "Noord;;99;\n", "row 2: there is no police unit '99'"),
        (HEAD + "Noord;;02;\nnoord;;02;\n", "noord: stands twice"),
        (HEAD + "Assen;;;Zwolle\n", "Assen: the alias 'Zwolle' is another municipality"),
        (HEAD + '"Noord;;;\n', "no CSV file"),
    ],
)
def test_a_file_with_anything_wrong_is_refused_with_the_place(text, said):
    with pytest.raises(GazetteerError, match=f"^a.csv: .*{said}"):
        read(text.encode(), "a.csv")


@pytest.mark.parametrize("data", [b"\xff\xfe", b"a\x00b", b"x" * 5_000_000])
def test_what_is_no_text_or_too_much_is_refused(data):
    with pytest.raises(GazetteerError):
        read(data, "a.csv")


def test_an_account_gets_the_other_names_of_its_area_and_nobody_else_does():
    areas = (OwnArea(name="zwolle", aliases=("Hanzestad",)), OwnArea(name="Assen", aliases=("Turfstad",)))
    (account,) = enlarged([ACCOUNT], areas)
    assert account.area_aliases == ("zwolle", "Hanzestad")
    assert enlarged([ACCOUNT], areas[1:]) == (ACCOUNT,)
    assert verdict("display-name-area", made(profile={"display_name": "Politie Hanzestad"})) == "fail"
    named = made(account={"area_aliases": account.area_aliases}, profile={"display_name": "Politie Hanzestad"})
    assert verdict("display-name-area", named) == "pass"


def test_an_area_goes_by_all_its_names():
    area = OwnArea(name="Bos en Lommer", aliases=("BoLo",))
    assert goes_by(area, "bos & lommer")
    assert goes_by(area, "bolo")
    assert not goes_by(area, "bos")
