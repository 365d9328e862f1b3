"""What this host has to start something at a set time, and how it is put there and taken away again."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from crawler.night.units import NAME, Units, with_lines

SECONDS = 30
# systemd keeps a file here by the name of every user whose units run without a login.
LINGER = Path("/var/lib/systemd/linger")
# It is there while systemd runs the host (sd_booted(3)).
SYSTEMD = Path("/run/systemd/system")


class Kind(StrEnum):
    """What starts a night."""

    SYSTEMD = "systemd"
    CRON = "cron"
    LOOP = "loop"


class HostError(Exception):
    """The host did not take it; one line with what it said and the cure."""


def found() -> Kind:
    """What fits this host: systemd where it runs, else cron where it is installed, else a process of our own."""
    if runs_systemd():
        return Kind.SYSTEMD
    return Kind.CRON if has_crontab() else Kind.LOOP


def runs_systemd() -> bool:
    """Whether systemd runs this host and can be asked."""
    return SYSTEMD.is_dir() and shutil.which("systemctl") is not None


def has_crontab() -> bool:
    """Whether cron is installed."""
    return shutil.which("crontab") is not None


def scopes() -> tuple[tuple[str, ...], ...]:
    """The options of systemctl for each manager whose units may start a night for us."""
    return ((),) if os.geteuid() == 0 else (("--user",), ())


def asked(*command: str) -> str | None:
    """What a command that only looks says; `None` when it says no, or does not answer."""
    try:
        done = _done(command)
    except HostError:
        return None
    return None if done.returncode else done.stdout


def units_folder() -> Path:
    """Where units lie: of the system for root, else of the user."""
    if os.geteuid() == 0:
        return Path("/etc/systemd/system")
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd" / "user"


def install_units(units: Units, folder: Path, *, enable: bool) -> tuple[Path, ...]:
    """Write both units and, on demand, have systemd start the timer; gives the files."""
    written = {folder / f"{NAME}.service": units.service, folder / f"{NAME}.timer": units.timer}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in written.items():
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise HostError(f"{folder}: cannot be written ({error.strerror}); run as root, or give --folder") from error
    if enable:
        _systemctl("daemon-reload")
        _systemctl("enable", "--now", f"{NAME}.timer")
    return tuple(written)


def remove_units(folder: Path, *, disable: bool) -> tuple[Path, ...]:
    """Stop the timer and take both units away; gives the files that were there."""
    present = tuple(path for path in (folder / f"{NAME}.timer", folder / f"{NAME}.service") if path.exists())
    if disable and present:
        _systemctl("disable", "--now", f"{NAME}.timer")
    for path in present:
        path.unlink()
    if disable and present:
        _systemctl("daemon-reload")
    return present


def lingers(user: str) -> bool:
    """Whether the units of this user also run while nobody is logged in."""
    return (LINGER / user).exists()


def crontab(user: str | None) -> str:
    """The crontab of a user (ours without one); empty when there is none.

    HostError when it cannot be read for any other reason: what is in it would be lost.
    """
    command = [*_crontab(user), "-l"]
    done = _done(command)
    if done.returncode and not re.search(r"no crontab|no such file", done.stderr, re.IGNORECASE):
        raise HostError(_said(command, done))
    return "" if done.returncode else done.stdout


def install_lines(lines: str, user: str | None = None) -> bool:
    """Put our lines into a crontab in place of those before; empty ones take them away. Gives whether it changed."""
    before = crontab(user)
    after = with_lines(before, lines)
    if after != before:
        # An empty crontab is none.
        _run([*_crontab(user), *(["-"] if after else ["-r"])], stdin=after)
    return after != before


def _crontab(user: str | None) -> list[str]:
    return ["crontab", *(["-u", user] if user else [])]


def _systemctl(*words: str) -> None:
    user = [] if os.geteuid() == 0 else ["--user"]
    _run(["systemctl", *user, *words])


def _run(command: Sequence[str], *, stdin: str | None = None) -> None:
    done = _done(command, stdin)
    if done.returncode:
        raise HostError(_said(command, done))


def _done(command: Sequence[str], stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603 - a fixed command, no shell
            command,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            timeout=SECONDS,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise HostError(f"{command[0]}: {error}") from error


def _said(command: Sequence[str], done: subprocess.CompletedProcess[str]) -> str:
    return f"{' '.join(command)}: {' '.join(done.stderr.split()) or done.returncode}"
