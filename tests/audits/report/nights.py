"""Made-up nights to report on: 3 of each kind of trouble, and texts of strangers who mean harm."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import msgspec
from PIL import Image, ImageDraw

import audits.report
from adapters.model import Outcome, Platform, Profile
from audits.model import Account, Finding, Result, Severity, Status, Verdict, Waived
from audits.policy import Clause, Policy
from audits.report.model import Change, Diff, Night, PlatformCount, PolicyMark, RegisterMark, Run
from audits.report.texts import TEMPLATES, Texts

NOW = "2026-11-22T02:14:00Z"
BEFORE = "2026-10-03T02:10:00Z"
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "Politie \u202egnikesrev\u202c Centrum",
    "twee\nregels\r\nen\ttab",
    "hallo;=1+1",
    '" onmouseover="alert(1)',
    "{{ 7 * 7 }}{% raw %}",
    "half \ud800 teken \u2028 nieuwe regel",
    "P\u200bo\u200bl\u200bi\u200bt\u200bi\u200be",
    "javascript:alert(1)",
    "@SUM(1+9)*cmd",
)
RULES = {
    "handle-police-token": (
        "2.1",
        "must",
        "De gebruikersnaam laat zien dat dit de politie is.",
        "Pas de gebruikersnaam aan.",
    ),
    "display-name-police": (
        "2.2",
        "must",
        "In de schermnaam staat het woord politie.",
        "Zet ‘Politie’ voor de schermnaam.",
    ),
    "display-name-area": ("2.3", "should", "De schermnaam noemt het gebied.", "Zet uw gebied in de schermnaam."),
    "bio-emergency-line": (
        "4.1",
        "must",
        "In de bio staat dat u 112 belt bij spoed.",
        "Zet in de bio: ‘Spoed? Bel 112’.",
    ),
    "links-allowed": ("5.1", "must", "Links gaan alleen naar sites van de politie.", "Haal de andere link weg."),
    "avatar-approved": ("3.1", "must", "De profielfoto is een goedgekeurd logo.", "Vraag het logo bij uw regisseur."),
    "account-exists": ("1.1", "must", "Het account bestaat.", "Meld het account af in het register."),
}
UNITS = ("02 Oost-Nederland", "05 Amsterdam", "09 Oost-Brabant", None)


def texts() -> Texts:
    folder = Path(audits.report.__file__).parent
    templates = {name: (folder / "templates" / name).read_text(encoding="utf-8") for name in TEMPLATES}
    nl, en = ((folder / "texts" / f"{lang}.toml").read_bytes() for lang in ("nl", "en"))
    return Texts.parse(nl, en, templates)


def policy() -> Policy:
    return Policy(
        id="voorbeeld-2024",
        title={"nl": "Voorbeeldeisen 2024", "en": "Example requirements 2024"},
        in_force_from=date(2024, 1, 1),
        clauses=tuple(_clause(rule, *words) for rule, words in RULES.items()),
        sha256="ab" * 32,
    )


def _clause(rule: str, article: str, severity: str, text: str, remedy: str) -> Clause:
    return Clause(
        rule=rule,
        check=rule,
        clause=article,
        severity=Severity(severity),
        parameters=msgspec.defstruct("None_", [])(),
        text={"nl": text, "en": f"{text} (en)"},
        remedy={"nl": remedy, "en": f"{remedy} (en)"},
        source="Antwoord op Kamervragen 2025Z00614",
        evidence="invented",
        since=date(2024, 1, 1),
    )


def finding(rule: str, verdict: Verdict = Verdict.FAIL, **more: object) -> Finding:
    article, severity, *_ = RULES[rule]
    return Finding(rule=rule, clause=article, verdict=verdict, severity=Severity(severity), source="api", **more)  # type: ignore[arg-type]


def picture(number: int, size: int = 96) -> bytes:
    image = Image.new("RGB", (size, size), (number * 37 % 256, 90, 130))
    ImageDraw.Draw(image).ellipse((10, 10, size - 10 - number % 20, size - 10), fill=(240, number * 11 % 256, 200))
    out = BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def emblem() -> bytes:
    image = Image.new("RGB", (200, 200), "#004682")
    ImageDraw.Draw(image).polygon([(100, 20), (150, 150), (50, 150)], fill="#BE965A")
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def result(number: int, status: Status, findings: tuple[Finding, ...], outcome: Outcome = Outcome.OK) -> Result:
    platform = Platform.X if number % 2 else Platform.INSTAGRAM
    return Result(
        account_id=f"A{number:04d}",
        platform=platform,
        handle=f"POL_Voorbeeld{number}" if platform is Platform.X else f"politie.voorbeeld{number}",
        status=status,
        observed_at=NOW,
        outcome=outcome,
        sources=("api",),
        findings=findings,
    )


def failing(number: int) -> Result:
    hostile = HOSTILE[number % len(HOSTILE)]
    findings = (
        finding("bio-emergency-line", seen=hostile, wanted="112", first_seen=BEFORE),
        finding(
            "links-allowed", seen="https://linktr.ee/voorbeeld", wanted="politie.nl, kombijdepolitie.nl", first_seen=NOW
        ),
        finding("avatar-approved", seen="different", wanted="emblem", first_seen=BEFORE),
        finding("display-name-area", seen="", wanted="Voorbeeld", first_seen=NOW),
        finding("display-name-police", Verdict.UNKNOWN, gap="login_wall"),
    )
    return result(number, Status.NON_COMPLIANT, findings[: 1 + number % 5])


def waived(number: int) -> Result:
    excuse = Waived(reason="Verhuizing", approver="regisseur", until="2027-01-31")
    findings = (finding("display-name-area", waived=excuse, seen="x"), finding("bio-emergency-line", seen=None))
    return result(number, Status.NON_COMPLIANT, findings)


def reviewed(number: int) -> Result:
    return result(number, Status.REVIEW, (finding("avatar-approved", Verdict.REVIEW, seen="altered", wanted="emblem"),))


def unseen(number: int) -> Result:
    gap = ("login_wall", "rate_limited", "first_observation", "blind")[number % 4]
    outcome = Outcome.LOGIN_WALL if gap == "login_wall" else Outcome.NOT_FOUND
    findings = tuple(finding(rule, Verdict.UNKNOWN, gap=gap) for rule in ("bio-emergency-line", "account-exists"))
    return result(number, Status.UNDETERMINED, findings, outcome)


def passed(number: int) -> Result:
    return result(number, Status.COMPLIANT, tuple(finding(rule, Verdict.PASS) for rule in RULES))


def night(
    fails: int = 30, reviews: int = 4, gaps: int = 8, passes: int = 18, *, adopted: bool = True, complete: bool = True
) -> Night:
    makers = [failing] * fails + [waived] * min(fails, 1) + [reviewed] * reviews + [unseen] * gaps + [passed] * passes
    results = tuple(make(number) for number, make in enumerate(makers, start=1))
    return of(results, adopted=adopted, complete=complete)


def of(results: tuple[Result, ...], *, adopted: bool = True, complete: bool = True) -> Night:
    ids = [one.account_id for one in results]
    fresh = tuple(
        Change(account_id=one.account_id, platform=one.platform, handle=one.handle, rule=each.rule, since=NOW)
        for one in results
        for each in one.findings
        if each.verdict is Verdict.FAIL and each.first_seen == NOW
    )
    gone = Change(account_id="A9999", platform=Platform.X, handle="POL_Hersteld", rule="links-allowed", since=BEFORE)
    return Night(
        run=run(results, adopted=adopted, complete=complete),
        results=results,
        accounts={one.account_id: account(number, one) for number, one in enumerate(results)},
        profiles={
            one.account_id: Profile(
                handle=one.handle, display_name=HOSTILE[number % len(HOSTILE)] if number % 3 else "Politie Voorbeeld"
            )
            for number, one in enumerate(results)
        },
        policy=policy(),
        diff=Diff(run_id="r2", since="r1", new=fresh, fixed=(gone,), appeared=tuple(ids[:2])),
        pictures={name: picture(number) for number, name in enumerate(ids) if number % 7},
        approved={"emblem": emblem(), "wordmark": emblem()},
        profile_urls={one.account_id: f"https://x.com/{one.handle}" for one in results},
    )


def account(number: int, one: Result) -> Account:
    return Account(
        account_id=one.account_id,
        platform=one.platform,
        handle=one.handle,
        type="wijkagent",
        unit=UNITS[number % 4],
        area="'s-Hertogenbosch" if number % 2 else "Voorbeeld",
        beheerders=("beheerder@example.org", "tweede@example.org"),
    )


def run(results: tuple[Result, ...], *, adopted: bool = True, complete: bool = True) -> Run:
    mark = PolicyMark(id="voorbeeld-2024", sha256="ab" * 32)
    if adopted:
        mark = msgspec.structs.replace(mark, adopted_by="Hoofd communicatie", adopted_on="2026-01-10")
    return Run(
        run_id="20261122T021400Z",
        kind="audit",
        started_at="2026-11-22T02:00:00Z",
        finished_at=NOW,
        policy=mark,
        register=RegisterMark(sha256="cd" * 32, accounts=len(results), conflicts=2),
        code_version="0.1.0",
        permissions={"x": ("api", "page"), "instagram": ("api", "page", "embed")},
        platforms={
            str(platform): counts(platform, results, complete=complete) for platform in (Platform.INSTAGRAM, Platform.X)
        },
        requests=1234,
        seconds=61.5,
        complete=complete,
        problems=() if complete else ("instagram: coverage 41.0% below 95.0%", "the clock of this machine stood still"),
    )


def counts(platform: Platform, results: tuple[Result, ...], *, complete: bool) -> PlatformCount:
    own = [one for one in results if one.platform is platform]
    blind = not complete and platform is Platform.INSTAGRAM
    return PlatformCount(
        planned=len(own),
        seen=len(own) - 1,
        coverage=0.41 if blind else 0.976,
        blind=blind,
        blind_reason="coverage 41.0% below 95.0%" if blind else None,
        blind_fields=("bio",) if blind else (),
        statuses={str(status): sum(one.status is status for one in own) for status in Status},
        no_source={"links-allowed": "links"} if platform is Platform.INSTAGRAM else {},
    )


def with_fields(one: Night, **fields: object) -> Night:
    return msgspec.structs.replace(one, **fields)
