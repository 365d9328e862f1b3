"""`gazetteer`: what the name of an area means, and whether a file of further names can be used."""

from __future__ import annotations

import argparse
from pathlib import Path

from audits.gazetteer import find
from audits.gazetteer.names import UNITS
from audits.gazetteer.own import goes_by
from audits.report.visible import visible
from crawler import resources
from crawler.cli import COMPLETE, NAMED, Verbs, setting
from crawler.cli.terminal import say


def add(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    """The command line."""
    own = verbs.add_parser("gazetteer", help="the names of areas: look one up, check a file with further names")
    does = own.add_subparsers(metavar="WHAT", required=True)
    look = does.add_parser("find", parents=[shared], help="kind, code, police unit and other names of an area")
    look.add_argument("name", metavar="NAME")
    look.set_defaults(run=run_find)
    bring = does.add_parser("import", parents=[shared], help="check a CSV file (name;code;unit;aliases) before use")
    bring.add_argument("file", type=Path, metavar="FILE")
    bring.set_defaults(run=run_import)


def run_find(args: argparse.Namespace) -> int:
    """One line for each meaning, those of the file in the settings last; exit 1 when the name is not known."""
    lines = [_line(area.kind, area.name, area.code, area.unit, area.aliases) for area in find(args.name)]
    own = (area for area in resources.own_areas(setting.settings_of(args).gazetteer) if goes_by(area, args.name))
    lines += [_line("own", area.name, area.code, area.unit, area.aliases) for area in own]
    for line in lines:
        print(visible(line))
    if not lines:
        say(f"{visible(args.name)}: no area of this name is known")
    return COMPLETE if lines else NAMED


def run_import(args: argparse.Namespace) -> int:
    """Check the whole file; it counts from the moment that the settings name it."""
    areas = resources.own_areas(str(args.file))
    aliases = sum(len(area.aliases) for area in areas)
    print(f"{len(areas)} areas with {aliases} other names: the file can be used")
    if setting.settings_of(args).gazetteer != str(args.file):
        say(f'to use it, write in the settings: gazetteer = "{visible(str(args.file))}"')
    return COMPLETE


def _line(kind: str, name: str, code: str | None, unit: str | None, aliases: tuple[str, ...]) -> str:
    unit = f"unit {unit} {UNITS[unit]}" if unit else "unit not known"
    also = f"also {', '.join(aliases)}" if aliases else ""
    return "  ".join(part for part in (kind, name, code or "-", unit, also) if part)
