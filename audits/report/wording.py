"""Numbers, shares, times and code words in the words of a language."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from audits.report.image_words import told
from audits.report.texts import Words

# Rules that say what they saw and wanted in code words (about pictures, in those of the image check), and those that do
# so beside texts of the profile or register.
IMAGES = ("avatar-", "banner-")
CODED = ("account-exists", "account-public", "account-ended", "register-", "platform-")
MIXED = ("account-unique", "bio-present", "name-ornaments")


def number(words: Words, value: float) -> str:
    """`1.234` in Dutch, `1,234` in English; rounded to a whole number."""
    return f"{value:,.0f}".replace(",", words.thousands)


def percent(words: Words, share: float) -> str:
    """A share (0..1) with one decimal, cut off so that 100 % means all and 0 % means none."""
    thousandths = per_mille(share)
    return f"{thousandths // 10}{words.decimal}{thousandths % 10} %"


def per_mille(share: float) -> int:
    """A share (0..1) in thousandths, cut off so that 1000 means all and 0 means none."""
    return max(int(share * 1000 + 1e-9), 1) if share > 0 else 0


def day(words: Words, iso: str | None) -> str:
    """The date of an ISO time in words; the text itself when it is no ISO time."""
    moment = parsed(iso)
    return f"{moment.day} {words.months[moment.month - 1]} {moment.year}" if moment else iso or ""


def time(words: Words, iso: str | None) -> str:
    """Date and time of an ISO time in words, in UTC; the text itself when it is no ISO time."""
    moment = parsed(iso)
    return words.say("utc", day=day(words, iso), time=f"{moment:%H:%M}") if moment else iso or ""


def spoken(words: Words, text: str, rule: str) -> str:
    """What a rule saw or wanted, where it says so in code words: `altered (mirrored)`, `suspended`, `unit, area`.

    Only rules about pictures, the account itself and its row do; a text of the profile stays as it is.
    """
    if rule.startswith(IMAGES):
        return told(words, text, rule.partition("-")[0])
    known = {**words.platforms, **words.outcomes, **words.values}
    if rule.startswith(MIXED):
        return ", ".join(known.get(part, part) for part in text.split(", "))
    if not rule.startswith(CODED):
        return text
    return re.sub(r"[a-z_]+(?: [a-z_]+)*", lambda found: known.get(found[0], found[0]), text)


def parsed(iso: str | None) -> datetime | None:
    """The moment of an ISO time, in UTC where it names a time zone; `None` when it is no ISO time."""
    try:
        moment = datetime.fromisoformat(iso or "")
        return moment.astimezone(UTC) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return None
