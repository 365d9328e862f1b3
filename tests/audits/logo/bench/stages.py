"""How long each stage of a verdict takes: its functions are timed where `audits.logo.verify` calls them."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from types import ModuleType
from typing import Any

# By stage, the names under which `verify` knows what does the work. A stage within another counts for the outer one.
STAGES: dict[str, tuple[str, ...]] = {
    "decode": ("decode",),
    "look": ("look",),
    "hash": ("hash_of",),
    "coarse": ("likely",),
    "align and compare": ("fitted",),
    "near-miss": ("likeness", "negative"),
    "reasons": ("account",),
    "contains": ("find",),
}


class Stopwatch:
    """Adds up the milliseconds of CPU of each stage."""

    def __init__(self) -> None:
        self._taken: dict[str, float] = {}
        self._running = False

    def attach(self, module: ModuleType) -> None:
        """Times the functions of STAGES that the module has, from now on."""
        for stage, names in STAGES.items():
            for name in names:
                if (function := getattr(module, name, None)) is not None:
                    setattr(module, name, self.timed(stage, function))

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, which adds its time to a stage unless another stage called it."""

        @functools.wraps(function)
        def run(*args: Any, **named: Any) -> Any:
            if self._running:
                return function(*args, **named)
            self._running, begun = True, time.process_time()
            try:
                return function(*args, **named)
            finally:
                self._running = False
                self._taken[stage] = self._taken.get(stage, 0.0) + (time.process_time() - begun) * 1000

        return run

    def taken(self) -> dict[str, float]:
        """Milliseconds by stage since this was last asked."""
        taken, self._taken = self._taken, {}
        return taken
