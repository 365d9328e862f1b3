"""The words of the reports, apart from the code: read from TOML and checked as a whole before anything is written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from adapters.model import Outcome, Platform, Profile, Value
from audits.identity import Identity
from audits.model import GAPS, Severity, Status, Verdict

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")
TEMPLATES = (
    *("report.html", "tables.html", "cards.html", "closing.html", "logos.html"),
    *("report.css", "report.js"),
)
_PLACES = re.compile(r"\{(\w+)\}")
_USED = re.compile(r"\bt\(\s*[\"'](\w+)[\"']")
_UNWORDED = {"alt_ids", "extra", "followers_exact"}  # fields of a profile that no rule needs


class TextsError(Exception):
    """The texts are not complete. The message is one line that names the language, the section and the key."""


class Words(Value, frozen=True, kw_only=True):
    """All words of one language, by section. `months` are the twelve names, `report` holds the sentences."""

    language: str
    thousands: str
    decimal: str
    months: tuple[str, ...]
    platforms: dict[str, str]
    statuses: dict[str, str]
    verdicts: dict[str, str]
    severities: dict[str, str]
    outcomes: dict[str, str]
    gaps: dict[str, str]
    helps: dict[str, str]
    fields: dict[str, str]
    sources: dict[str, str]
    evidence: dict[str, str]
    identities: dict[str, str]
    reasons: dict[str, str]
    values: dict[str, str]
    image: dict[str, str]
    remarks: dict[str, str]
    lacks: dict[str, str]
    report: dict[str, str]

    def say(self, key: str, **values: object) -> str:
        """The sentence `key` of the report with its places filled; the singular when `count` is 1 and there is one."""
        singular = f"{key}_one"
        if values.get("count") in {1, "1"} and singular in self.report:
            key = singular
        return self.report[key].format(**values)

    def remark(self, reason: str, detail: str = "", count: int = 1) -> str:
        """What the import of a register has to say, in one sentence."""
        return self.remarks[reason].format(detail=detail, count=count)


class Texts(Value, frozen=True, kw_only=True):
    """The words of every language and the templates of the reports, by file name."""

    words: dict[str, Words]
    templates: dict[str, str]

    @classmethod
    def parse(cls, toml_nl: bytes, toml_en: bytes, templates: Mapping[str, str]) -> Texts:
        """The texts from the two TOML files and the files named in `TEMPLATES`; TextsError when anything is missing."""
        words = {"nl": _words("nl", toml_nl), "en": _words("en", toml_en)}
        _compare(words["nl"], words["en"])
        absent = [name for name in TEMPLATES if name not in templates]
        if absent:
            raise TextsError(f"the template {absent[0]} is missing")
        plain = {name: templates[name].replace("\r\n", "\n") for name in TEMPLATES}
        for name, template in plain.items():
            for key in _USED.findall(template):
                if key not in words["nl"].report:
                    raise TextsError(f"{name}: the text [report] {key} is missing")
        return cls(words=words, templates=plain)


def _words(language: Language, data: bytes) -> Words:
    try:
        words = msgspec.convert(tomllib.loads(data.decode("utf-8")), Words)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise TextsError(f"texts {language}: {error}") from error
    if words.language != language or len(words.months) != 12:
        raise TextsError(f"texts {language}: `language` must be {language!r} and `months` must be twelve names")
    for section, needed in NEEDED.items():
        for key in needed:
            if not getattr(words, section).get(key):
                raise TextsError(f"texts {language}: [{section}] {key} is missing")
    return words


def _compare(one: Words, other: Words) -> None:
    """Both languages say the same things, with the same places to fill."""
    for section, texts in _sections(one).items():
        others = _sections(other)[section]
        for key in sorted(texts.keys() ^ others.keys()):
            raise TextsError(f"texts: [{section}] {key} is not there in both languages")
        for key, text in texts.items():
            if set(_PLACES.findall(text)) != set(_PLACES.findall(others[key])):
                raise TextsError(f"texts: [{section}] {key} does not fill in the same values in both languages")


def _sections(words: Words) -> dict[str, dict[str, str]]:
    named: dict[str, Any] = {name: getattr(words, name) for name in Words.__struct_fields__}
    return {name: section for name, section in named.items() if isinstance(section, dict)}


# What each section must hold, whatever else stands in it.
NEEDED: dict[str, tuple[str, ...]] = {
    "platforms": tuple(Platform),
    "statuses": tuple(Status),
    "verdicts": tuple(Verdict),
    "severities": tuple(Severity),
    "outcomes": tuple(Outcome),
    "gaps": tuple(sorted(GAPS)),
    "helps": tuple(sorted(GAPS)),
    "fields": (*(f for f in Profile.__struct_fields__ if f not in _UNWORDED), "logo", "banner", "outcome"),
    "sources": ("api", "page", "embed", "innertube", "rendered", "manual"),
    "evidence": ("verified", "draft", "invented"),
    "identities": tuple(Identity),
    "image": (
        *("approved", "altered", "contains", "different", "unreadable", "readable", "none", "default", "not default"),
        *("mirrored", "rotated", "rotated_by", "inverted", "stretched", "stretched_by", "recoloured", "grey", "tinted"),
        *("overlaid", "framed", "surrounded", "covered", "cropped", "reduced", "changed", "width_by", "near_limit"),
        *("old_logo", "other_force", "known_bad", "not_yet_valid", "other_platform", "other_type"),
        *("unknown_type", "too_small", "min_px_by", "px_by", "min_width_by", "max_width_by"),
        *("portrait_with_logo", "either"),
        *("empty", "too_many_bytes", "too_many_pixels", "unknown_format", "truncated"),
    ),
    "lacks": ("missing", "old", "invalid", "unconfirmed"),
}
