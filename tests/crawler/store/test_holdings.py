"""All that is held of one account is found, and can be erased."""

from __future__ import annotations

import msgspec
import pytest

from adapters.model import Platform
from tests.crawler.store.making import account, sighting
from tests.crawler.store.test_retention import COLUMNS, FAIL, moment, night, registered


def test_a_picture_shown_as_avatar_and_as_banner_is_one_picture(store):
    run_id = night(store, 3, accounts=("a", "b", "c"), picture="shared")
    both = [
        msgspec.structs.replace(sighting("a"), image_sha256="shared", banner_sha256="shared"),
        msgspec.structs.replace(sighting("b"), image_sha256="own", banner_sha256="shared"),
        msgspec.structs.replace(sighting("c"), image_sha256=None, banner_sha256=None),
    ]
    store.observations.add(run_id, both)
    assert [(one.sha256, one.bytes, one.others) for one in store.holdings.of("a").pictures] == [("shared", 300, 1)]
    assert [(one.sha256, one.others) for one in store.holdings.of("b").pictures] == [("own", 0), ("shared", 1)]
    assert store.holdings.of("c").pictures == ()
    assert store.holdings.erase("a")["image"] == 0
    assert store.holdings.erase("b")["image"] == 1
    assert store.images.get("shared") is None


@pytest.mark.parametrize("handle", ["A", "geheim-Handle"])
def test_all_that_is_held_of_an_account_is_found_by_its_handle(store, handle):
    night(store, 3, accounts=(handle, "b"), verdict=FAIL, picture="shared")
    assert store.holdings.named(Platform.X, handle.swapcase()) == (handle,)
    assert store.holdings.named(Platform.INSTAGRAM, handle) == ()
    held = store.holdings.of(handle)
    assert [one.handle for _, one in held.sightings] == [handle]
    assert [one.account_id for _, one in held.results] == [handle]
    assert [one.rule for one in held.findings] == ["links-allowed"]
    assert [(one.bytes, one.others) for one in held.pictures] == [(300, 1)]
    assert not held.current
    assert not held.empty
    assert store.holdings.of("nobody").empty


def test_the_row_of_the_current_register_is_told(store):
    store.registers.save([account("a")], "one", moment(3))
    store.registers.save([account("a"), account("b")], "two", moment(2))
    held = store.holdings.of("x-a")
    assert held.current
    assert held.registers == (account("a"),)


@pytest.mark.parametrize("column", COLUMNS)
def test_an_erased_account_is_gone_from_everything_but_the_counts(store, column, kind, tmp_path):
    secret = "x-geheimehandle"
    store.registers.save([registered(secret), account("b")], "old", moment(20))
    store.registers.save([account("b")], "new", moment(10))
    for days in (3, 2, 1):
        run_id = night(store, days, accounts=(secret, "b"), verdict=FAIL, picture="shared", column=column)
    night(store, 0.5, accounts=(secret,), verdict=FAIL, picture="alone", column=column, kind="scan")
    others, counted = store.holdings.of("b"), store.runs.record(run_id)
    gone = store.holdings.erase(secret)
    store.database.give_back(always=True)
    assert gone == {"register_account": 3, "sighting": 4, "result": 4, "finding_interval": 1, "image": 1}
    assert store.holdings.of(secret).empty
    assert store.holdings.named(Platform.X, secret) == ()
    assert store.images.get("alone") is None
    assert store.images.verdict("alone", "set") is None
    assert store.images.get("shared") is not None
    told = store.holdings.of("b")
    assert told.sightings == others.sightings
    assert told.results == others.results
    assert store.runs.record(run_id) == counted
    assert [row.account_id for row in store.registers.version("old").accounts] == ["x-b"]
    assert store.check() == ()
    if kind == "sqlite":
        assert secret.encode() not in b"".join(path.read_bytes() for path in tmp_path.glob("kept.db*"))


def test_a_register_that_lost_an_erased_account_gets_it_back_when_it_is_imported_again(store):
    both = [account("a"), account("b")]
    store.registers.save(both, "both", moment(3))
    store.registers.save([account("b")], "one", moment(2))
    store.holdings.erase("x-a")
    assert store.registers.version("both").accounts == (account("b"),)
    assert store.registers.save(both, "both", moment(1))
    assert store.registers.current().accounts == tuple(both)
