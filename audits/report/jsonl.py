"""Results as lines of JSON: `results.jsonl`, and the one line of a scan."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import msgspec

from audits.model import Result

# Valid in JSON, but many readers take them for the end of a line.
_LINE_ENDS = {"\u2028": b"\\u2028", "\u2029": b"\\u2029", "\x85": b"\\u0085"}


def results_jsonl(results: Iterable[Result]) -> bytes:
    """One line for each account, in the given order."""
    return b"".join(json_line(result) for result in results)


def json_line(value: Any) -> bytes:
    """A value as one line of UTF-8 JSON with its line end; half characters of strangers are kept as escapes."""
    try:
        line = msgspec.json.encode(value)
    except UnicodeEncodeError:
        line = json.dumps(msgspec.to_builtins(value), separators=(",", ":")).encode()
    for character, escape in _LINE_ENDS.items():
        line = line.replace(character.encode(), escape)
    return line + b"\n"
