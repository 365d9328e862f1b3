"""`run.json` and `diff.json`."""

from __future__ import annotations

from typing import Any

import msgspec

from audits.report.jsonl import json_line
from audits.report.model import Diff, Run


def run_json(run: Run) -> bytes:
    """The run, indented. `policy.draft` says in so many words whether anybody adopted the policy."""
    record = msgspec.to_builtins(run)
    record["policy"]["draft"] = run.policy.adopted_by is None
    return _indented(record)


def diff_json(diff: Diff) -> bytes:
    """What changed since the earlier run, indented."""
    return _indented(diff)


def _indented(value: Any) -> bytes:
    return msgspec.json.format(json_line(value).strip(), indent=2) + b"\n"
