"""What an import of the register yields: accounts, and remarks about all that was mended, refused or doubtful."""

from __future__ import annotations

from adapters.model import Value
from audits.model import Account


class RegisterError(Exception):
    """The file as a whole cannot be read as a register. The message is one line and says what to do."""


class Remark(Value, frozen=True, kw_only=True):
    """One thing the import noticed. `row` is the row number a spreadsheet shows (headings: 1), or 0 for none.

    `reason` is a key of the texts (`remarks`), `value` the cell as it stood in the file, `detail` fills in the reason:
    the cleaned value, the number of the other row, or the id of the other account; `count` = how many rows it is about.
    """

    row: int
    column: str
    value: str
    reason: str
    detail: str = ""
    count: int = 1


class Import(Value, frozen=True, kw_only=True):
    """A register as read. Every row with content gave accounts or stands in `refusals`; nothing disappears unsaid.

    Accounts in `conflicts` that could be kept are among `accounts`, marked there in their own `conflicts`. `absent` are
    accounts of the register that stay although the open data no longer names them.
    """

    accounts: tuple[Account, ...] = ()
    repairs: tuple[Remark, ...] = ()
    refusals: tuple[Remark, ...] = ()
    conflicts: tuple[Remark, ...] = ()
    absent: tuple[Remark, ...] = ()


class Entry(Value, frozen=True, kw_only=True):
    """One usable account with the row it came from."""

    row: int
    account: Account
