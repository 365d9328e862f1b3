"""What is said of a picture, and what that means for one account today."""

from __future__ import annotations

from datetime import date

import pytest

from adapters.model import Observation, Outcome, Platform, Subject
from audits.logo.approved import load
from audits.model import LogoVerdict, Verdict
from crawler import resources
from crawler.run.judge import Judge
from crawler.run.pictures import Verdicts
from crawler.store.values import Sighting
from fixtures.logos.emblem import APPROVED
from tests.audits.logo.test_manifest import manifest
from tests.audits.making import ACCOUNT, PROFILE, TODAY

PICTURE = {"one.png": (APPROVED / "emblem-blue.png").read_bytes()}
SEEN = Observation(
    subject=Subject(platform_id="1001"), outcome=Outcome.OK, source="api", platform=Platform.X, profile=PROFILE
)
SIGHTING = Sighting(
    account_id=ACCOUNT.account_id,
    platform=Platform.X,
    handle=ACCOUNT.handle,
    outcome=Outcome.OK,
    observations=(SEEN,),
    observed_at="2026-11-22T03:00:00Z",
    image_sha256="abc",
    image_gap=None,
)


def judged(more: str, today: date = TODAY) -> tuple[Verdict, str | None]:
    bench = Judge(
        policy=resources.policy("voorbeeld-2024")[0],
        sources={},
        approved=load(manifest(more=more), PICTURE),
        verdicts=Verdicts(avatars={"abc": LogoVerdict(verdict="approved", variant="one", distance=0.1)}, banners={}),
        today=today,
    )
    result = bench.result(ACCOUNT, SIGHTING)
    return next((row.verdict, row.seen) for row in result.findings if row.rule == "avatar-approved")


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", (Verdict.PASS, "approved")),
        ("valid_to = 2026-11-21", (Verdict.FAIL, "altered (old_logo: one)")),
        ('platforms = ["youtube"]', (Verdict.FAIL, "different (other_platform: one)")),
        ('types = ["dier"]', (Verdict.FAIL, "different (other_type: one)")),
        ('platforms = ["x"]\ntypes = ["basisteam"]\nvalid_to = 2026-11-22', (Verdict.PASS, "approved")),
    ],
)
def test_a_stored_verdict_is_held_against_what_the_picture_is_approved_for(more, expected):
    assert judged(more) == expected


def test_a_picture_that_was_fine_yesterday_is_old_today_without_being_looked_at_again():
    assert judged("valid_to = 2026-11-22")[0] is Verdict.PASS
    assert judged("valid_to = 2026-11-22", date(2026, 11, 23))[0] is Verdict.FAIL
