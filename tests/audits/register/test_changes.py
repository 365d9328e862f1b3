"""Registers compared, printed, linted and named by their digest."""

from __future__ import annotations

import json
from datetime import date

import msgspec
import pytest

from adapters.model import Platform
from audits.model import Account
from audits.register import diff, digest, lint, to_json_line

WHOLE = Account(
    account_id="A1",
    platform=Platform.X,
    handle="POL_Ede",
    platform_id="77",
    type="basisteam",
    unit="02",
    area="Ede",
    beheerders=("a@example.org",),
    confirmed_on="2026-01-31",
)
OTHER = msgspec.structs.replace(WHOLE, account_id="A2", handle="POL_Epe")
TODAY = date(2026, 11, 22)


def changed(**fields: object) -> Account:
    return msgspec.structs.replace(WHOLE, **fields)


def test_what_came_what_went_and_what_differs_is_told_apart():
    found = diff([WHOLE, OTHER], [changed(area="Ede-Oost", handle="POL_EdeOost"), changed(account_id="A3")])
    assert [account.account_id for account in found.added] == ["A3"]
    assert [account.account_id for account in found.removed] == ["A2"]
    assert [(change.account_id, [field.field for field in change.fields]) for change in found.changed] == [
        ("A1", ["handle", "area"])
    ]
    assert (found.changed[0].fields[1].old, found.changed[0].fields[1].new) == ("Ede", "Ede-Oost")


def test_equal_registers_differ_in_nothing():
    found = diff([WHOLE, OTHER], [OTHER, WHOLE])
    assert [*found.added, *found.removed, *found.changed] == []


def test_an_account_is_one_line_of_json_with_the_columns_as_keys():
    line = to_json_line(changed(notes="twee\nregels"))
    assert "\n" not in line
    record = json.loads(line)
    assert (record["account_id"], record["platform"], record["handle"]) == ("A1", "x", "POL_Ede")
    assert record["status"] is None


def test_columns_that_came_later_change_no_digest_while_they_are_empty():
    assert digest([WHOLE]) == "b54c87e5c2d4aa0fba96a2993e8c40716c3f78ebb10bcb1767b98becb11a8a80"
    assert (
        len({digest([WHOLE]), digest([changed(confirmed_by="M. Baas")]), digest([changed(source_url="https://a.nl")])})
        == 3
    )


def test_an_account_that_was_kept_before_a_column_existed_is_read_without_it():
    old = json.dumps({"account_id": "A1", "platform": "x", "handle": "POL_Ede"})
    assert msgspec.json.decode(old, type=Account).source_url is None


def test_the_digest_is_that_of_the_content_not_of_the_order():
    assert digest([WHOLE, OTHER]) == digest([OTHER, WHOLE])
    assert digest([WHOLE]) != digest([WHOLE, OTHER])
    assert digest([WHOLE]) != digest([changed(area="Epe")])


LACKS = [
    ({}, []),
    ({"area": None}, [("area", "missing")]),
    ({"area": None, "type": "landelijk"}, []),
    ({"type": "wijkagnet"}, [("type", "invalid")]),
    ({"beheerders": ()}, [("beheerders", "missing")]),
    ({"beheerders": ("niemand",)}, [("beheerders", "invalid")]),
    ({"confirmed_on": "2025-11-21"}, [("confirmed_on", "old")]),
    ({"confirmed_on": "2025-11-22"}, []),
    ({"confirmed_on": "2026-11-22"}, []),
    ({"confirmed_on": "2026-11-23"}, [("confirmed_on", "future")]),
    ({"unit": None, "platform_id": None}, [("unit", "missing"), ("platform_id", "missing")]),
]


@pytest.mark.parametrize(("fields", "expected"), LACKS)
def test_lint_names_what_an_account_lacks_and_nothing_else(fields, expected):
    assert [(lack.column, lack.reason) for lack in lint([changed(**fields)], TODAY)] == expected
