"""Which version of the tables a database has, and bringing an older one to the newest."""

from __future__ import annotations

from sqlalchemy import Connection, column, inspect, select, table

from crawler.store.engine import Database, nothing_at
from crawler.store.errors import StoreError

# Every revision under migrations/versions, oldest first.
REVISIONS = ("0001", "0002")
HEAD = REVISIONS[-1]

_VERSION = table("alembic_version", column("version_num"))


def bring_to_head(database: Database, *, make: bool = True) -> None:
    """Migrates an empty or older database to `HEAD`; StoreError when it is newer or not one of ours.

    Without `make` an empty one is none either.
    """
    with database.reading() as connection:
        version = stored_version(connection, database.place)
    if version == HEAD:
        return
    if version is None and not make:
        raise nothing_at(database.place)
    with database.migrating() as connection:
        if stored_version(connection, database.place) != HEAD:
            # Alembic takes half a second to import, and is needed once a version.
            from crawler.store.migrations import upgrade  # noqa: PLC0415

            upgrade(connection, HEAD)


def stored_version(connection: Connection, place: str) -> str | None:
    """The revision of the tables, `None` for a database without any; StoreError when `REVISIONS` does not know it."""
    names = inspect(connection).get_table_names()
    if _VERSION.name not in names:
        if names:
            raise StoreError(f"{place}: this database holds other tables: name another file with --store")
        return None
    version = connection.scalar(select(_VERSION.c.version_num))
    if version is not None and version not in REVISIONS:
        raise StoreError(
            f"{place}: this database was written by a newer version of the program (revision {version}, "
            f"known is {HEAD}): install that version, or name another file with --store"
        )
    return version
