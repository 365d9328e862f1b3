"""A CSV file -> the register, and the template that shows how such a file looks."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from audits.model import Account
from audits.register.assembly import assemble
from audits.register.columns import HEADINGS
from audits.register.model import Import
from audits.register.table import read_table

_EXAMPLES = (
    {
        "platform": "x",
        "handle": "POL_Voorbeeld",
        "type": "basisteam",
        "unit": "02",
        "area": "Voorbeeld",
        "area_aliases": "Voorbeeldstad; Voorbeeld-Centrum",
        "beheerders": "beheerder@example.org",
        "status": "actief",
        "confirmed_on": "2026-01-15",
        "notes": "vervang deze regels door uw eigen accounts",
    },
    {
        "account_id": "W-0002",
        "url": "https://www.instagram.com/wijkagent_voorbeeld",
        "type": "wijkagent",
        "unit": "02",
        "area": "Voorbeeldwijk",
        "beheerders": "een@example.org; twee@example.org",
        "status": "actief",
    },
)


def read_csv(data: bytes, known: Sequence[Account] = ()) -> Import:
    """The register in a CSV file of at most some 100,000 rows; RegisterError when it is no register at all.

    `known` are the accounts of the register so far (see `assemble`).
    """
    return assemble(read_table(data), known)


def template() -> bytes:
    """An example register: all columns, two made-up accounts (UTF-8 with BOM, comma, CRLF)."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=list(HEADINGS), restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(_EXAMPLES)
    return out.getvalue().encode("utf-8-sig")
