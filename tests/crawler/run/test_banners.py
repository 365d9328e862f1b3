"""Whole runs under a policy with approved banners, and without."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from adapters.model import Platform
from crawler.store import open_store
from fixtures.logos.banners import approved_banner
from fixtures.simulator.model import Fate
from fixtures.simulator.pictures import banner_kind
from fixtures.simulator.population import population
from tests.audits.making import POLICIES

ACCOUNTS, SEED = 60, 4711
WITH_BANNERS = {Platform.X, Platform.FACEBOOK, Platform.YOUTUBE}
BANNER = '[[logo]]\nname = "stad"\nfile = "stad.png"\nshape = "banner"\n'
PATHS = ("/profile_banners/", "/proef_banner_", "/t39.30808-6/")
# Two interfaces leave out a banner that is not there: then nobody saw that there is none.
VERDICTS = {"approved": {"pass"}, "gone": {"unknown"}, "none": {"pass", "unknown"}}


def with_approved_banners(evening):
    """An evening with an approved banner (and no avatars: they would take longer), and a policy that asks for it.

    Gives the option that names the policy.
    """
    logos = evening.folder / "logos"
    logos.mkdir()
    (logos / "stad.png").write_bytes(approved_banner())
    (logos / "logos.toml").write_text(BANNER, encoding="utf-8")
    settings = evening.folder / "settings.toml"
    text = re.sub(r"(?m)^logos = .*$", f'logos = "{logos}"', settings.read_text(encoding="utf-8"))
    settings.write_text(text, encoding="utf-8")
    return asking_for_banners(evening)


def asking_for_banners(evening):
    """The option that names a policy with approved banners."""
    policy = evening.folder / "banners.toml"
    text = (POLICIES / "voorbeeld-2024.toml").read_text(encoding="utf-8")
    policy.write_text(text.replace("approved = false", "approved = true"), encoding="utf-8")
    return "--policy", policy


def banners(evening):
    """What the last audit said of the banner of each account."""
    return {
        account: next(finding for finding in result["findings"] if finding["rule"] == "banner-approved")
        for account, result in evening.results.items()
    }


def asked(evening):
    """The banners that the platforms were asked for, by path."""
    return [line["path"] for line in evening.asked if any(part in line["path"] for part in PATHS)]


def kinds_seen(evening):
    """Of the accounts whose own profile was read, what their banner shows by the way they were made."""
    live = {a.account_id: a.record.banner for a in population(ACCOUNTS, SEED).accounts if a.record and _own(a)}
    read = {key: banner for key, banner in live.items() if evening.results[key]["outcome"] == "ok"}
    return {key: banner_kind(banner) if banner else "none" for key, banner in read.items()}


def _own(account):
    return account.fate in {Fate.LIVE, Fate.PRIVATE, Fate.RENAMED} and account.platform in WITH_BANNERS


@pytest.fixture
def evening(simulated):
    with simulated(accounts=ACCOUNTS, seed=SEED) as running:
        yield running


def test_a_banner_is_held_against_the_approved_ones_in_a_whole_run(evening):
    assert evening.audit(*with_approved_banners(evening)) == 0
    told, kinds = banners(evening), kinds_seen(evening)
    assert set(kinds.values()) >= {"approved", "different", "gone", "none", "mirrored", "recoloured", "overlaid"}
    wrong = {key: told[key] for key, kind in kinds.items() if told[key]["verdict"] not in VERDICTS.get(kind, {"fail"})}
    assert wrong == {}
    for kind in ("mirrored", "recoloured", "overlaid"):
        assert {told[key]["seen"] for key, shown in kinds.items() if shown == kind} == {f"altered ({kind})"}
    assert {told[key]["gap"] for key, kind in kinds.items() if kind == "gone"} == {"transport_error"}
    others = {key for key, result in evening.results.items() if result["platform"] in {"instagram", "threads"}}
    assert {told[key]["verdict"] for key in others} == {"not_applicable"}


def test_a_banner_is_kept_with_the_account_and_asked_for_once(evening):
    options = with_approved_banners(evening)
    evening.audit(*options)
    told, kinds, first = banners(evening), kinds_seen(evening), Counter(asked(evening))
    gone = {key for key, kind in kinds.items() if kind == "gone"}
    shown = {key for key, kind in kinds.items() if kind not in {"gone", "none"}}
    with open_store(evening.store) as store:
        stored = {one.account_id: one for one in store.observations.of(evening.record["run_id"])}
        assert all(store.images.get(stored[key].banner_sha256 or "") for key in shown)
        assert {(stored[key].banner_sha256, stored[key].banner_gap) for key in gone} == {(None, "transport_error")}
        one = min(shown)
        pictures = {picture.sha256: picture.bytes for picture in store.holdings.of(one).pictures}
        assert pictures[stored[one].banner_sha256 or ""] > 0
    assert set(first.values()) == {1}
    evening.audit(*options)
    again = Counter(asked(evening)) - first
    assert sum(again.values()) == len(gone)  # what could not be had is asked for again, the others never
    assert {key: finding["seen"] for key, finding in banners(evening).items()} == {
        key: finding["seen"] for key, finding in told.items()
    }


def test_without_an_approved_banner_in_the_set_none_is_fetched_and_none_fails(evening):
    evening.audit(*asking_for_banners(evening))
    told = banners(evening)
    wide = {key for key, kind in kinds_seen(evening).items() if kind != "none"}
    assert {(told[key]["verdict"], told[key].get("gap")) for key in wide} == {("unknown", "not_asked")}
    assert asked(evening) == []


def test_where_banners_are_free_none_is_fetched(evening):
    with_approved_banners(evening)
    assert evening.audit() == 0
    assert {finding["verdict"] for finding in banners(evening).values()} == {"not_applicable"}
    assert asked(evening) == []
    with open_store(evening.store) as store:
        stored = list(store.observations.of(evening.record["run_id"]))
    assert {(one.banner_sha256, one.banner_gap) for one in stored} == {(None, None)}
    assert not any(one.profile.banner_url for row in stored for one in row.observations if one.profile)
