"""`audit` and `scan`: the nightly audit of the whole register, and one account at once. One function serves both."""

from __future__ import annotations

import argparse
import asyncio
import io
import signal
import sys
from pathlib import Path

from adapters import ADAPTERS
from adapters.model import Platform, same_handle
from audits.model import Account, Result, Severity, Status, Verdict
from audits.register.addresses import read_profile
from audits.report import jsonl
from audits.report.texts import LANGUAGES
from crawler import config, resources
from crawler.cli import COMPLETE, INCOMPLETE, NAMED, Verbs, explain, setting
from crawler.cli.terminal import PLAIN_EVERY, Progress, say
from crawler.run import folder
from crawler.run.again import again
from crawler.run.audit import audit
from crawler.run.finish import Done
from crawler.run.job import Job, World
from crawler.store import audit_lock

BY_STATUS = {Status.NON_COMPLIANT: NAMED, Status.UNDETERMINED: INCOMPLETE}


def add(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    """The command line of both verbs."""
    night = verbs.add_parser("audit", parents=[shared], help="audit the whole register and write the reports")
    night.add_argument("--register", type=Path, metavar="FILE", help="audit this file instead of the kept register")
    night.add_argument("--policy", metavar="ID|FILE", help="judge by this policy (default: the settings')")
    night.add_argument("--out", type=Path, metavar="DIR", help="folder for the reports of this run")
    night.add_argument("--platform", action="append", choices=[str(name) for name in Platform], metavar="P")
    night.add_argument("--resume", action="store_true", help="go on with the unfinished run of this register")
    night.add_argument("--fail-on", choices=["never", "new", "any"], default="never", help="when to exit with 1")
    night.add_argument("--min-coverage", type=_share, default=0.95, metavar="0.95", help="below: the platform is blind")
    night.add_argument("--lang", choices=LANGUAGES, default="nl", help="language of the reports")
    night.set_defaults(run=run_audit, keep_register=True)
    one = verbs.add_parser("scan", parents=[shared], help="look at one account at once; never moves the baseline")
    one.add_argument("target", metavar="TARGET", help="x:handle, a profile address, or an account id of the register")
    one.add_argument("--register", type=Path, metavar="FILE", help="look the account up in this file")
    one.add_argument("--policy", metavar="ID|FILE", help="judge by this policy (default: the settings')")
    one.add_argument("--json", action="store_true", help="print one line as in results.jsonl")
    one.add_argument("--explain", action="store_true", help="also show what passed, and why something is not known")
    one.add_argument("--lang", choices=LANGUAGES, default="nl", help="language of the explanation")
    one.set_defaults(run=run_scan, keep_register=False)


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no share between 0 and 1") from error
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text} is no share between 0 and 1")
    return share


def run_audit(args: argparse.Namespace) -> int:
    """The nightly audit; prints the counts and where the reports lie."""
    settings, clock = setting.settings_of(args), setting.clock_of(args)
    setting.policy_of(args, settings)  # what is wrong with it is said before anything is written or asked
    url = config.store_url(settings, args.store)
    with audit_lock(url), setting.store_of(args, settings) as store:
        register = setting.accounts_of(args, store, clock)
        chosen = [account for account in register if not args.platform or account.platform in args.platform]
        if not chosen:
            raise setting.UsageError("no accounts to audit: herkenbaar register import FILE, or give --register FILE")
        if args.out:
            _writable(args.out)
        # Some platforms only is a partial look: it must not become the baseline of the next night.
        job = setting.job_of(args, settings, store, "partial" if args.platform else "audit", chosen)
        progress = Progress(every=getattr(args, "progress_every", PLAIN_EVERY))
        world = setting.world_of(settings, store, clock, progress, job.logos)
        done = again(job, world) or _go(job, world, progress)
        place = args.out or config.data_folder() / "runs" / done.run.run_id
        folder.write(place, folder.night(job, world, done), resources.texts(), args.lang)
    print(explain.summary(done, place))
    return _night_code(done, args.fail_on)


def _writable(folder: Path) -> None:
    """UsageError when the reports could not be written at the end."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise setting.UsageError(f"--out {folder}: cannot be made ({error.strerror}); give another folder") from error


def _go(job: Job, world: World, progress: Progress) -> Done:
    """Run until done; SIGTERM is taken as Ctrl-C."""

    async def main() -> Done:
        task = asyncio.current_task()
        if task is not None:
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        return await audit(job, world)

    try:
        return asyncio.run(main())
    finally:
        progress.end()


def _night_code(done: Done, fail_on: str) -> int:
    if not done.run.complete:
        say("incomplete: " + "; ".join(done.run.problems))
        return INCOMPLETE
    counting = {
        (result.account_id, finding.rule)
        for result in done.results
        for finding in result.findings
        if finding.verdict is Verdict.FAIL and finding.severity is not Severity.INFO and finding.waived is None
    }
    new = any((change.account_id, change.rule) in counting for change in done.diff.new)
    named = {"never": False, "new": new, "any": bool(counting)}[fail_on]
    return NAMED if named else COMPLETE


def run_scan(args: argparse.Namespace) -> int:
    """One account, through the same function as the night; the baseline stays as it is."""
    settings, clock = setting.settings_of(args), setting.clock_of(args)
    with setting.store_of(args, settings) as store:
        account = find(args.target, setting.accounts_of(args, store, clock))
        job = setting.job_of(args, settings, store, "scan", [account])
        silent = Progress(io.StringIO())
        done = _go(job, setting.world_of(settings, store, clock, silent, job.logos), silent)
    result = done.results[0]
    if args.json:
        sys.stdout.write(jsonl.json_line(result).decode())
    else:
        words = resources.texts().words[args.lang]
        if job.mark.adopted_by is None:
            print(words.say("policy_draft", policy=job.policy.id))
        print(explain.account(result, job.policy, words, every=args.explain))
    return _scan_code(result)


def _scan_code(result: Result) -> int:
    return BY_STATUS.get(result.status, COMPLETE)


def find(target: str, accounts: tuple[Account, ...]) -> Account:
    """The account that a person means: of the register when it is there, else by platform and handle alone."""
    for account in accounts:
        if account.account_id == target:
            return account
    platform, handle = named(target)
    if platform not in ADAPTERS:
        raise setting.UsageError(f"{platform}: this platform cannot be read yet")
    for account in accounts:
        if account.platform is platform and same_handle(platform, account.handle, handle):
            return account
    return Account(account_id=f"{platform}:{handle.lower()}", platform=platform, handle=handle)


def named(target: str) -> tuple[Platform, str]:
    """Platform and handle of `x:handle` or of a profile's address; UsageError when it is neither."""
    name, colon, handle = target.partition(":")
    if colon and name in set(Platform) and handle and "/" not in handle:
        return Platform(name), handle.removeprefix("@")
    found = read_profile(target)
    if found.platform is None or found.handle is None:
        raise setting.UsageError(f"{target!r}: give x:handle, a profile address, or an account id of the register")
    return found.platform, found.handle
