"""What this host has to start something at a set time, and how it is put there and taken away again."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from crawler.night.units import NAME, Units, with_lines

SECONDS = 30


class Kind(StrEnum):
    """What starts a night."""

    SYSTEMD = "systemd"
    CRON = "cron"
    LOOP = "loop"


class HostError(Exception):
    """The host did not take it; one line with what it said and the cure."""


def found() -> Kind:
    """What fits this host: systemd where it runs, else cron where it is installed, else a process of our own."""
    if Path("/run/systemd/system").is_dir() and shutil.which("systemctl"):
        return Kind.SYSTEMD
    return Kind.CRON if shutil.which("crontab") else Kind.LOOP


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


def crontab() -> str:
    """The user's crontab; empty when there is none."""
    return _run(["crontab", "-l"], may_fail=True)


def install_lines(lines: str) -> None:
    """Put our lines into the user's crontab in place of those before; empty ones take them away."""
    _run(["crontab", "-"], stdin=with_lines(crontab(), lines))


def _systemctl(*words: str) -> None:
    user = [] if os.geteuid() == 0 else ["--user"]
    _run(["systemctl", *user, *words])


def _run(command: Sequence[str], *, stdin: str | None = None, may_fail: bool = False) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command, no shell
            command, input=stdin, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise HostError(f"{command[0]}: {error}") from error
    if done.returncode and not may_fail:
        raise HostError(f"{' '.join(command)}: {' '.join(done.stderr.split()) or done.returncode}")
    return "" if done.returncode else done.stdout
