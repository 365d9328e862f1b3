"""A database server is a part of the world: it refuses, falls, and comes back."""

from __future__ import annotations

import threading
import time

import pytest

from audits.model import Account
from crawler.store import Store, StoreError, audit_lock, open_store
from tests.crawler.postgres import GUARDED
from tests.crawler.store.making import NOW, account

SECRET = "hunter2"


def refusal(url: str) -> str:
    with pytest.raises(StoreError) as caught:
        open_store(url).close()
    with pytest.raises(StoreError) as caught_too, audit_lock(url):
        pass
    assert str(caught_too.value) == str(caught.value)
    text = str(caught.value)
    assert "\n" not in text
    assert SECRET not in text
    return text


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (f"postgresql://postgres:{SECRET}@/nowhere?host={{}}", "the server has no such database"),
        (f"postgresql://stranger:{SECRET}@/postgres?host={{}}", "refuses this name or its password"),
        (f"postgresql://{GUARDED}:{SECRET}@/postgres?host={{}}", "refuses this name or its password"),
        (f"postgresql+psycopg://postgres:{SECRET}@/postgres?host={{}}/nowhere", "cannot be reached: does it run"),
        (f"postgresql://postgres:{SECRET}@127.0.0.1:1/postgres", "postgresql://postgres:***@127.0.0.1:1/postgres: "),
        (f"postgresql://postgres:{SECRET}@/postgres?host={{}}&flavour=3", "check what follows the ?"),
    ],
)
def test_what_a_server_refuses_is_told_in_one_line_without_the_password(postgres, address, words):
    assert words in refusal(address.format(postgres.folder))


def test_an_address_that_cannot_be_read_does_not_show_its_password():
    with pytest.raises(StoreError) as caught:
        open_store(f"postgresql://name:{SECRET}@host:port/name")
    assert SECRET not in str(caught.value)


def test_a_database_that_cannot_keep_every_letter_is_refused(postgres):
    postgres.say("CREATE DATABASE latin TEMPLATE template0 ENCODING LATIN1 LOCALE 'C'")
    try:
        with pytest.raises(StoreError, match="keeps LATIN1, not every letter: make one with UTF8"):
            open_store(postgres.url("latin"))
    finally:
        postgres.say("DROP DATABASE latin WITH (FORCE)")


def test_a_name_without_rights_is_told_what_it_lacks(postgres, postgres_url):
    open_store(postgres_url).close()
    postgres.say("CREATE ROLE visitor LOGIN")
    try:
        with pytest.raises(StoreError, match="may not read and write the database: grant it"):
            open_store(postgres_url.replace("postgres@", "visitor@"))
    finally:
        postgres.say("DROP ROLE visitor")


def current(store: Store) -> tuple[Account, ...]:
    kept = store.registers.current()
    return kept.accounts if kept else ()


def test_after_a_restart_of_the_server_the_store_goes_on(postgres, postgres_url):
    with open_store(postgres_url) as store:
        store.registers.save([account("a")], "one", NOW)
        for how in ("fast", "immediate"):
            postgres.stop(how)
            postgres.start()
            assert current(store) == (account("a"),)


def test_a_store_waits_for_a_server_that_is_being_restarted(postgres, postgres_url):
    with open_store(postgres_url) as store:
        store.registers.save([account("a")], "one", NOW)
        postgres.stop("fast")
        starting = threading.Timer(1.0, postgres.start)
        starting.start()
        try:
            assert store.registers.save([account("b")], "two", NOW)
        finally:
            starting.join()
        assert current(store) == (account("b"),)


def test_a_server_that_is_not_there_from_the_start_is_told_at_once(tmp_path):
    began = time.monotonic()
    with pytest.raises(StoreError, match="cannot be reached"):
        open_store(f"postgresql://postgres@/postgres?host={tmp_path}")
    assert time.monotonic() - began < 5


def test_a_server_that_falls_while_it_writes_is_told_and_keeps_all_or_nothing(postgres, postgres_url):
    with open_store(postgres_url) as store:

        def fall() -> None:
            with store.database.writing() as connection:
                connection.exec_driver_sql("INSERT INTO register_version (digest) VALUES ('half')")
                postgres.stop()
                postgres.start()
                connection.exec_driver_sql("INSERT INTO register_version (digest) VALUES ('whole')")

        with pytest.raises(StoreError, match="ended the connection"):
            fall()
        assert store.registers.version("half") is None
        assert store.check() == ()
