"""`non-compliant.xlsx`: a summary, a sheet for each unit with a row for each finding, and what is not certain."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

import msgspec

from adapters.model import Value
from audits.model import Status
from audits.report import rows, summary, wording
from audits.report.cards import Desk, card
from audits.report.model import Night
from audits.report.page import ordered, page
from audits.report.rows import Cells, Rows
from audits.report.sheets import Column, sheet_names
from audits.report.texts import Language, Texts, Words
from audits.report.view import Card, Page
from audits.report.visible import visible
from audits.report.workbook import Book, Sheet

MOST_UNITS = 60  # sheets for units; past that the smallest share one
_NEVER = datetime(1980, 1, 1)  # noqa: DTZ001 - what a workbook calls no date


def non_compliant_xlsx(night: Night, texts: Texts, lang: Language = "nl") -> bytes:
    """The workbook of one run. Its sheets of units hold the same findings as `non-compliant.csv`.

    The same night gives the same bytes; the date in the properties is that of the run.
    """
    words = texts.words[lang]
    bare = msgspec.structs.replace(night, pictures={}, approved={})  # the workbook shows none
    created = wording.parsed(night.run.finished_at)
    book = Book(
        title=words.report["title"],
        created=created.replace(tzinfo=None) if created else _NEVER,
        cut=words.report["cell_cut"],
        more=words.report["rows_cut"],
    )
    _fill(Frame(book, bare, words), page(bare, lang))
    return book.data()


class Frame:
    """What every sheet of one workbook shares: the book, the night, the words, and what is printed around the page."""

    def __init__(self, book: Book, night: Night, words: Words) -> None:
        self.book, self.night, self.words = book, night, words
        mark = night.run.policy
        self.policy = mark.id if mark.adopted_by else words.say("policy_draft", policy=mark.id)

    def sheet(self, name: str, columns: tuple[Column, ...]) -> Sheet:
        """A new sheet."""
        sheet = self.book.sheet(name, columns)
        sheet.frame(_literal(self.policy), f"&L{_literal(self.night.run.run_id)}&R{self.words.report['page_of']}")
        return sheet

    def list(self, name: str, keys: Collection[str], found: Iterable[Cells], empty: str) -> None:
        """A sheet that is one list."""
        sheet = self.sheet(name, rows.columns(keys, self.words))
        sheet.list(([cells.get(key) for key in keys] for cells in found), self.words.report[empty])


class Names(Value, frozen=True, kw_only=True):
    """The names of the sheets: of each unit (several may share one), and of the others by what they show."""

    units: dict[str | None, str]
    own: tuple[str | None, ...]
    other: dict[str, str]


def _fill(frame: Frame, shown: Page) -> None:
    """All sheets, in the order in which they stand in the workbook."""
    names = _names(shown, frame.words)
    _summary(frame, shown, names)
    desk = Desk.of(frame.night, frame.words.language)
    made = Rows(desk=desk, words=frame.words, policy=frame.policy)
    failing = {group.unit: group.cards for group in shown.groups}
    for unit in names.own:
        frame.list(names.units[unit], rows.FINDINGS, made.fails(failing.get(unit, ())), "unit_none")
    if len(names.own) < len(names.units):
        rest = [one for unit, cards in failing.items() if unit not in names.own for one in cards]
        frame.list(names.other["others"], rows.FINDINGS, made.fails(rest), "unit_none")
    reviewed = [one for group in (*shown.groups, *shown.reviews) for one in group.cards]
    frame.list(names.other["review"], rows.REVIEWS, made.reviews(reviewed), "review_none")
    frame.list(
        names.other["undetermined"], rows.UNDETERMINED, made.undetermined(shown.undetermined), "undetermined_none"
    )
    frame.list(names.other["waived"], rows.WAIVED, made.waived(_waived(desk)), "waived_none")
    frame.list(names.other["fixed"], rows.FIXED, made.fixed(), "fixed_none" if frame.night.diff.since else "first_run")


def _names(shown: Page, words: Words) -> Names:
    say = words.report
    other = {
        "summary": say["summary"],
        "review": words.statuses["review"],
        "undetermined": words.statuses["undetermined"],
        "waived": say["sheet_waived"],
        "fixed": say["sheet_fixed"],
        "others": say["sheet_others"],
    }
    own = _own_sheets(shown)
    made = list(sheet_names([*other.values(), *(unit or say["no_unit"] for unit in own)], say["unit"]))
    units = dict(zip(own, made[len(other) :], strict=True))
    names = dict(zip(other, made, strict=False))
    return Names(units={row.unit: units.get(row.unit, names["others"]) for row in shown.units}, own=own, other=names)


def _own_sheets(shown: Page) -> tuple[str | None, ...]:
    """The units that get a sheet of their own: all, or else those with the most accounts that do not comply."""
    if len(shown.units) <= MOST_UNITS:
        return tuple(row.unit for row in shown.units)
    largest = sorted(shown.units, key=lambda row: -row.statuses[Status.NON_COMPLIANT])[: MOST_UNITS - 1]
    return tuple(row.unit for row in shown.units if row in largest)


def _summary(frame: Frame, shown: Page, names: Names) -> None:
    words, run = frame.words, frame.night.run
    sheet = frame.sheet(names.other["summary"], summary.COLUMNS)
    sheet.say(words.report["scan_title" if run.kind == "scan" else "title"], "title")
    start, finish = (wording.time(words, moment) for moment in (run.started_at, run.finished_at))
    sheet.say(words.say("measured", start=start, finish=finish))
    for alert in summary.alerts(frame.night, shown, words):
        sheet.say(alert, "alert")
    sheet.say(words.report["marks_note"])
    for table in summary.tables(frame.night, shown, words, names.units):
        sheet.table(table)


def _waived(desk: Desk) -> Iterator[Card]:
    """The accounts with an exemption, compliant ones too."""
    for number, result in enumerate(ordered(desk.night)):
        if any(finding.waived for finding in result.findings):
            yield card(desk, number, result)


def _literal(text: str) -> str:
    """Text of a printed margin: `&` begins a code there."""
    return visible(text).replace("&", "&&")
