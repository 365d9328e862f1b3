"""Copies of the whole store in one file, each proven by opening it again; and the way back."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import URL

from crawler.store import sqlite
from crawler.store.copying import TableCount, copy, counts, same_or_error, tally
from crawler.store.engine import Database
from crawler.store.errors import StoreError, translated
from crawler.store.schema import bring_to_head, stored_version

# What a person does about a file that is no sound backup.
ANOTHER = "name another backup"


def back_up(source: Database, path: Path) -> tuple[TableCount, ...]:
    """Writes one state of a store into the SQLite file `path`, while others may go on writing.

    The copy is opened, checked, and compared row by row with what was copied, before it takes its name: under that name
    there is a whole backup or none. StoreError when the file is there already, or the copy is not sound.
    """
    if path.exists():
        raise StoreError(f"{path}: this file is there already: name another, or remove it")
    with _part(path) as part, translated(str(part)):
        told = _copied(source, part)
        _proven(part, told)
        _last(part)
        part.rename(path)
        _last(path.parent)
    return told


def restore(path: Path, target: Database, *, force: bool) -> tuple[TableCount, ...]:
    """Puts what a backup holds in the place of all that `target` holds: everything, or nothing at all.

    The file itself is only read; one of an older version is brought up to date on the way. StoreError when the target
    has runs and `force` is not given, and when the file is no sound backup.
    """
    if not path.is_file():
        raise StoreError(f"{path}: there is no such file: name a backup")
    with target.reading() as connection:
        runs = counts(connection)["run"]
    if runs and not force:
        raise StoreError(f"{target.place}: this store has {runs} runs: to lose them for those of {path}, add --force")
    with tempfile.TemporaryDirectory(prefix="herkenbaar-restore-") as folder:
        copied = Path(folder) / "backup.sqlite"
        shutil.copyfile(path, copied)
        source = Database(_url(copied))
        try:
            _opened(source, path)
            return copy(source, target, replace=True)
        finally:
            source.close()


def _opened(source: Database, path: Path) -> None:
    """StoreError when the copy of the backup at `path` is not sound, or none of ours."""
    try:
        problems = source.problems()
        with source.reading() as connection:
            version = stored_version(connection, source.place)
        bring_to_head(source)
    except StoreError as error:
        said = str(error).replace(source.place, str(path))
        raise type(error)(re.sub("(name another file with --store|put it aside).*", ANOTHER, said)) from error
    if version is None:
        raise StoreError(f"{path}: this file holds no store: {ANOTHER}")
    if problems or (missing := source.missing()):
        why = problems[0] if problems else f"table {missing[0]} is missing"
        raise StoreError(f"{path}: this backup is damaged ({why}): take another")


def _copied(source: Database, part: Path) -> tuple[TableCount, ...]:
    target = Database(_url(part))
    try:
        if source.kind is sqlite:
            with source.reading() as connection:
                told = tally(connection)
                with translated(target.place):  # not the place of the source: it is the copy that finds no room
                    sqlite.copy_pages(connection, target.engine)
        else:
            bring_to_head(target)
            told = copy(source, target)
        sqlite.make_single(target.engine)
    finally:
        target.close()
    return told


def _proven(part: Path, wanted: tuple[TableCount, ...]) -> None:
    """Opens the copy as anybody would, and holds it against what was copied."""
    again = Database(_url(part))
    try:
        if problems := again.problems():
            raise StoreError(f"{part}: the copy is not sound ({problems[0]}): check the disk, and the store itself")
        with again.reading() as connection:
            same_or_error(wanted, tally(connection), str(part))
        sqlite.make_single(again.engine)
    finally:
        again.close()


@contextmanager
def _part(path: Path) -> Iterator[Path]:
    """A file beside `path` to write into; what a killed backup left there is overwritten."""
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        owner = part.open("ab")
    except OSError as error:
        raise StoreError(f"{part}: cannot be written ({error.strerror}): name another file") from error
    with owner:
        try:
            fcntl.flock(owner, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreError(f"{path}: another backup is being written there: wait for it") from None
        owner.truncate(0)
        _remove(part, "-wal", "-shm", "-journal")
        try:
            yield part
        except BaseException:
            _remove(part, "", "-wal", "-shm", "-journal")
            raise


def _remove(part: Path, *tails: str) -> None:
    for tail in tails:
        part.with_name(part.name + tail).unlink(missing_ok=True)


def _last(path: Path) -> None:
    """Sees to it that a file or folder is on the disk, also when the power fails now."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _url(path: Path) -> URL:
    return URL.create("sqlite", database=str(path))
