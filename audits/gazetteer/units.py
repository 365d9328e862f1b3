"""The code of a police unit as registers write it, and the units in which a place of some name may lie."""

from __future__ import annotations

from audits.gazetteer import spellings
from audits.gazetteer.municipalities import MUNICIPALITIES, UNIT_OF
from audits.gazetteer.names import UNITS
from audits.text import squash

_LEADS = ("politieeenheid", "regionaleeenheid", "eenheid", "politie")


def code_of(unit: str | None) -> str | None:
    """The code of a regional unit written as `1`, `01`, its name or `Eenheid …`; `None` for all else."""
    key = squash(unit or "")
    if key.isdecimal():
        return key.zfill(2) if key.zfill(2) in UNITS else None
    for lead in _LEADS:
        key = key.removeprefix(lead)
    return _BY_NAME.get(key)


def labelled(unit: str | None) -> str | None:
    """A unit as a reader knows it: `02` is `02 Oost-Nederland`; whatever is no code stays as it is."""
    return f"{unit} {UNITS[unit]}" if unit in UNITS else unit


def _municipal() -> dict[str, frozenset[str]]:
    """Spelling of a municipality -> the units it may lie in (two for `Bergen`, none where it is not certain)."""
    found: dict[str, frozenset[str]] = {}
    for name in MUNICIPALITIES:
        for key in spellings(name):
            found[key] = found.get(key, frozenset()) | ({UNIT_OF[name]} if name in UNIT_OF else frozenset())
    return found


# The national units have no area of their own.
_BY_NAME = {squash(name): code for code, name in UNITS.items() if code.isdecimal()}
# Spelling (words written together) -> codes of the units, for municipalities and the units themselves.
UNITS_OF = _municipal()
UNITS_OF.update({key: UNITS_OF.get(key, frozenset()) | {code} for key, code in _BY_NAME.items()})
