"""`non-compliant.xlsx`: what the CSV holds, by unit and readable, and harmless whatever strangers write."""

from __future__ import annotations

import csv
import io
from datetime import datetime

import msgspec
import pytest
from openpyxl import load_workbook

from audits.model import Result, Status, Verdict
from audits.report.csv_file import non_compliant_csv
from audits.report.model import Diff
from audits.report.xlsx_file import non_compliant_xlsx
from tests.audits.report import nights
from tests.audits.report.books import LISTS, TEXTS, book, table, texts_of, units_of

NIGHT = nights.night()
DRAFT = nights.night(adopted=False, complete=False)
UNITS = ["02 Oost-Nederland", "05 Amsterdam", "09 Oost-Brabant"]


def fails(result: Result) -> list[str]:
    return [one.rule for one in result.findings if one.verdict is Verdict.FAIL and one.waived is None]


BOOKS = {lang: book(NIGHT, lang) for lang in ("nl", "en")}


@pytest.mark.parametrize(
    ("lang", "summary", "none"), [("nl", "Samenvatting", "Zonder eenheid"), ("en", "Summary", "Without a unit")]
)
def test_there_is_a_summary_a_sheet_for_each_unit_and_the_uncertain_ones(lang, summary, none):
    assert BOOKS[lang].sheetnames == [summary, *UNITS, none, *LISTS[lang]]


def test_the_sheets_of_units_hold_the_findings_of_the_csv():
    rows = csv.DictReader(io.StringIO(non_compliant_csv(NIGHT, TEXTS).decode("utf-8-sig"), newline=""))
    expected = sorted((row["unit"], row["account_id"], row["rule"], row["requirement"], row["remedy"]) for row in rows)
    found = [
        (row["Eenheid"] or "", row["Account-id"], row["Regel"], row["Eis"], row["Zo herstelt u het"])
        for sheet in units_of(BOOKS["nl"])
        for row in table(sheet)
    ]
    assert sorted(found) == expected


def test_each_row_stands_on_the_sheet_of_its_unit():
    for sheet in units_of(BOOKS["nl"])[:3]:
        assert {row["Eenheid"] for row in table(sheet)} == {sheet.title}


def test_a_row_tells_the_whole_story_in_words():
    row = next(row for row in table(BOOKS["nl"]["05 Amsterdam"]) if row["Regel"] == "links-allowed")
    assert row["Platform"] == "Instagram"
    assert (row["Gewicht"], row["Oordeel"], row["Nieuw"]) == ("verplicht", "voldoet niet", "ja")
    assert (row["Artikel"], row["Eis"]) == ("5.1", "Links gaan alleen naar sites van de politie.")
    assert (row["Gezien"], row["Gewenst"]) == ("https://linktr.ee/voorbeeld", "politie.nl, kombijdepolitie.nl")
    assert row["Zo herstelt u het"] == "Haal de andere link weg."
    assert row["Beheerder"] == "beheerder@example.org\ntweede@example.org"
    assert row["Gebied"] == "'s-Hertogenbosch"
    assert row["Bron"] == "officiële koppeling"
    assert row["Beleid"] == "voorbeeld-2024"


def test_code_words_and_empty_values_are_said_in_words():
    rows = [row for sheet in units_of(BOOKS["en"], "en") for row in table(sheet)]
    assert {row["Seen"] for row in rows if row["Rule"] == "avatar-approved"} == {"another image than the logo"}
    assert {row["Seen"] for row in rows if row["Rule"] == "display-name-area"} == {"(empty)"}
    assert {row["Weight"] for row in rows} == {"mandatory", "expected"}
    assert {row["Verdict"] for row in rows} == {"not met"}


def test_times_are_real_dates_in_utc():
    sheet = BOOKS["nl"]["05 Amsterdam"]
    head = [cell.value for cell in sheet[1]]
    cell = sheet.cell(2, head.index("Eerst gezien (UTC)") + 1)
    assert cell.is_date
    assert cell.number_format == "yyyy-mm-dd hh:mm"
    assert cell.value == datetime.fromisoformat("2026-10-03T02:10")


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_list_filters_and_keeps_its_heading_in_view_and_on_paper(lang):
    for sheet in BOOKS[lang].worksheets[1:]:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, sheet.max_column).column_letter}{max(sheet.max_row, 2)}"
        assert sheet.print_title_rows == "$1:$1"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert all(cell.alignment.wrap_text for cell in sheet[1])
        assert all(8 <= column.width <= 60 for column in sheet.column_dimensions.values())


def test_the_profile_is_a_real_link():
    for sheet in units_of(BOOKS["nl"]):
        head = [cell.value for cell in sheet[1]]
        for (cell,) in sheet.iter_rows(2, min_col=head.index("Profiel") + 1, max_col=head.index("Profiel") + 1):
            assert cell.hyperlink.target == cell.value
            assert cell.value.startswith("https://x.com/")


def test_a_unit_without_findings_says_so():
    sheet = book(nights.night(fails=0, reviews=0, gaps=0, passes=4))["05 Amsterdam"]
    assert sheet["A2"].value == "Geen enkel account van deze eenheid voldoet niet."


def test_undetermined_accounts_stand_with_the_reason_and_what_would_help():
    rows = table(BOOKS["nl"]["Niet vast te stellen"])
    assert {row["Account-id"] for row in rows} == {
        result.account_id for result in NIGHT.results if result.status is Status.UNDETERMINED
    }
    row = next(row for row in rows if row["Wat we kregen"] == "alleen zichtbaar na inloggen")
    assert row["Waarom niet vast te stellen"] == "Het platform toonde een inlogscherm."
    assert row["Wat helpt"] == "Een officiële koppeling met dit platform, of een controle met de hand."
    assert row["Eisen die open blijven"] == "4.1 bio-emergency-line, 1.1 account-exists"


def test_findings_to_review_stand_apart_those_of_failing_accounts_too():
    failing = NIGHT.results[0]
    doubt = nights.finding("avatar-approved", Verdict.REVIEW, seen="altered", wanted="emblem")
    both = msgspec.structs.replace(failing, findings=(*failing.findings, doubt))
    rows = table(book(nights.of((both, *NIGHT.results[31:])))["Nakijken"])
    assert {row["Oordeel over het account"] for row in rows} == {"Voldoet niet", "Nakijken"}
    assert {row["Oordeel"] for row in rows} == {"nakijken"}
    assert {row["Gezien"] for row in rows} == {"logo is veranderd"}


def test_exemptions_stand_apart_those_of_compliant_accounts_too():
    excused = nights.waived(1)
    fine = msgspec.structs.replace(excused, status=Status.COMPLIANT, findings=excused.findings[:1])
    (row,) = table(book(nights.of((fine,)))["Vrijgesteld"])
    assert row["Vrijstelling"] == "Vrijgesteld tot 31 januari 2027\nVerhuizing (toegestaan door regisseur)"


def test_what_was_mended_stands_apart():
    (row,) = table(BOOKS["nl"]["Hersteld"])
    assert row["Account"] == "POL_Hersteld"
    assert row["Sinds"] == datetime.fromisoformat("2026-10-03T02:10")


def test_the_summary_counts_what_the_results_say():
    rows = [row for row in BOOKS["nl"]["Samenvatting"].iter_rows(values_only=True) if row[0]]
    counts = {str(row[0]).split("\n")[0]: row[1] for row in rows if isinstance(row[1], int)}
    for status, word in TEXTS.words["nl"].statuses.items():
        assert counts[word] == sum(result.status == status for result in NIGHT.results)
    totals = [row for row in rows if row[0] == "Totaal"]
    assert totals[0][1] == totals[2][5] == len(NIGHT.results)
    assert totals[1][1] == sum(count.planned for count in NIGHT.run.platforms.values())
    units = [row for row in rows if row[0] in {*UNITS, "Zonder eenheid"}]
    assert [sum(row[column] for row in units) for column in range(1, 6)] == list(totals[2][1:6])
    failing = [row[3] for row in rows if row[0] == "In de bio staat dat u 112 belt bij spoed."]
    assert failing == [31]


def test_the_summary_says_which_run_policy_and_register():
    said = texts_of(BOOKS["en"]["Summary"])
    for text in (
        "20261122T021400Z",
        "Hoofd communicatie",
        "cdcdcdcdcdcd",
        "voorbeeld-2024 abababababab",
        "Compared with run: r1",
    ):
        assert text in said


@pytest.mark.parametrize(
    ("lang", "draft", "incomplete", "reason"),
    [
        (
            "nl",
            "Let op: dit beleid is een concept",
            "Let op: deze meting is niet compleet",
            "We konden te weinig accounts zien. (gezien: 41,0 %, nodig: 95,0 %)",
        ),
        (
            "en",
            "Note: this policy is a draft",
            "Note: this run is incomplete",
            "We could see too few accounts. (seen: 41.0 %, needed: 95.0 %)",
        ),
    ],
)
def test_a_draft_and_a_blind_platform_are_told_first_and_in_words(lang, draft, incomplete, reason):
    workbook = book(DRAFT, lang)
    sheet = workbook.worksheets[0]
    assert str(sheet["A3"].value).startswith(draft)
    assert str(sheet["A4"].value).startswith(incomplete)
    assert sheet["A5"].value == "the clock of this machine stood still"
    assert reason in texts_of(sheet)
    assert {row[-1].value for row in workbook["05 Amsterdam"].iter_rows(2)} == {
        TEXTS.words[lang].say("policy_draft", policy="voorbeeld-2024")
    }


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_an_empty_run_is_a_whole_workbook(lang):
    empty = nights.with_fields(nights.of(()), diff=Diff(run_id="r1"))
    workbook = book(empty, lang)
    assert workbook.sheetnames[1:] == LISTS[lang]
    assert all(sheet["A2"].value for sheet in workbook.worksheets[1:])
    assert TEXTS.words[lang].report["first_run"] in texts_of(workbook.worksheets[0])


def test_a_whole_register_fits():
    night = nights.night(fails=2000, reviews=100, gaps=200, passes=199)
    workbook = load_workbook(io.BytesIO(non_compliant_xlsx(night, TEXTS)), read_only=True)
    rows = sum(1 for sheet in units_of(workbook) for row in sheet.iter_rows(2, max_col=1) if row[0].value)
    assert len(night.results) == 2500
    assert rows == sum(len(fails(result)) for result in night.results)


def test_the_same_night_gives_the_same_bytes():
    assert non_compliant_xlsx(NIGHT, TEXTS) == non_compliant_xlsx(NIGHT, TEXTS)


def test_the_properties_name_the_run_and_no_person():
    properties = BOOKS["nl"].properties
    assert properties.created == datetime.fromisoformat("2026-11-22T02:14")
    assert properties.title == "Nachtelijke controle van politie-accounts"
    assert not properties.creator
    assert not properties.lastModifiedBy


def test_no_heading_and_no_weight_is_told_by_colour_alone():
    for sheet in units_of(BOOKS["nl"]):
        filled = [cell for row in sheet.iter_rows() for cell in row if cell.fill.fgColor.rgb not in {"00000000", None}]
        assert filled
        assert all(cell.value for cell in filled)


def test_an_account_that_left_the_register_still_has_its_row():
    one = nights.with_fields(nights.night(fails=1, reviews=0, gaps=0, passes=0), accounts={}, profiles={})
    rows = table(book(one)["Zonder eenheid"])
    assert {row["Account-id"] for row in rows} == {result.account_id for result in one.results}


def test_rows_are_as_high_as_their_text_and_no_higher_than_a_screen():
    sheet = BOOKS["nl"]["Samenvatting"]
    labels = {cell.value: sheet.row_dimensions[cell.row].height for cell in sheet["A"] if cell.value}
    assert labels["Register"] is labels["Instagram"] is None  # one line: the height of the sheet
    assert labels["Voldoet niet\nMinstens één eis klopt niet. Zie het blad van de eenheid."] > 15
    assert max(height for height in labels.values() if height) <= 14 * 15
