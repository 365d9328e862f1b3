"""Pictures are kept once, with what is known of them."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from adapters.model import Platform
from audits.model import LogoVerdict
from tests.crawler.store.making import LATER, NOW

ONE, TWO = "1" * 64, "2" * 64
NEAR = LogoVerdict(verdict="altered", variant="full", distance=0.9, box=(1, 2, 30, 40), reasons=("near_limit",))
NONE = LogoVerdict(verdict="unreadable", reasons=("too_small",))


def test_a_picture_comes_back_byte_for_byte(store):
    data = bytes(range(256)) * 1000
    store.images.put(ONE, data, "png", 400, 400, NOW)
    assert store.images.get(ONE) == data
    assert store.images.get(TWO) is None


def test_a_picture_that_is_kept_already_stays(store):
    store.images.put(ONE, b"first", "png", 1, 1, NOW)
    store.images.put(ONE, b"second", None, None, None, LATER)
    assert store.images.get(ONE) == b"first"


def test_an_address_leads_to_the_content_it_gave_last(store):
    store.images.put(ONE, b"1", "png", 1, 1, NOW)
    store.images.put(TWO, b"2", None, None, None, NOW)
    store.images.remember_key(Platform.X, "profile/17", ONE, NOW)
    store.images.remember_key(Platform.X, "profile/18", ONE, NOW)
    store.images.remember_key(Platform.X, "profile/17", TWO, LATER)
    assert store.images.key(Platform.X, "profile/17") == TWO
    assert store.images.keys(Platform.X) == {"profile/17": TWO, "profile/18": ONE}


def test_an_address_of_one_platform_says_nothing_of_another(store):
    store.images.put(ONE, b"1", "png", 1, 1, NOW)
    store.images.remember_key(Platform.X, "17", ONE, NOW)
    assert store.images.key(Platform.INSTAGRAM, "17") is None
    assert store.images.keys(Platform.INSTAGRAM) == {}


def test_an_address_cannot_lead_to_a_picture_that_is_not_kept(store):
    with pytest.raises(IntegrityError):
        store.images.remember_key(Platform.X, "17", ONE, NOW)


def test_a_verdict_holds_for_one_content_and_one_approved_set(store):
    store.images.save_verdict(ONE, "set-1", NEAR)
    store.images.save_verdict(TWO, "set-1", NONE)
    assert store.images.verdict(ONE, "set-1") == NEAR
    assert store.images.verdict(ONE, "set-2") is None
    assert store.images.verdicts("set-1") == {ONE: NEAR, TWO: NONE}
    assert store.images.verdicts("set-2") == {}


def test_a_later_verdict_replaces_the_earlier(store):
    store.images.save_verdict(ONE, "set-1", NEAR)
    store.images.save_verdict(ONE, "set-1", NONE)
    assert store.images.verdict(ONE, "set-1") == NONE
