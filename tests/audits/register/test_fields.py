"""The cells that describe an account: units however they are written, and days that are still to come."""

from __future__ import annotations

from datetime import date

import pytest

from audits.register import read_csv, read_register

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("cell", "unit", "said"),
    [
        ("02", "02", []),
        ("2", "02", ["unit"]),
        ("Oost-Nederland", "02", ["unit"]),
        ("Eenheid Oost-Nederland", "02", ["unit"]),
        ("politie-eenheid den haag", "06", ["unit"]),
        ("LX", "LX", []),
        ("11", "11", []),
        ("Team Vreemd", "Team Vreemd", []),
        ("", None, []),
        ("n.v.t.", None, []),
    ],
)
def test_a_unit_becomes_its_code_and_one_that_is_not_known_stays(cell, unit, said):
    found = read_csv(f"platform,handle,eenheid\r\nx,POL_Ede,{cell}".encode())
    assert found.accounts[0].unit == unit
    assert [remark.reason for remark in found.repairs] == said


def test_rows_that_write_a_unit_in_two_ways_do_not_contradict_one_another():
    found = read_csv(b"platform,handle,eenheid\r\nx,POL_Ede,2\r\nx,POL_Ede,Oost-Nederland")
    assert [remark.reason for remark in found.refusals] == ["duplicate"]
    assert not found.conflicts


@pytest.mark.parametrize(
    ("cell", "today", "kept", "said"),
    [
        ("2026-11-22", TODAY, "2026-11-22", []),
        ("2026-11-23", TODAY, None, ["date_future"]),
        ("23-11-2026", TODAY, None, ["date_future"]),
        ("31-2-2027", TODAY, None, ["date_unknown"]),
        ("2026-11-23", None, "2026-11-23", []),
    ],
)
def test_a_confirmation_in_the_future_is_left_out_and_said(cell, today, kept, said):
    found = read_register(f"platform,handle,confirmed_on\r\nx,POL_Ede,{cell}".encode(), today=today)
    assert found.accounts[0].confirmed_on == kept
    assert [remark.reason for remark in found.repairs] == said


@pytest.mark.parametrize("cell", ["TRUE", "false", "Waar", "ONWAAR"])
def test_a_word_of_a_ticked_box_is_no_handle_but_with_an_at_sign_it_is(cell):
    found = read_csv(f"platform,handle\r\nx,{cell}\r\nx,@{cell}".encode())
    assert [(remark.row, remark.reason) for remark in found.refusals] == [(2, "boolean")]
    assert [account.handle for account in found.accounts] == [cell]
