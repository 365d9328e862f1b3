"""The clock: the only place that asks the time, and it can be stopped."""

from __future__ import annotations

from datetime import UTC, date, datetime


class Clock:
    """Now, in UTC; `fixed` stops it (the command line's `--now`)."""

    def __init__(self, fixed: datetime | None = None) -> None:
        self._fixed = fixed

    def now(self) -> datetime:
        """The present moment, with UTC as its zone."""
        return self._fixed or datetime.now(UTC)

    def text(self) -> str:
        """The present moment as ISO 8601, whole seconds, `Z`."""
        return as_text(self.now())

    def today(self) -> date:
        """The present day in UTC."""
        return self.now().astimezone(UTC).date()


def as_text(moment: datetime) -> str:
    """A moment as ISO 8601, UTC, whole seconds, `Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_moment(text: str) -> datetime:
    """A moment from ISO 8601 text; one without a zone is UTC. ValueError when it is none."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
