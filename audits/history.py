"""Two audits side by side: what is new, what was mended, what stayed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from adapters.model import Platform
from audits.model import FIRST_OBSERVATION, Finding, Result, Verdict
from audits.report.model import Change, Diff


def changes(
    run_id: str,
    since: str | None,
    before: Sequence[Result],
    after: Sequence[Result],
    blind: frozenset[Platform],
    population: Collection[str] | None = None,
) -> Diff:
    """The findings of `after` against those of `before`; `since` names the audit before (`None`: this is the first).

    `population` = the accounts of that audit, when `before` holds results of other audits too.

    On a first run everything that fails is new. `unknown` and clauses not judged before settle nothing: they make
    nothing new and nothing mended. Platforms in `blind` give nothing new or mended; accounts that came or went are
    told apart, without their findings.
    """
    old = {result.account_id: result for result in before}
    now = {result.account_id for result in after}
    known = old.keys() if population is None else population
    told: dict[str | None, list[Change]] = {"new": [], "fixed": [], "unchanged": [], None: []}
    for result in after:
        for finding in result.findings:
            kind = _kind(old.get(result.account_id), finding, first=since is None)
            if kind == "unchanged" or result.platform not in blind:
                told[kind].append(_change(result, finding))
    return Diff(
        run_id=run_id,
        since=since,
        new=tuple(told["new"]),
        fixed=tuple(told["fixed"]),
        unchanged=tuple(told["unchanged"]),
        appeared=() if since is None else tuple(one.account_id for one in after if one.account_id not in known),
        gone=tuple(account_id for account_id in known if account_id not in now),
    )


def _kind(before: Result | None, finding: Finding, *, first: bool) -> str | None:
    """`new`, `fixed`, `unchanged`, or `None` where nothing can be said."""
    if before is None:
        return "new" if first and finding.verdict is Verdict.FAIL else None
    was = next((one for one in before.findings if one.rule == finding.rule), None)
    match (was.verdict if was else None, finding.verdict):
        case (Verdict.FAIL, Verdict.PASS):
            return "fixed"
        case (Verdict.PASS | Verdict.REVIEW | Verdict.NOT_APPLICABLE, Verdict.FAIL):
            return "new"
        case (Verdict.UNKNOWN, Verdict.FAIL) if was and _began_since(was, before, finding):
            return "new"
        case (_, Verdict.FAIL):
            return "unchanged"
        case _:
            return None


def _began_since(was: Finding, before: Result, finding: Finding) -> bool:
    """Whether a failure after an unknown is known to be none of before: the second sight of it, or first seen later."""
    if was.gap == FIRST_OBSERVATION:
        return True
    return bool(finding.first_seen and before.observed_at and finding.first_seen > before.observed_at)


def _change(result: Result, finding: Finding) -> Change:
    return Change(
        account_id=result.account_id,
        platform=result.platform,
        handle=result.handle,
        rule=finding.rule,
        seen=finding.seen,
        since=finding.first_seen,
    )
