"""What has been kept long enough goes; what is needed stays, however old it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import msgspec
import pytest

from adapters.model import Outcome, Platform
from audits.model import Account, LogoVerdict, Verdict
from crawler.store import Purged, Store, purge
from crawler.store.copying import tally
from crawler.store.retention import CLASSES, STAYS
from crawler.store.tables import METADATA
from tests.crawler.store.making import account, finding, other_process, record, result, sighting

TODAY = datetime(2026, 11, 22, 3, tzinfo=UTC)
COLUMNS = ("image_sha256", "banner_sha256")
DAYS = {"results": 400, "sightings": 400, "images": 90, "registers": 400, "findings": 1000}
FAIL = finding("links-allowed", Verdict.FAIL)
PASS = finding("links-allowed", Verdict.PASS)


def moment(days_ago: float) -> str:
    return (TODAY - timedelta(days=days_ago)).strftime("%Y-%m-%dT%H:%M:%SZ")


def before(**days: int) -> dict[str, str]:
    return {name: moment(days.get(name, usual)) for name, usual in DAYS.items()}


def registered(name: str) -> Account:
    return msgspec.structs.replace(account(name), account_id=name)


def night(
    store: Store,
    days_ago: float,
    accounts=("a", "b"),
    verdict=PASS,
    picture=None,
    kind="audit",
    column="image_sha256",
) -> str:
    """One run so many days ago that saw these accounts, each with the picture of this name (as avatar or banner)."""
    now, digest = moment(days_ago), sha256("-".join(accounts).encode()).hexdigest()
    store.registers.keep([registered(name) for name in accounts], digest)
    run_id = store.runs.start(kind, digest, "voorbeeld-2024", "p", "{}", now)
    if picture:
        store.images.put(picture, picture.encode() * 50, None, None, None, now)
        store.images.remember_key(Platform.X, picture, picture, now)
        store.images.save_verdict(picture, "set", LogoVerdict(verdict="different"))
    shown = {"image_sha256": None, column: picture}
    seen = [msgspec.structs.replace(sighting(name), **shown, observed_at=now) for name in accounts]
    store.observations.add(run_id, seen)
    results = [result(name, verdict) for name in accounts]
    if kind == "audit":
        store.findings.advance(run_id, now, results, frozenset())
    store.results.save(run_id, results)
    store.runs.finish(run_id, record(run_id, kind), now)
    return run_id


def let_go(store: Store, *, dry_run: bool = False, **days: int) -> dict[str, Purged]:
    return {one.name: one for one in purge(store.database, before(**days), dry_run=dry_run)}


def everything(store: Store):
    with store.database.reading() as connection:
        return tally(connection)


def test_every_table_has_a_class_of_retention_or_always_stays():
    named = [table for tables in CLASSES.values() for table in tables]
    assert sorted([*named, *STAYS]) == sorted(METADATA.tables)
    assert DAYS.keys() == CLASSES.keys()


def test_an_empty_store_has_nothing_to_let_go(store):
    assert {one.goes for one in let_go(store).values()} == {0}


def test_what_is_young_stays_to_the_letter(store):
    for days in (300, 200, 100, 1):
        night(store, days, picture=f"{days}")
    kept = everything(store)
    told = let_go(store, images=400)
    assert {one.goes for one in told.values()} == {0}
    assert told["sightings"].young == 8
    assert everything(store) == kept


def test_what_a_run_saw_and_judged_goes_when_it_is_old_and_that_it_ran_stays(store):
    old, young, *_ = [night(store, days) for days in (500, 399, 2, 1)]
    told = let_go(store)
    assert (told["results"].goes, told["sightings"].goes) == (2, 2)
    assert store.results.of(old) == ()
    assert store.observations.done(old) == frozenset()
    assert len(store.results.of(young)) == len(store.observations.done(young)) == 2
    assert store.runs.record(old) is not None
    assert store.runs.get(old).settings_json == "{}"
    assert store.check() == ()


def test_a_dry_run_says_the_same_and_lets_nothing_go(store):
    for days in (900, 500, 399, 2, 1):
        night(store, days, verdict=FAIL if days > 600 else PASS, picture=f"{days}")
    kept = everything(store)
    told = let_go(store, dry_run=True, findings=300)
    assert everything(store) == kept
    assert all(one.goes for one in told.values() if one.name != "registers")
    assert let_go(store, findings=300) == told
    assert {one.goes for one in let_go(store, findings=300).values()} == {0}


def test_the_last_two_audits_and_all_since_stay_however_old(store):
    runs = [night(store, days, picture=f"{days}") for days in (900, 800, 700)]
    runs.append(night(store, 650, accounts=("c",), picture="650", kind="scan"))
    told = let_go(store)
    assert told["sightings"].needed == told["results"].needed == {"latest_audits": 5}
    assert told["images"].needed == {"latest_audits": 3}
    assert [len(store.results.of(run_id)) for run_id in runs] == [0, 2, 2, 1]
    assert store.images.get("900") is None
    assert store.images.get("800") is not None


def test_an_audit_under_way_stays(store):
    night(store, 900)
    going = store.runs.start("audit", "a-b", "voorbeeld-2024", "p", "{}", moment(800))
    store.observations.add(going, [sighting("a")])
    let_go(store)
    assert store.observations.done(going) == {"a"}


@pytest.mark.parametrize("column", COLUMNS)
def test_the_evidence_of_a_finding_that_stands_stays(store, column):
    first = night(store, 900, verdict=FAIL, picture="proof", column=column)
    night(store, 800, verdict=finding("links-allowed", Verdict.UNKNOWN), picture="other", column=column)
    for days in (2, 1):
        night(store, days, verdict=finding("links-allowed", Verdict.UNKNOWN))
    told = let_go(store)
    assert told["sightings"].needed == {"open_findings": 2}
    assert told["findings"].needed == {"open_findings": 2}
    assert told["images"].needed == {"open_findings": 1}
    assert store.observations.done(first) == {"a", "b"}
    assert store.images.get("proof") is not None
    assert store.images.get("other") is None
    assert {key[0] for key in store.findings.open()} == {"a", "b"}


def test_a_finding_that_was_mended_long_ago_goes_with_its_evidence(store):
    first = night(store, 1300, verdict=FAIL)
    for days in (1200, 2, 1):
        night(store, days)
    assert let_go(store)["findings"].goes == 2
    assert store.findings.history("a") == ()
    assert store.observations.done(first) == frozenset()


@pytest.mark.parametrize("column", COLUMNS)
def test_a_picture_goes_with_its_addresses_when_nothing_recent_shows_it(store, column):
    night(store, 300, picture="old", column=column)
    night(store, 200, picture="back", column=column)
    night(store, 80, picture="back", column=column)
    for days in (2, 1):
        night(store, days)
    told = let_go(store)
    assert (told["images"].goes, told["images"].young) == (1, 1)
    assert store.images.get("old") is None
    assert store.images.keys(Platform.X) == {"back": "back"}
    assert store.images.verdict("old", "set") is not None


@pytest.mark.parametrize("column", COLUMNS)
def test_a_verdict_goes_when_nothing_names_its_picture_any_more(store, column):
    night(store, 500, picture="old", column=column)
    for days in (2, 1):
        night(store, days)
    let_go(store)
    assert store.images.verdict("old", "set") is None


def test_a_register_goes_when_it_is_neither_current_nor_used(store):
    store.registers.save([account("z")], "imported", moment(800))
    gone, used = (store.runs.get(night(store, days, accounts=(str(days),))).register_digest for days in (700, 300))
    for days in (2, 1):
        night(store, days)
    told = let_go(store)
    assert told["registers"].goes == 1
    assert store.registers.version(gone) is None
    assert store.registers.current().digest == "imported"
    assert store.registers.version(used).accounts == (registered("300"),)
    store.registers.save([registered("700")], gone, moment(0))
    assert store.registers.current().accounts == (registered("700"),)


def test_adoptions_always_stay(store):
    store.adoptions.add("voorbeeld-2024", "p", "korpsleiding", "2020-01-01", moment(2000))
    let_go(store)
    assert len(store.adoptions.all()) == 1


def test_streaks_and_comparisons_go_on_as_before(store):
    for days in (900, 800, 2, 1):
        run_id = night(store, days, verdict=FAIL)
        store.observations.add(run_id, [sighting("a", Outcome.NOT_FOUND)])
    tonight = store.runs.start("audit", "a-b", "voorbeeld-2024", "p", "{}", moment(0))
    told = store.observations.streaks(["a"], before_run=tonight, most=2)
    last = store.results.last(tonight)
    let_go(store)
    assert store.observations.streaks(["a"], before_run=tonight, most=2) == told == {"a": (Outcome.NOT_FOUND, 2)}
    assert store.results.last(tonight) == last
    assert store.runs.latest(before=tonight).run_id == run_id


def test_the_room_of_what_went_is_given_back(store, kind):
    for days in range(440, 400, -1):
        night(store, days, accounts=tuple(f"account-{number}" for number in range(100)))
    for days in (2, 1):
        night(store, days)
    size = store.database.size()
    let_go(store)
    store.database.give_back()
    after = store.database.size()
    assert after < size / 3 if kind == "sqlite" else after <= size * 1.1
    assert store.check() == ()


PURGE = """
import sys, time
from sqlalchemy import Engine, event
from crawler.store import open_store, purge
from tests.crawler.store.test_retention import before
store = open_store(sys.argv[1])
def hold(connection, cursor, statement, parameters, context, many):
    if statement.startswith("DELETE FROM image"):
        print("held", flush=True)
        time.sleep(60)
event.listen(Engine, "after_cursor_execute", hold)
purge(store.database, before(), dry_run=False)
"""


def test_a_purge_that_is_killed_is_simply_done_again(store, store_url):
    for days in (900, 500, 399, 2, 1):
        night(store, days, picture=f"{days}")
    told = let_go(store, dry_run=True)
    with other_process(PURGE, store_url) as other:
        assert other.told.readline() == "held\n"
        other.process.kill()
        other.process.wait()
    assert store.check() == ()
    again = let_go(store)
    assert again["images"].goes == told["images"].goes
    assert again["results"].goes == 0
    assert store.check() == ()
