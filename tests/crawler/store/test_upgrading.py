"""A store of an earlier version of the program becomes one of this version, and loses nothing."""

from __future__ import annotations

import msgspec
from sqlalchemy import insert, select, update

from adapters.model import Platform
from audits.model import LogoVerdict
from crawler.store import Store, open_store, restore
from crawler.store.copying import plain, tally
from crawler.store.engine import Database
from crawler.store.migrations import upgrade
from crawler.store.schema import HEAD
from crawler.store.tables import LOGO_VERDICT, METADATA, SIGHTING
from tests.crawler.store.making import sighting
from tests.crawler.store.test_copying import PICTURES, fill

# What a verdict looked like before it could say by how much, where, and of what size.
OLD_TEXT = '{"verdict":"altered","variant":"full","distance":0.9,"box":[1,2,30,40],"reasons":["near_limit"]}'
OLD = LogoVerdict(verdict="altered", variant="full", distance=0.9, box=(1, 2, 30, 40), reasons=("near_limit",))
NEW_COLUMNS = {"sighting": {"banner_sha256", "banner_gap"}}


def at_first(store: Store, url: str) -> None:
    """Makes a database of the first version at `url` with all that `store` holds, as that version kept it."""
    first = Database(url)
    with first.migrating() as connection:
        upgrade(connection, "0001")
    with store.database.reading() as theirs, first.writing() as ours:
        for table in map(plain, METADATA.sorted_tables):
            for row in theirs.execute(select(table)).mappings().all():
                kept = {name: value for name, value in row.items() if name not in NEW_COLUMNS.get(table.name, ())}
                ours.execute(insert(table).values(kept))
        verdicts = plain(LOGO_VERDICT)
        ours.execute(update(verdicts).values(verdict=OLD_TEXT))
        first.kind.settle(ours)
    first.close()


def everything(store: Store):
    with store.database.reading() as connection:
        return {one.table: one for one in tally(connection)}


def test_a_store_of_the_first_version_keeps_every_row(store, url):
    run_id = fill(store, nights=2, accounts=30)
    at_first(store, url)
    with open_store(url) as newer:
        assert newer.revision() == HEAD
        assert newer.check() == ()
        before, after = everything(store), everything(newer)
        assert {name for name in before if before[name] != after[name]} == {"logo_verdict"}
        assert list(newer.observations.of(run_id)) == list(store.observations.of(run_id))
        assert {one.banner_sha256 for one in newer.observations.of(run_id)} == {None}
        assert newer.images.verdicts("set") == dict.fromkeys(PICTURES, OLD)
        # What is seen from now on has banners.
        seen = sighting("x-00001")
        newer.observations.add(run_id, [msgspec.structs.replace(seen, banner_sha256="b" * 64)])
        assert newer.holdings.of("x-00001").pictures[-1].sha256 == "b" * 64


def test_a_backup_of_the_first_version_can_be_restored(store, sqlite_url, tmp_path):
    fill(store, nights=1, accounts=10)
    before = everything(store)
    at_first(store, sqlite_url)
    restore(tmp_path / "store.db", store.database, force=True)
    assert {name for name, one in everything(store).items() if one != before[name]} == {"logo_verdict"}
    assert store.images.verdicts("set") == dict.fromkeys(PICTURES, OLD)
    assert store.images.keys(Platform.X) == {name[:60]: name for name in PICTURES}


def test_the_first_version_lacks_nothing_but_the_new_columns(sqlite_url):
    first = Database(sqlite_url)
    with first.migrating() as connection:
        upgrade(connection, "0001")
        held = {row[1] for row in connection.exec_driver_sql("PRAGMA table_info(sighting)")}
    first.close()
    assert set(SIGHTING.c.keys()) - held == NEW_COLUMNS["sighting"]
