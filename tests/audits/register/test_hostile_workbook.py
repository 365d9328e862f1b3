"""Workbooks that are broken or made to do harm: read or refused in one line, in bounded time and memory."""

from __future__ import annotations

import io
import re
import resource
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.register import Import, RegisterError, read_register
from tests.audits.register.workbooks import NAMES, PLAIN, changed, sheet_of, workbook

DATA = workbook(register=PLAIN)
CELL = '<c r="A1" t="inlineStr"><is><t>handle</t></is></c>'
HOSTILE = [
    (b"PK\x03\x04rest", "damaged"),
    (DATA[: len(DATA) // 2], "damaged"),
    (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "password"),
    (changed(DATA, sheet=sheet_of("<sheetData/>")), "empty"),
    (changed(DATA, sheet=b"<worksheet"), "cannot be read"),
    (changed(DATA, sheet=b""), "cannot be read"),
    (changed(DATA, styles=b"<a>" * 50_000), "cannot be read"),
    (changed(DATA, book=b"<workbook/>"), "empty"),
    (
        changed(DATA, sheet=sheet_of('<sheetData><row r="1"><c r="A1" t="s"><v>99999</v></c></row></sheetData>')),
        "cannot be read",
    ),
    (
        changed(
            DATA,
            sheet=b'<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]>' + sheet_of("<sheetData>&d;</sheetData>")[21:],
        ),
        "cannot be read",
    ),
    (changed(DATA, sheet=sheet_of("<sheetData>" + "<c/>" * 7_000_000 + "</sheetData>")), "out of all proportion"),
    (
        changed(DATA, sheet=sheet_of("<sheetData><row>" + "<c/>" * 1_100_000 + "</row></sheetData>")),
        "out of all proportion",
    ),
    (changed(DATA, sheet=sheet_of("<sheetData/>" + "<a/>" * 7_000_000)), "out of all proportion"),
    (changed(DATA, sheet=sheet_of("<sheetData>" + "<row/>" * 5_000_000 + "</sheetData>")), "out of all proportion"),
    (changed(DATA, strings=b"<sst>" + b"<si/>" * 11_000_000), "out of all proportion"),
    (changed(DATA, styles=b"<a/>" * 2_100_000), "too large"),
    (
        changed(
            DATA,
            sheet=sheet_of(f'<sheetData><row r="1">{CELL}</row><row r="99999999"><c r="A99999999"/></row></sheetData>'),
        ),
        "more than",
    ),
]


@pytest.mark.parametrize(("data", "words"), HOSTILE, ids=lambda value: value[:20] if isinstance(value, str) else "")
def test_a_hostile_or_broken_workbook_is_refused_in_one_line_within_bounds(data, words):
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    with pytest.raises(RegisterError, match=re.escape(words)) as caught:
        read_register(data)
    assert "\n" not in str(caught.value)
    assert time.perf_counter() - start < 30
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 500_000  # KiB


def one_line(data: bytes) -> bool:
    """Whether the workbook is read, or refused in one line."""
    try:
        return isinstance(read_register(data), Import)
    except RegisterError as error:
        return "\n" not in str(error)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(DATA) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_workbook_with_damaged_bytes_is_read_or_refused(damage):
    data = bytearray(DATA)
    for place, byte in damage:
        data[place] = byte
    assert one_line(bytes(data))


PARTS = {name: zipfile.ZipFile(io.BytesIO(DATA)).read(NAMES[name]) for name in ("sheet", "book", "styles")}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(PARTS)), st.integers(0, 2_000), st.sampled_from([b"", b"9" * 40, b"<", b"-1", b"</row>"]))
def test_a_workbook_with_a_damaged_part_is_read_or_refused(name, place, text):
    part = PARTS[name]
    at = place % len(part)
    assert one_line(changed(DATA, **{name: part[:at] + text + part[at + 3 :]}))


def test_what_a_sheet_says_of_its_size_is_not_believed():
    body = f'<dimension ref="A1:XFD1048576"/><sheetData><row r="1">{CELL}</row></sheetData>'
    start = time.perf_counter()
    assert read_register(changed(DATA, sheet=sheet_of(body))).accounts == ()
    assert time.perf_counter() - start < 10


def test_a_cell_far_to_the_right_widens_nothing():
    far = '<c r="XFD{0}"><v>1</v></c>'
    rows = "".join(f'<row r="{n}">{far.format(n)}</row>' for n in range(2, 2_000))
    body = f'<sheetData><row r="1">{CELL}{far.format(1)}</row>{rows}</sheetData>'
    start = time.perf_counter()
    assert read_register(changed(DATA, sheet=sheet_of(body))).accounts == ()
    assert time.perf_counter() - start < 10


def test_links_to_other_workbooks_are_not_followed():
    link = b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><broken'
    out = io.BytesIO(DATA)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", link)
    assert [account.handle for account in read_register(out.getvalue()).accounts] == ["POL_Ede"]
