"""What can go wrong with the store, told in one line with the cure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc


class StoreError(Exception):
    """The store cannot do what was asked; the text says in one line what is wrong and what to do."""


class AuditRunning(StoreError):
    """Another process is auditing into this store."""


class StoreFull(StoreError):
    """No room is left for the database; everything stored before stands."""


# A part of the database's own message -> what it is called here, and the cure.
_CAUSES: tuple[tuple[str, type[StoreError], str], ...] = (
    ("disk is full", StoreFull, "the disk is full: free some space and start again; what was stored is safe"),
    ("not a database", StoreError, "this is not a database: name another file with --store, or put this one aside"),
    ("malformed", StoreError, "the database is damaged: put it aside and restore a copy"),
    ("readonly", StoreError, "the database cannot be written: make the file and its folder writable"),
    ("unable to open", StoreError, "the database cannot be opened: is it a file, and may its folder be written?"),
    ("locked", StoreError, "the database is locked by another program: wait until that one is done, or end it"),
    ("disk i/o error", StoreError, "the disk cannot be read or written: check it and its free space"),
)

# These say that the program is wrong, not the world: they must not be dressed up as a full disk.
_OUR_OWN = (exc.IntegrityError, exc.ProgrammingError, exc.DataError, exc.NotSupportedError)


def told(error: exc.DBAPIError, place: str) -> StoreError:
    """The database's error as one line about `place` (a path or address)."""
    message = str(error.orig).strip()
    for fragment, kind, text in _CAUSES:
        if fragment in message.casefold():
            return kind(f"{place}: {text}")
    return StoreError(f"{place}: the database says: {' '.join(message.split())}")


@contextmanager
def translated(place: str) -> Iterator[None]:
    """Turns what the database or its connections raise within the block into a `StoreError` about `place`."""
    try:
        yield
    except _OUR_OWN:
        raise
    except exc.DBAPIError as error:
        raise told(error, place) from error
    except exc.TimeoutError as error:
        raise StoreError(f"{place}: no connection came free in time: start fewer things at once") from error
