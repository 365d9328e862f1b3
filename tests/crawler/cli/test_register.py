"""`register`: what an import says of many rows, and what it never writes."""

from __future__ import annotations

import json

import pytest

from crawler.cli import main

NOW = "2026-11-22T12:00:00Z"


@pytest.fixture
def run(tmp_path, capsys):
    """Writes the rows to a file and runs `register WHAT FILE`."""

    def call(what, *rows, words=(), now=NOW):
        path = tmp_path / "register.csv"
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        file = [str(path)] if rows else []
        code = main(
            ["register", what, *file, *words, "--now", now, "--store", f"sqlite:///{tmp_path / 'store.sqlite'}"]
        )
        captured = capsys.readouterr()
        return code, captured.out.splitlines(), captured.err.splitlines()

    return call


def test_the_summary_names_the_accounts_of_each_platform(run):
    _, out, _ = run("import", "x,facebook", "POL_Ede,politie.ede", ",politie.epe")
    assert out[-1] == "3 accounts (x 1, facebook 2) · 0 repairs · 0 refused · 0 conflicts"


@pytest.mark.parametrize("rows", [(), ("x,null",), ("x,",)])
@pytest.mark.parametrize("kept", [True, False])
def test_a_file_without_a_usable_row_is_not_written(run, rows, kept):
    if kept:
        run("import", "platform,handle", "x,POL_Ede")
    code, out, err = run("import", "platform,handle", *rows)
    assert code == 2
    assert err[-1].endswith("register.csv: no usable row: nothing was written")
    assert not [line for line in [*out, *err] if "removed" in line or line.startswith("-")]
    assert len(run("list")[1]) == kept


def test_a_bad_column_is_told_in_one_line_whatever_stands_in_it(run):
    _, out, _ = run("import", "platform,handle,confirmed_on", *(f"x,POL_{n},dag {n}" for n in range(1_000)))
    told = [line for line in out if line.startswith("repaired")]
    assert len(told) == 1
    assert told[0].startswith("repaired rows 2-1001 (1000), confirmed_on 'dag 0' and others: Dit is geen datum")


def test_many_empty_rows_are_one_line(run):
    _, out, _ = run("import", "x,area", "POL_Ede,Ede", *(f",Dorp {n}" for n in range(11)))
    rows = ", ".join(map(str, range(3, 14)))
    assert out[0] == f"refused rows {rows} (11): Er staat geen gebruikersnaam of webadres op deze rij."


def test_remarks_that_say_something_else_keep_a_line_each(run):
    rows = [f"x,@POL_{n},{unit}" for unit in ("2", "3") for n in range(int(unit) * 100, int(unit) * 100 + 11)]
    _, out, _ = run("import", "platform,handle,unit", *rows)
    told = [line for line in out if line.startswith("repaired")]
    assert len([line for line in told if "handle '@POL_" in line]) == 22
    assert [line.partition(":")[0] for line in told if " unit " in line] == [
        "repaired rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 (11), unit '2'",
        "repaired rows 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23 (11), unit '3'",
    ]


def test_a_confirmation_in_the_future_confirms_nothing(run):
    _, out, _ = run("import", "platform,handle,confirmed_on", "x,POL_Ede,2026-11-23")
    assert "Deze dag moet nog komen" in out[0]
    assert json.loads(run("list", words=["--json"])[1][0])["identity"] == "unconfirmed"


def test_lint_flags_a_confirmation_in_the_future(run):
    run("import", "platform,handle,confirmed_on", "x,POL_Ede,2026-11-22")
    _, out, _ = run("lint", now="2026-11-01T12:00:00Z")
    assert "x:pol_ede: confirmed_on ligt in de toekomst 2026-11-22" in out
