"""Reading a register from a workbook: the same rules as for CSV."""

from __future__ import annotations

import io
import time
import tracemalloc
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from audits.register import Import, read_csv, read_register
from audits.register.columns import HEADINGS
from tests.audits.register.workbooks import PLAIN, saved, workbook


def said(remarks) -> list[tuple[int, str]]:
    return [(remark.row, remark.reason) for remark in remarks]


def handles(found: Import) -> list[str]:
    return [account.handle for account in found.accounts]


def test_a_workbook_gives_what_the_same_rows_give_as_csv():
    text = "\r\n".join(",".join(row) for row in PLAIN)
    assert read_register(workbook(register=PLAIN)) == read_csv(text.encode()) == read_register(text.encode())


def test_the_wide_form_gives_an_account_for_each_filled_platform():
    rows = [
        ["Eenheid", "Gebied", "Twitter", "Facebook url"],
        ["02", "Ede", "POL_Ede", "fb.com/politie.ede"],
        ["02", "Epe", None, None],
    ]
    found = read_register(workbook(blad=rows))
    assert [account.account_id for account in found.accounts] == ["x:pol_ede", "facebook:politie.ede"]
    assert said(found.refusals) == [(3, "empty")]


def test_headings_may_stand_below_a_title():
    found = read_register(workbook(blad=[["Accounts van de politie"], [], *PLAIN]))
    assert handles(found) == ["POL_Ede"]
    assert said(found.refusals) == [(5, "null_word")]


def test_the_sheet_that_is_best_understood_is_read_and_the_others_are_named():
    data = workbook(uitleg=[["Uitleg"]], oud=[["platform", "handle"], ["x", "POL_Oud"]], nieuw=PLAIN)
    found = read_register(data)
    assert handles(found) == ["POL_Ede"]
    told = [(remark.reason, remark.detail) for remark in found.repairs if remark.reason.startswith("sheet")]
    assert told == [("sheet_chosen", "nieuw"), ("sheet_passed_over", "oud")]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_not_read_but_named(state):
    book = openpyxl.load_workbook(io.BytesIO(workbook(zicht=[["handle", "platform"], ["POL_Ede", "x"]], weg=PLAIN)))
    book["weg"].sheet_state = state
    found = read_register(saved(book))
    assert [(remark.reason, remark.detail) for remark in found.repairs] == [
        ("sheet_chosen", "zicht"),
        ("sheet_hidden", "weg"),
    ]


def test_hidden_rows_are_read_and_named():
    book = openpyxl.load_workbook(io.BytesIO(workbook(blad=[*PLAIN, ["x", "POL_Epe", "Epe"]])))
    book["blad"].row_dimensions[4].hidden = True
    found = read_register(saved(book))
    assert handles(found) == ["POL_Ede", "POL_Epe"]
    assert ("rows_hidden", "4") in [(remark.reason, remark.detail) for remark in found.repairs]


def test_a_cell_merged_downwards_counts_for_every_row_it_covers():
    rows = [
        ["eenheid", "platform", "handle"],
        ["02", "x", "POL_Ede"],
        [None, "x", "POL_Epe"],
        [None, None, None],
        ["01", "x", "POL_Assen"],
    ]
    book = openpyxl.load_workbook(io.BytesIO(workbook(blad=rows)))
    book["blad"].merge_cells("A2:A4")
    found = read_register(saved(book))
    assert [account.unit for account in found.accounts] == ["02", "02", "01"]
    assert [(remark.reason, remark.detail) for remark in found.repairs] == [("cells_merged", "A2:A4")]
    assert not found.refusals


def test_of_a_formula_the_kept_value_is_taken_and_one_without_is_refused():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    for place, heading in enumerate(("platform", "handle", "area")):
        sheet.write(0, place, heading)
    sheet.write_row(1, 0, ["x", "", "Ede"])
    sheet.write_formula(1, 1, '="POL_"&"Ede"', None, "POL_Ede")
    book.close()
    assert handles(read_register(out.getvalue())) == ["POL_Ede"]
    never = read_register(
        workbook(blad=[["platform", "handle", "area"], ["x", '="POL_"&C2', "Ede"], ["x", "POL_Epe", "=A1"]])
    )
    assert said(never.refusals) == [(2, "formula_without_value")]
    assert said(never.repairs) == [(3, "formula_without_value_left_out")]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (date(2026, 1, 31), "2026-01-31"),
        (datetime.fromisoformat("2026-01-31 09:30"), "2026-01-31"),
        (46053, "2026-01-31"),
        ("31-1-2026", "2026-01-31"),
    ],
)
def test_dates_are_read_whatever_the_cell_is_formatted_as(cell, day):
    found = read_register(workbook(blad=[["platform", "handle", "bevestigd op"], ["x", "POL_Ede", cell]]))
    assert found.accounts[0].confirmed_on == day


def test_days_of_a_workbook_that_counts_from_1904_are_the_same_days():
    book = openpyxl.load_workbook(
        io.BytesIO(workbook(blad=[["platform", "handle", "bevestigd op"], ["x", "POL_Ede", 46053 - 1462]]))
    )
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    assert read_register(saved(book)).accounts[0].confirmed_on == "2026-01-31"


@pytest.mark.parametrize(
    ("cell", "kept", "remarks"),
    [
        (123456789012345, "123456789012345", []),
        (1234567890123456, None, ["platform_id_damaged"]),
        (1.2345678901234568e17, None, ["platform_id_damaged"]),
        ("123456789012345678", "123456789012345678", []),
        (77.0, "77", []),
        (7.5, None, ["platform_id_damaged"]),
    ],
)
def test_a_number_that_lost_its_last_digits_is_no_id(cell, kept, remarks):
    found = read_register(workbook(blad=[["platform", "handle", "platform_id"], ["x", "POL_Ede", cell]]))
    assert found.accounts[0].platform_id == kept
    assert [remark.reason for remark in found.repairs] == remarks


def test_error_cells_name_no_account_and_fill_no_column():
    found = read_register(
        workbook(blad=[["platform", "handle", "area"], ["x", "#N/A", "Ede"], ["x", "POL_Epe", "#REF!"]])
    )
    assert said(found.refusals) == [(2, "error_cell")]
    assert found.accounts[0].area is None
    assert said(found.repairs) == [(3, "error_cell_left_out")]


def test_cells_of_other_kinds_become_text():
    found = read_register(workbook(blad=[["platform", "handle", "eenheid", "opmerkingen"], ["x", "POL_Ede", 2, True]]))
    assert (found.accounts[0].unit, found.accounts[0].notes) == ("02", "true")


@pytest.mark.parametrize("platform", ["facebook", "handle"])
def test_a_box_that_is_ticked_names_no_account(platform):
    found = read_register(workbook(blad=[["platform", platform], ["x", True], ["x", False]]))
    assert (found.accounts, said(found.refusals)) == ((), [(2, "boolean"), (3, "boolean")])


def large(path: Path, rows: int) -> bytes:
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_urls": False})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, list(HEADINGS))
    for n in range(rows):
        sheet.write_row(n + 1, 0, ["", "x", f"POL_{n}", f"https://x.com/POL_{n}", "", "wijkagent", "02", f"Gebied {n}"])
    book.close()
    return path.read_bytes()


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_read_within_seconds(tmp_path):
    data = large(tmp_path / "groot.xlsx", 100_000)
    start = time.process_time()
    assert len(read_register(data).accounts) == 100_000
    assert time.process_time() - start < 60


@pytest.mark.slow
def test_memory_grows_with_the_rows_that_are_kept_and_no_faster(tmp_path):
    def peak(rows: int) -> int:
        data = large(tmp_path / f"{rows}.xlsx", rows)
        tracemalloc.start()
        read_register(data)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    small, big = peak(4_000), peak(8_000)
    assert big < 3 * small
    assert big < 8_000 * 5_000
