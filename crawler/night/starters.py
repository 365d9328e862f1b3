"""What on this host starts a night now, as far as that can be seen: a timer, a line for cron, a process that stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from adapters.model import Value
from crawler.clock import parse_moment
from crawler.night import host
from crawler.night.host import HostError
from crawler.night.units import NAME, own_lines

PROCESSES = Path("/proc")
# Debian's and Red Hat's cron write it; it may be left of a daemon that is gone.
PID_FILE = Path("/var/run/crond.pid")
DAEMONS = frozenset({"cron", "crond", "fcron"})
NO_DAEMON = "no cron daemon seems to run on this host: start it, else no night begins"


class Starter(Value, frozen=True, kw_only=True):
    """Something that starts nights. `since` = nights before it were never wanted; `trouble` = why it starts none."""

    said: str
    since: datetime | None = None
    trouble: str | None = None


def starters(user: str | None, name: str) -> tuple[Starter, ...]:
    """All of this host. `user` = whose crontab it is (`None` = our own), `name` = what that user is called."""
    return (*_timers(), *_lines(user, name), *_processes())


def cron_runs() -> bool:
    """Whether a daemon runs that reads crontabs: by its process, or by its note where processes cannot be seen."""
    if any(_text(process / "comm").strip() in DAEMONS for process in _running()):
        return True
    number = _text(PID_FILE).strip()
    return number.isdecimal() and (PROCESSES / number).exists()


def _timers() -> Iterator[Starter]:
    for scope in host.scopes() if host.runs_systemd() else ():
        said = f"{NAME}.timer of systemd{' (of this user)' if scope else ''}"
        units = host.asked("systemctl", *scope, "cat", f"{NAME}.service", f"{NAME}.timer")
        if units is None:
            continue
        active = host.asked("systemctl", *scope, "is-active", f"{NAME}.timer") is not None
        cure = " ".join(["systemctl", *scope, "enable", "--now", f"{NAME}.timer"])
        yield Starter(said=said, since=_since(units), trouble=None if active else f"it is not active: {cure}")


def _lines(user: str | None, name: str) -> Iterator[Starter]:
    said = f"the crontab of {name}"
    try:
        lines = own_lines(host.crontab(user)) if host.has_crontab() else ""
    except HostError as error:
        yield Starter(said=said, trouble=f"it cannot be read ({error})")
        return
    if lines:
        yield Starter(said=said, since=_since(lines), trouble=None if cron_runs() else NO_DAEMON)


def _processes() -> Iterator[Starter]:
    for process in _running():
        words = _text(process / "cmdline").rstrip("\x00").replace("\x00", " ")
        if re.search(r"(herkenbaar|-m crawler) schedule loop( |$)", words):
            yield Starter(said=f"{NAME} schedule loop (process {process.name})", since=_since(words))


def _running() -> Iterator[Path]:
    return (path for path in PROCESSES.iterdir() if path.name.isdecimal()) if PROCESSES.is_dir() else iter(())


def _since(text: str) -> datetime | None:
    """The moment that a command names with `--since`."""
    found = re.search(r"--since[ =](\S+)", text)
    try:
        return parse_moment(found[1]) if found else None
    except ValueError:
        return None


def _text(path: Path) -> str:
    """What a file holds; empty when it is gone or closed to us."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
