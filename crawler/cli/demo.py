"""`demo`: simulated platforms, one whole nightly audit, its reports, and how its judgements compare with the truth."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

import msgspec

from adapters.model import Value
from crawler.cli import COMPLETE, INCOMPLETE, Verbs
from crawler.cli.audit import run_audit
from crawler.cli.compare import compare


class Level(Value, frozen=True, kw_only=True):
    """One of the two nights of the demo: what is permitted, and where below --out its reports lie."""

    words: str
    folder: str


LEVELS = {
    "recorded": Level(words="everything that is permitted on record", folder="."),
    "official": Level(words="official interfaces only", folder="official"),
}


def add(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    """The command line."""
    own = verbs.add_parser("demo", parents=[shared], help="one whole night on simulated platforms")
    own.add_argument("--accounts", type=int, default=2500, metavar="N", help="how many accounts (default 2500)")
    own.add_argument("--seed", type=int, default=1, metavar="S", help="another seed is another population")
    own.add_argument("--out", type=Path, default=Path("out/demo"), metavar="DIR", help="folder for the reports")
    own.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Two audits, with everything permitted and with official interfaces only; 0 when both equal the truth."""
    equal = [_night(args, level) for level in LEVELS]
    print(f"\nopen {args.out / 'report.html'} in a browser to read the report")
    return COMPLETE if all(equal) else INCOMPLETE


def _night(args: argparse.Namespace, level: str) -> bool:
    print(f"\n== {LEVELS[level].words} ({level}) ==", flush=True)
    with tempfile.TemporaryDirectory(prefix="herkenbaar-demo-") as name:
        folder, out = Path(name), args.out / LEVELS[level].folder
        options = ["--accounts", str(args.accounts), "--seed", str(args.seed), "--permissions", level]
        with simulator(folder, *options):
            run_audit(_audit_arguments(folder, out, args.now))
        truth = [msgspec.json.decode(line) for line in (folder / "truth.jsonl").read_bytes().splitlines()]
        results = [msgspec.json.decode(line) for line in (out / "results.jsonl").read_bytes().splitlines()]
    differences = compare(truth, results)
    same = len(truth) - len(differences)
    print(f"compared with the truth of the simulator: {same} of {len(truth)} accounts judged exactly right")
    for difference in differences[:10]:
        print(f"  {difference}")
    return not differences


def _audit_arguments(folder: Path, out: Path, now: datetime | None) -> argparse.Namespace:
    return argparse.Namespace(
        settings=folder / "settings.toml",
        store=f"sqlite:///{folder / 'store.sqlite'}",
        register=folder / "register.csv",
        out=out,
        now=now,
        policy=None,
        platform=None,
        resume=False,
        fail_on="never",
        min_coverage=0.95,
        lang="nl",
        keep_register=True,
    )


@contextmanager
def simulator(folder: Path, *options: str) -> Iterator[str]:
    """The simulator in a process of its own; yields its address and ends it afterwards.

    It leaves `settings.toml`, `truth.jsonl`, `register.csv` and `log.jsonl` in `folder`.
    """
    command = [sys.executable, "-m", "crawler", "simulate", *options, "--settings", str(folder / "settings.toml")]
    command += ["--truth", str(folder / "truth.jsonl"), "--register", str(folder / "register.csv")]
    command += ["--log", str(folder / "log.jsonl")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own program
        try:
            yield _ready(process.stdout)
        finally:
            process.terminate()


def _ready(stream: IO[str] | None) -> str:
    line = stream.readline() if stream is not None else ""
    if "ready" not in line:
        raise OSError("the simulator did not start; its own message stands above")
    return line.split()[-1]
