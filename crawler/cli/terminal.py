"""What a person sees while a run goes on: one live line on a terminal, plain lines elsewhere. Always on stderr."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from time import monotonic
from typing import TextIO

from adapters.model import Outcome, Platform
from audits.model import Status

LIVE_EVERY = 0.2
PLAIN_EVERY = 10.0


class Progress:
    """Counts accounts as they come; the total is what this run has to do, resumed work left out.

    `every` = seconds between two plain lines.
    """

    def __init__(self, stream: TextIO | None = None, every: float = PLAIN_EVERY) -> None:
        self._total = 0
        self._stream = stream or sys.stderr
        self._live = self._stream.isatty()
        self._every = LIVE_EVERY if self._live else every
        self._began = self._shown = monotonic()
        self._done = 0
        self._failing = 0
        self._unknown: Counter[str] = Counter()

    def begin(self, total: int) -> None:
        """The run starts, with so many accounts to do."""
        self._total = total
        self._began = self._shown = monotonic()

    def watch(self, platform: Platform, status: Status, outcome: Outcome) -> None:  # noqa: ARG002 - the Watcher's shape
        """One more account."""
        self._done += 1
        self._failing += status is Status.NON_COMPLIANT
        if status is Status.UNDETERMINED:
            self._unknown[platform] += 1
        if monotonic() - self._shown >= self._every:
            self._show()

    def line(self) -> str:
        """The state in one line: done, per cent, failing, unknown per platform, rate, remaining time."""
        seconds = max(monotonic() - self._began, 0.001)
        rate = self._done / seconds
        where = ", ".join(f"{name} {count}" for name, count in sorted(self._unknown.items()))
        unknown = f"unknown {self._unknown.total()}" + (f" ({where})" if where else "")
        left = (self._total - self._done) / rate if rate else 0.0
        share = 100 * self._done // self._total if self._total else 100
        return (
            f"{self._done}/{self._total} · {share} % · failing {self._failing} · {unknown} · "
            f"{rate:.0f}/s · {_clock(left)} left"
        )

    def _show(self) -> None:
        self._shown = monotonic()
        if self._live:
            width = shutil.get_terminal_size().columns - 1
            self._stream.write("\r\x1b[2K" + self.line()[:width])
        else:
            self._stream.write(self.line() + "\n")
        self._stream.flush()

    def end(self) -> None:
        """Leave the line as it was last, and the cursor below it."""
        if self._done:
            self._show()
        if self._live and self._done:
            self._stream.write("\n")
            self._stream.flush()


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


def say(text: str) -> None:
    """One line for the person at the terminal, on stderr."""
    sys.stderr.write(text + "\n")
