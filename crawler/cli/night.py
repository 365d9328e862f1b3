"""`schedule run` and `schedule loop`: the night that is due, going on where it broke off, and the dead-man's switch."""

from __future__ import annotations

import argparse
import hashlib
import shlex
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from datetime import time as wall_time
from functools import partial
from pathlib import Path
from socket import gethostname
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from crawler import config
from crawler.cli import COMPLETE, INCOMPLETE, NAMED, Verbs, code_of, line_of, moment, setting
from crawler.cli.audit import run_audit
from crawler.cli.terminal import say
from crawler.clock import parse_moment
from crawler.config import Settings, SettingsError
from crawler.night import alarm
from crawler.night.alarm import Silence
from crawler.night.times import last_due, next_due
from crawler.night.units import EVERY_MINUTES
from crawler.run.again import ResumeError
from crawler.store import AuditRunning, Store, StoreError, holds_password
from crawler.store.values import RunRow

# How long `loop` sleeps at most before it looks at the clock again: a laptop that slept must not oversleep.
LONGEST_SLEEP = 60.0
# Between two looks of the dead-man's switch during a night, and between two tries of a night that failed.
PAUSE = EVERY_MINUTES * 60.0
# With these a night is over; with any other it is tried again.
ENDED = frozenset({COMPLETE, NAMED, INCOMPLETE})


def add(does: Verbs, shared: argparse.ArgumentParser) -> None:
    """The command line of both."""
    due = does.add_parser("run", parents=[shared], help="audit if a night is due; what the timer starts")
    loop = does.add_parser("loop", parents=[shared], help="stay, and audit each night (for a container)")
    for one in (due, loop):
        one.add_argument("--since", type=moment, metavar="ISO", help="nights before this were never wanted")
    loop.add_argument("--nights", type=_number, metavar="N", help="end after so many nights")
    due.set_defaults(run=run_due)
    loop.set_defaults(run=run_loop)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of nights")
    return int(text)


def run_due(args: argparse.Namespace) -> int:
    """One night if one is due, then the dead-man's switch. Nothing is printed when there is nothing to do or to say.

    Nor when it fails by the same cause as at the look before: cron would mail that four times an hour.
    """
    now, note = setting.clock_of(args).now(), _cause_note(args)
    try:
        code = _tick(args)
    except Exception as error:
        if alarm.news(note, line_of(error), now) or sys.stderr.isatty():
            raise
        return code_of(error)
    alarm.news(note, "", now)
    return COMPLETE if code is None else code


def _cause_note(args: argparse.Namespace) -> Path:
    """Where the last cause is noted: by the words of the command line, because the settings may be what is wrong."""
    words = f"{args.settings} {args.store}"
    return config.data_folder() / "alarm" / hashlib.sha256(words.encode()).hexdigest()[:16] / "said-cause"


def run_loop(args: argparse.Namespace) -> int:
    """As `run` at each due moment, until it is ended; a night that fails does not end it."""
    settings, left = setting.settings_of(args), args.nights
    args.since = args.since or _first_wanted(args, settings)
    while left is None or left > 0:
        # Anew each time: a night takes the signal for itself. What process 1 of a container does not catch is ignored.
        signal.signal(signal.SIGTERM, _end)
        code = _survived(args)
        if code in ENDED:
            say(f"night: exit code {code}; the next: {local(settings, next_night(args, settings))}")
            left = None if left is None else left - 1
        else:
            wait = (next_night(args, settings) - setting.clock_of(args).now()).total_seconds()
            time.sleep(PAUSE if code is not None else min(max(wait, 0.0), LONGEST_SLEEP))
    return COMPLETE


def at(settings: Settings) -> tuple[wall_time, ZoneInfo]:
    """The hour of the night and the clock it is of."""
    return wall_time.fromisoformat(settings.night.at), ZoneInfo(settings.night.zone)


def next_night(args: argparse.Namespace, settings: Settings) -> datetime:
    """When the next night is due."""
    return next_due(setting.clock_of(args).now(), *at(settings))


def local(settings: Settings, moment: datetime) -> str:
    """A moment by the clock of the night's zone."""
    return moment.astimezone(ZoneInfo(settings.night.zone)).strftime(f"%Y-%m-%d %H:%M {settings.night.zone}")


def audits(store: Store) -> tuple[RunRow, ...]:
    """The audits of the whole register, oldest first."""
    return tuple(run for run in store.runs.all() if run.kind == "audit")


def last_complete(runs: Sequence[RunRow]) -> datetime | None:
    """When the last complete one ended."""
    return max((parse_moment(run.finished_at) for run in runs if run.complete and run.finished_at), default=None)


def outcome(run: RunRow) -> str:
    """How it ended: `complete`, `incomplete` or `unfinished`."""
    return {True: "complete", False: "incomplete", None: "unfinished"}[run.complete]


def _tick(args: argparse.Namespace) -> int | None:
    """The exit code of a night that was due; `None` when none was, or another process is at it."""
    try:
        settings = setting.settings_of(args)
    except SettingsError:
        readable = config.for_alarm(args.settings)
        if readable is not None:
            _watch(args, readable)
        raise
    with _watched(args, settings):
        return _due(args, settings)


def _due(args: argparse.Namespace, settings: Settings) -> int | None:
    due = last_due(setting.clock_of(args).now(), *at(settings))
    if args.since is not None and due < args.since:
        return None
    with setting.store_of(args, settings) as store:
        begun = [run for run in audits(store) if parse_moment(run.started_at) >= due and run.state != "abandoned"]
        kept = store.registers.current()
    folder = _folder(settings, due)
    if any(run.state == "finished" for run in begun) and not _unwritten(folder):
        return None
    own = any(kept is not None and run.register_digest == kept.digest for run in begun)
    code = _night(args, folder, resume=own)
    if code in {COMPLETE, NAMED}:
        for line in alarm.heartbeat(settings, setting.clock_of(args).now()):
            say(_untold(line))
    return code


def _folder(settings: Settings, due: datetime) -> Path:
    """Where the reports of a night go: named by when it was due, so that a night that goes on finds its own."""
    return config.nights_folder(settings) / due.astimezone(UTC).strftime("%Y-%m-%dT%H%MZ")


def _unwritten(folder: Path) -> bool:
    """Whether a night was begun whose reports are not all there, as on a disk that was full."""
    return folder.is_dir() and not (folder / "run.json").exists()


def _night(args: argparse.Namespace, folder: Path, *, resume: bool) -> int | None:
    """The audit, going on with one that was broken off; `None` when another is under way: that one is left alone."""
    try:
        try:
            return run_audit(_arguments(args, folder, resume=resume))
        except ResumeError as error:
            say(f"{error}; a new audit begins")
            return run_audit(_arguments(args, folder, resume=False))
    except AuditRunning:
        return None


def _arguments(args: argparse.Namespace, folder: Path, *, resume: bool) -> argparse.Namespace:
    return argparse.Namespace(
        settings=args.settings,
        store=args.store,
        register=None,
        out=folder,
        now=args.now,
        policy=None,
        platform=None,
        resume=resume,
        fail_on="never",
        min_coverage=0.95,
        lang="nl",
        keep_register=True,
        progress_every=PAUSE,
    )


def _first_wanted(args: argparse.Namespace, settings: Settings) -> datetime | None:
    """A store that has seen no audit yet: from now on. Else every night, also one that was missed or broken off."""
    with setting.store_of(args, settings) as store:
        return None if audits(store) else setting.clock_of(args).now()


def _survived(args: argparse.Namespace) -> int | None:
    """As `_tick`; what a night could not do is said, and the loop goes on."""
    try:
        return _tick(args)
    except Exception as error:  # noqa: BLE001 - nothing that goes wrong in one night may cost the next
        say(f"herkenbaar: {line_of(error)}; it is tried again in {PAUSE / 60:.0f} minutes")
        return code_of(error)


def _end(*_: object) -> NoReturn:
    raise SystemExit(COMPLETE)


@contextmanager
def _watched(args: argparse.Namespace, settings: Settings) -> Iterator[None]:
    """The dead-man's switch looks now and then, also while a night hangs, and at the end whatever that is."""
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(PAUSE):
            _watch(args, settings)

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()
        _watch(args, settings)


def _watch(args: argparse.Namespace, settings: Settings) -> None:
    """The dead-man's switch. What the last readable store said still holds when it cannot be read."""
    now = setting.clock_of(args).now()
    url = config.store_url(settings, args.store)
    notes = config.data_folder() / "alarm" / hashlib.sha256(url.encode()).hexdigest()[:16]
    found: Callable[..., Silence] = partial(Silence, host=gethostname(), command=_status_command(args))
    said: list[str] = []
    try:
        with setting.store_of(args, settings) as store:
            runs = audits(store)
    except Exception as error:  # noqa: BLE001 - whatever keeps the store from being read, the alarm goes on
        said.append(f"herkenbaar: {line_of(error)}")
        silence = found(last=alarm.noted(notes / "last-complete"), since=args.since)
    else:
        silence = found(**known(runs, args.since))
        if silence.last is not None:
            alarm.keep(notes / "last-complete", silence.last)
    said += map(_untold, alarm.tell(settings, silence, notes, now))
    if alarm.news(notes / "said-trouble", "\n".join(said), now):
        say("\n".join(said))


def known(runs: Sequence[RunRow], since: datetime | None) -> dict[str, Any]:
    """What a store's audits say, as fields of a Silence."""
    if not runs:
        return {"since": since}
    first, latest = parse_moment(runs[0].started_at), runs[-1]
    tried = parse_moment(latest.started_at)
    return {"last": last_complete(runs), "since": since or first, "tried": tried, "outcome": outcome(latest)}


def _status_command(args: argparse.Namespace) -> str:
    """What a person types to see more, with the same settings and store."""
    words = ["herkenbaar", "schedule", "status"]
    if args.settings:
        words += ["--settings", str(args.settings.resolve())]
    with suppress(StoreError):
        if args.store and not holds_password(args.store):
            words += ["--store", args.store]
    return shlex.join(words)


def _untold(line: str) -> str:
    return f"could not tell: {line}"
