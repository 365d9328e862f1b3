"""Which places the name of an account speaks of, and in which unit they lie: the gazetteer and the register itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from audits.gazetteer import spellings
from audits.gazetteer.names import ABBREVIATIONS, SIDES
from audits.gazetteer.units import UNITS_OF, code_of
from audits.model import Account
from audits.text import squash

# What stands before or behind the place in the name of an account, longest first.
_LEADS = ("politieteam", "politiebureau", "politiebasisteam", "basiseenheid", "politie", "pol", "team")
_TAILS = ("politie", "eo")
_NUMBER = re.compile(r"[-_.]\d{8,}$")
# The province behind the name of a town, as postal lists write it.
_PROVINCE = re.compile(r"(?<=\w) \(?(?:Gn|Gr|Gld|Fr|Dr|Ov|Ut|ZH|NH|NB|Nb|Z|Zld|L|Lb)\)?$")
_STATION = re.compile(
    r"^(?:politie ?(?:bureau|post|steunpunt|servicepunt|team)?|(?:districts|wijk)?bureau|steunpunt|aanlooppunt)\s+"
    r"|\s+(?:loket|steunpunt|spreekuur|hoofdbureau)$",
    re.IGNORECASE,
)
_CLOSED = frozenset({"tijdelijkgesloten", "gesloten"})
_SHORTEST, _LONGEST = 3, 60  # letters


class Places:
    """Every place known by name, with the codes of the units where it lies."""

    def __init__(self, accounts: Iterable[Account] = ()) -> None:
        self._units: dict[str, set[str]] = {key: set(codes) for key, codes in UNITS_OF.items()}
        for account in accounts:
            code = code_of(account.unit)
            for key in keys_of(account):
                if key not in SIDES:
                    self._units.setdefault(key, set()).update([code] if code else [])

    def named(self, handle: str) -> tuple[str, ...]:
        """The places that make up the whole name behind the police token; empty when any of it is something else."""
        rest = remainder(handle)
        short = ABBREVIATIONS.get(rest)
        if short is not None:
            return (min(spellings(short)),)
        if rest in self._units:
            return (rest,)
        return tuple(part for part in self._split(rest) if part not in SIDES)

    def one(self, handle: str) -> str | None:
        """The place that an account is for by its name, in one spelling; `leidenzuid` is another than `leiden`."""
        named = self.named(handle)
        rest = remainder(handle)
        whole = named == (rest,) or rest in ABBREVIATIONS
        return canonical(named[0]) if whole else rest if named else None

    def units(self, key: str) -> frozenset[str]:
        """The codes of the units where a place of this name lies; empty when not known."""
        return frozenset(self._units.get(key, ()))

    def _split(self, rest: str) -> tuple[str, ...]:
        """The fewest known parts that the text is made of; empty when there is no such division."""
        if len(rest) > _LONGEST:
            return ()
        best: dict[int, tuple[str, ...]] = {0: ()}
        for start in range(len(rest)):
            if start in best:
                for part in self._parts_at(rest, start):
                    end, found = start + len(part), (*best[start], part)
                    if end not in best or len(found) < len(best[end]):
                        best[end] = found
        return best.get(len(rest), ())

    def _parts_at(self, rest: str, start: int) -> Iterator[str]:
        for end in range(start + 2, len(rest) + 1):
            part = rest[start:end]
            if part in SIDES or (len(part) >= _SHORTEST and part in self._units):
                yield part


def remainder(handle: str) -> str:
    """The name without the police token and the number of a page, written together: `POL_Ede` -> `ede`."""
    text = squash(_NUMBER.sub("", handle))
    for lead in _LEADS:
        if text.startswith(lead):
            text = text.removeprefix(lead) or text
            break
    for tail in _TAILS:
        text = text.removesuffix(tail) if text != tail else text
    return text


def canonical(key: str) -> str:
    """One spelling for all second names of a place."""
    return min(_spellings(key), default=key)


def keys_of(account: Account) -> frozenset[str]:
    """All spellings of the area of an account and its other names."""
    names = (account.area, *account.area_aliases)
    return frozenset().union(*(_spellings(_PROVINCE.sub("", name)) for name in names if name))


def station_names(station: str | None, area: str | None) -> tuple[str, ...]:
    """The places in the name of a police station: `Delden (Hof van Twente)` -> both; not the area once more."""
    found: list[str] = []
    for part in re.split(r"\s+-\s+|[,/()]", station or ""):
        name = _STATION.sub("", part.strip()).strip()
        if (
            name
            and squash(name) not in _CLOSED
            and squash(name) not in {squash(known) for known in (area or "", *found)}
        ):
            found.append(name)
    return tuple(found)


@lru_cache(maxsize=4096)
def _spellings(name: str) -> frozenset[str]:
    return spellings(name)
