"""`non-compliant.xlsx`: text of strangers and of registers does no harm in it and is never lost in silence."""

from __future__ import annotations

import io
import zipfile

import msgspec
import pytest

from audits.report.xlsx_file import MOST_UNITS, non_compliant_xlsx
from tests.audits.report import nights
from tests.audits.report.books import TEXTS, book, table, units_of, with_name, with_units

NIGHT = nights.night()


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://x.com/a b", "https://x.com/\u202ea", "https://x.com/" + "a" * 2100]
)
def test_an_address_that_is_no_plain_one_is_no_link(url):
    one = with_name("Politie")
    night = nights.with_fields(one, profile_urls=dict.fromkeys(one.accounts, url))
    sheets = book(night).worksheets[1:]
    assert [cell for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.hyperlink] == []


HOSTILE = [
    ('=HYPERLINK("http://evil.example","klik")', '=HYPERLINK("http://evil.example","klik")'),
    ("+31612345678", "+31612345678"),
    ("@SUM(1+9)", "@SUM(1+9)"),
    ("{=1+1}", "{=1+1}"),
    ("http://evil.example", "http://evil.example"),
    ("internal:'Samenvatting'!A1", "internal:'Samenvatting'!A1"),
    ("a\tb\nc\r\nd", "a⇥b⏎c⏎d"),
    ("\u202eeitilop", "⟨U+202E⟩eitilop"),
    ("\x00\x1b[31m\ufffe\ud800", "⟨U+0000⟩⟨U+001B⟩[31m⟨U+FFFE⟩⟨U+D800⟩"),
    ("_x0041_", "_x0041_"),
    ("0031612345678", "0031612345678"),
    ("1e5", "1e5"),
    ("TRUE", "TRUE"),
    ("</t></si><c>", "</t></si><c>"),
    ("👮🏽 Politie", "👮🏽 Politie"),
]


@pytest.mark.parametrize(("name", "shown"), HOSTILE)
def test_text_of_strangers_is_text_and_nothing_else(name, shown):
    sheet = book(with_name(name))["02 Oost-Nederland"]
    cell = sheet["C2"]
    assert sheet["C1"].value == "Schermnaam"
    assert (cell.value, cell.data_type, cell.hyperlink) == (shown, "s", None)
    assert cell.quotePrefix


def test_there_is_no_formula_in_any_sheet():
    with zipfile.ZipFile(io.BytesIO(non_compliant_xlsx(NIGHT, TEXTS))) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert sheets
    assert [sheet for sheet in sheets if b"<f>" in sheet or b"<f " in sheet] == []


@pytest.mark.parametrize("text", ["a" * 40_000, "👮" * 40_000, "\u202e" * 40_000, "\n" * 40_000])
def test_a_text_too_long_for_a_cell_is_cut_and_says_so(text):
    sheet = book(with_name(text))["02 Oost-Nederland"]
    shown = sheet["C2"].value
    assert len(shown.encode("utf-16-le")) // 2 <= 32_767
    assert shown.endswith(" … [ingekort: de rest past niet in deze cel]")
    assert sheet.row_dimensions[2].height <= 409


def test_a_text_that_just_fits_is_whole():
    assert book(with_name("a" * 32_767))["02 Oost-Nederland"]["C2"].value == "a" * 32_767


TRICKS = [
    (["a/b:c*d?e[f]g\\h"], ["a-b-c-d-e-f-g-h"]),
    (["Oost", "OOST", "oost"], ["Oost", "OOST (2)", "oost (3)"]),
    (["'quoted'"], ["quoted"]),
    (["'''", "///"], ["Eenheid", "---"]),
    (["History"], ["History (2)"]),
    (["Samenvatting", "niet vast te stellen"], ["niet vast te stellen (2)", "Samenvatting (2)"]),
    (["x" * 40, "x" * 50], ["x" * 31, "x" * 27 + " (2)"]),
    (["👮" * 20], ["👮" * 15]),
    (["a\u202eb\nc"], ["a⟨U+202E⟩b⏎c"]),
    (["=1+1"], ["=1+1"]),
    (["  "], ["Eenheid"]),
    (["ﬁets", "fiets"], ["ﬁets", "fiets (2)"]),
]


@pytest.mark.parametrize(("units", "names"), TRICKS)
def test_any_unit_makes_a_sheet_name_that_excel_takes(units, names):
    workbook = book(with_units(*units, None))
    assert sorted(sheet.title for sheet in units_of(workbook)) == sorted([*names, "Zonder eenheid"])
    links = {cell.value: cell.hyperlink.location for row in workbook["Samenvatting"] for cell in row if cell.hyperlink}
    assert {link[1:-4].replace("''", "'") for link in links.values()} == {*names, "Zonder eenheid"}


def test_very_many_units_share_one_sheet_and_lose_nothing():
    units = [f"Eenheid {number:03}" for number in range(MOST_UNITS + 20)]
    night = with_units(*units, None)
    workbook = book(night)
    assert len(units_of(workbook)) == MOST_UNITS
    rest = table(workbook["Overige eenheden"])
    assert {row["Eenheid"] for row in rest} >= {units[-1], None}
    found = {row["Account-id"] for sheet in units_of(workbook) for row in table(sheet)}
    assert found == set(night.accounts)


def test_a_margin_takes_no_code_from_a_run_id():
    run = msgspec.structs.replace(NIGHT.run, run_id="a&Pb")
    sheet = book(nights.with_fields(NIGHT, run=run)).worksheets[0]
    assert sheet.oddFooter.left.text == "a&&Pb"
