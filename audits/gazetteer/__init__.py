"""Which area a text names: municipalities, police units, regions, second names and police abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set

from adapters.model import Value
from audits.gazetteer.municipalities import CODES, MUNICIPALITIES, UNIT_OF
from audits.gazetteer.names import ABBREVIATIONS, PLACES, PROVINCES_SHORT, REGIONS, SECOND_NAMES, SIDES, UNITS
from audits.text import bare, pieces, squash

__all__ = [
    "MUNICIPALITIES",
    "Area",
    "find",
    "is_known_area",
    "known_areas",
    "names_area",
    "second_names",
    "spellings",
    "unit_of",
]

LONGEST = 10  # pieces of the longest name, camelCase splits included


class Area(Value, frozen=True, kw_only=True):
    """What a name means. `kind` is municipality, unit, region or place; `code` is that of Statistics Netherlands
    (`GM0193`) or of the police unit (`02`); `unit` is the code of the unit it lies in, where that is certain."""

    kind: str
    name: str
    code: str | None = None
    unit: str | None = None
    aliases: tuple[str, ...] = ()


def is_known_area(text: str) -> bool:
    """Whether the whole text is a municipality, region, second name or police abbreviation, however it is spelled."""
    return _key(text) in KNOWN


def names_area(text: str, area: str, aliases: Iterable[str] = ()) -> bool:
    """Whether `text` names `area` or one of its aliases, as separate words in order, or all parts of a compound one.

    A known area that is only a part of the name of another municipality is not named: `Bergen` in `Bergen op Zoom`.
    """
    spans = list(_spans(_spelled(text)))
    if _stands(spans, spellings(area, aliases)):
        return True
    compound = (_parts(name) for name in (area, *aliases))
    return any(parts and all(_stands(spans, spellings(part)) for part in parts) for parts in compound)


def _stands(spans: Sequence[tuple[int, int, str]], own: frozenset[str]) -> bool:
    """Whether one of the spellings stands in a text, other than within the name of another municipality."""
    others = {(first, last) for first, last, key in spans if key in OTHER_KEYS and key not in own}
    return any(key in own and not (key in KNOWN and _within((first, last), others)) for first, last, key in spans)


def known_areas(text: str) -> tuple[str, ...]:
    """The municipalities that a text names in full or by a second name, in order, each once; no short forms.

    Where a name lies within a longer one (of a municipality, unit or region), only the longer one is named.
    """
    spans = [span for span in _spans(_spelled(text)) if span[2] in OTHER_KEYS or span[2] in _NAMED]
    places = {(first, last) for first, last, _ in spans}
    named = [key for first, last, key in spans if not _within((first, last), places)]
    return tuple(dict.fromkeys(name for key in named for name in _NAMED.get(key, ())))


def find(name: str) -> tuple[Area, ...]:
    """Everything that a name means, however it is spelled; nothing when it is not known."""
    key = _key(name)
    return tuple(area for area in _AREAS if key in spellings(area.name, area.aliases))


def unit_of(area: str | None, aliases: Iterable[str] = ()) -> str | None:
    """The code of the police unit in which a municipality lies; `None` when that is not known or not certain."""
    keys = spellings(area, aliases)
    units = {UNIT_OF[name] for key in keys for name in _NAMED.get(key, ()) if name in UNIT_OF}
    return units.pop() if len(units) == 1 else None


def second_names(name: str) -> tuple[str, ...]:
    """The other names in full of an area, by its own: `'s-Gravenhage` -> Den Haag."""
    return tuple(other for names in SECOND_NAMES if name in names for other in names if other != name)


def spellings(area: str | None, aliases: Iterable[str] = ()) -> frozenset[str]:
    """The keys (words written together) under which an area and its aliases go, second names included.

    The short form of a province that registers write behind a town (`Hengelo (Ov)`) is a name of the province alone.
    """
    keys = {_key(name) for name in (area, *aliases) if name}
    every = keys.union(*(names for names in SECOND_KEYS if names & keys))
    return frozenset(key for key in every if key and every & PROVINCES.get(key, every))


def _spelled(text: str) -> str:
    """Short forms written out: `a/d`, `aan den`, `St.`, `&`."""
    text = re.sub(r"\ba\s?[/.]\s?d\b\.?", "aan de", bare(text), flags=re.IGNORECASE)
    text = re.sub(r"\baan (?:den|der|het)\b", "aan de", text, flags=re.IGNORECASE)
    text = re.sub(r"\bst\b\.?", "sint", text, flags=re.IGNORECASE)
    return re.sub(r"[&+]", " en ", text)


def _parts(name: str) -> tuple[str, ...]:
    """The areas that a compound one is made of: `Aalsmeer-Uithoorn`, `Leudal, Maasgouw`.

    None of an endless one, nor of one with a side (`Arnhem-Noord`), which is a part of the other.
    """
    parts = tuple(part for part in _JOINTS.split(name) if spellings(part))
    return () if len(parts) > LONGEST or any(squash(part) in SIDES for part in parts) else parts


def _key(name: str) -> str:
    """A name written together, without the prefix of the statistics office (`Wijk 08`) and the qualifier (`(Ov)`)."""
    name = re.sub(r"^\s*(?:wijk|buurt) \d+\s+|\(\w+\.?\)\s*$", "", name, flags=re.IGNORECASE)
    return squash(_spelled(name))


def _spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Every run of adjoining pieces: first, one past the last, and the pieces written together."""
    parts = pieces(text)
    for first in range(len(parts)):
        for last in range(first + 1, min(first + LONGEST, len(parts)) + 1):
            yield first, last, "".join(parts[first:last])


def _within(span: tuple[int, int], others: Set[tuple[int, int]]) -> bool:
    """Whether a run lies within a longer one of `others`; no run is longer than `LONGEST`."""
    first, last = span
    starts = range(max(last - LONGEST, 0), first + 1)
    return any((a, b) in others for a in starts for b in range(last, a + LONGEST + 1) if (a, b) != span)


def _aliases(name: str) -> tuple[str, ...]:
    return (*second_names(name), *(short for short, meant in ABBREVIATIONS.items() if meant == name))


def _named() -> dict[str, tuple[str, ...]]:
    """Key -> the municipalities that go by it: `bergen` is two."""
    found: dict[str, tuple[str, ...]] = {}
    for name in MUNICIPALITIES:
        for key in spellings(name):
            found[key] = (*found.get(key, ()), name)
    return found


def _areas() -> Iterator[Area]:
    for name in MUNICIPALITIES:
        yield Area(kind="municipality", name=name, code=CODES[name], unit=UNIT_OF.get(name), aliases=_aliases(name))
    for code, name in UNITS.items():
        yield Area(kind="unit", name=name, code=code, unit=code)
    for kind, names in (("region", REGIONS), ("place", PLACES)):
        yield from (Area(kind=kind, name=name, aliases=_aliases(name)) for name in names if name not in UNITS.values())


_JOINTS = re.compile(r"\s*[-–,;/&+]\s*|\s+en\s+")
SECOND_KEYS = tuple(frozenset(_key(name) for name in names) for names in SECOND_NAMES)
# Short form of a province -> the keys of what it is short for.
PROVINCES = {short: frozenset(map(_key, names)) for short, names in PROVINCES_SHORT.items()}
# What may hide a shorter name within a longer one.
OTHER_KEYS = frozenset(_key(name) for name in (*MUNICIPALITIES, *REGIONS, *PLACES))
KNOWN = OTHER_KEYS.union(ABBREVIATIONS, (_key(name) for name in UNITS.values()), *SECOND_KEYS)
_NAMED = _named()
_AREAS = tuple(_areas())
