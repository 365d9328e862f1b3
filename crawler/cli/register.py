"""`register`: the accounts that are audited, from a spreadsheet or from the open data of politie.nl."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from adapters.model import Platform
from audits.model import Account
from audits.register import (
    CONFIRM_WITHIN,
    Import,
    Lack,
    RegisterDiff,
    RegisterError,
    diff,
    digest,
    lint,
    read_register,
    template,
    to_json_line,
    to_lack_line,
)
from audits.report.texts import LANGUAGES, Words
from audits.report.visible import visible
from crawler import resources
from crawler.cli import COMPLETE, INCOMPLETE, INVALID, Verbs, setting
from crawler.cli.open_data import DEFAULT_BASE, collect
from crawler.cli.remarks import print_remarks
from crawler.cli.terminal import say
from crawler.clock import Clock
from crawler.config import Settings
from crawler.store.values import RegisterVersion

# How many of the accounts that come, go or change are shown before an import writes; `register diff` shows all.
FIRST = 10


def add(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    """The command line."""
    own = verbs.add_parser("register", help="import, list, lint and compare the register of accounts")
    does = own.add_subparsers(metavar="WHAT", required=True)
    _add_import(does, shared)
    show = does.add_parser("list", parents=[shared], help="the accounts in the store")
    show.add_argument("--json", action="store_true", help="one JSON object a line")
    show.set_defaults(run=run_list)
    check = does.add_parser("lint", parents=[shared], help="what is missing, account by account")
    check.add_argument("--lang", choices=LANGUAGES, default="nl", help="language of the remarks")
    check.add_argument("--json", action="store_true", help="one JSON object a line")
    check.add_argument(
        "--older-than",
        type=_days,
        default=CONFIRM_WITHIN,
        metavar="DAYS",
        help="a confirmation holds so long (365 unless told)",
    )
    check.set_defaults(run=run_lint)
    compare = does.add_parser("diff", parents=[shared], help="what importing a file would change")
    compare.add_argument("file", type=Path, metavar="FILE")
    compare.set_defaults(run=run_diff)
    example = does.add_parser("template", parents=[shared], help="print an example file to start from")
    example.set_defaults(run=run_template)


def _add_import(does: Verbs, shared: argparse.ArgumentParser) -> None:
    bring = does.add_parser("import", parents=[shared], help="bring in a CSV or XLSX file, or politie.nl's open data")
    source = bring.add_mutually_exclusive_group(required=True)
    source.add_argument("file", type=Path, nargs="?", metavar="FILE")
    source.add_argument("--politie-nl", action="store_true", help="stations and wijkagenten from the open data")
    bring.add_argument(
        "--strict", action="store_true", help="exit with 2 when any row was refused; writes nothing then"
    )
    bring.add_argument("--dry-run", action="store_true", help="show what would change and write nothing")
    bring.add_argument("--lang", choices=LANGUAGES, default="nl", help="language of the remarks")
    bring.add_argument("--base", default=DEFAULT_BASE, metavar="URL", help="where the open data is (with --politie-nl)")
    bring.add_argument(
        "--grid",
        default="30",
        metavar="KM|POINTS",
        help="where wijkagenten are asked for: a step in km, or points as LAT,LON;LAT,LON",
    )
    bring.add_argument("--pause", type=float, default=1.0, metavar="SECONDS", help="pause between two questions")
    bring.set_defaults(run=run_import)


def _days(text: str) -> timedelta:
    if not text.isdecimal() or int(text) > 36_500:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of days")
    return timedelta(days=int(text))


def run_import(args: argparse.Namespace) -> int:
    """Say what was found and what changes, then write the usable rows."""
    clock, words = setting.clock_of(args), resources.texts().words[args.lang]
    settings = setting.settings_of(args)
    with setting.store_of(args, settings) as store:
        kept = store.registers.current()
        accounts = kept.accounts if kept else ()
        imported = _brought(args, settings, clock, accounts)
        if imported is None:
            return INCOMPLETE
        print_remarks(imported, words)
        if not imported.accounts:
            raise RegisterError(f"{args.file}: no usable row: nothing was written")
        change = diff(accounts, imported.accounts)
        _show(change, FIRST)
        reason = _refusal(args, imported)
        new = False if reason else store.registers.save(imported.accounts, digest(imported.accounts), clock.text())
    _summarise(imported, reason or ("" if new else "nothing changed"))
    return INVALID if args.strict and imported.refusals else COMPLETE


def _brought(args: argparse.Namespace, settings: Settings, clock: Clock, accounts: Sequence[Account]) -> Import | None:
    """The register of the file or the open data; `None` when the open data did not come as it should."""
    if args.politie_nl:
        return collect(settings, args.base, args.grid, args.pause, accounts)
    return read_register(resources.read(args.file, "register"), accounts, clock.today())


def _refusal(args: argparse.Namespace, imported: Import) -> str:
    """Why nothing is written; empty when it is."""
    if args.strict and imported.refusals:
        return "nothing was written (--strict)"
    return "nothing was written (--dry-run)" if args.dry_run else ""


def _summarise(imported: Import, ending: str) -> None:
    counts = Counter(account.platform for account in imported.accounts)
    each = ", ".join(f"{platform} {counts[platform]}" for platform in Platform if counts[platform])
    print(
        f"{len(imported.accounts)} accounts ({each}) · {len(imported.repairs)} repairs · "
        f"{len(imported.refusals)} refused · {len(imported.conflicts)} conflicts" + (f" · {ending}" if ending else "")
    )


def _show(change: RegisterDiff, most: int | None = None) -> None:
    """The accounts that come (+), go (-) and change (~), the first `most` of each; then how many."""
    lines = {
        "+": [f"{one.account_id}  {one.platform}:{one.handle}" for one in change.added[:most]],
        "-": [f"{one.account_id}  {one.platform}:{one.handle}" for one in change.removed[:most]],
        "~": [
            f"{one.account_id}  " + ", ".join(f"{field.field}: {field.old!r} -> {field.new!r}" for field in one.fields)
            for one in change.changed[:most]
        ],
    }
    for sign, group in (("+", change.added), ("-", change.removed), ("~", change.changed)):
        for line in lines[sign]:
            print(visible(f"{sign} {line}"))
        if len(group) > len(lines[sign]):
            print(f"{sign} … and {len(group) - len(lines[sign])} more")
    say(f"added {len(change.added)} · removed {len(change.removed)} · changed {len(change.changed)}")


def run_list(args: argparse.Namespace) -> int:
    """One account a line."""
    kept = _kept(args)
    for account in kept.accounts if kept else ():
        place = " · ".join(part for part in (account.type, account.unit, account.area) if part)
        plain = visible(f"{account.account_id}  {account.platform}:{account.handle}  {place}")
        print(to_json_line(account) if args.json else plain)
    return COMPLETE


def run_lint(args: argparse.Namespace) -> int:
    """One line for each thing that is missing, and how many of each."""
    kept, words = _kept(args), resources.texts().words[args.lang]
    accounts = kept.accounts if kept else ()
    lacks = lint(accounts, setting.clock_of(args).today(), args.older_than)
    for lack in lacks:
        print(to_lack_line(lack) if args.json else visible(_lack(lack, words)))
    counts = Counter((lack.column, lack.reason) for lack in lacks)
    wanting = len({lack.account_id for lack in lacks})
    end = [f"{count} x {column} {words.lacks[reason]}" for (column, reason), count in counts.most_common()]
    (say if args.json else print)(" · ".join([f"{wanting} of {len(accounts)} accounts lack something", *end]))
    return COMPLETE


def _lack(lack: Lack, words: Words) -> str:
    return f"{lack.account_id}: {lack.column} {words.lacks[lack.reason]} {lack.value or ''}".rstrip()


def _kept(args: argparse.Namespace) -> RegisterVersion | None:
    with setting.store_of(args, setting.settings_of(args)) as store:
        return store.registers.current()


def run_diff(args: argparse.Namespace) -> int:
    """What an import would add, remove and change; writes nothing."""
    kept = _kept(args)
    before = kept.accounts if kept else ()
    today = setting.clock_of(args).today()
    _show(diff(before, read_register(resources.read(args.file, "register"), before, today).accounts))
    return COMPLETE


def run_template(args: argparse.Namespace) -> int:  # noqa: ARG001 - every verb takes its arguments
    """An example register with its headings."""
    print(template().decode("utf-8-sig"), end="")
    return COMPLETE
