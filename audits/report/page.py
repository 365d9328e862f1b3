"""A night -> everything on the report page: counts, tables and cards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from audits.gazetteer.units import labelled
from audits.model import Result, Status, Verdict
from audits.report.cards import Desk, card
from audits.report.model import Night
from audits.report.view import Card, Closed, Group, Mended, NotTested, Page, RuleRow, Trouble, UnitRow


def page(night: Night, language: str) -> Page:
    """The page of one run. Units and accounts stand in the order of their names, accounts without a unit last."""
    desk = Desk.of(night, language)
    cards = [
        card(desk, number, result)
        for number, result in enumerate(ordered(night))
        if result.status is not Status.COMPLIANT
    ]
    statuses = Counter(str(result.status) for result in night.results)
    uncertain = statuses[Status.REVIEW] + statuses[Status.UNDETERMINED]
    total = max(len(night.results), 1)
    return Page(
        total=len(night.results),
        statuses={str(status): statuses[status] for status in Status},
        lower=statuses[Status.COMPLIANT] / total,
        upper=(statuses[Status.COMPLIANT] + uncertain) / total,
        uncertain=uncertain,
        gaps=_gaps(_with(cards, Status.UNDETERMINED)),
        platforms=night.run.platforms,
        units=_units(night),
        rules=_rules(desk),
        groups=_groups(_with(cards, Status.NON_COMPLIANT)),
        reviews=_groups(_with(cards, Status.REVIEW)),
        undetermined=_with(cards, Status.UNDETERMINED),
        mended=tuple(_mended(desk)),
        not_tested=tuple(_not_tested(desk)),
        closed=tuple(_closed(night)),
        troubles=tuple(_troubles(night)),
        problems=tuple(_problems(night)),
        gallery=dict(desk.gallery),
    )


def unit_key(unit: str | None) -> tuple[bool, str]:
    """Sorts units by name, none last."""
    return unit is None, (unit or "").casefold()


def ordered(night: Night) -> list[Result]:
    """The results by unit, handle and platform."""
    return sorted(
        night.results,
        key=lambda result: (unit_key(_unit(night, result)), result.handle.casefold(), str(result.platform)),
    )


def _unit(night: Night, result: Result) -> str | None:
    account = night.accounts.get(result.account_id)
    return labelled(account.unit) if account else None


def _with(cards: Iterable[Card], status: Status) -> tuple[Card, ...]:
    return tuple(one for one in cards if one.status == status)


def _groups(cards: Iterable[Card]) -> tuple[Group, ...]:
    groups: dict[str | None, list[Card]] = {}
    for one in cards:
        groups.setdefault(one.unit, []).append(one)
    return tuple(Group(unit=unit, cards=tuple(members)) for unit, members in groups.items())


def _gaps(cards: Iterable[Card]) -> tuple[tuple[str, int], ...]:
    """Each reason with the number of accounts it holds for, the most frequent first."""
    counts = Counter(unseen.gap for one in cards for unseen in one.unseen)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _units(night: Night) -> tuple[UnitRow, ...]:
    counts: dict[str | None, Counter[str]] = {}
    for result in night.results:
        counts.setdefault(_unit(night, result), Counter())[str(result.status)] += 1
    return tuple(
        UnitRow(
            unit=unit, statuses={str(status): counts[unit][status] for status in Status}, total=counts[unit].total()
        )
        for unit in sorted(counts, key=unit_key)
    )


def _rules(desk: Desk) -> tuple[RuleRow, ...]:
    """Every clause of the policy, in its order."""
    counts = Counter(
        finding.rule
        for result in desk.night.results
        for finding in result.findings
        if finding.verdict is Verdict.FAIL and finding.waived is None
    )
    return tuple(
        RuleRow(
            rule=clause.rule,
            clause=clause.clause,
            severity=str(clause.severity),
            requirement=desk.requirement(clause.rule),
            accounts=counts[clause.rule],
        )
        for clause in desk.night.policy.clauses
    )


def _mended(desk: Desk) -> Iterator[Mended]:
    for change in desk.night.diff.fixed:
        yield Mended(
            platform=str(change.platform),
            handle=change.handle,
            requirement=desk.requirement(change.rule),
            since=change.since,
        )


def _not_tested(desk: Desk) -> Iterator[NotTested]:
    for platform, count in desk.night.run.platforms.items():
        for rule, fact in count.no_source.items():
            yield NotTested(platform=platform, requirement=desk.requirement(rule), fact=fact)


def _closed(night: Night) -> Iterator[Closed]:
    for platform, count in night.run.platforms.items():
        for name, source in count.sources.items():
            if source.closed:
                yield Closed(platform=platform, source=name, outcome=source.closed.partition(":")[0])


def _troubles(night: Night) -> Iterator[Trouble]:
    for platform, count in night.run.platforms.items():
        if count.blind or count.blind_fields:
            said = count.blind_reason or ""
            reason = said.partition(" ")[0]
            yield Trouble(
                platform=platform,
                blind=count.blind,
                reason=reason,
                detail=said.removeprefix(reason).strip(),
                fields=count.blind_fields,
            )


def _problems(night: Night) -> Iterator[str]:
    """What the run has to say besides what is told per platform."""
    told = [count.blind_reason for count in night.run.platforms.values() if count.blind_reason]
    for problem in night.run.problems:
        if not any(problem.endswith(reason) for reason in told):
            yield problem
