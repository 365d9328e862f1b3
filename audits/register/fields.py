"""The cells of a row that describe the account: lists, kinds, dates, stable ids. Nothing here can refuse a row."""

from __future__ import annotations

import re
from datetime import date

from adapters.model import Platform
from audits.register.addresses import plain
from audits.register.platforms import IDS

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ].*)?")
_DUTCH = re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})(?: .*)?")


def names(text: str) -> tuple[str, ...]:
    """A list in one cell, divided by `;`, `,`, `|` or line ends; without repeats, in the order of the cell."""
    parts = (plain(part) for part in re.split(r"[;,|\r\n]+", text))
    return tuple(dict.fromkeys(part for part in parts if part))


def kind(text: str) -> str | None:
    """A type or status as one lower-case word: `Landelijke eenheid` -> `landelijke_eenheid`."""
    word = plain(text)
    return None if word is None else re.sub(r"[\s/-]+", "_", word.casefold())


def day(text: str) -> tuple[str | None, str | None]:
    """An ISO date from an ISO or Dutch one (`1-2-2026` is the first of February), and the name of the repair."""
    word = plain(text)
    if word is None:
        return None, None
    found = _ISO.fullmatch(word) or _DUTCH.fullmatch(word)
    try:
        iso = date(int(found["year"]), int(found["month"]), int(found["day"])).isoformat() if found else None
    except ValueError:
        iso = None
    return iso, None if iso == word else "date" if iso else "date_unknown"


def stable_id(text: str, platform: Platform) -> tuple[str | None, str | None]:
    """A platform id, and the name of the remark when the cell holds none: long numbers get rounded (1,2E+17)."""
    word = plain(text)
    if word is None:
        return None, None
    return (word, None) if IDS[platform].fullmatch(word) else (None, "platform_id_damaged")
