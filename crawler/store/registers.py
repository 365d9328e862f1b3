"""The registers as they were imported, each under the hash of its accounts."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, insert, select

from audits.model import Account
from crawler.store.engine import Database, upsert
from crawler.store.tables import REGISTER_ACCOUNT, REGISTER_IMPORT, REGISTER_VERSION
from crawler.store.values import RegisterVersion


class Registers:
    """Register versions: never changed, only followed by another."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, accounts: Sequence[Account], digest: str, now: str) -> bool:
        """Makes `accounts` the current register; `False` when this digest is the current one already."""
        with self._database.writing() as connection:
            if _latest(connection) == digest:
                return False
            _keep(connection, accounts, digest)
            connection.execute(insert(REGISTER_IMPORT).values(digest=digest, imported_at=now))
        return True

    def keep(self, accounts: Sequence[Account], digest: str) -> None:
        """Keeps accounts that a run was about, without making them the current register."""
        with self._database.writing() as connection:
            _keep(connection, accounts, digest)

    def current(self) -> RegisterVersion | None:
        """The register that was imported last; `None` before the first import."""
        with self._database.reading() as connection:
            digest = _latest(connection)
            return None if digest is None else _version(connection, digest)

    def version(self, digest: str) -> RegisterVersion | None:
        """The accounts with this digest; `None` when they were never imported nor kept."""
        with self._database.reading() as connection:
            return _version(connection, digest)


def _latest(connection: Connection) -> str | None:
    newest = select(REGISTER_IMPORT.c.digest).order_by(REGISTER_IMPORT.c.sequence.desc()).limit(1)
    return connection.scalar(newest)


def _keep(connection: Connection, accounts: Sequence[Account], digest: str) -> None:
    upsert(connection, REGISTER_VERSION, [{"digest": digest}], replace=())
    kept = select(func.count()).where(REGISTER_ACCOUNT.c.digest == digest)
    # Fewer than it had: an account was erased, and whoever brings it in again wants it there.
    if connection.scalar(kept) != len(accounts):
        upsert(connection, REGISTER_ACCOUNT, _rows(accounts, digest), replace=())


def _version(connection: Connection, digest: str) -> RegisterVersion | None:
    if connection.scalar(select(REGISTER_VERSION.c.digest).where(REGISTER_VERSION.c.digest == digest)) is None:
        return None
    imports = select(REGISTER_IMPORT.c.imported_at).where(REGISTER_IMPORT.c.digest == digest)
    imported_at = connection.scalar(imports.order_by(REGISTER_IMPORT.c.sequence.desc()).limit(1))
    rows = select(REGISTER_ACCOUNT.c.account).where(REGISTER_ACCOUNT.c.digest == digest)
    accounts = connection.scalars(rows.order_by(REGISTER_ACCOUNT.c.position)).all()
    return RegisterVersion(digest=digest, imported_at=imported_at, accounts=tuple(accounts))


def _rows(accounts: Sequence[Account], digest: str) -> list[dict[str, object]]:
    return [
        {"digest": digest, "position": position, "account_id": account.account_id, "account": account}
        for position, account in enumerate(accounts)
    ]
