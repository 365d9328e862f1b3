"""The command `herkenbaar`: parses the command line, calls one function, and turns trouble into one line and a code."""

from __future__ import annotations

import argparse
import asyncio
import errno
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from crawler.clock import parse_moment

# Exit codes, highest wins in the order INTERNAL, INVALID, INCOMPLETE, NAMED, COMPLETE.
COMPLETE, NAMED, INVALID, INCOMPLETE, INTERNAL, INTERRUPTED = 0, 1, 2, 3, 4, 130
# What the system says when a disk, or a person's share of it, is full.
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})

# What the verbs are added to; argparse has no public name for it.
Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

# With this in the environment an error shows its traceback.
DEBUG = "HERKENBAAR_DEBUG"
# Which module of this package brings a verb.
VERBS = {
    "demo": "demo",
    "audit": "audit",
    "scan": "audit",
    "report": "report",
    "diff": "report",
    "register": "register",
    "gazetteer": "gazetteer",
    "policy": "policy",
    "rules": "policy",
    "judge": "judge",
    "logos": "logos",
    "parse": "parse",
    "store": "store",
    "purge": "purge",
    "about": "purge",
    "simulate": "simulate",
    "schedule": "schedule",
    "doctor": "doctor",
}

DESCRIPTION = "Audits the public profiles of registered police accounts against the written set-up requirements."
EPILOG = """\
first steps:
  herkenbaar demo                              see one whole night on simulated platforms
  herkenbaar register import accounts.csv      bring in your own accounts
  herkenbaar doctor                            what works, what is missing, how to mend it
  herkenbaar policy check                      what your permitted sources can decide
  herkenbaar audit --out out/tonight           the nightly audit of the whole register
  herkenbaar scan x:POL_Voorbeeld --explain    one account, at once

exit codes: 0 complete · 1 --fail-on names something · 2 input invalid · 3 incomplete · 4 internal error ·
            130 interrupted, can be resumed
"""


def parser(verb: str | None = None) -> argparse.ArgumentParser:
    """The whole command line, or only the part of the module that brings `verb`: what is not used is not loaded."""
    modules = [VERBS[verb]] if verb in VERBS else list(dict.fromkeys(VERBS.values()))
    top = argparse.ArgumentParser(
        prog="herkenbaar",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = top.add_subparsers(metavar="VERB", required=True)
    for module in modules:
        import_module(f"crawler.cli.{module}").add(verbs, shared())
    return top


def shared() -> argparse.ArgumentParser:
    """The options that every verb takes."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--settings", type=Path, metavar="FILE", help="settings file (TOML); without one: defaults")
    common.add_argument("--store", metavar="URL", help="database, e.g. sqlite:///audit.sqlite")
    common.add_argument("--now", type=moment, metavar="ISO", help="take this moment for now (UTC unless it says)")
    return common


def moment(text: str) -> datetime:
    """A moment of the command line."""
    try:
        return parse_moment(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no ISO 8601 moment such as 2026-11-22T03:00:00Z") from error


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code and never shows a traceback for what the world or the user did."""
    words = sys.argv[1:] if argv is None else argv
    args = parser(words[0] if words else None).parse_args(argv)
    try:
        return int(args.run(args))
    except (KeyboardInterrupt, asyncio.CancelledError):
        return _tell("interrupted; what was stored is kept. Go on with: herkenbaar audit --resume", INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return COMPLETE
    except Exception as error:
        if DEBUG in os.environ:
            raise
        return _tell(line_of(error), code_of(error))


def code_of(error: Exception) -> int:
    """The exit code of an error."""
    from crawler.cli.trouble import INVALID_ERRORS, StoreFull  # noqa: PLC0415

    match error:
        case StoreFull():
            return INTERNAL
        case OSError() if error.errno in FULL:
            return INTERNAL
        case _ if isinstance(error, INVALID_ERRORS):
            return INVALID
    return INTERNAL


def line_of(error: Exception) -> str:
    """An error in one line, with the cure where there is one."""
    from crawler.cli.trouble import INVALID_ERRORS  # noqa: PLC0415

    if isinstance(error, OSError) and error.errno in FULL:
        return f"the disk is full ({error.filename or 'writing'}): make room, then: herkenbaar audit --resume"
    said = " ".join(str(error).split())
    if isinstance(error, (*INVALID_ERRORS, OSError)):
        return said
    return f"internal error: {type(error).__name__}: {said} (set {DEBUG}=1 to see where, and tell the makers)"


def _tell(text: str, code: int) -> int:
    sys.stderr.write(f"herkenbaar: {text}\n")
    return code
