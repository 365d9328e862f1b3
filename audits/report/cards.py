"""A result -> the card of its account."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping

from adapters.model import Value
from audits.gazetteer.units import labelled
from audits.model import NO_SOURCE, Account, Finding, Result, Verdict
from audits.policy import Clause
from audits.report.model import Night
from audits.report.view import Card, FindingView, Unseen

PICTURES_LIMIT = 4_000_000  # bytes of all pictures together; past it accounts are shown without
_TYPES = ((b"\xff\xd8\xff", "jpeg"), (b"\x89PNG\r\n", "png"))


class Desk(Value, frozen=True, kw_only=True):
    """What making a card takes besides the result: the night, the language, and the tables looked up in."""

    night: Night
    language: str
    clauses: Mapping[str, Clause]
    new: frozenset[tuple[str, str]]
    logos: Mapping[str, str]
    pictures: Mapping[str, str]

    @classmethod
    def of(cls, night: Night, language: str) -> Desk:
        """The desk for one report."""
        return cls(
            night=night,
            language=language,
            clauses={clause.rule: clause for clause in night.policy.clauses},
            new=frozenset((change.account_id, change.rule) for change in night.diff.new),
            logos={variant: f"logo-{number}" for number, variant in enumerate(sorted(night.approved))},
            pictures=dict(_pictures(night)),
        )

    def requirement(self, rule: str) -> str:
        """The requirement as the policy words it; the id of the rule when the policy has no such clause."""
        clause = self.clauses.get(rule)
        return clause.text.get(self.language, rule) if clause else rule


def card(desk: Desk, number: int, result: Result) -> Card:
    """The card of one account; `number` is its place in the report."""
    night = desk.night
    account = night.accounts.get(result.account_id) or _unregistered(result)
    profile = night.profiles.get(result.account_id)
    open_findings = [finding for finding in result.findings if finding.waived is None]
    return Card(
        number=number,
        account_id=result.account_id,
        platform=str(result.platform),
        handle=result.handle,
        status=str(result.status),
        outcome=str(result.outcome),
        name=profile.display_name if profile else None,
        url=_web_address(night.profile_urls.get(result.account_id)),
        unit=labelled(account.unit),
        area=account.area,
        type=account.type,
        beheerders=account.beheerders,
        observed_at=result.observed_at,
        picture=desk.pictures.get(result.account_id),
        logo=_logo(desk, result),
        fails=_views(desk, result, open_findings, Verdict.FAIL),
        reviews=_views(desk, result, open_findings, Verdict.REVIEW),
        waived=_views(desk, result, [finding for finding in result.findings if finding.waived], Verdict.FAIL),
        unseen=_unseen(open_findings),
        differing=result.differing,
        identity=result.identity,
    )


def data_address(picture: bytes) -> str | None:
    """A JPEG or PNG as a data address; `None` for anything else, whatever it calls itself."""
    kind = next((kind for magic, kind in _TYPES if picture.startswith(magic)), None)
    return kind and f"data:image/{kind};base64,{b64encode(picture).decode('ascii')}"


def _unregistered(result: Result) -> Account:
    return Account(account_id=result.account_id, platform=result.platform, handle=result.handle)


def _web_address(url: str | None) -> str | None:
    return url if url and url.startswith(("https://", "http://")) else None


def _pictures(night: Night) -> Iterator[tuple[str, str]]:
    """Account id and data address of each picture that fits within the limit, in the order of the results."""
    left = PICTURES_LIMIT
    for result in night.results:
        address = data_address(night.pictures.get(result.account_id, b""))
        if address and result.status != "compliant" and len(address) <= left:
            left -= len(address)
            yield result.account_id, address


def _logo(desk: Desk, result: Result) -> str | None:
    """The class of the approved logo: the variant that a finding asks for, else the first."""
    asked = (desk.logos.get((finding.wanted or "").removeprefix("approved: ")) for finding in result.findings)
    return next(filter(None, asked), next(iter(desk.logos.values()), None))


def _views(desk: Desk, result: Result, findings: list[Finding], verdict: Verdict) -> tuple[FindingView, ...]:
    return tuple(_view(desk, result, finding) for finding in findings if finding.verdict is verdict)


def _view(desk: Desk, result: Result, finding: Finding) -> FindingView:
    clause = desk.clauses.get(finding.rule)
    return FindingView(
        rule=finding.rule,
        clause=finding.clause,
        severity=str(finding.severity),
        requirement=desk.requirement(finding.rule),
        remedy=clause.remedy.get(desk.language, "") if clause else "",
        basis=clause.source if clause else "",
        evidence=clause.evidence if clause else None,
        seen=finding.seen,
        wanted=finding.wanted,
        since=None if finding.first_seen == result.observed_at else finding.first_seen,
        source=finding.source,
        observed_at=finding.observed_at,
        new=(result.account_id, finding.rule) in desk.new,
        waived=finding.waived,
    )


def _unseen(findings: list[Finding]) -> tuple[Unseen, ...]:
    rules: dict[str, list[str]] = {}
    for finding in findings:
        if finding.verdict is Verdict.UNKNOWN and finding.gap != NO_SOURCE:
            rules.setdefault(finding.gap or "not_asked", []).append(finding.rule)
    return tuple(Unseen(gap=gap, rules=tuple(ids)) for gap, ids in rules.items())
