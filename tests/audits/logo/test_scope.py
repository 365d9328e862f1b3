from __future__ import annotations

from datetime import date

import msgspec
import pytest

from adapters.model import Platform
from audits.logo.approved import ApprovedSet, load
from audits.logo.scope import within_scope
from audits.model import Account, LogoVerdict
from fixtures.logos.emblem import APPROVED
from tests.audits.logo.test_manifest import manifest

PICTURE = (APPROVED / "emblem-blue.png").read_bytes()
TODAY = date(2026, 11, 22)
AGENT = Account(account_id="1", platform=Platform.X, handle="wijkagent_zwolle", type="wijkagent")
SEEN = LogoVerdict(verdict="approved", variant="one", distance=0.2)


def one(more: str) -> ApprovedSet:
    return load(manifest(more=more), {"one.png": PICTURE})


def said(more: str, verdict: LogoVerdict = SEEN, account: Account | None = AGENT, today: date | None = TODAY):
    found = within_scope(verdict, one(more), account, today)
    assert msgspec.structs.replace(found, verdict=verdict.verdict, reasons=verdict.reasons) == verdict
    return found.verdict, found.reasons


OUTSIDE = {
    "ended yesterday": ("valid_to = 2026-11-21", ("altered", ("old_logo",))),
    "begins tomorrow": ("valid_from = 2026-11-23", ("altered", ("not_yet_valid",))),
    "another platform": ('platforms = ["youtube", "threads"]', ("different", ("other_platform",))),
    "another type": ('types = ["basisteam"]', ("different", ("other_type",))),
    "old and of another platform": ('valid_to = 2020-01-01\nplatforms = ["youtube"]', ("altered", ("old_logo",))),
}


@pytest.mark.parametrize(("more", "expected"), OUTSIDE.values(), ids=OUTSIDE)
def test_a_picture_outside_its_scope_is_not_approved(more, expected):
    assert said(more) == expected


@pytest.mark.parametrize(
    "more",
    [
        "",
        "valid_to = 2026-11-22",
        "valid_from = 2026-11-22",
        "valid_from = 2020-01-01\nvalid_to = 2030-01-01",
        'platforms = ["youtube", "x"]',
        'types = ["basisteam", "wijkagent"]',
        'platforms = ["x"]\ntypes = ["wijkagent"]\nvalid_from = 2026-11-22\nvalid_to = 2026-11-22',
    ],
)
def test_a_picture_within_its_scope_stays_approved(more):
    assert said(more) == ("approved", ())


@pytest.mark.parametrize("kind", [None, "onbekend"])
def test_where_the_register_tells_no_type_a_person_looks(kind):
    account = msgspec.structs.replace(AGENT, type=kind)

    assert said('types = ["basisteam"]', account=account) == ("approved", ("unknown_type", "near_limit"))
    assert said('platforms = ["x"]', account=account) == ("approved", ())


def test_a_picture_for_accounts_of_unknown_type_is_approved_for_them():
    assert said('types = ["onbekend"]', account=msgspec.structs.replace(AGENT, type="onbekend")) == ("approved", ())


def test_no_day_is_held_against_a_picture_when_none_is_known():
    assert said("valid_to = 2020-01-01", today=None) == ("approved", ())


def test_without_an_account_only_the_day_counts():
    assert said('platforms = ["youtube"]\ntypes = ["dier"]', account=None) == ("approved", ())
    assert said("valid_to = 2020-01-01", account=None) == ("altered", ("old_logo",))


def test_what_was_near_the_limit_stays_so():
    doubted = msgspec.structs.replace(SEEN, reasons=("near_limit",))

    assert said("valid_to = 2020-01-01", verdict=doubted) == ("altered", ("old_logo", "near_limit"))


@pytest.mark.parametrize(
    "verdict",
    [
        LogoVerdict(verdict="altered", variant="one", reasons=("mirrored",)),
        LogoVerdict(verdict="contains", variant="one", box=(1, 2, 3, 4)),
        LogoVerdict(verdict="different"),
        LogoVerdict(verdict="unreadable", variant="one", reasons=("too_small",)),
        LogoVerdict(verdict="approved", variant="of another set"),
    ],
)
def test_only_an_approved_picture_of_this_set_is_looked_at(verdict):
    scope = 'valid_to = 2020-01-01\nplatforms = ["youtube"]\ntypes = ["dier"]'

    assert said(scope, verdict=verdict) == (verdict.verdict, verdict.reasons)
