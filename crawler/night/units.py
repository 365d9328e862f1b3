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
# One line between two marks and never more: marks that a person broke must not take other lines along.
_OWN_LINES = re.compile(rf"^{re.escape(BEGIN)}\n.*\n{re.escape(END)}(?:\n|\Z)", re.MULTILINE)
# Reaching the network is known to the system's own manager only.
NETWORK = "Wants=network-online.target\nAfter=network-online.target\n"


class Units(Value, frozen=True, kw_only=True):
    """The two files of a systemd timer, by what systemd calls them."""

    service: str
    timer: str


class Start(Value, frozen=True, kw_only=True):
    """What is started and where: relative paths of the command and of its settings count from `folder`.

    `secrets` is a file with NAME=value a line, `data` the folder that XDG_DATA_HOME names when it is not the usual
    one, `user` as whom the system starts it; `system` is false for the units of one user.
    """

    command: Sequence[str]
    folder: str
    secrets: str | None = None
    data: str | None = None
    user: str | None = None
    system: bool = True


def systemd(start: Start, night: NightSettings) -> Units:
    """A service that runs one night if one is due, and the timer that starts it."""
    service = f"""\
[Unit]
Description=Herkenbaar: the nightly audit of the registered accounts
Documentation=man:systemd.timer(5)
{NETWORK if start.system else ""}
[Service]
Type=oneshot
{"".join(_surroundings(start))}ExecStart={" ".join(_unit_word(word.replace("$", "$$")) for word in start.command)}
# Interrupted: the next start goes on.
SuccessExitStatus=130
TimeoutStartSec=20h
Nice=10
"""
    timer = f"""\
[Unit]
Description=Herkenbaar: each night at {night.at} ({night.zone})

[Timer]
OnCalendar=*-*-* {night.at}:00 {night.zone}
# Catches up with a night that was missed, and tells when none came to an end in time. Also the night on which the
# clock goes forward over the hour above: systemd leaves that one out.
OnCalendar=*:0/{EVERY_MINUTES}
Persistent=true
AccuracySec=30s

[Install]
WantedBy=timers.target
"""
    return Units(service=service, timer=timer)


def _surroundings(start: Start) -> list[str]:
    """The lines of a unit about everything but the command; systemd gives it nothing of a person's shell."""
    folder = start.folder.replace("%", "%%")
    lines = [f"User={start.user}\n"] if start.user else []
    lines.append(f"WorkingDirectory={folder}\n")
    if start.data:
        lines.append(f"Environment={_unit_word(f'XDG_DATA_HOME={start.data}')}\n")
    if start.secrets:
        lines.append(f"EnvironmentFile=-{start.secrets.replace('%', '%%')}\n")
    return lines


def cron(start: Start) -> str:
    """The lines for a crontab. Cron knows one time zone only, so the program itself looks whether a night is due."""
    steps = [f"cd {shlex.quote(start.folder)} || exit"]
    if start.data:
        steps.append(f"export XDG_DATA_HOME={shlex.quote(start.data)}")
    if start.secrets:
        # A file that cannot be read is said, and does not keep the dead-man's switch from looking.
        file = shlex.quote(start.secrets)
        steps.append(f"set -a; if [ -r {file} ]; then . {file}; else echo {file}: cannot be read >&2; fi")
    line = "; ".join([*steps, shlex.join(start.command)]).replace("%", r"\%")
    return f"{BEGIN}\n*/{EVERY_MINUTES} * * * * {line}\n{END}\n"


def with_lines(crontab: str, lines: str) -> str:
    """A crontab with our lines in place of those that were ours before; `lines` may be empty."""
    rest = _OWN_LINES.sub("", crontab)
    gap = "" if not rest or rest.endswith("\n") else "\n"
    return f"{rest}{gap}{lines}"


def own_lines(crontab: str) -> str:
    """Our lines in a crontab; empty when there are none."""
    found = _OWN_LINES.search(crontab)
    return found[0] if found else ""


def _unit_word(word: str) -> str:
    """A word as systemd reads it: quoted where it needs to be, percent signs doubled."""
    doubled = word.replace("%", "%%")
    if re.fullmatch(r"[\w@%+=:,./$-]+", doubled):
        return doubled
    escaped = doubled.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
