"""`register`: the accounts that are audited, from a spreadsheet."""

from __future__ import annotations

import argparse
from pathlib import Path

from audits.register import Remark, diff, digest, lint, read_csv, template, to_json_line
from audits.report.texts import LANGUAGES, Words
from audits.report.visible import visible
from crawler import resources
from crawler.cli import COMPLETE, INVALID, Verbs, setting
from crawler.cli.terminal import say

KINDS = {"repairs": "repaired", "refusals": "refused", "conflicts": "conflict"}


def add(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    """The command line."""
    own = verbs.add_parser("register", help="import, list, lint and compare the register of accounts")
    does = own.add_subparsers(metavar="WHAT", required=True)
    bring = does.add_parser("import", parents=[shared], help="bring in a CSV file; lists what was repaired or refused")
    bring.add_argument("file", type=Path, metavar="FILE")
    bring.add_argument(
        "--strict", action="store_true", help="exit with 2 when any row was refused; writes nothing then"
    )
    bring.add_argument("--lang", choices=LANGUAGES, default="nl", help="language of the remarks")
    bring.set_defaults(run=run_import)
    show = does.add_parser("list", parents=[shared], help="the accounts in the store")
    show.add_argument("--json", action="store_true", help="one JSON object a line")
    show.set_defaults(run=run_list)
    check = does.add_parser("lint", parents=[shared], help="what is missing, account by account")
    check.add_argument("--lang", choices=LANGUAGES, default="nl", help="language of the remarks")
    check.set_defaults(run=run_lint)
    compare = does.add_parser("diff", parents=[shared], help="what importing a file would change")
    compare.add_argument("file", type=Path, metavar="FILE")
    compare.set_defaults(run=run_diff)
    example = does.add_parser("template", parents=[shared], help="print an example file to start from")
    example.set_defaults(run=run_template)


def run_import(args: argparse.Namespace) -> int:
    """Write the usable rows, list the rest with their row numbers."""
    clock, words = setting.clock_of(args), resources.texts().words[args.lang]
    with setting.store_of(args, setting.settings_of(args)) as store:
        kept = store.registers.current()
        imported = read_csv(resources.read(args.file, "register"), kept.accounts if kept else ())
        for kind in ("repairs", "refusals", "conflicts"):
            _list(kind, getattr(imported, kind), words)
        if args.strict and imported.refusals:
            say(f"{len(imported.refusals)} rows refused; nothing was written (--strict)")
            return INVALID
        change = diff(kept.accounts if kept else (), imported.accounts)
        new = store.registers.save(imported.accounts, digest(imported.accounts), clock.text())
    say(f"added {len(change.added)} · removed {len(change.removed)} · changed {len(change.changed)}")
    print(
        f"{len(imported.accounts)} accounts · {len(imported.repairs)} repairs · {len(imported.refusals)} refused · "
        f"{len(imported.conflicts)} conflicts" + ("" if new else " · nothing changed")
    )
    return COMPLETE


def _list(kind: str, remarks: tuple[Remark, ...], words: Words) -> None:
    for remark in remarks:
        said = words.remark(remark.reason, remark.detail)
        print(f"{KINDS[kind]} row {remark.row}, {remark.column} {visible(remark.value)!r}: {visible(said)}")


def run_list(args: argparse.Namespace) -> int:
    """One account a line."""
    with setting.store_of(args, setting.settings_of(args)) as store:
        kept = store.registers.current()
    for account in kept.accounts if kept else ():
        place = " · ".join(part for part in (account.type, account.unit, account.area) if part)
        plain = visible(f"{account.account_id}  {account.platform}:{account.handle}  {place}")
        print(to_json_line(account) if args.json else plain)
    return COMPLETE


def run_lint(args: argparse.Namespace) -> int:
    """One line for each thing that is missing."""
    with setting.store_of(args, setting.settings_of(args)) as store:
        kept = store.registers.current()
    words = resources.texts().words[args.lang]
    for lack in lint(kept.accounts if kept else (), setting.clock_of(args).today()):
        print(visible(f"{lack.account_id}: {lack.column} {words.lacks[lack.reason]} {lack.value or ''}".rstrip()))
    return COMPLETE


def run_diff(args: argparse.Namespace) -> int:
    """What an import would add, remove and change; writes nothing."""
    with setting.store_of(args, setting.settings_of(args)) as store:
        kept = store.registers.current()
    before = kept.accounts if kept else ()
    change = diff(before, read_csv(resources.read(args.file, "register"), before).accounts)
    for sign, accounts in (("+", change.added), ("-", change.removed)):
        for account in accounts:
            print(visible(f"{sign} {account.account_id}  {account.platform}:{account.handle}"))
    for one in change.changed:
        fields = ", ".join(f"{field.field}: {field.old!r} -> {field.new!r}" for field in one.fields)
        print(visible(f"~ {one.account_id}  {fields}"))
    return COMPLETE


def run_template(args: argparse.Namespace) -> int:  # noqa: ARG001 - every verb takes its arguments
    """An example register with its headings."""
    print(template().decode("utf-8-sig"), end="")
    return COMPLETE
