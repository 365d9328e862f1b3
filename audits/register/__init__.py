"""The register of accounts: rows of a spreadsheet in, accounts and remarks out."""

from audits.register.changes import AccountChange, FieldChange, Lack, RegisterDiff, diff, digest, lint, to_json_line
from audits.register.csv_file import read_csv, template
from audits.register.model import Import, RegisterError, Remark

__all__ = [
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
    "read_csv",
    "template",
    "to_json_line",
]
