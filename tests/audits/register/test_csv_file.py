"""Reading a register from CSV: dirt is mended and said, doubt is listed, nothing disappears."""

from __future__ import annotations

import csv
import io
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.model import Platform
from audits.register import Import, RegisterError, digest, read_csv, template
from audits.register.columns import HEADINGS

ROOT = Path(__file__).parents[3]


def register(*rows: str, headings: str = "account_id,platform,handle,url,platform_id,area") -> Import:
    return read_csv("\r\n".join((headings, *rows)).encode())


def reasons(remarks) -> list[tuple[int, str]]:
    return [(remark.row, remark.reason) for remark in remarks]


def test_a_blank_row_is_no_row_and_does_not_shift_the_numbers():
    found = register("x,a", ",", "", "x,null", headings="platform,handle")
    assert reasons(found.refusals) == [(5, "null_word")]


def test_a_repeated_row_is_refused_as_a_duplicate_also_when_only_the_case_differs():
    found = register("x,POL_Apeldoorn", "x,pol_apeldoorn", headings="platform,handle")
    assert len(found.accounts) == 1
    assert [(remark.row, remark.reason, remark.detail) for remark in found.refusals] == [(3, "duplicate", "2")]
    assert not found.conflicts
    assert not found.accounts[0].conflicts


def test_two_rows_that_contradict_are_listed_and_the_first_is_kept_and_marked():
    found = register("x,POL_Hof,actief", "x,POL_Hof,beëindigd", headings="platform,handle,status")
    assert [account.status for account in found.accounts] == ["actief"]
    assert found.accounts[0].conflicts == ("contradicted:status",)
    assert [(remark.column, remark.value, remark.reason, remark.detail) for remark in found.conflicts] == [
        ("status", "beëindigd", "contradicts", "2")
    ]
    assert reasons(found.refusals) == [(3, "contradicts_row")]


def test_one_handle_under_two_ids_is_kept_twice_and_marked_on_both():
    found = register("A1,x,POL_Hof,,,", "A2,x,pol_hof,,,")
    assert [account.conflicts for account in found.accounts] == [("handle_twice:A2",), ("handle_twice:A1",)]
    assert reasons(found.conflicts) == [(3, "handle_twice")]
    assert not found.refusals


def test_dots_make_no_other_page_on_facebook_but_do_on_instagram():
    facebook = register("A1,facebook,politie.ede,,,", "A2,facebook,PolitieEde,,,")
    instagram = register("A1,instagram,politie.team,,,", "A2,instagram,politieteam,,,")
    assert reasons(facebook.conflicts) == [(3, "handle_twice")]
    assert not instagram.conflicts


def test_one_platform_id_under_two_handles_is_a_conflict_of_both():
    found = register(",x,POL_Hofvantw,,77,", ",x,POL_HofvTwente,,77,")
    assert len(found.accounts) == 2
    assert all(account.conflicts for account in found.accounts)
    assert reasons(found.conflicts) == [(3, "platform_id_twice")]


def test_the_same_number_on_another_platform_is_no_conflict():
    assert not register(",x,POL_Hof,,77,", ",instagram,pol_hof,,77,").conflicts


def test_one_account_id_for_two_accounts_keeps_both_and_gives_the_second_an_id_of_its_own():
    found = register("A1,x,POL_Hof,,,", "A1,x,POL_Goor,,,")
    assert [(one.account_id, one.handle) for one in found.accounts] == [("A1", "POL_Hof"), ("x:pol_goor", "POL_Goor")]
    assert reasons(found.conflicts) == [(3, "account_id_twice")]
    assert not found.refusals
    assert found.accounts[1].conflicts == ("account_id_twice:A1",)


def test_a_handle_and_an_address_that_disagree_are_a_conflict_and_the_handle_counts():
    found = register(",x,POL_Winsum,https://twitter.com/polloosduinen,,")
    assert found.accounts[0].handle == "POL_Winsum"
    assert found.accounts[0].conflicts == ("handle_and_address:polloosduinen",)
    assert reasons(found.conflicts) == [(2, "handle_and_address")]


def test_a_handle_and_an_address_that_agree_are_silent():
    found = register(",x,POL_Winsum,https://twitter.com/pol_winsum,,")
    assert not found.conflicts
    assert not found.repairs


def test_a_bad_address_beside_a_good_handle_is_told_and_left_out():
    found = register(",x,POL_Winsum,https://politie.nl/winsum,,")
    assert [account.handle for account in found.accounts] == ["POL_Winsum"]
    assert reasons(found.repairs) == [(2, "not_a_profile")]


def test_a_platform_id_that_a_spreadsheet_rounded_is_left_out_and_said():
    found = register(",x,POL_Winsum,,1.23457E+17,")
    assert found.accounts[0].platform_id is None
    assert reasons(found.repairs) == [(2, "platform_id_damaged")]


@pytest.mark.parametrize(
    ("cell", "iso", "said"),
    [
        ("2026-01-31", "2026-01-31", []),
        ("31-1-2026", "2026-01-31", ["date"]),
        ("31-2-2026", None, ["date_unknown"]),
        ("", None, []),
    ],
)
def test_dates_are_read_the_dutch_way(cell, iso, said):
    found = register(f"x,POL_Winsum,{cell}", headings="platform,handle,confirmed_on")
    assert found.accounts[0].confirmed_on == iso
    assert [reason for _, reason in reasons(found.repairs)] == said


def test_all_columns_are_read_under_dutch_headings_with_semicolons():
    headings = (
        "Kenmerk;Kanaal;Gebruikersnaam;Soort;Eenheid;Wijk;Andere namen;Beheerder e-mail;Status;Bevestigd op;Opmerkingen"
    )
    names = 'A1;Twitter;POL_DenBosch;Landelijke eenheid;09;\'s-Hertogenbosch;"Den Bosch; De Bosch"'
    row = names + ';"a@example.org; b@example.org";Actief;2026-01-31;let op'
    found = register(row, headings=headings)
    account = found.accounts[0]
    assert (account.account_id, account.platform, account.handle) == ("A1", Platform.X, "POL_DenBosch")
    assert (account.type, account.unit, account.area) == ("landelijke_eenheid", "09", "'s-Hertogenbosch")
    assert account.area_aliases == ("Den Bosch", "De Bosch")
    assert account.beheerders == ("a@example.org", "b@example.org")
    assert (account.status, account.confirmed_on, account.notes) == ("actief", "2026-01-31", "let op")
    assert not found.repairs


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_usual_encoding_and_delimiter_is_understood(encoding, delimiter):
    lines = [delimiter.join(cells) for cells in (("platform", "handle", "gebied"), ("x", "POL_Fryslan", "Fryslân"))]
    found = read_csv("\r\n".join(lines).encode(encoding))
    assert found.accounts[0].area == "Fryslân"
    assert [reason for _, reason in reasons(found.repairs)] == ([] if "utf-8" in encoding else ["encoding"])


def test_the_separator_line_of_a_spreadsheet_is_passed_over():
    assert len(read_csv(b"sep=;\r\nplatform;handle\r\nx;POL_Ede\r\n").accounts) == 1


def test_quoted_line_ends_stay_in_one_row():
    found = register('x,POL_Ede,"twee\r\nregels"', "x,null,", headings="platform,handle,notes")
    assert found.accounts[0].notes == "twee regels"
    assert reasons(found.refusals) == [(3, "null_word")]


def test_unknown_and_doubled_columns_are_remarked_once():
    found = register(
        "x,POL_Ede,rood,Ede,Gelderland", "x,POL_Epe,blauw,,Epe", headings="platform,handle,kleur,wijk,gemeente"
    )
    assert [(remark.row, remark.column, remark.reason) for remark in found.repairs] == [
        (1, "kleur", "unknown_column"),
        (1, "gemeente", "column_twice"),
    ]
    assert [account.area for account in found.accounts] == ["Ede", "Epe"]


def test_the_wide_form_gives_an_account_for_each_filled_platform():
    found = register(
        "W1,Ede,@POL_Ede,https://www.facebook.com/politie.ede",
        "W2,Epe,null,",
        headings="kenmerk,gebied,twitter,facebook_url",
    )
    assert [account.account_id for account in found.accounts] == ["W1:x", "W1:facebook"]
    assert {account.area for account in found.accounts} == {"Ede"}
    assert reasons(found.refusals) == [(3, "null_word")]


def test_a_word_for_none_in_the_wide_form_is_none_and_a_row_without_any_account_is_told():
    found = register("Ede,POL_Ede,geen", "Epe,n.v.t.,-", headings="gebied,twitter,facebook")
    assert [account.account_id for account in found.accounts] == ["x:pol_ede"]
    assert reasons(found.refusals) == [(3, "empty")]


@pytest.mark.parametrize(
    ("cell", "reason"), [("#N/B", "error_cell"), ("#REF!", "error_cell"), ("=A1&B1", "formula_without_value")]
)
def test_errors_and_formulas_of_a_spreadsheet_name_no_account_and_fill_no_column(cell, reason):
    found = register(f"x,{cell},Ede", f"x,POL_Ede,{cell}", headings="platform,handle,area")
    assert reasons(found.refusals) == [(2, reason)]
    assert [account.area for account in found.accounts] == [None]
    assert reasons(found.repairs) == [(3, f"{reason}_left_out")]


def test_who_confirmed_an_account_and_where_it_is_named_are_read():
    found = register(
        "x,POL_Ede,45000,M. Baas,www.politie.nl/ede",
        "x,POL_Epe,,,geen idee",
        headings="platform,handle,bevestigd op,bevestigd door,bronpagina",
    )
    ede = found.accounts[0]
    assert (ede.confirmed_on, ede.confirmed_by, ede.source_url) == (
        "2023-03-15",
        "M. Baas",
        "https://www.politie.nl/ede",
    )
    assert reasons(found.repairs) == [(2, "date_serial"), (3, "page_unknown")]


WRONG_FILES = [
    (b"naam,plaats\r\nx,y\r\n", "found were: naam, plaats"),
    (b"", "empty"),
    (b"\xef\xbb\xbf\r\n\r\n", "empty"),
    (b"PK\x03\x04rest", "workbook"),
    (b'platform,handle\r\nx,"POL_Ede\r\nx,POL_Epe\r\n', "quotation marks"),
]


@pytest.mark.parametrize(("data", "said"), WRONG_FILES)
def test_a_file_that_is_no_register_is_said_in_one_line_with_the_cure(data, said):
    with pytest.raises(RegisterError, match=said) as caught:
        read_csv(data)
    assert "\n" not in str(caught.value)


def test_importing_twice_gives_the_same_accounts_in_the_same_order():
    data = template()
    first = read_csv(data)
    again = read_csv(data, first.accounts)
    assert again == first
    assert digest(again.accounts) == digest(first.accounts)


def test_a_made_up_id_stays_when_a_known_account_changes_its_handle():
    known = register(",x,POL_Oud,,77,").accounts
    found = read_csv(b"platform,handle,platform_id\r\nx,POL_Nieuw,77\r\nx,POL_Ander,78\r\n", known)
    assert [(account.account_id, account.handle) for account in found.accounts] == [
        ("x:pol_oud", "POL_Nieuw"),
        ("x:pol_ander", "POL_Ander"),
    ]


def test_an_id_from_the_file_is_never_replaced():
    known = register(",x,POL_Oud,,77,").accounts
    assert (
        read_csv(b"account_id,platform,handle,platform_id\r\nA1,x,POL_Oud,77\r\n", known).accounts[0].account_id == "A1"
    )


def test_the_template_is_a_clean_register_with_all_columns():
    found = read_csv(template())
    assert len(found.accounts) == 2
    assert [*found.repairs, *found.refusals, *found.conflicts] == []
    assert next(csv.reader(io.StringIO(template().decode("utf-8-sig")))) == list(HEADINGS)


def test_every_column_stands_in_the_documentation():
    page = (ROOT / "docs" / "register.md").read_text()
    assert [name for name in HEADINGS if f"| `{name}` |" not in page] == []


CELL = st.one_of(
    st.sampled_from(["POL_Ede", "@POL_Ede", "null", "https://x.com/POL_Epe/", "x.com/", ""]), st.text(max_size=12)
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["", "A1", "A2"]), st.sampled_from(["x", "fb", "", "q"]), CELL, CELL), max_size=8
    )
)
def test_every_row_with_content_gives_an_account_or_a_refusal(rows):
    out = io.StringIO(newline="")
    csv.writer(out).writerows([("account_id", "platform", "handle", "url"), *rows])
    data = out.getvalue().encode("utf-8", errors="replace")
    found = read_csv(data)
    filled = sum(any(cell.strip() for cell in row) for row in rows)
    assert len(found.accounts) + len(found.refusals) == filled
    assert read_csv(data, found.accounts) == found


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_read_within_seconds():
    rows = (f"x,POL_{number},Gebied {number}" for number in range(100_000))
    data = "\r\n".join(("platform,handle,area", *rows)).encode()
    start = time.process_time()
    found = read_csv(data)
    assert len(found.accounts) == 100_000
    assert time.process_time() - start < 60


@pytest.mark.slow
def test_memory_grows_with_the_file_and_no_faster():
    def peak(rows: int) -> int:
        data = "\r\n".join(("platform,handle,area", *(f"x,POL_{n},Gebied {n}" for n in range(rows)))).encode()
        tracemalloc.start()
        read_csv(data)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(8_000) < 3 * peak(4_000)
    assert peak(8_000) < 8_000 * 4_000
