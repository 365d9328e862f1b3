"""Which browser there is: the one that was named, the system's, or Playwright's own. Nothing is started here."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from crawler.config import BrowserSettings

# Goes before the settings: an installation may differ from machine to machine.
VARIABLE = "HERKENBAAR_BROWSER"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CURE = (
    "as root: apt-get install chromium; elsewhere: python -m playwright install chromium; "
    f'or name one: [browser] path = "..." in the settings, or {VARIABLE}'
)
# Where Playwright keeps browsers, and under which names: Linux and macOS, whole and headless.
_FOLDERS = (".cache/ms-playwright", "Library/Caches/ms-playwright")
_OWN = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "chromium_headless_shell-*/chrome-*/*headless*shell",
)
# What Ubuntu puts in the place of a browser that comes as a snap.
_SNAP = "/snap/bin/chromium"


def find(settings: BrowserSettings, environ: Mapping[str, str] = os.environ) -> str | None:
    """The path of the browser; `None` when there is none, or it is switched off. A named one is never replaced."""
    if not settings.enabled:
        return None
    if chosen := named(settings, environ):
        return shutil.which(chosen)
    system = (path for name in NAMES if (path := shutil.which(name)) and not _is_empty_shell(Path(path)))
    return next(system, None) or _playwrights_own(environ)


def named(settings: BrowserSettings, environ: Mapping[str, str] = os.environ) -> str | None:
    """The browser that the environment or the settings name, whether it is there or not."""
    return environ.get(VARIABLE) or settings.path


def _is_empty_shell(path: Path) -> bool:
    """Whether this is only a script that points at a snap which is not installed."""
    try:
        with path.open("rb") as file:
            return _SNAP.encode() in file.read(4096) and not Path(_SNAP).exists()
    except OSError:
        return True


def _playwrights_own(environ: Mapping[str, str]) -> str | None:
    """The newest browser that `playwright install` has put down."""
    chosen = environ.get("PLAYWRIGHT_BROWSERS_PATH")
    folders = [Path(chosen)] if chosen else [Path.home() / folder for folder in _FOLDERS]
    found = [path for folder in folders for pattern in _OWN for path in folder.glob(pattern)]
    runnable = [path for path in found if os.access(path, os.X_OK)]
    return str(max(runnable, key=_build)) if runnable else None


def _build(path: Path) -> tuple[int, bool]:
    """The number of the build; of two alike the whole browser."""
    numbers = re.findall(r"chromium[^/]*-(\d+)", path.as_posix())
    return int(numbers[-1]) if numbers else 0, "headless" not in path.as_posix()
