"""`report` and `diff`: from a stored run, no network."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import msgspec

from adapters.model import Platform
from audits import history
from audits.policy import load
from audits.report.model import Change, Diff
from audits.report.visible import visible
from crawler import resources
from crawler.cli import COMPLETE, FULL, Verbs, setting
from crawler.cli.terminal import Progress, say
from crawler.run import folder
from crawler.run.again import stored
from crawler.run.finish import Done
from crawler.run.job import Job, World
from crawler.store import Store

FILES = {"html": "report.html", "csv": "non-compliant.csv", "xlsx": "non-compliant.xlsx", "json": "results.jsonl"}


def add(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    """The command line of both verbs."""
    own = verbs.add_parser("report", parents=[shared], help="write the reports of a stored run again")
    own.add_argument("which", nargs="?", metavar="RUN", help="default: the last finished audit")
    own.add_argument("-f", "--format", action="append", choices=list(FILES), help="repeatable; default: all")
    own.add_argument(
        "-o", "--output", type=Path, metavar="DIR", help="default: this folder; one format alone goes to stdout"
    )
    own.add_argument("--lang", choices=["nl", "en"], default="nl")
    own.set_defaults(run=run_report)
    change = verbs.add_parser("diff", parents=[shared], help="new, fixed and unchanged findings of a stored run")
    change.add_argument("which", nargs="?", metavar="RUN", help="default: the last finished audit")
    change.add_argument("--since", metavar="RUN", help="compare with this run instead of the audits before")
    change.add_argument("--json", action="store_true", help="as in diff.json")
    change.set_defaults(run=run_diff)


def run_report(args: argparse.Namespace) -> int:
    """The files asked for, from what the store holds: into a folder, or one of them to stdout."""
    settings = setting.settings_of(args)
    with setting.kept_store_of(args, settings) as store:
        world = setting.world_of(settings, store, setting.clock_of(args), Progress(), _logos(store, args.which))
        done = _stored(world, args.which)
        evening = folder.night(_job(store, done), world, done)
    wanted = sorted({FILES[name] for name in args.format or FILES})
    files = folder.contents(evening, resources.texts(), args.lang)
    if args.output is None and len(wanted) == 1 and not _unreadable(wanted[0]):
        sys.stdout.buffer.write(files[wanted[0]])
        return COMPLETE
    place = args.output or Path()
    for name in wanted:
        _put(place, name, files[name])
        say(str(place / name))
    return COMPLETE


def _put(place: Path, name: str, data: bytes) -> None:
    try:
        place.mkdir(parents=True, exist_ok=True)
        folder.put(place / name, data)
    except OSError as error:
        if error.errno in FULL:
            raise
        raise setting.UsageError(f"-o {place}: cannot be written ({error.strerror}); give another folder") from error


def _unreadable(name: str) -> bool:
    """Whether a file would be a screen full of noise: a workbook on a terminal."""
    return name == FILES["xlsx"] and sys.stdout.isatty()


def _logos(store: Store, which: str | None) -> str | None:
    """The folder of approved pictures that the policy of a run named, when it had its own."""
    row = store.runs.get(which) if which else store.runs.latest()
    kept: str | None = msgspec.json.decode(row.settings_json).get("logos") if row else None
    return kept


def _stored(world: World, which: str | None) -> Done:
    last = world.store.runs.get(which) if which else world.store.runs.latest()
    done = stored(world, last.run_id) if last is not None else None
    if done is None:
        raise setting.UsageError(
            f"{which or 'no audit'}: no finished run by that name is stored; herkenbaar audit makes one"
        )
    if done.run.register.accounts and not done.results:
        raise setting.UsageError(f"{done.run.run_id}: the results of this run were kept long enough and are purged")
    return done


def _job(store: Store, done: Done) -> Job:
    """The run as it was: its own policy text and its own register."""
    row = store.runs.get(done.run.run_id)
    text = msgspec.json.decode(row.settings_json)["policy"] if row else ""
    register = store.registers.version(done.run.register.sha256)
    return Job(
        kind=done.run.kind,
        accounts=register.accounts if register else (),
        register_digest=done.run.register.sha256,
        policy=load(text.encode(), done.run.policy.id),
        policy_text=text,
        mark=done.run.policy,
    )


def run_diff(args: argparse.Namespace) -> int:
    """One line for each change, the worst first."""
    settings = setting.settings_of(args)
    with setting.kept_store_of(args, settings) as store:
        world = setting.world_of(settings, store, setting.clock_of(args), Progress())
        done = _stored(world, args.which)
        if done.run.kind == "scan":
            raise setting.UsageError(f"{done.run.run_id}: a scan of one account is not compared; name an audit")
        diff = _since(world, done, args.since) if args.since else done.diff
    if args.json:
        print(msgspec.json.encode(diff).decode())
        return COMPLETE
    for sign, changes in (("new", diff.new), ("fixed", diff.fixed)):
        for change in changes:
            print(f"{sign:<6} {_named(change)}")
    print(f"unchanged {len(diff.unchanged)} · accounts appeared {len(diff.appeared)} · gone {len(diff.gone)}")
    return COMPLETE


def _since(world: World, done: Done, since: str) -> Diff:
    """The changes since a run that the user names."""
    before = _stored(world, since)
    blind = frozenset(Platform(name) for name, count in done.run.platforms.items() if count.blind)
    return history.changes(done.run.run_id, since, before.results, done.results, blind)


def _named(change: Change) -> str:
    return visible(f"{change.platform}:{change.handle} {change.rule}")
