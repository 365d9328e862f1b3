"""Registers: importing twice changes nothing, and no earlier version is lost."""

from __future__ import annotations

from adapters.model import Platform
from tests.crawler.store.making import LATER, NOW, account

FIRST = (account("b"), account("a"), account("a", Platform.INSTAGRAM))
SECOND = (account("c"),)


def test_a_register_comes_back_in_its_own_order(store):
    assert store.registers.save(FIRST, "one", NOW) is True
    current = store.registers.current()
    assert (current.digest, current.imported_at, current.accounts) == ("one", NOW, FIRST)


def test_importing_the_same_register_twice_changes_nothing(store):
    store.registers.save(FIRST, "one", NOW)
    before = store.registers.current()
    assert store.registers.save(FIRST, "one", LATER) is False
    assert store.registers.current() == before


def test_a_later_register_takes_over_and_the_earlier_stays_known(store):
    store.registers.save(FIRST, "one", NOW)
    assert store.registers.save(SECOND, "two", LATER) is True
    assert store.registers.current().accounts == SECOND
    assert store.registers.version("one").accounts == FIRST


def test_an_earlier_register_can_become_the_current_one_again(store):
    store.registers.save(FIRST, "one", NOW)
    store.registers.save(SECOND, "two", NOW)
    assert store.registers.save(FIRST, "one", LATER) is True
    current = store.registers.current()
    assert (current.digest, current.imported_at, current.accounts) == ("one", LATER, FIRST)


def test_an_unknown_version_is_nothing(store):
    store.registers.save(FIRST, "one", NOW)
    assert store.registers.version("two") is None


def test_an_empty_register_is_a_register(store):
    assert store.registers.save((), "none", NOW) is True
    assert store.registers.current().accounts == ()
