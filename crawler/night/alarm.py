"""The dead-man's switch: who is told when no complete audit has ended for a set time, and that all is well again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from adapters.model import Value
from crawler.clock import parse_moment
from crawler.config import Settings
from crawler.mail import MailError, send
from crawler.net.ping import PingError, ping

SUBJECTS = {
    "overdue": "Herkenbaar: al {hours} uur geen volledige audit | no complete audit for {hours} hours",
    "well": "Herkenbaar: de audit loopt weer | the audit is running again",
}
TEXTS = {
    "overdue": (
        "De laatste volledige audit eindigde: {last}.\n"
        "Kijk wat er mis is: herkenbaar doctor, herkenbaar schedule status\n\n"
        "The last complete audit ended: {last}.\nSee what is wrong: herkenbaar doctor, herkenbaar schedule status\n"
    ),
    "well": "Een volledige audit eindigde: {last}.\n\nA complete audit ended: {last}.\n",
}


class Watch(Value, frozen=True, kw_only=True):
    """What the switch has to say now: `quiet` (nothing new), `overdue`, or `well` (again, after an alarm)."""

    state: Literal["quiet", "overdue", "well"]
    hours: int
    last: datetime | None


def look(
    settings: Settings, last: datetime | None, since: datetime | None, now: datetime, told: datetime | None
) -> Watch:
    """What is to be said. `last` = end of the last complete audit, `since` = begin of watching, `told` = last alarm."""
    began = last or since
    if began is None:
        return Watch(state="quiet", hours=0, last=None)
    silence = now - began
    hours = int(silence.total_seconds() // 3600)
    if silence <= timedelta(hours=settings.alarm.after_hours):
        return Watch(state="well" if told else "quiet", hours=hours, last=last)
    again = told is None or now - told >= timedelta(hours=settings.alarm.repeat_hours)
    return Watch(state="overdue" if again else "quiet", hours=hours, last=last)


def tell(settings: Settings, watch: Watch, note: Path, now: datetime) -> tuple[str, ...]:
    """Say it by every way of the settings, and note that it was said; gives what could not be said, a line each."""
    if watch.state == "quiet":
        return ()
    last = watch.last.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC") if watch.last else "nooit / never"
    subject = SUBJECTS[watch.state].format(hours=watch.hours)
    text = TEXTS[watch.state].format(last=last)
    failed = [line for way in (_by_file, _by_address, _by_mail) if (line := way(settings, watch, subject, text))]
    note.parent.mkdir(parents=True, exist_ok=True)
    if watch.state == "well":
        note.unlink(missing_ok=True)
    else:
        note.write_text(now.isoformat(), encoding="utf-8")
    return tuple(failed)


def told(note: Path) -> datetime | None:
    """When the alarm was last raised; `None` when all was well since."""
    try:
        return parse_moment(note.read_text(encoding="utf-8").strip())
    except (OSError, ValueError):
        return None


def heartbeat(settings: Settings, now: datetime) -> tuple[str, ...]:
    """A sign of life after a complete audit, for a watcher elsewhere; gives what could not be done, a line each."""
    alarm, failed = settings.alarm, []
    if alarm.heartbeat_file:
        failed.append(_written(Path(alarm.heartbeat_file), now.isoformat() + "\n"))
    if alarm.heartbeat_url:
        failed.append(_pinged(alarm.heartbeat_url, None))
    return tuple(line for line in failed if line)


def _by_file(settings: Settings, watch: Watch, subject: str, text: str) -> str | None:
    """The file is there as long as the alarm stands."""
    if settings.alarm.file is None:
        return None
    path = Path(settings.alarm.file)
    if watch.state == "well":
        path.unlink(missing_ok=True)
        return None
    return _written(path, f"{subject}\n\n{text}")


def _by_address(settings: Settings, _: Watch, subject: str, text: str) -> str | None:
    return _pinged(settings.alarm.url, f"{subject}\n\n{text}") if settings.alarm.url else None


def _by_mail(settings: Settings, _: Watch, subject: str, text: str) -> str | None:
    if not settings.alarm.mail_to:
        return None
    try:
        send(settings.smtp, settings.alarm.mail_to, subject, text)
    except MailError as error:
        return f"mail: {error}"
    return None


def _written(path: Path, text: str) -> str | None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        return f"{path}: {error.strerror}"
    return None


def _pinged(url: str, text: str | None) -> str | None:
    try:
        ping(url, text)
    except PingError as error:
        return f"{url}: {error}"
    return None
