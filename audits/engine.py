"""The policy held against the facts of one account: findings, and the status they give."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from adapters.model import Outcome
from audits.identity import identity
from audits.model import (
    NO_SOURCE,
    PICTURES,
    Account,
    Facts,
    Finding,
    Judgement,
    Result,
    Rule,
    Severity,
    Status,
    Verdict,
)
from audits.policy import Clause, Policy, in_force, in_scope
from audits.rules import RULES

# Of an account that has ended and is gone, nothing is left to judge.
GONE = frozenset({Outcome.NOT_FOUND, Outcome.SUSPENDED})


def assess(facts: Facts, policy: Policy) -> tuple[Finding, ...]:
    """One finding for each clause in force on `facts.today` (every clause when no day is given), in policy order."""
    clauses = in_force(policy, facts.today or date.max)
    return tuple(_finding(facts, clause, RULES[clause.check]) for clause in clauses)


def status(findings: Sequence[Finding]) -> Status:
    """The status of an account; waived findings and `info` clauses do not count, nor does what no source shows."""
    counted = [found for found in findings if found.waived is None and found.severity is not Severity.INFO]
    verdicts = {found.verdict for found in counted if found.gap != NO_SOURCE}
    if Verdict.FAIL in verdicts:
        return Status.NON_COMPLIANT
    if Verdict.REVIEW in verdicts:
        return Status.REVIEW
    return Status.UNDETERMINED if Verdict.UNKNOWN in verdicts else Status.COMPLIANT


def result(facts: Facts, policy: Policy, observed_at: str | None, sources: Sequence[str]) -> Result:
    """One line of `results.jsonl`. `observed_at` is UTC ISO 8601; `sources` are those that were asked."""
    findings = assess(facts, policy)
    verdict = status(findings)
    if verdict is Status.COMPLIANT and not facts.seen:
        verdict = Status.UNDETERMINED  # nothing counted against it, but nobody has seen it either
    return Result(
        account_id=facts.account.account_id,
        platform=facts.account.platform,
        handle=facts.account.handle,
        status=verdict,
        observed_at=observed_at,
        outcome=facts.outcome,
        sources=tuple(sources),
        findings=findings,
        identity=str(identity(facts.account, facts.profile)),
    )


def _finding(facts: Facts, clause: Clause, rule: Rule) -> Finding:
    judgement = _judge(facts, clause, rule)
    field = _telling(facts, rule)
    return Finding(
        rule=clause.rule,
        clause=clause.clause,
        verdict=judgement.verdict,
        severity=clause.severity,
        seen=judgement.seen,
        wanted=judgement.wanted,
        gap=judgement.gap,
        source=facts.sources.get(field),
        observed_at=facts.times.get(field),
    )


def _judge(facts: Facts, clause: Clause, rule: Rule) -> Judgement:
    if not _applies(facts.account, clause, rule):
        return Judgement(verdict=Verdict.NOT_APPLICABLE)
    missing = [need for need in sorted(rule.needs) if facts.value(need) is None]
    if missing and facts.account.ended and facts.outcome in GONE:
        return Judgement(verdict=Verdict.NOT_APPLICABLE)
    if missing:
        return Judgement(verdict=Verdict.UNKNOWN, gap=facts.gap(missing[0]))
    judgement = rule.check(facts, clause.parameters)
    partly = [need for need in sorted(rule.needs) if need in facts.gaps]
    if partly and judgement.verdict is Verdict.PASS:
        return Judgement(
            verdict=Verdict.UNKNOWN, seen=judgement.seen, wanted=judgement.wanted, gap=facts.gaps[partly[0]]
        )
    return judgement


def _applies(account: Account, clause: Clause, rule: Rule) -> bool:
    """Whether a clause is about this account, and asks anything of it."""
    if not in_scope(clause, account.platform, account.type) or (rule.applies and not rule.applies(account)):
        return False
    return rule.asks is None or rule.asks(clause.parameters)


def _telling(facts: Facts, rule: Rule) -> str:
    """The first field that the rule looks at and a source showed; where nothing was shown, the outcome.

    A verdict on a picture comes from whoever named the picture; what the register alone tells has no source.
    """
    if not rule.needs and not rule.optional:
        return "register"
    fields = (PICTURES.get(need, need) for need in (*sorted(rule.needs), *sorted(rule.optional)))
    return next((field for field in fields if field in facts.sources), "outcome")
