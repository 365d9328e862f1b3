"""What starts a night, as text: systemd units, a line for cron. Nothing is written or started here."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence

from adapters.model import Value
from crawler.config import NightSettings

NAME = "herkenbaar"
# How often it is looked whether a night was missed, and whether somebody must be told.
EVERY_MINUTES = 15
BEGIN, END = f"# {NAME}: begin (written by `herkenbaar schedule install`)", f"# {NAME}: end"
_OWN_LINES = re.compile(rf"^{re.escape(BEGIN)}$.*?^{re.escape(END)}$\n?", re.MULTILINE | re.DOTALL)


class Units(Value, frozen=True, kw_only=True):
    """The two files of a systemd timer, by what systemd calls them."""

    service: str
    timer: str


def systemd(command: Sequence[str], night: NightSettings, environment: str | None) -> Units:
    """A service that runs one night if one is due, and the timer that starts it.

    `environment` is a file with the secrets; without one the service has only what systemd gives it.
    """
    secrets = f"EnvironmentFile=-{_unit_path(environment)}\n" if environment else ""
    service = f"""\
[Unit]
Description=Herkenbaar: the nightly audit of the registered accounts
Documentation=man:systemd.timer(5)
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
{secrets}ExecStart={" ".join(map(_unit_word, command))}
# 1 = complete, and --fail-on names something. 130 = interrupted: the next start goes on.
SuccessExitStatus=1 130
KillSignal=SIGTERM
TimeoutStartSec=20h
Nice=10
"""
    timer = f"""\
[Unit]
Description=Herkenbaar: each night at {night.at} ({night.zone})

[Timer]
OnCalendar=*-*-* {night.at}:00 {night.zone}
# Catches up with a night that was missed, and tells when none came to an end in time.
OnCalendar=*:0/{EVERY_MINUTES}
Persistent=true
AccuracySec=30s

[Install]
WantedBy=timers.target
"""
    return Units(service=service, timer=timer)


def cron(command: Sequence[str], environment: str | None) -> str:
    """The lines for a crontab. Cron knows one time zone only, so the program itself looks whether a night is due."""
    read = f". {shlex.quote(environment)} && " if environment else ""
    prepared = f"set -a; {read}" if environment else ""
    line = f"*/{EVERY_MINUTES} * * * * {prepared}{shlex.join(command)}".replace("%", r"\%")
    return f"{BEGIN}\n{line}\n{END}\n"


def with_lines(crontab: str, lines: str) -> str:
    """A crontab with our lines in place of those that were ours before; `lines` may be empty."""
    rest = _OWN_LINES.sub("", crontab)
    gap = "" if not rest or rest.endswith("\n") else "\n"
    return f"{rest}{gap}{lines}"


def _unit_word(word: str) -> str:
    """A word of a command as systemd reads it: quoted where it needs to be, percent and dollar signs doubled."""
    doubled = word.replace("%", "%%").replace("$", "$$")
    if re.fullmatch(r"[\w@%+=:,./$-]+", doubled):
        return doubled
    escaped = doubled.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _unit_path(path: str) -> str:
    return path.replace("%", "%%")
