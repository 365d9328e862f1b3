"""When a night is due, by the clock of a time zone: once a day, also on the days on which that clock is changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)


def last_due(now: datetime, at: time, zone: ZoneInfo) -> datetime:
    """The latest moment (UTC) not after `now` at which a night was due."""
    today = now.astimezone(zone).date()
    return next(moment for day in (today, today - DAY) if (moment := _moment(day, at, zone)) <= now)


def next_due(now: datetime, at: time, zone: ZoneInfo) -> datetime:
    """The first moment (UTC) after `now` at which a night is due."""
    today = now.astimezone(zone).date()
    return next(moment for day in (today, today + DAY) if (moment := _moment(day, at, zone)) > now)


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """A wall-clock time as a moment: of an hour that comes twice the first, of one that is skipped the one after it."""
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
