"""What can go wrong with the store, told in one line with the cure."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc


class StoreError(Exception):
    """The store cannot do what was asked; the text says in one line what is wrong and what to do."""


class AuditRunning(StoreError):
    """Another process is auditing into this store."""


class StoreDamaged(StoreError):
    """What lies there cannot be read as a database."""


class StoreFull(StoreError):
    """No room is left for the database; everything stored before stands."""


_GONE = "the database server ended the connection: start again when it runs; what was stored is safe"
_AWAY = "the database server cannot be reached: does it run, and are host and port right?"
_NAME = "the database server refuses this name or its password: give it in PGPASSWORD or in ~/.pgpass"
_FULL = "the disk is full: free some space and start again; what was stored is safe"
_LOCKED = "the database is locked by another program: wait until that one is done, or end it"
_DAMAGED = "the database is damaged: put it aside and restore a copy"
_RIGHTS = "this user may not read and write the database: grant it, or name another user"

# A part of the database's own message -> what it is called here, and the cure.
_CAUSES: tuple[tuple[str, type[StoreError], str], ...] = (
    ("disk is full", StoreFull, _FULL),
    ("not a database", StoreDamaged, "this is not a database: name another file with --store, or put this one aside"),
    ("malformed", StoreDamaged, _DAMAGED),
    ("readonly", StoreError, "the database cannot be written: make the file and its folder writable"),
    ("unable to open", StoreError, "the database cannot be opened: is it a file, and may its folder be written?"),
    ("locked", StoreError, _LOCKED),
    ("disk i/o error", StoreError, "the disk cannot be read or written: check it and its free space"),
    ("password", StoreError, _NAME),
    ("pg_hba.conf", StoreError, _NAME),
    ('role "', StoreError, _NAME),
    ("does not exist", StoreError, "the server has no such database: make it (createdb), or name another with --store"),
    ("starting up", StoreError, "the database server is starting: try again in a moment"),
    ("shutting down", StoreError, _GONE),
    ("connection refused", StoreError, _AWAY),
    ("no such file", StoreError, _AWAY),
    ("could not translate", StoreError, _AWAY),
    ("failed to resolve", StoreError, _AWAY),
    ("timeout expired", StoreError, _AWAY),
    ("closed the connection", StoreError, _GONE),
    ("connection is closed", StoreError, _GONE),
    ("the connection is lost", StoreError, _GONE),
    ("connection option", StoreError, "not an address that the database server understands: check what follows the ?"),
)
# The codes of PostgreSQL, which hold in every language of its messages (https://www.postgresql.org/docs/18/errcodes-appendix.html).
_CODES: dict[str, tuple[type[StoreError], str]] = {
    "25006": (StoreError, "the database can only be read: name the server that may be written"),
    "42501": (StoreError, _RIGHTS),
    "42P01": (StoreDamaged, _DAMAGED),
    "53100": (StoreFull, _FULL),
    "53300": (StoreError, "the database server has no connection left: start fewer things at once"),
    "55P03": (StoreError, _LOCKED),
    "57P01": (StoreError, _GONE),
    "57P02": (StoreError, _GONE),
    "57P03": (StoreError, _GONE),
    "XX001": (StoreDamaged, _DAMAGED),
    "XX002": (StoreDamaged, _DAMAGED),
}
# A server that says so is on its way down or up again.
PASSING = ("connection refused", "no such file", "starting up", "shutting down", "closed the connection")

# These say that the program is wrong, not the world: they must not be dressed up as a full disk.
_OUR_OWN = (exc.IntegrityError, exc.ProgrammingError, exc.DataError, exc.NotSupportedError)


def told(error: exc.DBAPIError, place: str) -> StoreError:
    """The database's error as one line about `place` (a path or address)."""
    if _code(error) in _CODES:
        kind, text = _CODES[_code(error)]
        return kind(f"{place}: {text}")
    return _named(str(error.orig).strip(), place)


def _named(message: str, place: str) -> StoreError:
    for fragment, kind, text in _CAUSES:
        if fragment in message.casefold():
            return kind(f"{place}: {text}")
    return StoreError(f"{place}: the database says: {' '.join(message.split())}")


def _code(error: exc.DBAPIError) -> str:
    return str(getattr(error.orig, "sqlstate", None))


def _of_the_world(error: exc.DBAPIError) -> bool:
    return _code(error) in _CODES or "connection option" in str(error.orig)


@contextmanager
def translated(place: str) -> Iterator[None]:
    """Turns what the database or its connections raise within the block into a `StoreError` about `place`."""
    try:
        yield
    except _OUR_OWN as error:
        if _of_the_world(error):
            raise told(error, place) from error
        raise
    except exc.DBAPIError as error:
        raise told(error, place) from error
    except sqlite3.OperationalError as error:
        # What goes to the driver itself, such as copying page by page, comes back in the driver's own words.
        raise _named(str(error), place) from error
    except exc.TimeoutError as error:
        raise StoreError(f"{place}: no connection came free in time: start fewer things at once") from error
