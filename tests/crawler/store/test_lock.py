"""One audit at a time."""

from __future__ import annotations

import signal

import pytest

from crawler.store import StoreError, audit_lock, open_store
from tests.crawler.store.making import NOW, other_process

HOLD = """
import sys, time
from crawler.store import audit_lock
with audit_lock(sys.argv[1]):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_process_is_told_who_audits(url):
    with other_process(HOLD, url) as other:
        assert other.told.readline() == "held\n"
        told = rf"another audit is running \(process {other.process.pid} since 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ\)"
        with pytest.raises(StoreError, match=told), audit_lock(url):
            pass


def test_the_lock_of_a_process_that_died_yields_at_once(url):
    with other_process(HOLD, url) as other:
        assert other.told.readline() == "held\n"
        other.process.send_signal(signal.SIGKILL)
        other.process.wait()
        with audit_lock(url):
            pass


def test_a_lock_can_be_taken_again_after_it_was_given_back(url):
    held = 0
    for _ in range(2):
        with audit_lock(url):
            held += 1
    assert held == 2


def test_a_lock_is_given_back_when_the_audit_fails(url):
    with pytest.raises(ZeroDivisionError), audit_lock(url):
        raise ZeroDivisionError
    with audit_lock(url):
        pass


def test_one_process_cannot_audit_twice_at_a_time_either(url):
    with audit_lock(url), pytest.raises(StoreError, match="another audit is running"), audit_lock(url):
        pass


def test_another_store_has_its_own_lock(url, tmp_path, postgres):
    with audit_lock(url), audit_lock(f"sqlite:///{tmp_path}/another.db"), audit_lock(postgres.url("postgres")):
        held = True
    assert held


def test_the_lock_of_a_store_does_not_hold_back_those_who_write(store_url):
    with audit_lock(store_url), open_store(store_url) as store:
        assert store.registers.save((), "none", NOW)


def test_a_lock_whose_server_fell_is_given_back_without_a_word(postgres_url, postgres):
    with audit_lock(postgres_url):
        postgres.stop()
        postgres.start()
    with audit_lock(postgres_url):
        held = True
    assert held


def test_a_store_in_memory_needs_no_lock():
    with audit_lock("sqlite://"), audit_lock("sqlite://"):
        held = True
    assert held


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="make its folder writable"), audit_lock(f"sqlite:///{tmp_path}/file/store.db"):
        pass
