"""Folders of reports that have been kept long enough: those of the nights, and of them only the files that are ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from adapters.model import Value
from crawler.run.folder import MARK, NAMES
from crawler.store import Purged

# These stay, however old.
LATEST = 2


class Kept(NamedTuple):
    """A folder of reports, and when its run began (ISO 8601)."""

    started_at: str
    path: Path


class _Mark(Value, frozen=True):
    """What makes a `run.json` one of ours."""

    run_id: str
    started_at: str


def purge(parent: Path, before: str, *, dry_run: bool) -> tuple[Purged, tuple[Path, ...]]:
    """Removes the run folders in `parent` that are older than `before` (ISO 8601); gives which (`dry_run` only says).

    Ours are the folders with a `run.json` of a run; the last two stay. What else lies in a folder stays, and the folder
    with it. An OSError names what cannot be removed.
    """
    ours = sorted(_ours(parent))
    old = [one for one in ours if one.started_at < before]
    going = tuple(one.path for one in old if one not in ours[-LATEST:])
    if not dry_run:
        for folder in going:
            _remove(folder)
    needed = {"latest_nights": len(old) - len(going)} if len(old) > len(going) else {}
    told = Purged(name="reports", before=before, goes=len(going), young=len(ours) - len(old), needed=needed)
    return told, going


def _ours(parent: Path) -> Iterator[Kept]:
    for path in parent.iterdir() if parent.is_dir() else ():
        if not path.is_symlink() and (path / MARK).is_file():
            try:
                mark = msgspec.json.decode((path / MARK).read_bytes(), type=_Mark)
            except msgspec.MsgspecError:
                continue
            yield Kept(mark.started_at, path)


def _remove(folder: Path) -> None:
    """The mark goes last: a purge that is killed finds the rest of the folder the next time."""
    for name in NAMES:
        (folder / name).unlink(missing_ok=True)
        (folder / f"{name}.part").unlink(missing_ok=True)
    if not any(folder.iterdir()):
        folder.rmdir()
