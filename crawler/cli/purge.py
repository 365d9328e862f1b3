"""`purge` and `about`: what has been kept long enough goes, and all that is held of one account is shown or erased."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import msgspec

from audits.report.visible import visible
from crawler import config
from crawler.cli import COMPLETE, Verbs, setting
from crawler.cli.audit import named
from crawler.cli.terminal import say
from crawler.clock import Clock, as_text
from crawler.config import Settings
from crawler.run import reports
from crawler.store import Holding, Purged, Store, StoreError, audit_lock, purge

REASONS = {
    "latest_audits": "of the last two audits",
    "open_findings": "of findings that still stand",
    "in_use": "current or used",
    "latest_nights": "of the last two nights",
}


def add(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    """The command line of both verbs."""
    own = verbs.add_parser("purge", parents=[shared], help="let go what has been kept long enough")
    own.add_argument("--dry-run", action="store_true", help="say what would go, and let nothing go")
    own.add_argument("--account", metavar="ACCOUNT", help="erase all that is held of this account instead")
    own.add_argument("--json", action="store_true", help="one JSON object")
    own.set_defaults(run=run_purge)
    held = verbs.add_parser("about", parents=[shared], help="all that is held of one account")
    held.add_argument("account", metavar="ACCOUNT", help="an account id, x:handle, or a profile address")
    held.add_argument("--json", action="store_true", help="everything, as one JSON object")
    held.set_defaults(run=run_about)


def run_purge(args: argparse.Namespace) -> int:
    """Per class what goes and what stays and why; no audit may run meanwhile."""
    settings = setting.settings_of(args)
    with setting.kept_store_of(args, settings) as store, audit_lock(config.store_url(settings, args.store)):
        if args.account is not None:
            return _erase(args, store)
        size = store.database.size()
        told = purge(store.database, _before(settings, setting.clock_of(args)), dry_run=args.dry_run)
        if not args.dry_run:
            _give_back(store, always=False)
        sizes = {"bytes_before": size, "bytes_after": store.database.size()}
        kept, folders = _reports(settings, setting.clock_of(args), dry_run=args.dry_run)
    told = (*told, kept)
    if args.json:
        classes = [{**msgspec.structs.asdict(one), "days": getattr(settings.retention, one.name)} for one in told]
        named = {"folders": [str(folder) for folder in folders]}
        print(msgspec.json.encode({"dry_run": args.dry_run, "classes": classes, **named, **sizes}).decode())
        return COMPLETE
    for one in told:
        print(_line(one, dry_run=args.dry_run))
    for folder in folders:
        print(visible(f"  {folder}"))
    print(f"adoptions and the list of runs always stay · {size / 1e6:,.1f} MB -> {sizes['bytes_after'] / 1e6:,.1f} MB")
    return COMPLETE


def _reports(settings: Settings, clock: Clock, *, dry_run: bool) -> tuple[Purged, tuple[Path, ...]]:
    """The folders of reports of the nights."""
    try:
        return reports.purge(config.nights_folder(settings), _before(settings, clock)["reports"], dry_run=dry_run)
    except OSError as error:
        place = error.filename or config.nights_folder(settings)
        raise setting.UsageError(
            f"{place}: cannot be read or removed ({error.strerror}): give this user the right to, then purge again"
        ) from error


def _before(settings: Settings, clock: Clock) -> dict[str, str]:
    """The moment before which each class is old."""
    days: dict[str, int] = msgspec.structs.asdict(settings.retention)
    return {name: as_text(clock.now() - timedelta(days=number)) for name, number in days.items()}


def _line(one: Purged, *, dry_run: bool) -> str:
    verb = "would go" if dry_run else "gone"
    stays = [f"{one.young} younger", *(f"{rows} {REASONS[reason]}" for reason, rows in one.needed.items())]
    return f"{one.name:<10} before {one.before[:10]}: {one.goes} {verb} · stay: {', '.join(stays)}"


def _erase(args: argparse.Namespace, store: Store) -> int:
    holding = _held(args.account, store)
    if holding.current:
        raise setting.UsageError(
            f"{holding.account_id}: this account stands in the current register and would be seen again tonight: "
            "import a register without it first, then erase"
        )
    rows = _rows(holding) if args.dry_run else store.holdings.erase(holding.account_id)
    if not args.dry_run:
        _give_back(store, always=True)  # what was deleted must not stay readable in free pages
    if args.json:
        told = {"account_id": holding.account_id, "dry_run": args.dry_run, "rows": rows}
        print(msgspec.json.encode(told).decode())
        return COMPLETE
    words = "would be erased" if args.dry_run else "erased"
    listed = ", ".join(f"{name} {count}" for name, count in rows.items() if count)
    print(f"{visible(holding.account_id)}: {listed} {words}; counts of earlier runs stay as they were")
    say("backups, and reports written before, still hold it: remove or renew those too")
    return COMPLETE


def _give_back(store: Store, *, always: bool) -> None:
    """What went has gone, also where its room cannot be given back now."""
    try:
        store.database.give_back(always=always)
    except StoreError as error:
        say(f"gone, but the room is not given back yet, and traces may be readable in it: {error}")


def _rows(holding: Holding) -> Mapping[str, int]:
    return {
        "register_account": len(holding.registers),
        "sighting": len(holding.sightings),
        "result": len(holding.results),
        "finding_interval": len(holding.findings),
        "image": sum(1 for one in holding.pictures if one.bytes and not one.others),
    }


def run_about(args: argparse.Namespace) -> int:
    """What is held, in a few lines or in full."""
    with setting.kept_store_of(args, setting.settings_of(args)) as store:
        holding = _held(args.account, store)
    if args.json:
        print(msgspec.json.encode(holding).decode())
        return COMPLETE
    where = "stands in the current register" if holding.current else "stands in no current register"
    print(visible(f"{holding.account_id}: {where}; {len(holding.registers)} different rows in its versions"))
    for account in holding.registers:
        filled = {name: value for name, value in msgspec.to_builtins(account).items() if value}
        print(visible("  register  " + " · ".join(f"{name}: {value}" for name, value in filled.items())))
    for run_id, sighting in holding.sightings:
        print(visible(f"  seen      {sighting.observed_at} · {sighting.outcome} · {sighting.handle} · run {run_id}"))
    for run_id, result in holding.results:
        print(f"  judged    {result.observed_at} · {result.status} · run {run_id}")
    for one in holding.findings:
        until = one.ended_at or "still standing"
        print(visible(f"  finding   {one.rule} · {one.verdict} · {one.first_seen} to {until} · {one.seen or '-'}"))
    for picture in holding.pictures:
        print(f"  picture   {picture.sha256[:16]}… · {picture.bytes} bytes · {picture.others} others showed it too")
    return COMPLETE


def _held(target: str, store: Store) -> Holding:
    """What is held of the account that a person means; UsageError when that is nothing, or not one account."""
    holding = store.holdings.of(target)
    if not holding.empty:
        return holding
    found = store.holdings.named(*named(target))
    if len(found) > 1:
        raise setting.UsageError(f"{target}: {len(found)} accounts bore this handle, name one: {', '.join(found)}")
    if not found:
        raise setting.UsageError(f"{target}: nothing is held of this account")
    return store.holdings.of(found[0])
