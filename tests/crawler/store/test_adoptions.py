"""Adoptions are added and never lost."""

from __future__ import annotations

from crawler.store import Adoption, Store
from tests.crawler.store.making import LATER, NOW

FIRST = Adoption(policy_id="voorbeeld-2024", sha256="a", by="Hoofd communicatie", on="2026-11-22")
SECOND = Adoption(policy_id="voorbeeld-2024", sha256="a", by="Korpsleiding", on="2026-11-23")


def add(store: Store, adoption: Adoption, now: str = NOW) -> None:
    store.adoptions.add(adoption.policy_id, adoption.sha256, adoption.by, adoption.on, now)


def test_a_file_nobody_adopted_is_a_draft(store):
    add(store, FIRST)
    assert store.adoptions.of("b") is None


def test_the_last_adoption_of_a_file_counts_and_the_first_stays_known(store):
    add(store, FIRST)
    assert store.adoptions.of("a") == FIRST
    add(store, SECOND, LATER)
    assert store.adoptions.of("a") == SECOND
    assert store.adoptions.all() == (FIRST, SECOND)


def test_saying_the_same_again_changes_nothing(store):
    add(store, FIRST)
    add(store, FIRST, LATER)
    assert store.adoptions.all() == (FIRST,)
