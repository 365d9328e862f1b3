"""The cells of a row that describe the account: lists, kinds, dates, stable ids. Nothing here can refuse a row."""

from __future__ import annotations

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

from adapters.model import Platform
from audits.gazetteer.units import code_of
from audits.register.addresses import plain
from audits.register.memory import remembered
from audits.register.platforms import IDS

_LONGEST_PAGE = 500  # characters
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ].*)?")
_SERIAL = re.compile(r"[2-7]\d{4}")  # 1954 to 2119, counted in days
_DAY_ZERO = date(1899, 12, 30)  # of spreadsheets that count from 1900
_DUTCH = re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})(?: .*)?")


@remembered
def names(text: str) -> tuple[str, ...]:
    """A list in one cell, divided by `;`, `,`, `|` or line ends; without repeats, in the order of the cell."""
    parts = (plain(part) for part in re.split(r"[;,|\r\n]+", text))
    return tuple(dict.fromkeys(part for part in parts if part))


@remembered
def kind(text: str) -> str | None:
    """A type or status as one lower-case word: `Landelijke eenheid` -> `landelijke_eenheid`."""
    word = plain(text)
    return None if word is None else re.sub(r"[\s/-]+", "_", word.casefold())


@remembered
def unit(text: str) -> tuple[str | None, str | None]:
    """The code of a regional unit however it is written, and the name of the repair; any other unit as it stands."""
    word = plain(text)
    code = code_of(word)
    return (code, "unit") if code and code != word else (word, None)


def past_day(text: str, today: date | None) -> tuple[str | None, str | None]:
    """As `day`, but a day after `today` is left out: nobody has confirmed anything then (`None`: any day will do)."""
    iso, repair = day(text)
    return (None, "date_future") if iso and today and iso > today.isoformat() else (iso, repair)


def day(text: str) -> tuple[str | None, str | None]:
    """An ISO date from an ISO or Dutch one (`1-2-2026` is the first of February), and the name of the repair."""
    word = plain(text)
    if word is None:
        return None, None
    if _SERIAL.fullmatch(word):
        return (_DAY_ZERO + timedelta(days=int(word))).isoformat(), "date_serial"
    found = _ISO.fullmatch(word) or _DUTCH.fullmatch(word)
    try:
        iso = date(int(found["year"]), int(found["month"]), int(found["day"])).isoformat() if found else None
    except ValueError:
        iso = None
    return iso, None if iso == word else "date" if iso else "date_unknown"


def page(text: str) -> tuple[str | None, str | None]:
    """The address of a web page, with `https://` where no scheme stood, and the name of the remark when it is none."""
    word = plain(text)
    if word is None:
        return None, None
    whole = word if "://" in word else f"https://{word}"
    try:
        parts = urlsplit(whole)
    except ValueError:
        return None, "page_unknown"
    fits = parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and " " not in whole
    return (whole, None) if fits and len(whole) <= _LONGEST_PAGE else (None, "page_unknown")


def stable_id(text: str, platform: Platform) -> tuple[str | None, str | None]:
    """A platform id, and the name of the remark when the cell holds none: long numbers get rounded (1,2E+17)."""
    word = plain(text)
    if word is None:
        return None, None
    return (word, None) if IDS[platform].fullmatch(word) else (None, "platform_id_damaged")
