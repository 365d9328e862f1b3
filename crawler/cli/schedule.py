"""`schedule`: the nightly audit by itself: what fits this host, putting it there, and what it does once started."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from datetime import time as wall_time
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawler import config
from crawler.cli import COMPLETE, INCOMPLETE, INVALID, NAMED, Verbs, setting
from crawler.cli.audit import run_audit
from crawler.cli.terminal import say
from crawler.cli.trouble import INVALID_ERRORS
from crawler.clock import Clock, parse_moment
from crawler.config import Settings
from crawler.night import alarm, host, units
from crawler.night.host import Kind
from crawler.night.times import last_due, next_due
from crawler.run.again import ResumeError
from crawler.store import AuditRunning, Store, StoreError
from crawler.store.values import RunRow

# How long `loop` sleeps at most before it looks at the clock again: a laptop that slept must not oversleep.
LONGEST_SLEEP = 60.0
KINDS = [str(kind) for kind in Kind]


def add(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    """The command line."""
    own = verbs.add_parser("schedule", help="the nightly audit by itself")
    does = own.add_subparsers(metavar="WHAT", required=True)
    show = does.add_parser("show", parents=[shared], help="what would be installed on this host")
    put = does.add_parser("install", parents=[shared], help="have this host start the nightly audit")
    take = does.add_parser("remove", parents=[shared], help="take it away again")
    for one in (show, put, take):
        one.add_argument("--kind", choices=KINDS, help="instead of what fits this host")
        one.add_argument("--folder", type=Path, metavar="DIR", help="write the units here and start nothing")
        one.add_argument("--environment", type=Path, metavar="FILE", help="file with the secrets (NAME=value a line)")
    show.set_defaults(run=run_show)
    put.set_defaults(run=run_install)
    take.set_defaults(run=run_remove)
    due = does.add_parser("run", parents=[shared], help="audit if a night is due; what the timer starts")
    loop = does.add_parser("loop", parents=[shared], help="stay, and audit each night (for a container)")
    for one in (due, loop):
        one.add_argument("--since", type=parse_moment, metavar="ISO", help="nights before this were never wanted")
    loop.add_argument("--nights", type=int, metavar="N", help="end after so many nights")
    due.set_defaults(run=run_due)
    loop.set_defaults(run=run_loop)
    status = does.add_parser("status", parents=[shared], help="the last nights, the next one, and whether all is well")
    status.set_defaults(run=run_status)


def run_show(args: argparse.Namespace) -> int:
    """The units or lines, and where they would go."""
    kind = _kind(args)
    settings = setting.settings_of(args)
    print(f"# {kind}: {_place(args, kind)}")
    match kind:
        case Kind.SYSTEMD:
            made = units.systemd(_command(args), settings.night, _secrets(args))
            print(f"\n# {units.NAME}.service\n{made.service}\n# {units.NAME}.timer\n{made.timer}")
        case Kind.CRON:
            print(units.cron(_command(args), _secrets(args)))
        case Kind.LOOP:
            print("nothing here can start a night; keep this running instead:")
            print(f"  {' '.join(_command(args, 'loop'))}")
    return COMPLETE


def run_install(args: argparse.Namespace) -> int:
    """Write and start it; says when the first night is due."""
    kind, settings = _kind(args), setting.settings_of(args)
    match kind:
        case Kind.SYSTEMD:
            made = units.systemd(_command(args), settings.night, _secrets(args))
            folder = args.folder or host.units_folder()
            for path in host.install_units(made, folder, enable=args.folder is None):
                print(f"written: {path}")
        case Kind.CRON:
            host.install_lines(units.cron(_command(args), _secrets(args)))
            print("written: the crontab of this user")
        case Kind.LOOP:
            raise setting.UsageError(
                "neither systemd nor cron is here: keep `herkenbaar schedule loop` running, or choose with --kind"
            )
    print(f"next night: {_local(settings, _next(settings, setting.clock_of(args)))}")
    return COMPLETE


def run_remove(args: argparse.Namespace) -> int:
    """Take units or lines away; what is not there is no error."""
    if _kind(args) is Kind.CRON:
        host.install_lines("")
        print("removed from the crontab of this user")
        return COMPLETE
    gone = host.remove_units(args.folder or host.units_folder(), disable=args.folder is None)
    for path in gone:
        print(f"removed: {path}")
    return COMPLETE


def run_due(args: argparse.Namespace) -> int:
    """One audit when a night is due and has not begun, or was broken off; then the dead-man's switch."""
    settings, clock = setting.settings_of(args), setting.clock_of(args)
    try:
        begun = _begun(args, settings, clock)
        if not _is_due(settings, begun, clock.now(), args.since):
            return COMPLETE
        code = _night(args, resume=_resumable(args, settings, begun))
        if code in {COMPLETE, NAMED}:
            _complain(alarm.heartbeat(settings, clock.now()))
        return code
    finally:
        _watch(args, settings)


def run_loop(args: argparse.Namespace) -> int:
    """As `run` at each due moment, until it is ended; a night that fails does not end it."""
    settings, left = setting.settings_of(args), args.nights
    args.since = args.since or setting.clock_of(args).now()
    while left is None or left > 0:
        clock = setting.clock_of(args)
        if _is_due(settings, _begun(args, settings, clock), clock.now(), args.since):
            say(f"night of {_local(settings, clock.now())}: exit code {_survived(args)}")
            left = None if left is None else left - 1
        else:
            wait = (_next(settings, clock) - clock.now()).total_seconds()
            time.sleep(min(max(wait, 0.0), LONGEST_SLEEP))
            _watch(args, settings)
    return COMPLETE


def _survived(args: argparse.Namespace) -> int:
    """The exit code of one night; what it could not do is said, and the loop goes on."""
    try:
        return run_due(args)
    except INVALID_ERRORS as error:
        say(str(error))
        time.sleep(LONGEST_SLEEP)
        return INVALID


def run_status(args: argparse.Namespace) -> int:
    """The last nights and the next; 3 when no complete audit ended in time."""
    settings, clock = setting.settings_of(args), setting.clock_of(args)
    with setting.store_of(args, settings) as store:
        nights = [run for run in store.runs.all() if run.kind == "audit"][-5:]
        last = _last_complete(store)
    for run in nights:
        told = {True: "complete", False: "incomplete", None: run.state}[run.complete]
        print(f"{run.run_id}  {run.started_at} -> {run.finished_at or '-'}  {told}")
    print(f"last complete audit: {_local(settings, last) if last else 'none'}")
    print(f"next night: {_local(settings, _next(settings, clock))}")
    hours = (clock.now() - last).total_seconds() / 3600 if last else None
    if hours is None or hours > settings.alarm.after_hours:
        print(f"OVERDUE: no complete audit for {settings.alarm.after_hours:g} hours")
        return INCOMPLETE
    return COMPLETE


def _kind(args: argparse.Namespace) -> Kind:
    return Kind(args.kind) if args.kind else Kind.SYSTEMD if args.folder else host.found()


def _place(args: argparse.Namespace, kind: Kind) -> str:
    match kind:
        case Kind.SYSTEMD:
            return str(args.folder or host.units_folder())
        case Kind.CRON:
            return "the crontab of this user (crontab -e)"
        case Kind.LOOP:
            return "neither systemd nor cron is here"


def _secrets(args: argparse.Namespace) -> str | None:
    return str(args.environment.resolve()) if args.environment else None


def _command(args: argparse.Namespace, what: str = "run") -> list[str]:
    """What the host is to start, with whole paths: it is started from elsewhere."""
    words = [sys.executable, "-m", "crawler", "schedule", what]
    if args.settings:
        words += ["--settings", str(args.settings.resolve())]
    if args.store:
        if urlsplit(args.store).password:
            raise setting.UsageError("--store: a password does not belong in a unit; name the store in the settings")
        words += ["--store", args.store]
    return [*words, "--since", setting.clock_of(args).text()]


def _at(settings: Settings) -> tuple[wall_time, ZoneInfo]:
    return wall_time.fromisoformat(settings.night.at), ZoneInfo(settings.night.zone)


def _next(settings: Settings, clock: Clock) -> datetime:
    return next_due(clock.now(), *_at(settings))


def _local(settings: Settings, moment: datetime) -> str:
    return moment.astimezone(ZoneInfo(settings.night.zone)).strftime(f"%Y-%m-%d %H:%M {settings.night.zone}")


def _begun(args: argparse.Namespace, settings: Settings, clock: Clock) -> tuple[RunRow, ...]:
    """The audits that were begun since the latest night was due."""
    due = last_due(clock.now(), *_at(settings))
    with setting.store_of(args, settings) as store:
        runs = store.runs.all()
    return tuple(run for run in runs if run.kind == "audit" and parse_moment(run.started_at) >= due)


def _is_due(settings: Settings, begun: Sequence[RunRow], now: datetime, since: datetime | None) -> bool:
    """Whether the latest due night has not begun, or was begun and broken off."""
    if since is not None and last_due(now, *_at(settings)) < since:
        return False
    return not any(run.state == "finished" for run in begun)


def _resumable(args: argparse.Namespace, settings: Settings, begun: Sequence[RunRow]) -> bool:
    """Whether one of these was broken off while auditing the register as it is now."""
    with setting.store_of(args, settings) as store:
        kept = store.registers.current()
    return any(run.state == "running" and kept is not None and run.register_digest == kept.digest for run in begun)


def _night(args: argparse.Namespace, *, resume: bool) -> int:
    """The audit, going on with one that was broken off; one that is under way is left alone, without a word."""
    try:
        try:
            return run_audit(_arguments(args, resume=resume))
        except ResumeError as error:
            say(f"{error}; a new audit begins")
            return run_audit(_arguments(args, resume=False))
    except AuditRunning:
        return COMPLETE


def _arguments(args: argparse.Namespace, *, resume: bool) -> argparse.Namespace:
    settings = setting.settings_of(args)
    stamp = setting.clock_of(args).now().astimezone(UTC).strftime("%Y-%m-%dT%H%MZ")
    return argparse.Namespace(
        settings=args.settings,
        store=args.store,
        register=None,
        out=Path(settings.night.out) / stamp if settings.night.out else None,
        now=args.now,
        policy=None,
        platform=None,
        resume=resume,
        fail_on="never",
        min_coverage=0.95,
        lang="nl",
        keep_register=True,
    )


def _last_complete(store: Store) -> datetime | None:
    ended = (run.finished_at for run in store.runs.all() if run.kind == "audit" and run.complete)
    return max((parse_moment(moment) for moment in ended if moment), default=None)


def _watch(args: argparse.Namespace, settings: Settings) -> None:
    """The dead-man's switch. A store that cannot be read has seen no audit end."""
    note = config.data_folder() / "alarm-raised"
    now = setting.clock_of(args).now()
    try:
        with setting.store_of(args, settings) as store:
            last = _last_complete(store)
    except StoreError as error:
        say(str(error))
        last = None
    seen = alarm.look(settings, last, args.since, now, alarm.told(note))
    if seen.state == "overdue":
        say(f"no complete audit for {seen.hours} hours")
    _complain(alarm.tell(settings, seen, note, now))


def _complain(failed: Sequence[str]) -> None:
    for line in failed:
        say(f"could not tell: {line}")
