"""The register of accounts: rows of a spreadsheet in, accounts and remarks out."""

from audits.register.changes import (
    CONFIRM_WITHIN,
    AccountChange,
    FieldChange,
    Lack,
    RegisterDiff,
    diff,
    digest,
    lint,
    to_json_line,
    to_lack_line,
)
from audits.register.csv_file import read_csv, template
from audits.register.model import Import, RegisterError, Remark
from audits.register.notes import numbers
from audits.register.reading import read_register

__all__ = [
    "CONFIRM_WITHIN",
    "AccountChange",
    "FieldChange",
    "Import",
    "Lack",
    "RegisterDiff",
    "RegisterError",
    "Remark",
    "diff",
    "digest",
    "lint",
    "numbers",
    "read_csv",
    "read_register",
    "template",
    "to_json_line",
    "to_lack_line",
]
