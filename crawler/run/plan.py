"""What a run will ask: the permitted sources of each platform, and for each account the fields its clauses need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from adapters.model import Adapter, Platform, Source, Subject, id_kind
from audits.model import Account
from audits.policy import Policy, wanted_fields
from crawler.collect import Target
from crawler.config import Settings, permitted
from crawler.net.chromium import find


def permitted_sources(settings: Settings, adapter: Adapter, today: date) -> tuple[Source, ...]:
    """The sources that may be asked today, in order of preference; rendered pages only where there is a browser."""
    allowed = (source for source in adapter.sources if permitted(settings, source, today))
    return tuple(source for source in allowed if not source.rendered or find(settings.browser))


def remarks(settings: Settings, adapters: Mapping[Platform, Adapter], today: date) -> tuple[str, ...]:
    """What this run does without, though it might have it: one line each, with the cure."""
    return (*_ended(settings, today), *_without_browser(settings, adapters, today))


def _ended(settings: Settings, today: date) -> tuple[str, ...]:
    """The permission records that no longer hold."""
    return tuple(
        f"the permission for {record.platform} ({', '.join(record.sources)}) ended on {record.until}: not asked; "
        "renew the record in the settings, or take it out"
        for record in settings.permission
        if record.until < today
    )


def _without_browser(settings: Settings, adapters: Mapping[Platform, Adapter], today: date) -> tuple[str, ...]:
    without = [
        str(platform)
        for platform, adapter in adapters.items()
        if any(source.rendered and permitted(settings, source, today) for source in adapter.sources)
    ]
    if not without or not settings.browser.enabled or find(settings.browser):
        return ()
    return (f"no browser: rendered pages of {', '.join(without)} are left out; herkenbaar doctor says how to get one",)


def wanted(
    policy: Policy, drafts: Sequence[Policy], platform: Platform, kind: str | None, today: date
) -> frozenset[str]:
    """The profile fields that the policy in force needs, and those that announced drafts will need once in force."""
    later = (wanted_fields(draft, platform, kind, date.max) for draft in drafts)
    return wanted_fields(policy, platform, kind, today).union(*later)


def targets(accounts: Iterable[Account], policy: Policy, today: date, drafts: Sequence[Policy] = ()) -> list[Target]:
    """One target an account. The stable id is only wanted where the register has one of that kind."""
    known: dict[tuple[Platform, str | None], frozenset[str]] = {}
    found = []
    for account in accounts:
        kind = (account.platform, account.type)
        if kind not in known:
            known[kind] = wanted(policy, drafts, account.platform, account.type, today)
        # An id of another kind than the interface shows cannot be compared with what is asked.
        comparable = account.platform_id and id_kind(account.platform, account.platform_id) in {
            "platform_id",
            "page_id",
        }
        fields = known[kind] if comparable else known[kind] - {"platform_id"}
        subject = Subject(handle=account.handle, platform_id=account.platform_id)
        found.append(Target(key=account.account_id, subject=subject, wanted=fields))
    return found


def by_platform(accounts: Sequence[Account]) -> dict[Platform, tuple[Account, ...]]:
    """The accounts of each platform, in the order of the register."""
    found: dict[Platform, list[Account]] = {}
    for account in accounts:
        found.setdefault(account.platform, []).append(account)
    return {platform: tuple(those) for platform, those in found.items()}
