"""What most verbs need first: settings, store, policy, register, approved logos, the clock."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from adapters import ADAPTERS
from audits.gazetteer.own import enlarged
from audits.logo.approved import ApprovedSet
from audits.model import Account
from audits.policy import Policy, in_force
from audits.register import digest, read_register
from audits.report.model import PolicyMark
from crawler import config, resources
from crawler.cli.terminal import say
from crawler.clock import Clock
from crawler.config import Settings
from crawler.run.job import Job, Watcher, World
from crawler.store import Store, open_store


class UsageError(ValueError):
    """The command line cannot be carried out; one line with the cure."""


def settings_of(args: argparse.Namespace) -> Settings:
    """The settings that `--settings` names, or the defaults."""
    return config.load(args.settings)


def store_of(args: argparse.Namespace, settings: Settings) -> Store:
    """The store of `--store`, of the settings, or in the user's data folder; made when it is not there."""
    return open_store(config.store_url(settings, args.store))


def kept_store_of(args: argparse.Namespace, settings: Settings) -> Store:
    """As `store_of`, for verbs that look at what is kept; StoreError when there is no store."""
    return open_store(config.store_url(settings, args.store), make=False)


def clock_of(args: argparse.Namespace) -> Clock:
    """The clock, stopped where `--now` says so."""
    fixed: datetime | None = args.now
    return Clock(fixed.astimezone(UTC) if fixed else None)


def policy_of(args: argparse.Namespace, settings: Settings) -> tuple[Policy, str]:
    """The policy of `--policy` or of the settings, and its text."""
    return resources.policy(args.policy or settings.policy)


def mark_of(policy: Policy, settings: Settings, store: Store, today: date) -> PolicyMark:
    """Which policy this is and whether this very file was adopted by today, in the settings or in the store."""
    written = [(record.by, record.on.isoformat()) for record in settings.adoption if record.sha256 == policy.sha256]
    stored = store.adoptions.of(policy.sha256)
    adopted = [*written, *([(stored.by, stored.on)] if stored else [])]
    by, on = next(((by, on) for by, on in adopted if on <= today.isoformat()), (None, None))
    return PolicyMark(id=policy.id, sha256=policy.sha256, adopted_by=by, adopted_on=on)


def logos_of(policy: Policy, reference: str, settings: Settings) -> str | None:
    """The folder of the policy's own approved logos; `None` when it has none and those of the settings hold.

    A policy names it from where its file lies; one that comes with the program, from where the settings' folder lies.
    """
    if policy.logos is None:
        return None
    beside = Path(reference) if resources.is_file(reference) else Path(settings.logos or "logos")
    return str((beside.parent / policy.logos).absolute())


def approved_of(logos: str | None) -> ApprovedSet:
    """The approved logos in a folder; none, with a warning, when no folder is named: then no photo is judged."""
    if logos is None:
        say('no approved logos: profile photos stay unknown; name their folder in the settings (logos = "...")')
        return ApprovedSet(entries=(), digest="none")
    return resources.approved_logos(Path(logos))


def accounts_of(args: argparse.Namespace, store: Store, clock: Clock) -> tuple[Account, ...]:
    """The register of `--register`, or the one the store has. A file becomes the store's only when it has none yet."""
    kept = store.registers.current()
    if args.register is not None:
        known = kept.accounts if kept else ()
        imported = read_register(resources.read(args.register, "register"), known, clock.today())
        if imported.refusals or imported.conflicts:
            say(
                f"register: {len(imported.accounts)} accounts, {len(imported.refusals)} rows refused, "
                f"{len(imported.conflicts)} conflicts (herkenbaar register import lists them)"
            )
        if kept is None and args.keep_register:
            store.registers.save(imported.accounts, digest(imported.accounts), clock.text())
        return imported.accounts
    return kept.accounts if kept else ()


def world_of(settings: Settings, store: Store, clock: Clock, watch: Watcher, logos: str | None = None) -> World:
    """Everything a run touches. `logos`: the folder that the policy names, where it has its own."""
    approved = approved_of(logos or settings.logos)
    return World(settings=settings, store=store, adapters=ADAPTERS, approved=approved, clock=clock, watch=watch)


def job_of(args: argparse.Namespace, settings: Settings, store: Store, kind: str, accounts: Sequence[Account]) -> Job:
    """One run over these accounts, as the command line wants it."""
    policy, text = policy_of(args, settings)
    today = clock_of(args).today()
    if not in_force(policy, today):
        raise UsageError(f"{policy.id}: no clause is in force on {today} (in force from {policy.in_force_from})")
    kept, own = store.registers.current(), digest(accounts)
    return Job(
        kind=kind,
        accounts=enlarged(accounts, resources.own_areas(settings.gazetteer)),
        register_digest=own,
        whole=kept is not None and kept.digest == own,
        policy=policy,
        policy_text=text,
        logos=logos_of(policy, args.policy or settings.policy, settings),
        mark=mark_of(policy, settings, store, today),
        min_coverage=getattr(args, "min_coverage", 0.0),
        resume=getattr(args, "resume", False),
        drafts=tuple(resources.policy(name)[0] for name in settings.drafts),
    )
