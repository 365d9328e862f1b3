"""Findings in words for a terminal. What strangers wrote is shown with its control characters made visible."""

from __future__ import annotations

from pathlib import Path

from audits.model import Finding, Result, Status, Verdict
from audits.policy import Policy
from audits.report.texts import Words
from audits.report.visible import visible
from audits.report.wording import spoken
from crawler.run.finish import Done

SHOWN = (Verdict.FAIL, Verdict.REVIEW, Verdict.UNKNOWN)
LONGEST = 160


def summary(done: Done, place: Path) -> str:
    """The counts of a night, one line a platform, and where its reports lie."""
    run = done.run
    statuses = " · ".join(f"{name} {run.statuses.get(name, 0)}" for name in map(str, Status))
    lines = [f"{run.register.accounts} accounts: {statuses}"]
    if run.policy.adopted_by is None:
        lines.insert(0, f"DRAFT: nobody has adopted {run.policy.id}; no request to administrators may rest on this")
    for name, count in sorted(run.platforms.items()):
        own = " · ".join(f"{status} {number}" for status, number in count.statuses.items())
        blind = f" · BLIND ({count.blind_reason})" if count.blind else ""
        lines.append(f"  {name}: seen {count.seen}/{count.planned} ({count.coverage:.1%}) · {own}{blind}")
    lines += [f"  note: {remark}" for remark in run.remarks]
    if run.unconfirmed:
        lines.append(
            f"  note: {run.unconfirmed} accounts are not confirmed to be ours; nobody is written to about them"
        )
    diff = done.diff
    if diff.since is None:
        lines.append(f"first audit: {len(diff.new)} findings, nothing to compare with yet")
    else:
        changes = {"new": diff.new, "fixed": diff.fixed, "same": diff.unchanged}
        lines.append("since the last audit: " + " · ".join(f"{word} {len(those)}" for word, those in changes.items()))
    rate = run.register.accounts / run.seconds if run.seconds else 0.0
    lines.append(f"{run.requests} requests in {run.seconds:.1f} s ({rate:.0f} accounts/s)")
    lines.append(f"reports: {place}")
    return "\n".join(lines)


def account(result: Result, policy: Policy, words: Words, *, every: bool) -> str:
    """One account in words: what does not comply, what was seen and wanted, how to mend it; `every` = the rest too."""
    head = f"{result.platform}:{visible(result.handle)}: {words.statuses[result.status]}"
    sources = ", ".join(result.sources)
    lines = [head, f"  {words.outcomes[result.outcome]} · {sources} · {result.observed_at}"]
    for finding in result.findings:
        if every or finding.verdict in SHOWN:
            lines += _finding(finding, policy, words)
    return "\n".join(lines)


def _finding(finding: Finding, policy: Policy, words: Words) -> list[str]:
    clause = next(one for one in policy.clauses if one.rule == finding.rule)
    gap = f" ({words.gaps[finding.gap]})" if finding.gap else ""
    lines = [
        f"  {words.verdicts[finding.verdict]}{gap}: {clause.clause} {clause.text[words.language]} [{finding.rule}]"
    ]
    if finding.verdict in {Verdict.FAIL, Verdict.REVIEW}:
        rows = {"seen": finding.seen, "wanted": finding.wanted}
        told = {key: spoken(words, value, finding.rule) for key, value in rows.items() if value}
        told["remedy"] = clause.remedy[words.language]
        lines += [f"      {words.say(key)}: {_short(value)}" for key, value in told.items()]
    return lines


def _short(text: str) -> str:
    shown = visible(text)
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"
