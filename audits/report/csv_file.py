"""`non-compliant.csv`: a row for each requirement that an account does not meet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from audits.model import Account, Finding, Result, Status, Verdict
from audits.report.cells import safe_cell
from audits.report.model import Night
from audits.report.texts import Language, Texts, Words
from audits.report.wording import spoken

COLUMNS = (
    *("account_id", "platform", "handle", "url", "display_name", "platform_id", "type", "unit", "area", "beheerders"),
    *("rule", "clause", "severity", "requirement", "seen", "wanted", "remedy", "first_seen", "change"),
    *("source", "observed_at", "policy", "identity"),
)


def non_compliant_csv(night: Night, texts: Texts, lang: Language = "nl") -> bytes:
    """The failing findings of all non-compliant accounts that are not waived: UTF-8 with BOM, comma, CRLF.

    Headings and code words (`rule`, `severity`, `platform`, `change` = `new` or `known`) are fixed; sentences are in
    `lang`.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in _rows(night, texts.words[lang]):
        writer.writerow([safe_cell(row.get(name)) for name in COLUMNS])
    return out.getvalue().encode("utf-8-sig")


def _rows(night: Night, words: Words) -> Iterator[dict[str, str | None]]:
    new = {(change.account_id, change.rule) for change in night.diff.new}
    clauses = {clause.rule: clause for clause in night.policy.clauses}
    for result in night.results:
        if result.status is not Status.NON_COMPLIANT:
            continue
        for finding in result.findings:
            if finding.verdict is Verdict.FAIL and finding.waived is None:
                clause = clauses.get(finding.rule)
                change = "new" if (result.account_id, finding.rule) in new else "known"
                yield {
                    **_of_account(night, result),
                    **_of_finding(finding, words),
                    "requirement": clause.text.get(words.language) if clause else None,
                    "remedy": clause.remedy.get(words.language) if clause else None,
                    "change": change,
                    "policy": _policy(night, words),
                }


def _policy(night: Night, words: Words) -> str:
    """The policy by its id, and that it is a draft while nobody adopted it: a row travels without its report."""
    mark = night.run.policy
    return mark.id if mark.adopted_by else words.say("policy_draft", policy=mark.id)


def _of_account(night: Night, result: Result) -> dict[str, str | None]:
    account = night.accounts.get(result.account_id) or Account(
        account_id=result.account_id, platform=result.platform, handle=result.handle
    )
    profile = night.profiles.get(result.account_id)
    return {
        "account_id": result.account_id,
        "platform": str(result.platform),
        "handle": result.handle,
        "url": night.profile_urls.get(result.account_id),
        "display_name": profile.display_name if profile else None,
        "platform_id": account.platform_id,
        "type": account.type,
        "unit": account.unit,
        "area": account.area,
        "beheerders": "; ".join(account.beheerders),
        "observed_at": result.observed_at,
        "identity": result.identity,
    }


def _of_finding(finding: Finding, words: Words) -> dict[str, str | None]:
    return {
        "rule": finding.rule,
        "clause": finding.clause,
        "severity": str(finding.severity),
        "seen": words.report["empty_value"] if finding.seen == "" else _spoken(finding.seen, finding, words),
        "wanted": _spoken(finding.wanted, finding, words),
        "first_seen": finding.first_seen,
        "source": finding.source,
        **({"observed_at": finding.observed_at} if finding.observed_at else {}),
    }


def _spoken(text: str | None, finding: Finding, words: Words) -> str | None:
    return None if text is None else spoken(words, text, finding.rule)
