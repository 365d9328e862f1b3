"""Facts for tests: an account of Zwolle that complies with the example policy of 2024, changed where a test says so."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from adapters.model import Outcome, Platform, Profile
from audits.engine import assess
from audits.model import Account, Facts, Finding, LogoVerdict
from audits.policy import Policy, load

POLICIES = Path(__file__).parents[2] / "audits" / "policies"
TODAY = date(2026, 11, 22)
ACCOUNT = Account(
    account_id="x-zwolle",
    platform=Platform.X,
    handle="POL_Zwolle",
    platform_id="1001",
    type="basisteam",
    unit="02",
    area="Zwolle",
    beheerders=("zwolle@example.org",),
)
PROFILE = Profile(
    platform_id="1001",
    handle="POL_Zwolle",
    display_name="Politie Zwolle",
    bio="Politie in Zwolle. Spoed? Bel 112. Geen spoed? 0900-8844. Geen meldingen via dit account.",
    avatar_url="https://pictures.example/1.jpg",
    avatar_is_default=False,
    links=("https://www.politie.nl/mijn-buurt",),
    private=False,
)
APPROVED = LogoVerdict(verdict="approved", variant="emblem", distance=0.1)


@cache
def policy(year: int = 2024) -> Policy:
    path = POLICIES / f"voorbeeld-{year}.toml"
    return load(path.read_bytes(), path.name)


def made(account: dict[str, Any] | None = None, profile: dict[str, Any] | None = None, **fields: Any) -> Facts:
    whole = Facts(
        account=msgspec.structs.replace(ACCOUNT, **(account or {})),
        outcome=Outcome.OK,
        profile=msgspec.structs.replace(PROFILE, **(profile or {})),
        logo=APPROVED,
        today=TODAY,
    )
    return msgspec.structs.replace(whole, **fields)


def unseen(outcome: str, **fields: Any) -> Facts:
    """Facts of an account of which nothing was read."""
    return Facts(account=ACCOUNT, outcome=Outcome(outcome), today=TODAY, **fields)


def found(rule: str, facts: Facts, year: int = 2024) -> Finding:
    return next(finding for finding in assess(facts, policy(year)) if finding.rule == rule)


def verdict(rule: str, facts: Facts, year: int = 2024) -> str:
    return str(found(rule, facts, year).verdict)


def without(*fields: str) -> Facts:
    """Facts in which these profile fields were not observed."""
    return made(profile=dict.fromkeys(fields))
