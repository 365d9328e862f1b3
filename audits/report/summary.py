"""The first sheet of the workbook: what was audited, how far that can be trusted, and the counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from audits.model import Status
from audits.report import wording
from audits.report.model import Night, PlatformCount
from audits.report.sheets import Cell, Column, Marked, Share, SheetLink, Table
from audits.report.texts import Words
from audits.report.view import Page

_ORDER = (Status.NON_COMPLIANT, Status.REVIEW, Status.UNDETERMINED, Status.COMPLIANT)
_WIDTHS = (46, 18, 14, 14, 14, 14, 18, 14, 20, 40)
_BELOW = re.compile(r"([\d.]+)% below ([\d.]+)%")
COLUMNS = tuple(Column(heading="", width=width) for width in _WIDTHS)


def alerts(night: Night, page: Page, words: Words) -> Iterator[str]:
    """What a reader must know before anything else: a draft policy, an incomplete run and why."""
    if night.run.policy.adopted_by is None:
        text = words.say("draft_text", policy=night.policy.title.get(words.language, night.policy.id))
        yield f"{words.report['draft_title']}. {text}"
    if not night.run.complete:
        yield f"{words.report['incomplete_title']}. {words.report['incomplete_text']}"
        yield from page.problems


def tables(night: Night, page: Page, words: Words, sheets: Mapping[str | None, str]) -> Iterator[Table]:
    """The tables in their order. `sheets` = unit -> the name of its sheet."""
    yield _statuses(page, words)
    yield _changes(night, words)
    yield _platforms(page, words)
    if page.not_tested:
        yield _not_tested(page, words)
    yield _units(page, words, sheets)
    yield _rules(page, words)
    if page.gaps:
        yield _gaps(page, words)
    yield _about(night, words)


def policy_name(night: Night, words: Words) -> str:
    """The policy by its title, and by whom it was adopted when, or that it is a draft."""
    mark = night.run.policy
    title = night.policy.title.get(words.language, night.policy.id)
    if mark.adopted_by is None:
        return words.say("policy_draft", policy=title)
    return words.say("policy_adopted", policy=title, person=mark.adopted_by, day=wording.day(words, mark.adopted_on))


def _statuses(page: Page, words: Words) -> Table:
    total = max(page.total, 1)
    return Table(
        title=words.report["summary"],
        lead=_bounds(page, words),
        headings=(words.report["status"], words.report["accounts"], words.report["share_title"]),
        rows=tuple(
            (
                (words.statuses[status], words.report[_explanation(status)]),
                page.statuses[status],
                Share(value=page.statuses[status] / total),
            )
            for status in _ORDER
        ),
        total=(words.report["total"], page.total, Share(value=1.0 if page.total else 0.0)),
    )


def _explanation(status: Status) -> str:
    return "explain_sheets" if status is Status.NON_COMPLIANT else f"explain_{status}"


def _bounds(page: Page, words: Words) -> str:
    lower, upper = wording.percent(words, page.lower), wording.percent(words, page.upper)
    if not page.total:
        return ""
    if not page.uncertain:
        return words.say("bounds_exact", lower=lower)
    return words.say("bounds", lower=lower, upper=upper, count=wording.number(words, page.uncertain))


def _changes(night: Night, words: Words) -> Table:
    diff, say = night.diff, words.report
    if diff.since is None:
        return Table(title=say["changes_title"], lead=say["first_run"])
    counts = {
        "changed_new": diff.new,
        "changed_fixed": diff.fixed,
        "changed_unchanged": diff.unchanged,
        "changed_appeared": diff.appeared,
        "changed_gone": diff.gone,
    }
    return Table(
        title=say["changes_title"],
        lead=f"{say['compared_with']}: {diff.since}",
        headings=(say["change"], say["number"]),
        rows=tuple((say[key], len(changes)) for key, changes in counts.items()),
    )


def _platforms(page: Page, words: Words) -> Table:
    say, counts = words.report, page.platforms.values()
    planned, seen = (sum(getattr(count, name) for count in counts) for name in ("planned", "seen"))
    return Table(
        title=say["platforms_title"],
        headings=(
            *(say[key] for key in ("platform", "planned", "seen_accounts", "coverage")),
            *(words.statuses[status] for status in _ORDER),
            *(say[key] for key in ("trust", "blind_why")),
        ),
        rows=tuple(_platform(name, count, page, words) for name, count in page.platforms.items()),
        total=(
            *(say["total"], planned, seen, Share(value=seen / planned) if planned else None),
            *(sum(count.statuses.get(status, 0) for count in counts) for status in _ORDER),
            *(None, None),
        ),
    )


def _platform(name: str, count: PlatformCount, page: Page, words: Words) -> tuple[Cell, ...]:
    return (
        *(words.platforms.get(name, name), count.planned, count.seen, Share(value=count.coverage)),
        *(count.statuses.get(status, 0) for status in _ORDER),
        words.report["blind" if count.blind else "trusted"],
        tuple(_troubles(name, page, words)) or None,
    )


def _troubles(name: str, page: Page, words: Words) -> Iterator[str]:
    for trouble in page.troubles:
        if trouble.platform == name and trouble.blind:
            reason = words.reasons.get(trouble.reason, trouble.reason)
            yield f"{reason} ({_detail(trouble.detail, words)})" if trouble.detail else reason
        if trouble.platform == name and trouble.fields:
            fields = ", ".join(words.fields.get(field, field) for field in trouble.fields)
            yield words.say("blind_fields", platform=words.platforms.get(name, name), fields=fields)


def _detail(detail: str, words: Words) -> str:
    """Two percentages in the words of the language; any other detail as the run wrote it down."""
    found = _BELOW.fullmatch(detail)
    if found is None:
        return detail
    seen, least = (f"{share.replace('.', words.decimal)} %" for share in found.groups())
    return words.say("below", seen=seen, least=least)


def _not_tested(page: Page, words: Words) -> Table:
    say = words.report
    return Table(
        title=say["no_source_title"],
        lead=say["no_source_lead"],
        headings=(say["requirement"], say["platform"]),
        rows=tuple((item.requirement, words.platforms.get(item.platform, item.platform)) for item in page.not_tested),
    )


def _units(page: Page, words: Words, sheets: Mapping[str | None, str]) -> Table:
    say = words.report
    return Table(
        title=say["units_title"],
        lead=f"{say['units_lead']} {say['units_links']}",
        headings=(say["unit"], *(words.statuses[status] for status in _ORDER), say["total"]),
        rows=tuple(
            (
                SheetLink(text=row.unit or say["no_unit"], sheet=sheets[row.unit]),
                *(row.statuses[status] for status in _ORDER),
                row.total,
            )
            for row in page.units
        ),
        total=(say["total"], *(sum(row.statuses[status] for row in page.units) for status in _ORDER), page.total),
    )


def _rules(page: Page, words: Words) -> Table:
    say = words.report
    return Table(
        title=say["rules_title"],
        lead=say["rules_lead"],
        headings=(say["requirement"], say["article"], say["weight"], say["accounts"]),
        rows=tuple(
            (row.requirement, row.clause, Marked(text=words.severities[row.severity], style=row.severity), row.accounts)
            for row in page.rules
        ),
    )


def _gaps(page: Page, words: Words) -> Table:
    say = words.report
    return Table(
        title=say["gaps_title"],
        lead=say["gaps_lead"],
        headings=(say["reason"], say["accounts"]),
        rows=tuple((words.gaps.get(gap, gap), accounts) for gap, accounts in page.gaps),
    )


def _about(night: Night, words: Words) -> Table:
    run, say = night.run, words.report
    count, conflicts = (wording.number(words, value) for value in (run.register.accounts, run.register.conflicts))
    register = words.say("register_text", count=count, conflicts=conflicts, digest=run.register.sha256[:12])
    requests = words.say(
        "requests_text", count=wording.number(words, run.requests), seconds=wording.number(words, run.seconds)
    )
    facts: tuple[tuple[str, str], ...] = (
        ("policy", policy_name(night, words)),
        ("policy_file", f"{run.policy.id} {run.policy.sha256[:12]}"),
        ("register", register),
        ("run", run.run_id),
        ("code", run.code_version),
        ("requests", requests),
    )
    return Table(
        title=say["about_title"],
        rows=(
            (say["started_utc"], wording.parsed(run.started_at) or run.started_at),
            (say["finished_utc"], wording.parsed(run.finished_at) or run.finished_at),
            *((say[key], Marked(text=text, style="wide")) for key, text in facts),
        ),
    )
