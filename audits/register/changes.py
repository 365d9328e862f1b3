"""Two registers compared, one account as a line, what a register lacks, and the digest that names its version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from adapters.model import Value
from audits.identity import Identity, identity
from audits.model import TYPES, Account

CONFIRM_WITHIN = timedelta(days=365)
WITHOUT_AREA = frozenset(["landelijk", "landelijke_eenheid", "portefeuille", "thema", "werving", "dier", "vlogger"])
_EXPECTED = ("type", "unit", "area", "beheerders", "platform_id", "confirmed_on")
# Columns that came later: an account without them keeps the digest it had before they existed.
_LATER = ("confirmed_by", "source_url")


class FieldChange(Value, frozen=True, kw_only=True):
    """One field of one account, before and after."""

    field: str
    old: Any
    new: Any


class AccountChange(Value, frozen=True, kw_only=True):
    """All fields of one account that differ between two registers."""

    account_id: str
    fields: tuple[FieldChange, ...]


class RegisterDiff(Value, frozen=True, kw_only=True):
    """What a new register changes: accounts that came, went or differ, in the order of their register."""

    added: tuple[Account, ...] = ()
    removed: tuple[Account, ...] = ()
    changed: tuple[AccountChange, ...] = ()


class Lack(Value, frozen=True, kw_only=True):
    """Something an account of the register lacks.

    `reason` (a key of the texts) is `missing`, `old`, `future` or `invalid`; the column `identity` is `unconfirmed`.
    """

    account_id: str
    column: str
    reason: str
    value: str | None = None


def diff(old: Sequence[Account], new: Sequence[Account]) -> RegisterDiff:
    """The difference between two registers, by account id."""
    before = {account.account_id: account for account in old}
    after = {account.account_id: account for account in new}
    return RegisterDiff(
        added=tuple(account for key, account in after.items() if key not in before),
        removed=tuple(account for key, account in before.items() if key not in after),
        changed=tuple(
            AccountChange(account_id=key, fields=_changes(before[key], account))
            for key, account in after.items()
            if key in before and before[key] != account
        ),
    )


def to_json_line(account: Account) -> str:
    """One account as one line of JSON: the columns of the register, and what they say of its identity (no line end)."""
    return msgspec.json.encode(msgspec.to_builtins(account) | {"identity": identity(account)}).decode()


def to_lack_line(lack: Lack) -> str:
    """One lack as one line of JSON (no line end)."""
    return msgspec.json.encode(lack).decode()


def digest(accounts: Sequence[Account]) -> str:
    """SHA-256 (hex) of the accounts in canonical JSON, sorted by account id: equal for equal content in any order."""
    ordered = [_canonical(account) for account in sorted(accounts, key=lambda account: account.account_id)]
    return hashlib.sha256(msgspec.json.encode(ordered)).hexdigest()


def lint(accounts: Sequence[Account], today: date, within: timedelta = CONFIRM_WITHIN) -> tuple[Lack, ...]:
    """What each account lacks to be audited, reported and kept up to date; a confirmation holds for `within`."""
    return tuple(lack for account in accounts for lack in _lacks(account, today, within))


def _changes(old: Account, new: Account) -> tuple[FieldChange, ...]:
    pairs = ((name, getattr(old, name), getattr(new, name)) for name in Account.__struct_fields__)
    return tuple(FieldChange(field=name, old=was, new=now) for name, was, now in pairs if was != now)


def _canonical(account: Account) -> dict[str, Any]:
    fields: dict[str, Any] = msgspec.to_builtins(account)
    return {name: value for name, value in fields.items() if value is not None or name not in _LATER}


def _lacks(account: Account, today: date, within: timedelta) -> Iterator[Lack]:
    for column in _EXPECTED:
        excused = column == "area" and account.type in WITHOUT_AREA
        if not getattr(account, column) and not excused:
            yield Lack(account_id=account.account_id, column=column, reason="missing")
    if account.type and account.type not in TYPES:
        yield Lack(account_id=account.account_id, column="type", reason="invalid", value=account.type)
    for address in account.beheerders:
        if address.count("@") != 1 or " " in address:
            yield Lack(account_id=account.account_id, column="beheerders", reason="invalid", value=address)
    confirmed = date.fromisoformat(account.confirmed_on) if account.confirmed_on else today
    if not today - within <= confirmed <= today:
        reason = "future" if confirmed > today else "old"
        yield Lack(account_id=account.account_id, column="confirmed_on", reason=reason, value=account.confirmed_on)
    if identity(account) is Identity.UNCONFIRMED:
        yield Lack(account_id=account.account_id, column="identity", reason="unconfirmed")
