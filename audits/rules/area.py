"""The rule about the area that an account names when it is not its own: did it move along with its officer?"""

from __future__ import annotations

from audits.gazetteer import known_areas, names_area, spellings, unit_of
from audits.gazetteer.names import UNITS
from audits.gazetteer.units import code_of
from audits.model import Account, Facts, Judgement, Verdict
from audits.rules.naming import Nothing
from audits.text import squash, without_addresses

# Municipalities that are also words, and those that lend their name to a province or a unit around them.
WORDS = frozenset(
    {
        *("Beek", "Best", "Bergen (L)", "Bergen (NH)", "Buren", "Hoorn", "Houten", "Huizen", "Hulst", "Kapelle"),
        *("Putten", "Sluis", "Stein", "Waterland", "Wierden"),
    }
)
WIDE = frozenset({"Groningen", "Utrecht"}) | frozenset(UNITS.values())


def area_matches(facts: Facts, _: Nothing) -> Judgement:
    """No other area is named while the account's own is named nowhere: in the shown name a breach, elsewhere doubt."""
    account, shown = facts.account, facts.value("display_name")
    handle, bio = facts.value("handle"), facts.value("bio")
    texts = (shown, handle or "", without_addresses(bio or ""))
    area = account.area or ""
    if any(names_area(text, area, account.area_aliases) for text in texts) or _in_handle(handle, account):
        return Judgement(verdict=Verdict.PASS, seen=shown, wanted=area)
    verdicts = (Verdict.FAIL, Verdict.REVIEW, Verdict.REVIEW)
    others = (_elsewhere(text, account, sure=sure) for text, sure in zip(texts, (True, False, False), strict=True))
    named = zip(others, verdicts, strict=True)
    other, verdict = next((pair for pair in named if pair[0]), (None, Verdict.PASS))
    missing = next((field for field in ("bio", "handle") if facts.value(field) is None or field in facts.gaps), None)
    if missing:
        # The own area, or another, may be named where nobody could look.
        return Judgement(verdict=Verdict.UNKNOWN, seen=other or shown, wanted=area, gap=facts.gap(missing))
    return Judgement(verdict=verdict, seen=other or shown, wanted=area)


def _in_handle(handle: str | None, account: Account) -> bool:
    """Whether the own area stands anywhere in the handle, where words are not always parted."""
    own = spellings(account.area, account.area_aliases)
    return any(key in squash(handle or "") for key in own if len(key) > 2)


def _elsewhere(text: str, account: Account, *, sure: bool) -> str | None:
    """A municipality that is named and cannot be, hold or be held by the account's own area; `None` in doubt."""
    return next((name for name in known_areas(text) if (sure or name not in WORDS) and _apart(name, account)), None)


def _apart(name: str, account: Account) -> bool:
    """Whether a municipality lies certainly apart from the area of the account.

    A neighbourhood that the gazetteer does not know may lie within any municipality of its unit.
    """
    area, aliases = account.area or "", account.area_aliases
    own, other = unit_of(area, aliases) or code_of(account.unit), unit_of(name)
    keys = spellings(area, aliases)
    if any(key in mine or mine in key for key in spellings(name) for mine in keys):
        return False
    if own is None or other is None or own == other:
        municipality = any(known_areas(mine) for mine in (area, *aliases))
        return municipality and not (name in WIDE and own == other)
    return True
