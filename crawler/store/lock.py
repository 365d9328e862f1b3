"""One audit at a time: a lock the system gives back by itself when the process that held it dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

from crawler.store.engine import file_of
from crawler.store.errors import AuditRunning, StoreError


@contextmanager
def audit_lock(url: str) -> Iterator[None]:
    """Holds the right to audit into the store at `url`; StoreError at once when another process has it.

    A store in memory belongs to one process and needs no lock.
    """
    path = file_of(url)
    if path is None:
        yield
        return
    with _opened(path.with_name(path.name + ".lock")) as file:
        _take(file)
        try:
            yield
        finally:
            # The file stays: removing it would let two processes hold locks on two files of one name.
            file.truncate(0)


def _opened(path: Path) -> FileIO:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("a+b", buffering=0)
    except OSError as error:
        raise StoreError(f"{path}: the lock cannot be written ({error.strerror}): make its folder writable") from error


def _take(file: FileIO) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise AuditRunning(f"another audit is running{_holder(file)}: wait until it is done, or end it") from None
    # On a full disk the lock still holds; only its owner stays unknown.
    with suppress(OSError):
        file.truncate(0)
        file.write(f"process {os.getpid()} since {datetime.now(UTC).strftime('%Y-%m-%dT%H:%M:%SZ')}".encode())


def _holder(file: FileIO) -> str:
    """Who holds the lock, as far as it has written it down."""
    file.seek(0)
    told = file.read(200).decode(errors="replace")
    return f" ({told})" if told else ""
