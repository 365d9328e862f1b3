"""`doctor`: what works, what is missing, how to mend it. Asks no platform anything."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterator
from datetime import date

import msgspec

from adapters import ADAPTERS
from adapters.model import Platform
from audits.policy import PolicyError
from crawler import config, resources
from crawler.cli import COMPLETE, INCOMPLETE, Verbs, setting
from crawler.cli.terminal import say
from crawler.config import Settings
from crawler.resources import ResourceError
from crawler.run.checks import (
    Check,
    State,
    check_browser,
    check_logos,
    check_platform,
    check_policy,
    check_store,
)
from crawler.store import open_store


def add(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    """The command line."""
    own = verbs.add_parser("doctor", parents=[shared], help="what works, what is missing, how to mend it")
    own.add_argument("--json", action="store_true", help="one JSON object a line")
    own.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """One line a check; 3 when something is missing or wrong without which there is no audit to speak of."""
    settings, today = setting.settings_of(args), setting.clock_of(args).today()
    stopping = []
    for check in checks(args, settings, today):
        print(msgspec.json.encode(check).decode() if args.json else _line(check), flush=True)
        stopping += [check.check] if check.stops else []
    say(f"mend first: {', '.join(stopping)}" if stopping else "well enough to audit")
    return INCOMPLETE if stopping else COMPLETE


def checks(args: argparse.Namespace, settings: Settings, today: date) -> Iterator[Check]:
    """All checks, from what every audit needs to what only some do."""
    said = str(args.settings) if args.settings else "no file given: defaults"
    yield Check(check="settings", state=State.OK, said=said, needed=True)
    url = config.store_url(settings, args.store)
    store = check_store(url)
    yield store
    yield from _kept(settings, today, url if store.state is State.OK else None)
    yield check_logos(_logos(settings))
    used = _used(url) if store.state is State.OK else frozenset(ADAPTERS)
    for platform, adapter in ADAPTERS.items():
        yield from check_platform(settings, adapter, today, used=platform in used)
    yield asyncio.run(check_browser(settings, ADAPTERS, today))


def _kept(settings: Settings, today: date, url: str | None) -> Iterator[Check]:
    """The policy and who adopted it, the register; of the latter two only a sound store can tell."""
    try:
        policy, _ = resources.policy(settings.policy)
    except (PolicyError, ResourceError) as error:
        yield Check(check="policy", state=State.WRONG, said=str(error), needed=True)
        return
    if url is None:
        yield check_policy(policy, settings.policy, None, today)
        return
    with open_store(url) as store:
        mark, register = setting.mark_of(policy, settings, store, today), store.registers.current()
    yield check_policy(policy, settings.policy, mark, today)
    if register is None:
        cure = "herkenbaar register import FILE, or audit --register FILE"
        yield Check(check="register", state=State.MISSING, said="no register is kept", cure=cure)
    else:
        yield Check(check="register", state=State.OK, said=f"{len(register.accounts)} accounts")


def _logos(settings: Settings) -> str | None:
    """The folder of approved pictures; of a policy that cannot be read is told elsewhere."""
    try:
        policy, _ = resources.policy(settings.policy)
    except (PolicyError, ResourceError):
        return settings.logos
    return setting.logos_of(policy, settings.policy, settings) or settings.logos


def _used(url: str) -> frozenset[Platform]:
    """The platforms on which the register has accounts; all of them while there is no register."""
    with open_store(url) as store:
        register = store.registers.current()
    return frozenset(account.platform for account in register.accounts) if register else frozenset(ADAPTERS)


def _line(check: Check) -> str:
    cure = f" -> {check.cure}" if check.cure else ""
    return f"{check.state:<8} {check.check:<30} {' '.join(check.said.split())}{cure}"
