"""`results.jsonl`, `run.json` and `diff.json`."""

from __future__ import annotations

import json

import msgspec
import pytest

from audits.model import Result, Status
from audits.report.json_files import diff_json, run_json
from audits.report.jsonl import json_line, results_jsonl
from audits.report.model import Diff, Run
from tests.audits.report import nights

NIGHT = nights.night()
KEYS = [
    "account_id",
    "platform",
    "handle",
    "status",
    "observed_at",
    "outcome",
    "sources",
    "findings",
    "differing",
    "identity",
]
FINDING_KEYS = [
    *("rule", "clause", "verdict", "severity", "seen", "wanted", "gap", "waived", "source", "first_seen"),
    "observed_at",
]


def test_every_account_is_one_line_whatever_strangers_write():
    lines = results_jsonl(NIGHT.results).decode("utf-8").splitlines()
    assert [json.loads(line)["account_id"] for line in lines] == [result.account_id for result in NIGHT.results]


def test_a_line_has_the_keys_of_the_contract_in_their_order():
    record = json.loads(json_line(nights.failing(1)))
    assert list(record) == KEYS
    assert list(record["findings"][0]) == FINDING_KEYS


@pytest.mark.parametrize("text", nights.HOSTILE)
def test_what_was_seen_comes_back_as_it_was(text):
    result = nights.result(1, Status.NON_COMPLIANT, (nights.finding("bio-emergency-line", seen=text),))
    line = json_line(result)
    assert json.loads(line)["findings"][0]["seen"] == text
    assert line.count(b"\n") == 1
    assert len(line.decode().splitlines()) == 1


def test_lines_read_back_as_the_same_results():
    lines = json_line(nights.passed(1))
    assert msgspec.json.decode(lines, type=Result) == nights.passed(1)


@pytest.mark.parametrize("adopted", [True, False])
def test_the_run_says_whether_its_policy_is_a_draft(adopted):
    record = json.loads(run_json(nights.night(adopted=adopted).run))
    assert record["policy"]["draft"] is not adopted
    assert record["platforms"]["x"]["coverage"] == 0.976
    assert msgspec.convert(record, Run) == nights.night(adopted=adopted).run


def test_the_diff_reads_back_as_the_same_diff():
    assert msgspec.json.decode(diff_json(NIGHT.diff), type=Diff) == NIGHT.diff
