"""The rule about the area that an account names when it is not its own: did it move along with its officer?"""

from __future__ import annotations

from audits.gazetteer import known_areas, names_area, second_names, spellings, unit_of
from audits.gazetteer.names import UNITS
from audits.gazetteer.units import code_of
from audits.model import Account, Facts, Judgement, Verdict
from audits.rules.naming import Nothing
from audits.text import has_phrase, squash, without_addresses, words

# Municipalities that are also words or names of families, and those that lend their name to a region around them.
WORDS = frozenset(
    {
        *("Beek", "Best", "Bergen (L)", "Bergen (NH)", "Buren", "Duiven", "Goes", "Hoorn", "Houten", "Huizen", "Hulst"),
        *("Kapelle", "Losser", "Putten", "Sluis", "Stein", "Waterland", "Weert", "Wierden"),
    }
)
WIDE = frozenset({"Groningen", "Utrecht", "Waterland"}) | frozenset(UNITS.values())
# Municipalities after which a village in another unit is called, in full or by a short form.
VILLAGES = frozenset(
    {
        *("Alphen aan den Rijn", "Beek", "Katwijk", "Laren", "Noordwijk", "Oosterhout", "Rijswijk"),
        "Valkenburg aan de Geul",
    }
)
# Before a place they make the name of a family of it: `Kim van Dongen`.
PARTICLES = ("van", "de", "den", "der", "ten", "ter", "vd")


def area_matches(facts: Facts, _: Nothing) -> Judgement:
    """No other area is named while the account's own is named nowhere.

    A breach is only a municipality of another unit in the shown name that can mean nothing else; the rest is doubt.
    """
    account, shown = facts.account, facts.value("display_name")
    handle, bio = facts.value("handle"), facts.value("bio")
    texts = (shown, handle or "", without_addresses(bio or ""))
    area = account.area or ""
    if any(names_area(text, area, account.area_aliases) for text in texts) or _in_handle(handle, account):
        return Judgement(verdict=Verdict.PASS, seen=shown, wanted=area)
    other, verdict = _elsewhere(texts, account)
    missing = next((field for field in ("bio", "handle") if facts.value(field) is None or field in facts.gaps), None)
    if missing:
        # The own area, or another, may be named where nobody could look.
        return Judgement(verdict=Verdict.UNKNOWN, seen=other or shown, wanted=area, gap=facts.gap(missing))
    return Judgement(verdict=verdict, seen=other or shown, wanted=area)


def _in_handle(handle: str | None, account: Account) -> bool:
    """Whether the own area stands anywhere in the handle, where words are not always parted."""
    own = spellings(account.area, account.area_aliases)
    return any(key in squash(handle or "") for key in own if len(key) > 2)


def _elsewhere(texts: tuple[str, str, str], account: Account) -> tuple[str | None, Verdict]:
    """The municipality that the shown name, the handle or the bio names and that is not the account's own."""
    shown, *others = texts
    named = [name for name in known_areas(shown) if _apart(name, account)]
    for name in named:
        if _in_another_unit(name, account) and name not in WORDS | VILLAGES and not _of_family(shown, name):
            return name, Verdict.FAIL
    # Elsewhere a word is a word.
    named += [name for text in others for name in known_areas(text) if name not in WORDS and _apart(name, account)]
    return (named[0], Verdict.REVIEW) if named else (None, Verdict.PASS)


def _apart(name: str, account: Account) -> bool:
    """Whether a municipality is not, does not hold and does not lie within the account's own area.

    A neighbourhood that the gazetteer does not know may lie within any municipality of its unit.
    """
    area, aliases = account.area or "", account.area_aliases
    own = spellings(area, aliases)
    if any(key in mine or mine in key for key in spellings(name) for mine in own):
        return False
    if _in_another_unit(name, account):
        return True
    municipality = any(known_areas(mine) for mine in (area, *aliases))
    return municipality and not (name in WIDE and unit_of(name) in _units(account))


def _in_another_unit(name: str, account: Account) -> bool:
    """Whether a municipality lies for certain in another unit than the account."""
    own, other = _units(account), unit_of(name)
    return bool(own) and other is not None and other not in own


def _units(account: Account) -> frozenset[str]:
    """The units of the account, by its area and by its row: a village may be called as a town of another unit."""
    codes = (unit_of(account.area, account.area_aliases), code_of(account.unit))
    return frozenset(code for code in codes if code)


def _of_family(text: str, name: str) -> bool:
    """Whether a municipality is named as the last part of the name of a person."""
    spelled = words(text)
    forms = [words(other) for other in (name, *second_names(name))]
    families = ((particle, *form) for particle in PARTICLES for form in forms)
    return any(family not in forms and has_phrase(spelled, family) for family in families)
