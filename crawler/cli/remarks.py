"""What an import of the register noticed, line by line."""

from __future__ import annotations

from audits.register import Import, Remark, numbers
from audits.report.texts import Words
from audits.report.visible import visible

KINDS = {"repairs": "repaired", "refusals": "refused", "conflicts": "conflict"}
# Rows that name no account are told together when there are more: a list of stations is full of them.
TOGETHER = 10


def print_remarks(imported: Import, words: Words) -> None:
    """Repairs, refusals and conflicts with their row numbers, in that order."""
    for kind, label in KINDS.items():
        remarks: tuple[Remark, ...] = getattr(imported, kind)
        empty = [remark for remark in remarks if remark.reason == "empty"]
        together = empty if len(empty) > TOGETHER else []
        if together:
            print(f"{label} rows {numbers(remark.row for remark in together)}: {words.remark('empty')}")
        for remark in remarks:
            if not together or remark.reason != "empty":
                said = words.remark(remark.reason, remark.detail, remark.count)
                print(f"{label} row {remark.row}, {remark.column} {visible(remark.value)!r}: {visible(said)}")
