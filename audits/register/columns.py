"""Which headings of a spreadsheet are understood, in English and in Dutch, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Sequence

from adapters.model import Platform, Value

# Column of the register -> the headings under which it may stand. The first is that of the template.
HEADINGS: dict[str, tuple[str, ...]] = {
    "account_id": ("account_id", "accountid", "accountnummer", "account id", "kenmerk"),
    "platform": ("platform", "kanaal", "netwerk", "medium"),
    "handle": ("handle", "handle_current", "gebruikersnaam", "username", "user name", "accountnaam", "account"),
    "url": ("url", "url_canonical", "adres", "webadres", "link", "profiel", "profiel url", "profile url"),
    "platform_id": ("platform_id", "platform_account_id", "platform id", "vast id", "platformnummer"),
    "type": ("type", "account_type", "soort", "accounttype", "soort account"),
    "unit": ("unit", "unit_code", "eenheid", "eenheidscode", "politie eenheid", "politie-eenheid"),
    "area": ("area", "gebied", "wijk", "buurt", "werkgebied", "basisteam", "gemeente", "plaats", "city"),
    "area_aliases": ("area_aliases", "aliases", "andere namen", "gebied aliassen", "aliassen", "ook bekend als"),
    "station": ("station", "bureau", "politiebureau", "naam bureau", "bureaunaam"),
    "beheerders": (
        "beheerders",
        "beheerder",
        "e-mail beheerder",
        "beheerder e-mail",
        "email beheerder",
        "administrators",
    ),
    "status": ("status", "toestand"),
    "confirmed_on": ("confirmed_on", "last_confirmed_on", "bevestigd op", "laatst bevestigd", "gecontroleerd op"),
    "confirmed_by": ("confirmed_by", "last_confirmed_by", "bevestigd door", "gecontroleerd door"),
    "source_url": (
        "source_url",
        "official_page_url",
        "page_url",
        "bronpagina",
        "officiële pagina",
        "pagina politie.nl",
    ),
    "notes": ("notes", "opmerkingen", "opmerking", "toelichting", "notities"),
}
PLATFORM_WORDS: dict[str, Platform] = {
    "x": Platform.X,
    "twitter": Platform.X,
    "x twitter": Platform.X,
    "twitter x": Platform.X,
    "facebook": Platform.FACEBOOK,
    "fb": Platform.FACEBOOK,
    "instagram": Platform.INSTAGRAM,
    "insta": Platform.INSTAGRAM,
    "ig": Platform.INSTAGRAM,
    "youtube": Platform.YOUTUBE,
    "you tube": Platform.YOUTUBE,
    "yt": Platform.YOUTUBE,
    "threads": Platform.THREADS,
}
_TAIL = re.compile(r" (url|link|adres|account|handle|gebruikersnaam)$")


class Columns(Value, frozen=True, kw_only=True):
    """Where each column stands: position(s) by name of the register, and for the wide form by platform.

    `unknown` and `doubled` hold the headings that are not understood, or mean the same as an earlier one.
    """

    named: dict[str, tuple[int, ...]]
    wide: dict[int, Platform]
    unknown: tuple[tuple[int, str], ...] = ()
    doubled: tuple[tuple[int, str], ...] = ()

    @property
    def recognised(self) -> int:
        """How many headings are understood."""
        return sum(map(len, self.named.values())) + len(self.wide)


def words(text: str) -> str:
    """A heading or platform name in plain form: lower case, everything but letters and digits as single blanks."""
    return " ".join(re.sub(r"[^\w]|_", " ", text.casefold()).split())


def find_columns(headings: Sequence[str]) -> Columns:
    """What each heading means. Headings that are empty are passed over.

    A heading with the name of a platform (`twitter`, `instagram_url`) makes the wide form: one row, several accounts.
    """
    named: dict[str, tuple[int, ...]] = {}
    wide: dict[int, Platform] = {}
    unknown, doubled = [], []
    for position, heading in enumerate(headings):
        plain = words(heading)
        name = _BY_HEADING.get(plain)
        platform = PLATFORM_WORDS.get(_TAIL.sub("", plain))
        if name is not None:
            doubled += [(position, heading)] if name in named else []
            named[name] = (*named.get(name, ()), position)
        elif platform is not None:
            wide[position] = platform
        elif plain:
            unknown.append((position, heading))
    return Columns(named=named, wide=wide, unknown=tuple(unknown), doubled=tuple(doubled))


_BY_HEADING = {words(heading): name for name, headings in HEADINGS.items() for heading in headings}
