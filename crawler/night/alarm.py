"""The dead-man's switch: who is told when no complete audit has ended for a set time, and that all is well again."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from adapters.model import Value
from crawler.clock import as_text
from crawler.config import Settings, SmtpSettings
from crawler.mail import MailError, send
from crawler.net.ping import PingError, host_of, ping

# After so long what still goes wrong is said once more.
AGAIN = timedelta(days=1)

State: TypeAlias = Literal["quiet", "overdue", "well"]
# How an audit ended, in Dutch and in English.
OUTCOMES = {
    "complete": ("volledig", "complete"),
    "incomplete": ("onvolledig", "incomplete"),
    "unfinished": ("niet afgemaakt", "not finished"),
    "unknown": ("onbekend", "not known"),
}
# In place of a moment that is not there.
NONE_KNOWN = ("geen bekend", "none known")
SUBJECTS = {
    "overdue": "Herkenbaar ({host}): al {hours} uur geen volledige audit | no complete audit for {hours} hours",
    "well": "Herkenbaar ({host}): weer een volledige audit | a complete audit again",
}
TEXTS = {
    "overdue": (
        "De accounts zijn al {hours} uur niet volledig gecontroleerd.\n"
        "Laatste volledige audit klaar: {last[0]}\n"
        "Laatste poging begonnen: {tried[0]}\n"
        "Kijk op {host} wat er mis is:\n  {command}\n\n"
        "The accounts have not been checked completely for {hours} hours.\n"
        "The last complete audit ended: {last[1]}\n"
        "The last attempt began: {tried[1]}\n"
        "See on {host} what is wrong:\n  {command}\n"
    ),
    "well": (
        "De accounts zijn weer volledig gecontroleerd. Klaar: {last[0]}\n\n"
        "The accounts have been checked completely again. Ended: {last[1]}\n"
    ),
}


class Silence(Value, frozen=True, kw_only=True):
    """What is known of the audits of a store.

    `last` = end of the last complete one, `since` = when watching began, `tried` = begin of the latest and how it
    ended (a key of OUTCOMES), `host` and `command` = where and how a person sees more.
    """

    last: datetime | None = None
    since: datetime | None = None
    tried: datetime | None = None
    outcome: str = "unknown"
    host: str = "localhost"
    command: str = "herkenbaar schedule status"

    def hours(self, now: datetime) -> float:
        """How long no complete audit has ended; 0 when nothing is watched yet."""
        began = self.last or self.since
        return (now - began) / timedelta(hours=1) if began else 0.0


def look(settings: Settings, silence: Silence, now: datetime, told: datetime | None) -> State:
    """What is to be said now: nothing new, no complete audit in time, or (after an alarm at `told`) well again."""
    if silence.hours(now) <= settings.alarm.after_hours:
        return "well" if told else "quiet"
    again = told is None or now - told >= timedelta(hours=settings.alarm.repeat_hours)
    return "overdue" if again else "quiet"


def tell(settings: Settings, silence: Silence, notes: Path, now: datetime) -> tuple[str, ...]:
    """Say it by every way of the settings; gives what could not be said, a line each.

    A folder of `notes` remembers what was said by which way: a way that fails is tried again at the next look.
    """
    failed: list[str | None] = []
    for name, way in _ways(settings).items():
        note = notes / f"told-{name}"
        state = look(settings, silence, now, noted(note))
        if state == "quiet":
            continue
        trouble = way(state, *_words(settings, silence, state, now))
        failed.append(trouble or (keep(note, now) if state == "overdue" else _forgotten(note)))
    return tuple(line for line in failed if line)


def noted(note: Path) -> datetime | None:
    """The moment that a note keeps; `None` without one."""
    try:
        return datetime.fromtimestamp(note.stat().st_mtime, UTC)
    except OSError:
        return None


def keep(note: Path, moment: datetime) -> str | None:
    """Note a moment. It is the time of an empty file: that can still be written when the disk is full."""
    try:
        note.parent.mkdir(parents=True, exist_ok=True)
        note.touch()
        os.utime(note, (moment.timestamp(), moment.timestamp()))
    except OSError as error:
        return f"{note}: {error.strerror}"
    return None


def news(note: Path, text: str, now: datetime) -> bool:
    """Whether a text is to be said: not when it is what the note keeps, of less than a day ago. An empty one clears it.

    What cannot be noted is said each time.
    """
    told = noted(note)
    if not text:
        _forgotten(note)
    elif told is None or abs(now - told) >= AGAIN or _text(note) != text:
        _written(note, text)
        keep(note, now)
        return True
    return False


def heartbeat(settings: Settings, now: datetime) -> tuple[str, ...]:
    """A sign of life after a complete audit, for a watcher elsewhere; gives what could not be done, a line each."""
    alarm, failed = settings.alarm, []
    if alarm.heartbeat_file:
        failed.append(_written(Path(alarm.heartbeat_file), as_text(now) + "\n"))
    if alarm.heartbeat_url:
        failed.append(_pinged(alarm.heartbeat_url, None))
    return tuple(line for line in failed if line)


def ways(settings: Settings) -> tuple[str, ...]:
    """The names of the ways that the settings name: file, address, mail."""
    return tuple(name for name in _ways(settings) if name != "log")


def _ways(settings: Settings) -> dict[str, Callable[[State, str, str], str | None]]:
    """By name: what says a state, its subject and its text, and gives a line when it cannot."""
    alarm = settings.alarm
    found: dict[str, Callable[[State, str, str], str | None]] = {"log": _by_log}
    if alarm.file:
        found["file"] = partial(_by_file, Path(alarm.file))
    if alarm.url:
        found["address"] = partial(_by_address, alarm.url)
    if alarm.mail_to:
        found["mail"] = partial(_by_mail, settings.smtp, alarm.mail_to)
    return found


def _words(settings: Settings, silence: Silence, state: State, now: datetime) -> tuple[str, str]:
    zone = settings.night.zone
    last = _moment(silence.last, zone)
    tried = tuple(
        f"{moment} ({outcome})" if silence.tried else moment
        for moment, outcome in zip(_moment(silence.tried, zone), OUTCOMES[silence.outcome], strict=True)
    )
    told = {"hours": int(silence.hours(now)), "last": last, "tried": tried}
    told |= {"host": silence.host, "command": silence.command}
    return SUBJECTS[state].format(**told), TEXTS[state].format(**told)


def _moment(moment: datetime | None, zone: str) -> tuple[str, str]:
    """In Dutch and in English."""
    if moment is None:
        return NONE_KNOWN
    text = moment.astimezone(ZoneInfo(zone)).strftime(f"%Y-%m-%d %H:%M {zone}")
    return text, text


def _by_log(_: State, subject: str, __: str) -> None:
    sys.stderr.write(subject + "\n")


def _by_file(path: Path, state: State, subject: str, text: str) -> str | None:
    """The file is there as long as the alarm stands."""
    return _forgotten(path) if state == "well" else _written(path, f"{subject}\n\n{text}")


def _by_address(url: str, _: State, subject: str, text: str) -> str | None:
    return _pinged(url, f"{subject}\n\n{text}")


def _by_mail(smtp: SmtpSettings, to: tuple[str, ...], _: State, subject: str, text: str) -> str | None:
    try:
        send(smtp, to, subject, text)
    except MailError as error:
        return f"mail: {error}"
    return None


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _written(path: Path, text: str) -> str | None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        return f"{path}: {error.strerror}"
    return None


def _forgotten(path: Path) -> str | None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        return f"{path}: {error.strerror}"
    return None


def _pinged(url: str, text: str | None) -> str | None:
    """Only the host is named: the rest of an address is often the key to it."""
    try:
        ping(url, text)
    except PingError as error:
        return f"{host_of(url)}: {error}"
    return None
