"""What may be opened of a workbook: its parts are weighed before anything parses them.

A workbook is a zip of XML, and openpyxl keeps one whole row, and every element it does not know, in memory. So the size
of each part, of each row and of what stands around the rows is bounded first. The zip reader never gives more of a part
than its entry declares.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from adapters.model import Value
from audits.register.model import RegisterError

PARTS = 2_000
WHOLE = 600_000_000  # bytes, unpacked
SHEET, STRINGS, LINKS, OTHER = 400_000_000, 200_000_000, 24_000_000, 8_000_000
BORDERS = 4_000_000  # beginnings and ends of rows in the sheets together: nearly two full sheets
TAGS = 30_000_000  # in the sheets together: some seven million cells
STRING_TAGS = 10_000_000
LONGEST_ROW = 4_000_000  # bytes: 16,384 cells of 250
AROUND = 24_000_000  # bytes before the first row or behind the last one, where links and merged cells are listed
SHEETS = "xl/worksheets/"
_CHUNK, _OVERLAP = 1_000_000, 400
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]{0,200}?ref=[\"']([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})[\"']")
_HIDDEN = re.compile(rb"<(?:\w+:)?row\s[^>]{0,300}?\bhidden=[\"'](?:1|true)[\"']")
# The end of a formula behind which no value stands, or an empty one.
_UNKEPT = re.compile(
    rb"(?:</(?:\w+:)?f\s*>|<(?:\w+:)?f(?:\s[^<>]{0,200})?/>)\s{0,9}"
    rb"(?:</|<(?:\w+:)?v\s*/>|<(?:\w+:)?v(?:\s[^<>]{0,60})?>\s{0,9}</)"
)
_NUMBER = re.compile(rb"\br=[\"'](\d{1,7})[\"']")
_BORDER = re.compile(rb"<(?P<end>/?)(?:\w+:)?(?:row|sheetData)[\s/>]")
_MANY = 20_000  # merged ranges or hidden rows that are kept


class Marks(Value, frozen=True, kw_only=True):
    """What a sheet says besides its cells. `merged`: column, first and last row of each range that goes downwards.

    `unkept`: there are formulas whose value the spreadsheet did not keep.
    """

    hidden: tuple[int, ...] = ()
    merged: tuple[tuple[str, int, int], ...] = ()
    unkept: bool = False


def weigh(data: bytes) -> dict[str, Marks]:
    """The sheets of a workbook (their paths) with their marks; RegisterError when it cannot be opened within bounds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_parts(archive.infolist())
            names = archive.namelist()
            if "xl/sharedStrings.xml" in names:
                _check_strings(archive)
            scale = _Scale()
            return {name: _marks(archive, name, scale) for name in names if _is_sheet(name)}
    # RuntimeError: a way of packing that is unknown, or a password.
    except (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, ValueError, OSError, EOFError, zlib.error) as error:
        raise RegisterError("this workbook is damaged: open it and save it again as .xlsx") from error


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise RegisterError("this is no workbook of the kind .xlsx: save it as .xlsx or as 'CSV UTF-8'")
    if any(part.flag_bits & 1 for part in parts):
        raise RegisterError("this workbook is locked with a password: save it without one")
    heavy = any(part.file_size > _limit(part.filename) for part in parts)
    if heavy or len(parts) > PARTS or sum(part.file_size for part in parts) > WHOLE:
        raise RegisterError("this workbook is too large when unpacked: save only the register as a new .xlsx or as CSV")


def _limit(name: str) -> int:
    if name.endswith(".rels"):
        return LINKS
    if _is_sheet(name):
        return SHEET
    if name == "xl/sharedStrings.xml":
        return STRINGS
    # Pictures and the like are never opened, so only the parts of XML weigh.
    return OTHER if name.endswith((".xml", ".vml")) else WHOLE


def _is_sheet(name: str) -> bool:
    return name.startswith(SHEETS) and name.endswith(".xml")


def _check_strings(archive: zipfile.ZipFile) -> None:
    with archive.open("xl/sharedStrings.xml") as part:
        if sum(piece.count(b"<", fresh) for piece, fresh in _pieces(part)) > STRING_TAGS:
            raise _out_of_proportion()


def _marks(archive: zipfile.ZipFile, name: str, scale: _Scale) -> Marks:
    """Read through one sheet without parsing it; RegisterError when a row or the rest of it is out of proportion."""
    hidden: list[int] = []
    merged: list[tuple[str, int, int]] = []
    unkept = False
    scale.begin()
    with archive.open(name) as part:
        for piece, fresh in _pieces(part):
            scale.take(piece, fresh)
            unkept = unkept or _UNKEPT.search(piece) is not None
            hidden += _hidden_rows(piece)
            merged += _merges(piece)
            del hidden[_MANY:], merged[_MANY:]
    return Marks(hidden=tuple(sorted(set(hidden))), merged=tuple(dict.fromkeys(merged)), unkept=unkept)


def _hidden_rows(piece: bytes) -> Iterator[int]:
    numbers = (_NUMBER.search(found.group()) for found in _HIDDEN.finditer(piece))
    return (int(number[1]) for number in numbers if number)


def _merges(piece: bytes) -> Iterator[tuple[str, int, int]]:
    ranges = ((found[1].decode(), int(found[2]), int(found[3])) for found in _MERGED.finditer(piece))
    return (one for one in ranges if one[1] < one[2])


def _pieces(part: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """The part in chunks, each with the end of the one before in front; and where the new bytes begin."""
    before = b""
    while chunk := part.read(_CHUNK):
        yield before + chunk, len(before)
        before = (before + chunk)[-_OVERLAP:]


class _Scale:
    """Counts the tags and rows of all sheets, and the bytes since a row last began or ended."""

    def __init__(self) -> None:
        self._tags = self._borders = 0
        self.begin()

    def begin(self) -> None:
        """Another sheet."""
        self._since, self._within = 0, False

    def take(self, piece: bytes, fresh: int) -> None:
        """Weigh the new bytes of a piece; RegisterError when they are too many."""
        self._tags += piece.count(b"<", fresh)
        if self._tags > TAGS:
            raise _out_of_proportion()
        at = fresh
        for found in _BORDER.finditer(piece, max(0, fresh - 40)):
            self._borders += 1
            self._grow(max(found.start() - at, 0))
            at, self._since, self._within = max(found.start(), fresh), 0, not found["end"]
        self._grow(len(piece) - at)

    def _grow(self, size: int) -> None:
        self._since += size
        if self._since > (LONGEST_ROW if self._within else AROUND) or self._borders > BORDERS:
            raise _out_of_proportion()


def _out_of_proportion() -> RegisterError:
    return RegisterError("a sheet of this workbook is out of all proportion: save only the register as a new .xlsx")
