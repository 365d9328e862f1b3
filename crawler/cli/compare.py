"""The simulator's truth against a run's results, account by account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def compare(truth: Iterable[Mapping[str, Any]], results: Iterable[Mapping[str, Any]]) -> list[str]:
    """One line for each account whose status or failing rules differ from the truth, or that is missing."""
    found = {result["account_id"]: result for result in results}
    lines = (_difference(wanted, found.get(wanted["account_id"])) for wanted in truth)
    return [line for line in lines if line is not None]


def _difference(wanted: Mapping[str, Any], result: Mapping[str, Any] | None) -> str | None:
    name = f"{wanted['account_id']} ({wanted['platform']}:{wanted['handle']})"
    if result is None:
        return f"{name}: not in the results"
    fails = sorted(one["rule"] for one in result["findings"] if one["verdict"] == "fail" and not one["waived"])
    if result["status"] == wanted["status"] and fails == sorted(wanted["fails"]):
        return None
    return f"{name}: {result['status']} {fails}, truth {wanted['status']} {sorted(wanted['fails'])}"
