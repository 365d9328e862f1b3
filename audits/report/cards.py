"""A result -> the card of its account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from adapters.model import Value
from audits.gazetteer.units import labelled
from audits.model import NO_SOURCE, Account, Finding, Result, Status, Verdict
from audits.policy import Clause
from audits.report.gallery import Gallery, gallery
from audits.report.model import Night
from audits.report.view import Card, Comparison, FindingView, Unseen
from audits.report.wording import IMAGES

_WANTING = (Verdict.FAIL, Verdict.REVIEW)
_PHOTO = "avatar-"  # what the ids of rules about the profile photo begin with


class Desk(Value, frozen=True, kw_only=True):
    """What making a card takes besides the result: the night, the language, and the tables looked up in."""

    night: Night
    language: str
    clauses: Mapping[str, Clause]
    new: frozenset[tuple[str, str]]
    gallery: Gallery

    @classmethod
    def of(cls, night: Night, language: str) -> Desk:
        """The desk for one report."""
        return cls(
            night=night,
            language=language,
            clauses={clause.rule: clause for clause in night.policy.clauses},
            new=frozenset((change.account_id, change.rule) for change in night.diff.new),
            gallery=gallery(_pictures(night)),
        )

    def requirement(self, rule: str) -> str:
        """The requirement as the policy words it; the id of the rule when the policy has no such clause."""
        clause = self.clauses.get(rule)
        return clause.text.get(self.language, rule) if clause else rule

    def shown(self, picture: bytes | None) -> str | None:
        """How a picture is shown (as in the gallery); `None` without one, or where there was no room for it."""
        return self.gallery.get(picture) if picture else None


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
        picture=desk.shown(night.pictures.get(result.account_id)),
        logo=desk.shown(night.approved.get(_variant(night, result) or "")),
        fails=_views(desk, result, open_findings, Verdict.FAIL),
        reviews=_views(desk, result, open_findings, Verdict.REVIEW),
        waived=_views(desk, result, [finding for finding in result.findings if finding.waived], Verdict.FAIL),
        unseen=_unseen(open_findings),
        differing=result.differing,
        identity=result.identity,
    )


def _unregistered(result: Result) -> Account:
    return Account(account_id=result.account_id, platform=result.platform, handle=result.handle)


def _web_address(url: str | None) -> str | None:
    return url if url and url.startswith(("https://", "http://")) else None


def _pictures(night: Night) -> Iterator[bytes | None]:
    """The pictures as often as cards show them, those first of which there are few or that explain most."""
    shown = [result for result in night.results if result.status in {Status.NON_COMPLIANT, Status.REVIEW}]
    close = [result for result in shown if result.account_id in night.closeups]
    for result in [*close, *shown]:
        yield night.approved.get(_variant(night, result) or "")
    for result in close:
        yield night.pictures.get(result.account_id)
        yield night.closeups[result.account_id].difference
    yield from (night.pictures.get(result.account_id) for result in shown)


def _variant(night: Night, result: Result) -> str | None:
    """The approved picture that a finding about the photo asks for, else the first."""
    asked = (_named(finding) for finding in result.findings if finding.rule.startswith(_PHOTO))
    return next((variant for variant in asked if variant in night.approved), min(night.approved, default=None))


def _named(finding: Finding) -> str:
    """The picture that a finding asks for by name."""
    return (finding.wanted or "").removeprefix("approved: ")


def _views(desk: Desk, result: Result, findings: list[Finding], verdict: Verdict) -> tuple[FindingView, ...]:
    return tuple(_view(desk, result, finding) for finding in findings if finding.verdict is verdict)


def _view(desk: Desk, result: Result, finding: Finding) -> FindingView:
    clause = desk.clauses.get(finding.rule)
    of_photo = finding is _of_photo(result)
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
        comparison=_comparison(desk, result) if of_photo else None,
        origin=_origin(desk.night, result, finding, of_photo=of_photo),
    )


def _of_photo(result: Result) -> Finding | None:
    """The finding beside which the photo stands: the first one that is about it, an open one if there is any."""
    about = [one for one in result.findings if one.rule.startswith(_PHOTO) and one.verdict in _WANTING]
    return next(iter(sorted(about, key=lambda one: one.waived is not None)), None)


def _origin(night: Night, result: Result, finding: Finding, *, of_photo: bool) -> str | None:
    """Where the picture can be had that a finding names, or that stands beside it."""
    named = night.origins.get(_named(finding)) if finding.rule.startswith(IMAGES) else None
    return named or (night.origins.get(_variant(night, result) or "") if of_photo else None)


def _comparison(desk: Desk, result: Result) -> Comparison | None:
    closeup = desk.night.closeups.get(result.account_id)
    photo = desk.shown(desk.night.pictures.get(result.account_id))
    if closeup is None or photo is None:
        return None
    variant = _variant(desk.night, result)
    return Comparison(
        photo=photo,
        logo=desk.shown(desk.night.approved.get(variant or "")),
        variant=variant,
        difference=desk.shown(closeup.difference),
        boxed=closeup.boxed,
    )


def _unseen(findings: list[Finding]) -> tuple[Unseen, ...]:
    rules: dict[str, list[str]] = {}
    for finding in findings:
        if finding.verdict is Verdict.UNKNOWN and finding.gap != NO_SOURCE:
            rules.setdefault(finding.gap or "not_asked", []).append(finding.rule)
    return tuple(Unseen(gap=gap, rules=tuple(ids)) for gap, ids in rules.items())
