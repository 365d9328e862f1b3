"""Which unit of the police an area belongs to, and the code of a unit as it is written in a register.

Codes as in the page addresses of politie.nl. The borders of the ten regional units follow the former 25 police regions
(Politiewet 2012, annex); the municipalities are those of 2025.
"""

from __future__ import annotations

from audits.gazetteer import MUNICIPALITIES, spellings
from audits.text import squash

UNITS = {
    "01": "Noord-Nederland",
    "02": "Oost-Nederland",
    "03": "Midden-Nederland",
    "04": "Noord-Holland",
    "05": "Amsterdam",
    "06": "Den Haag",
    "07": "Rotterdam",
    "08": "Zeeland-West-Brabant",
    "09": "Oost-Brabant",
    "10": "Limburg",
}
# The gazetteer lists the municipalities by province: the first of each, and the unit of most of them.
_PROVINCES = {
    "Eemsdelta": "01",
    "Almelo": "02",
    "Almere": "03",
    "Aalten": "02",
    "Amersfoort": "03",
    "Aalsmeer": "04",
    "Alblasserdam": "07",
    "Borsele": "08",
    "Alphen-Chaam": "09",
    "Beek": "10",
}
# Provinces that are divided over several units.
_DIVIDED = {
    "03": "Blaricum; Gooise Meren; Hilversum; Huizen; Laren; Wijdemeren",
    "05": "Aalsmeer; Amstelveen; Amsterdam; Diemen; Ouder-Amstel; Uithoorn",
    "06": """
's-Gravenhage; Delft; Leidschendam-Voorburg; Midden-Delfland; Pijnacker-Nootdorp; Rijswijk; Wassenaar; Westland;
Zoetermeer; Alphen aan den Rijn; Bodegraven-Reeuwijk; Gouda; Hillegom; Kaag en Braassem; Katwijk; Krimpenerwaard;
Leiden; Leiderdorp; Lisse; Nieuwkoop; Noordwijk; Oegstgeest; Teylingen; Voorschoten; Waddinxveen; Zoeterwoude; Zuidplas
""",
    "08": """
Alphen-Chaam; Altena; Baarle-Nassau; Bergen op Zoom; Breda; Dongen; Drimmelen; Etten-Leur; Geertruidenberg;
Gilze en Rijen; Goirle; Halderberge; Hilvarenbeek; Loon op Zand; Moerdijk; Oisterwijk; Oosterhout; Roosendaal; Rucphen;
Steenbergen; Tilburg; Waalwijk; Woensdrecht; Zundert
""",
}
_LEADS = ("politieeenheid", "regionaleeenheid", "eenheid", "politie")


def code_of(unit: str | None) -> str | None:
    """The two digits of a regional unit written as `1`, `01`, its name or `Eenheid …`; `None` for all else."""
    key = squash(unit or "")
    if key.isdecimal():
        return key.zfill(2) if key.zfill(2) in UNITS else None
    for lead in _LEADS:
        key = key.removeprefix(lead)
    return _BY_NAME.get(key)


def _municipal() -> dict[str, frozenset[str]]:
    """Spelling of a municipality -> the units it may lie in (two for `Bergen`)."""
    divided = {name.strip(): code for code, names in _DIVIDED.items() for name in names.split(";")}
    found: dict[str, frozenset[str]] = {}
    code = ""
    for name in MUNICIPALITIES:
        code = _PROVINCES.get(name, code)
        for key in spellings(name):
            found[key] = found.get(key, frozenset()) | {divided.get(name, code)}
    return found


_BY_NAME = {squash(name): code for code, name in UNITS.items()}
# Spelling (words written together) -> codes of the units, for municipalities and the units themselves.
UNITS_OF = _municipal()
UNITS_OF.update({key: UNITS_OF.get(key, frozenset()) | {code} for key, code in _BY_NAME.items()})
