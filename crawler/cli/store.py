"""`store`: is the database sound, bring it up to date, copy it, back it up and restore it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

import msgspec

from crawler import config
from crawler.cli import COMPLETE, INTERNAL, Verbs, setting
from crawler.cli.terminal import say
from crawler.store import Condition, StoreDamaged, StoreError, TableCount, audit_lock, back_up, open_store, restore
from crawler.store import copy as copy_all


def add(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    """The command line."""
    own = verbs.add_parser("store", help="check, upgrade, copy, back up and restore the database")
    does = own.add_subparsers(metavar="WHAT", required=True)
    check = does.add_parser("check", parents=[shared], help="is it sound, and what does it hold")
    check.add_argument("--json", action="store_true", help="one JSON object")
    check.set_defaults(run=run_check)
    newer = does.add_parser("upgrade", parents=[shared], help="bring it to the newest version (every verb does)")
    newer.set_defaults(run=run_upgrade)
    copied = does.add_parser("copy", parents=[shared], help="copy everything into another, empty database")
    copied.add_argument("--to", required=True, metavar="URL", help="e.g. postgresql://herkenbaar@db/herkenbaar")
    copied.set_defaults(run=run_copy)
    saved = does.add_parser("backup", parents=[shared], help="write everything into one file, also during an audit")
    saved.add_argument("file", type=Path, metavar="FILE")
    saved.set_defaults(run=run_backup)
    back = does.add_parser("restore", parents=[shared], help="put a backup in the place of what the store holds")
    back.add_argument("file", type=Path, metavar="FILE")
    back.add_argument("--force", action="store_true", help="also when the store has runs: they are lost")
    back.set_defaults(run=run_restore)


def run_check(args: argparse.Namespace) -> int:
    """Integrity, version, counts, size; 0 when it is sound, 4 when it is not."""
    try:
        with setting.kept_store_of(args, setting.settings_of(args)) as store:
            problems = store.check()
            condition = None if problems else store.condition()
    except StoreError as error:
        problems, condition = (str(error),), None
        if not isinstance(error, StoreDamaged):
            _print_json(args, problems, condition)
            raise
    _print_json(args, problems, condition)
    if not args.json and condition is not None:
        first, last = condition.oldest_run or "-", condition.newest_run or "-"
        print(f"sound: {condition.place} · version {condition.revision} · {_size(condition.bytes)}")
        print(f"runs from {first} to {last} · {condition.unfinished} unfinished")
        print("\n".join(f"{name:<18} {rows}" for name, rows in condition.rows.items()))
    for problem in problems:
        say(f"not sound: {problem}")
    if problems:
        say("put this store aside and restore a backup: herkenbaar store restore FILE (docs/operations.md)")
    return INTERNAL if problems else COMPLETE


def _print_json(args: argparse.Namespace, problems: Sequence[str], condition: Condition | None) -> None:
    if args.json:
        print(msgspec.json.encode({"sound": not problems, "problems": problems, "condition": condition}).decode())


def run_upgrade(args: argparse.Namespace) -> int:
    """Opening a store brings it up to date; this says so."""
    with setting.store_of(args, setting.settings_of(args)) as store:
        print(f"{store.database.place}: version {store.revision()}, the newest this program knows")
    return COMPLETE


def run_copy(args: argparse.Namespace) -> int:
    """Everything, compared row by row before it counts."""
    began = monotonic()
    with setting.kept_store_of(args, setting.settings_of(args)) as store:
        with audit_lock(args.to), open_store(args.to) as other:
            told = copy_all(store.database, other.database)
        print(f"{_summary(told)} copied to {other.database.place} and compared · {monotonic() - began:.1f} s")
    return COMPLETE


def run_backup(args: argparse.Namespace) -> int:
    """One file, opened and compared before it counts."""
    began = monotonic()
    with setting.kept_store_of(args, setting.settings_of(args)) as store:
        told = back_up(store.database, args.file)
    size = _size(args.file.stat().st_size)
    print(f"{_summary(told)} in {args.file} ({size}), opened and compared · {monotonic() - began:.1f} s")
    return COMPLETE


def run_restore(args: argparse.Namespace) -> int:
    """No audit may run meanwhile."""
    settings, began = setting.settings_of(args), monotonic()
    url = config.store_url(settings, args.store)
    with audit_lock(url), open_store(url) as store:
        told = restore(args.file, store.database, force=args.force)
        problems = store.check()
    for problem in problems:
        say(f"not sound: {problem}")
    print(f"{_summary(told)} restored to {store.database.place} and compared · {monotonic() - began:.1f} s")
    return INTERNAL if problems else COMPLETE


def _summary(told: Sequence[TableCount]) -> str:
    rows = {one.table: one.rows for one in told}
    return f"{sum(rows.values())} rows ({rows['run']} runs, {rows['sighting']} sightings, {rows['image']} pictures)"


def _size(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
