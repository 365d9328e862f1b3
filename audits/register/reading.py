"""Any file that holds a register -> the register: a workbook when it begins as one, else CSV."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from audits.model import Account
from audits.register.assembly import assemble
from audits.register.model import Import, RegisterError
from audits.register.table import read_table
from audits.register.workbook import read_workbook

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read_register(data: bytes, known: Sequence[Account] = (), today: date | None = None) -> Import:
    """The register in an .xlsx or CSV file; RegisterError, in one line with the cure, when it is none.

    `known` are the accounts of the register so far, `today` the last day that can have been confirmed (see `assemble`).
    """
    if data.startswith(_OLE):
        raise RegisterError("this is an old .xls or a workbook with a password: save it as .xlsx without a password")
    return assemble(read_workbook(data) if data.startswith(_ZIP) else read_table(data), known, today)
