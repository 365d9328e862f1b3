"""`schedule`: the nightly audit by itself: what fits this host, putting it there, and how it goes."""

from __future__ import annotations

import argparse
import getpass
import os
import pwd
import sys
from collections.abc import Sequence
from pathlib import Path

from crawler.cli import COMPLETE, INCOMPLETE, Verbs, night, setting
from crawler.config import Settings
from crawler.night import alarm, host, units
from crawler.night.alarm import Silence
from crawler.night.host import Kind
from crawler.night.starters import NO_DAEMON, Starter, cron_runs, starters
from crawler.night.units import Start
from crawler.store import holds_password

KINDS = [str(kind) for kind in Kind]


def add(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    """The command line."""
    own = verbs.add_parser("schedule", help="the nightly audit by itself")
    does = own.add_subparsers(metavar="WHAT", required=True)
    show = does.add_parser("show", parents=[shared], help="what would be installed on this host")
    put = does.add_parser("install", parents=[shared], help="have this host start the nightly audit")
    take = does.add_parser("remove", parents=[shared], help="take it away again")
    status = does.add_parser("status", parents=[shared], help="the last nights, the next one, and whether all is well")
    for one in (show, put, take, status):
        one.add_argument("--user", metavar="NAME", help="as root: as whom it runs (default: who called sudo)")
    for one in (show, put, take):
        one.add_argument("--kind", choices=KINDS, help="instead of what fits this host")
        one.add_argument("--folder", type=Path, metavar="DIR", help="write the units here and start nothing")
        one.add_argument("--environment", type=Path, metavar="FILE", help="file with the secrets (NAME=value a line)")
    show.set_defaults(run=run_show)
    put.set_defaults(run=run_install)
    take.set_defaults(run=run_remove)
    night.add(does, shared)
    status.set_defaults(run=run_status)


def run_show(args: argparse.Namespace) -> int:
    """The units or lines, and where they would go."""
    kind, settings = _kind(args), setting.settings_of(args)
    print(f"# {kind}: {_place(args, kind)}")
    match kind:
        case Kind.SYSTEMD:
            made = units.systemd(_start(args), settings.night)
            print(f"\n# {units.NAME}.service\n{made.service}\n# {units.NAME}.timer\n{made.timer}")
        case Kind.CRON:
            print(units.cron(_start(args)))
        case Kind.LOOP:
            print("nothing here can start a night; keep this running instead:")
            print(f"  {' '.join(_start(args, 'loop').command)}")
    return COMPLETE


def run_install(args: argparse.Namespace) -> int:
    """Write and start it; says when the first night is due, and what is still missing."""
    kind, settings = _kind(args), setting.settings_of(args)
    if args.environment:
        _refuse_open_secrets(args.environment)
    match kind:
        case Kind.SYSTEMD:
            made = units.systemd(_start(args), settings.night)
            folder = args.folder or host.units_folder()
            for path in host.install_units(made, folder, enable=args.folder is None):
                print(f"written: {path}")
        case Kind.CRON:
            host.install_lines(units.cron(_start(args)), _user(args))
            print(f"written: {_place(args, kind)}")
        case Kind.LOOP:
            raise setting.UsageError(
                "neither systemd nor cron is here: keep `herkenbaar schedule loop` running, or choose with --kind"
            )
    print(f"runs as: {_user(args) or getpass.getuser()}, in {Path.cwd()}")
    print(f"next night: {night.local(settings, night.next_night(args, settings))}")
    for line in _missing(settings, kind, root=os.geteuid() == 0):
        print(line)
    return COMPLETE


def run_remove(args: argparse.Namespace) -> int:
    """Take units or lines away; what is not there is no error."""
    kind = _kind(args)
    if kind is Kind.CRON:
        gone = [_place(args, kind)] if host.install_lines("", _user(args)) else []
    else:
        gone = list(map(str, host.remove_units(args.folder or host.units_folder(), disable=args.folder is None)))
    for place in gone:
        print(f"removed: {place}")
    if not gone:
        print("nothing was installed here")
    return COMPLETE


def run_status(args: argparse.Namespace) -> int:
    """The last nights, what starts the next; 3 when no complete audit ended in time, or none ever will."""
    settings, clock = setting.settings_of(args), setting.clock_of(args)
    with setting.kept_store_of(args, settings) as store:
        nights = night.audits(store)
    found = starters(_user(args), _user(args) or getpass.getuser())
    for run in nights[-5:]:
        print(f"{run.run_id}  {run.started_at} -> {run.finished_at or '-'}  {night.outcome(run)}")
    last = night.last_complete(nights)
    print(f"last complete audit: {night.local(settings, last) if last else 'none'}")
    print("\n".join(_started_by(found)))
    if any(one.trouble is None for one in found):
        print(f"next night: {night.local(settings, night.next_night(args, settings))}")
    since = min((one.since for one in found if one.since), default=None)
    if Silence(**night.known(nights, since)).hours(clock.now()) > settings.alarm.after_hours:
        print(f"OVERDUE: no complete audit for {settings.alarm.after_hours:g} hours")
        return INCOMPLETE
    return COMPLETE if found or last else INCOMPLETE


def _started_by(found: Sequence[Starter]) -> list[str]:
    """What starts a night here, and what should but does not, a line each."""
    if not found:
        return ["nothing here starts a night: herkenbaar schedule install"]
    return [
        f"not started by {one.said}: {one.trouble}" if one.trouble else f"nights are started by: {one.said}"
        for one in found
    ]


def _kind(args: argparse.Namespace) -> Kind:
    return Kind(args.kind) if args.kind else Kind.SYSTEMD if args.folder else host.found()


def _place(args: argparse.Namespace, kind: Kind) -> str:
    match kind:
        case Kind.SYSTEMD:
            return str(args.folder or host.units_folder())
        case Kind.CRON:
            return f"the crontab of {_user(args) or getpass.getuser()}"
        case Kind.LOOP:
            return "neither systemd nor cron is here"


def _start(args: argparse.Namespace, what: str = "run") -> Start:
    """What the host is to start, where and as whom: it starts it with nothing of the present shell."""
    user = _user(args)
    start = Start(
        command=_command(args, what),
        folder=str(Path.cwd()),
        secrets=str(args.environment.resolve()) if args.environment else None,
        data=os.environ.get("XDG_DATA_HOME") if user is None else None,
        user=user,
        system=os.geteuid() == 0,
    )
    if any(not word.isprintable() for word in (*start.command, start.folder, start.secrets or "", start.data or "")):
        raise setting.UsageError("a path holds a line break or another sign that units and crontabs cannot hold")
    return start


def _command(args: argparse.Namespace, what: str) -> tuple[str, ...]:
    # In UTF-8 whatever the language of the host: cron gives none.
    words = [sys.executable, "-X", "utf8", "-m", "crawler", "schedule", what]
    if args.settings:
        words += ["--settings", str(args.settings.resolve())]
    if args.store:
        if holds_password(args.store):
            raise setting.UsageError("--store: a password does not belong in a unit; name the store in the settings")
        words += ["--store", args.store]
    return (*words, "--since", setting.clock_of(args).text())


def _user(args: argparse.Namespace) -> str | None:
    """As whom root has it run; `None` = as the one who installs it."""
    if os.geteuid() != 0:
        if args.user:
            raise setting.UsageError("--user: only root can have it run as somebody else: use sudo")
        return None
    name: str | None = args.user or os.environ.get("SUDO_USER")
    if name is None or name == "root":
        return None
    try:
        return pwd.getpwnam(name).pw_name
    except KeyError as error:
        raise setting.UsageError(f"--user {name}: this host has no such user") from error


def _refuse_open_secrets(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise setting.UsageError(f"--environment {path}: cannot be read ({error.strerror})") from error
    if mode & 0o077:
        raise setting.UsageError(f"--environment {path}: others may read the secrets in it: chmod 600 {path}")


def _missing(settings: Settings, kind: Kind, *, root: bool) -> list[str]:
    """What a person still has to do, a line each."""
    lines = []
    if kind is Kind.SYSTEMD and not root and not host.lingers(getpass.getuser()):
        lines.append(f"only runs while you are logged in, until: sudo loginctl enable-linger {getpass.getuser()}")
    if kind is Kind.CRON and not cron_runs():
        lines.append(NO_DAEMON)
    if not alarm.ways(settings):
        lines.append("nobody is told when no audit ends in time: name a file, an address or mail under [alarm]")
    return lines
