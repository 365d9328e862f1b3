"""What YouTube says in words: texts in their many forms, rounded counts, dates, and why a channel is not shown."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from adapters.model import Outcome
from adapters.page import at, listed, text

TEXT_LIMIT = 200

# The words in the languages of the recorded pages; we ask for English.
_UNITS = {
    "": 1,
    "k": 10**3,
    "m": 10**6,
    "b": 10**9,
    "mil": 10**3,
    "tsd": 10**3,
    "mln": 10**6,
    "mio": 10**6,
    "mrd": 10**9,
}
_COUNT = re.compile(r"([0-9][0-9.,]{0,18})(?:\s?(k|m|b|mil|tsd|mln|mio|mrd)\b\.?)?(?=\s)\s+(?!\d)\D", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})*|\d+")
_SUBSCRIBERS = re.compile(r"subscriber|abonn|suscriptor|inscrit|iscritt|inscrev", re.IGNORECASE)
_NONE = re.compile(r"no subscribers", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_JOINED = re.compile(r"Joined (?:([A-Z][a-z]{2})[a-z]*\.? (\d{1,2}),|(\d{1,2}) ([A-Z][a-z]{2})[a-z]*\.?),? (\d{4})")

# Alerts in English, as recorded in 2026-01; the first that fits.
_ALERTS = (
    (re.compile(r"\bnot a (?:ro)?bot\b", re.IGNORECASE), Outcome.BLOCKED),
    (re.compile(r"n[o’']t available in your (?:country|region)|your country", re.IGNORECASE), Outcome.RESTRICTED),
    (re.compile(r"\bterminated\b|\bsuspended\b|\bremoved (?:because|for|due)\b", re.IGNORECASE), Outcome.SUSPENDED),
    (re.compile(r"\bdoes(?: not|n[’']t) exist\b", re.IGNORECASE), Outcome.NOT_FOUND),
)


def said(value: Any) -> str | None:
    """A text, whichever way it is written: bare, `simpleText`, `content` or `runs`; else `None`."""
    if isinstance(value, str):
        return value
    runs = [text(at(run, "text")) for run in listed(at(value, "runs"))]
    plain = text(at(value, "simpleText")) or text(at(value, "content"))
    return plain or ("".join(run for run in runs if run) if runs else None)


def alerted(wording: str) -> Outcome:
    """What an error alert says of a channel; ambiguous when its wording is new."""
    return next((outcome for pattern, outcome in _ALERTS if pattern.search(wording)), Outcome.AMBIGUOUS)


def counts_subscribers(wording: str) -> bool:
    """Whether a text says how many subscribers there are, and not how many videos."""
    return _SUBSCRIBERS.search(wording) is not None


def counted(wording: str | None) -> int | None:
    """The number at the beginning of `25m subscribers` or `4,69 M de suscriptores`; rounded by the platform."""
    if wording is None or _NONE.match(wording):
        return None if wording is None else 0
    found = _COUNT.match(wording[:TEXT_LIMIT].replace("\u202f", " "))
    if found is None:
        return None
    digits, unit = found.group(1).rstrip(".,"), (found.group(2) or "").lower()
    if _GROUPED.fullmatch(digits) and (not unit or digits.isdigit()):
        return int(re.sub(r"\D", "", digits)) * _UNITS[unit]
    whole, _, part = digits.replace(",", ".").partition(".")
    return round(float(f"{whole}.{part}") * _UNITS[unit]) if unit and part.isdigit() and len(part) < 4 else None


def joined(wording: str | None) -> str | None:
    """The date in `Joined Jul 2, 2019` or `Joined 2 Jul 2019`, as ISO 8601."""
    found = _JOINED.match(wording or "")
    if found is None:
        return None
    month, day = found.group(1) or found.group(4), found.group(2) or found.group(3)
    if month.lower() not in _MONTHS:
        return None
    try:
        return date(int(found.group(5)), _MONTHS.index(month.lower()) + 1, int(day)).isoformat()
    except ValueError:
        return None
