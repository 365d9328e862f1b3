"""`non-compliant.csv`: whole, one row a finding, and never a formula."""

from __future__ import annotations

import csv
import io
import re

import pytest

from audits.model import Status, Verdict
from audits.report.cells import safe_cell
from audits.report.csv_file import COLUMNS, non_compliant_csv
from tests.audits.report import nights

TEXTS = nights.texts()
NIGHT = nights.night()
BYTES = non_compliant_csv(NIGHT, TEXTS)
ROWS = list(csv.DictReader(io.StringIO(BYTES.decode("utf-8-sig"), newline="")))

CELLS = [
    ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
    ("+31612345678", "'+31612345678"),
    ("@SUM(1+9)", "'@SUM(1+9)"),
    ("-", "'-"),
    ("-cmd", "'-cmd"),
    ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
    ("-12,5", "-12,5"),
    ("  =1+1", "'  =1+1"),
    ("\t=1+1", "⇥=1+1"),
    ("\r=1+1", "⏎=1+1"),
    ("＝1+1", "'＝1+1"),
    ("hallo;=1+1", "hallo;'=1+1"),
    ("a@example.org; b@example.org", "a@example.org; b@example.org"),
    ("twee\r\nregels", "twee⏎regels"),
    ("Politie Ede", "Politie Ede"),
    ("'s-Hertogenbosch", "'s-Hertogenbosch"),
    ("\u202eedE eitiloP", "⟨U+202E⟩edE eitiloP"),
    ("\ud800", "⟨U+D800⟩"),
    (None, ""),
]


@pytest.mark.parametrize(("text", "cell"), CELLS)
def test_a_cell_is_safe_and_otherwise_unchanged(text, cell):
    assert safe_cell(text) == cell


def test_the_file_has_a_mark_commas_and_windows_line_ends():
    assert BYTES.startswith(b"\xef\xbb\xbfaccount_id,platform,handle,")
    assert BYTES.endswith(b"\r\n")
    assert BYTES.count(b"\n") == BYTES.count(b"\r\n") == len(ROWS) + 1


def test_there_is_a_row_for_each_open_failing_finding_of_a_non_compliant_account():
    expected = [
        (result.account_id, finding.rule)
        for result in NIGHT.results
        if result.status is Status.NON_COMPLIANT
        for finding in result.findings
        if finding.verdict is Verdict.FAIL and not finding.waived
    ]
    assert [(row["account_id"], row["rule"]) for row in ROWS] == expected


def test_no_cell_begins_a_formula():
    bad = re.compile(r"[=+@\t\r]|-(?!\d)")
    assert [cell for row in ROWS for cell in row.values() if bad.match(cell)] == []


def test_a_row_tells_the_whole_story():
    row = next(row for row in ROWS if row["rule"] == "links-allowed")
    assert tuple(row) == COLUMNS
    assert row["requirement"] == "Links gaan alleen naar sites van de politie."
    assert row["seen"] == "https://linktr.ee/voorbeeld"
    assert row["change"] == "new"
    assert row["severity"] == "must"
    assert row["clause"] == "5.1"


def test_known_findings_and_empty_values_are_told():
    assert {row["change"] for row in ROWS if row["rule"] == "bio-emergency-line"} == {"known"}
    assert {row["seen"] for row in ROWS if row["rule"] == "display-name-area"} == {"(leeg)"}


def test_sentences_follow_the_language_and_code_words_do_not():
    rows = list(csv.DictReader(io.StringIO(non_compliant_csv(NIGHT, TEXTS, "en").decode("utf-8-sig"), newline="")))
    assert all(row["requirement"].endswith("(en)") for row in rows)
    assert [row["change"] for row in rows] == [row["change"] for row in ROWS]
