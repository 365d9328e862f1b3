"""`judge`: facts written by hand through the engine. No network, no store."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import msgspec

from audits import engine
from audits.facts import facts_from_json
from audits.gazetteer.own import enlarged
from audits.report import jsonl
from crawler import resources
from crawler.cli import COMPLETE, Verbs, setting


def add(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    """The command line."""
    own = verbs.add_parser("judge", parents=[shared], help="run facts written by hand through the rules")
    own.add_argument("facts", type=Path, metavar="FACTS.jsonl", help="one JSON object a line; - for standard input")
    own.add_argument("--policy", metavar="ID|FILE", help="judge by this policy (default: the settings')")
    own.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """One line out for each line in."""
    settings = setting.settings_of(args)
    policy, _ = setting.policy_of(args, settings)
    areas = resources.own_areas(settings.gazetteer)
    today = setting.clock_of(args).today()
    name = Path("/dev/stdin") if str(args.facts) == "-" else args.facts
    for number, line in enumerate(resources.read(name, "file of facts").splitlines(), 1):
        if not line.strip():
            continue
        try:
            facts = facts_from_json(line, today)
            facts = msgspec.structs.replace(facts, account=enlarged([facts.account], areas)[0])
        except ValueError as error:
            raise setting.UsageError(f"{args.facts}, line {number}: {error}") from error
        sys.stdout.write(jsonl.json_line(engine.result(facts, policy, observed_at=None, sources=())).decode())
    return COMPLETE
