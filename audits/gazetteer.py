"""Which area a text names: the municipalities of 2025, police regions, second names and police abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from audits.text import bare, pieces, squash

# CBS, municipal division on 1 January 2025: 342, by province.
MUNICIPALITIES = tuple(
    name.strip()
    for name in """
Eemsdelta; Groningen; Het Hogeland; Midden-Groningen; Oldambt; Pekela; Stadskanaal; Veendam; Westerkwartier;
Westerwolde;
Achtkarspelen; Ameland; Dantumadiel; De Fryske Marren; Harlingen; Heerenveen; Leeuwarden; Noardeast-Fryslân;
Ooststellingwerf; Opsterland; Schiermonnikoog; Smallingerland; Súdwest-Fryslân; Terschelling; Tytsjerksteradiel;
Vlieland; Waadhoeke; Weststellingwerf;
Aa en Hunze; Assen; Borger-Odoorn; Coevorden; De Wolden; Emmen; Hoogeveen; Meppel; Midden-Drenthe; Noordenveld;
Tynaarlo; Westerveld;
Almelo; Borne; Dalfsen; Deventer; Dinkelland; Enschede; Haaksbergen; Hardenberg; Hellendoorn; Hengelo; Hof van Twente;
Kampen; Losser; Oldenzaal; Olst-Wijhe; Ommen; Raalte; Rijssen-Holten; Staphorst; Steenwijkerland; Tubbergen;
Twenterand; Wierden; Zwartewaterland; Zwolle;
Almere; Dronten; Lelystad; Noordoostpolder; Urk; Zeewolde;
Aalten; Apeldoorn; Arnhem; Barneveld; Berg en Dal; Berkelland; Beuningen; Bronckhorst; Brummen; Buren; Culemborg;
Doesburg; Doetinchem; Druten; Duiven; Ede; Elburg; Epe; Ermelo; Harderwijk; Hattem; Heerde; Heumen; Lingewaard; Lochem;
Maasdriel; Montferland; Neder-Betuwe; Nijkerk; Nijmegen; Nunspeet; Oldebroek; Oost Gelre; Oude IJsselstreek;
Overbetuwe; Putten; Renkum; Rheden; Rozendaal; Scherpenzeel; Tiel; Voorst; Wageningen; West Betuwe; West Maas en Waal;
Westervoort; Wijchen; Winterswijk; Zaltbommel; Zevenaar; Zutphen;
Amersfoort; Baarn; Bunnik; Bunschoten; De Bilt; De Ronde Venen; Eemnes; Houten; IJsselstein; Leusden; Lopik; Montfoort;
Nieuwegein; Oudewater; Renswoude; Rhenen; Soest; Stichtse Vecht; Utrecht; Utrechtse Heuvelrug; Veenendaal;
Vijfheerenlanden; Wijk bij Duurstede; Woerden; Woudenberg; Zeist;
Aalsmeer; Alkmaar; Amstelveen; Amsterdam; Bergen (NH); Beverwijk; Blaricum; Bloemendaal; Castricum; Den Helder; Diemen;
Dijk en Waard; Drechterland; Edam-Volendam; Enkhuizen; Gooise Meren; Haarlem; Haarlemmermeer; Heemskerk; Heemstede;
Heiloo; Hilversum; Hollands Kroon; Hoorn; Huizen; Koggenland; Landsmeer; Laren; Medemblik; Oostzaan; Opmeer;
Ouder-Amstel; Purmerend; Schagen; Stede Broec; Texel; Uitgeest; Uithoorn; Velsen; Waterland; Wijdemeren; Wormerland;
Zaanstad; Zandvoort;
Alblasserdam; Albrandswaard; Alphen aan den Rijn; Barendrecht; Bodegraven-Reeuwijk; Capelle aan den IJssel; Delft;
's-Gravenhage; Dordrecht; Goeree-Overflakkee; Gorinchem; Gouda; Hardinxveld-Giessendam; Hendrik-Ido-Ambacht; Hillegom;
Hoeksche Waard; Kaag en Braassem; Katwijk; Krimpen aan den IJssel; Krimpenerwaard; Lansingerland; Leiden; Leiderdorp;
Leidschendam-Voorburg; Lisse; Maassluis; Midden-Delfland; Molenlanden; Nieuwkoop; Nissewaard; Noordwijk; Oegstgeest;
Papendrecht; Pijnacker-Nootdorp; Ridderkerk; Rijswijk; Rotterdam; Schiedam; Sliedrecht; Teylingen; Vlaardingen;
Voorne aan Zee; Voorschoten; Waddinxveen; Wassenaar; Westland; Zoetermeer; Zoeterwoude; Zuidplas; Zwijndrecht;
Borsele; Goes; Hulst; Kapelle; Middelburg; Noord-Beveland; Reimerswaal; Schouwen-Duiveland; Sluis; Terneuzen; Tholen;
Veere; Vlissingen;
Alphen-Chaam; Altena; Asten; Baarle-Nassau; Bergeijk; Bergen op Zoom; Bernheze; Best; Bladel; Boekel; Boxtel; Breda;
Cranendonck; Deurne; Dongen; Drimmelen; Eersel; Eindhoven; Etten-Leur; Geertruidenberg; Geldrop-Mierlo; Gemert-Bakel;
Gilze en Rijen; Goirle; Halderberge; Heeze-Leende; Helmond; 's-Hertogenbosch; Heusden; Hilvarenbeek; Laarbeek;
Land van Cuijk; Loon op Zand; Maashorst; Meierijstad; Moerdijk; Nuenen, Gerwen en Nederwetten; Oirschot; Oisterwijk;
Oosterhout; Oss; Reusel-De Mierden; Roosendaal; Rucphen; Sint-Michielsgestel; Someren; Son en Breugel; Steenbergen;
Tilburg; Valkenswaard; Veldhoven; Vught; Waalre; Waalwijk; Woensdrecht; Zundert;
Beek; Beekdaelen; Beesel; Bergen (L); Brunssum; Echt-Susteren; Eijsden-Margraten; Gennep; Gulpen-Wittem; Heerlen;
Horst aan de Maas; Kerkrade; Landgraaf; Leudal; Maasgouw; Maastricht; Meerssen; Mook en Middelaar; Nederweert;
Peel en Maas; Roerdalen; Roermond; Simpelveld; Sittard-Geleen; Stein; Vaals; Valkenburg aan de Geul; Venlo; Venray;
Voerendaal; Weert
""".replace("\n", " ").split(";")
)

# Units, provinces, former police regions, and places whose handle would read as another word (politie + k…).
REGIONS = (
    *("Noord-Nederland", "Oost-Nederland", "Midden-Nederland", "Noord-Holland", "Zuid-Holland", "Zeeland-West-Brabant"),
    *("Oost-Brabant", "Noord-Brabant", "Limburg", "Drenthe", "Fryslân", "Overijssel", "Gelderland", "Flevoland"),
    *("Zeeland", "Twente", "IJsselland", "Haaglanden", "Hollands Midden", "Kennemerland", "Zaanstreek", "Achterhoek"),
    *("Kerkdriel", "Kollum", "Kralingen", "Krommenie", "Kudelstaart"),
)

# Names that mean the same area, both ways.
SECOND_NAMES = (
    ("'s-Hertogenbosch", "Den Bosch"),
    ("'s-Gravenhage", "Den Haag"),
    ("Fryslân", "Friesland"),
    ("Noardeast-Fryslân", "Noordoost-Fryslân", "Noordoost-Friesland"),
    ("Súdwest-Fryslân", "Zuidwest-Fryslân", "Zuidwest-Friesland"),
    ("De Fryske Marren", "De Friese Meren", "Friese Meren"),
    ("Nuenen, Gerwen en Nederwetten", "Nuenen"),
    ("Krimpen aan den IJssel", "Krimpen"),
    ("Capelle aan den IJssel", "Capelle"),
    ("Alphen aan den Rijn", "Alphen"),
    ("Valkenburg aan de Geul", "Valkenburg"),
)

# Short forms that the 15 characters of a handle force; they cannot be derived from the names.
ABBREVIATIONS = {
    "adam": "Amsterdam",
    "crdonck": "Cranendonck",
    "ehv": "Eindhoven",
    "hmeer": "Haarlemmermeer",
    "hofvantw": "Hof van Twente",
    "hofvtwente": "Hof van Twente",
    "leidvburg": "Leidschendam-Voorburg",
    "purm": "Purmerend",
    "rdaal": "Roosendaal",
    "rdam": "Rotterdam",
    "rh": "Rijssen-Holten",
    "scherpenzl": "Scherpenzeel",
    "steenwl": "Steenwijkerland",
    "vhv": "Veldhoven",
    "wmaaswaal": "West Maas en Waal",
    "zwartewl": "Zwartewaterland",
}

LONGEST = 10  # pieces of the longest name, camelCase splits included


def is_known_area(text: str) -> bool:
    """Whether the whole text is a municipality, region, second name or police abbreviation, however it is spelled."""
    return _key(text) in KNOWN


def names_area(text: str, area: str, aliases: Iterable[str] = ()) -> bool:
    """Whether `text` names `area` or one of its aliases, as separate words in order.

    A known area that is only a part of the name of another municipality is not named: `Bergen` in `Bergen op Zoom`.
    """
    own = spellings(area, aliases)
    spans = list(_spans(_spelled(text)))
    others = [(first, last) for first, last, key in spans if key in OTHER_KEYS - own]
    return any(
        key in own and not (key in KNOWN and any(_inside((first, last), other) for other in others))
        for first, last, key in spans
    )


def spellings(area: str | None, aliases: Iterable[str] = ()) -> frozenset[str]:
    """The keys (words written together) under which an area and its aliases go, second names included."""
    keys = {_key(name) for name in (area, *aliases) if name}
    return frozenset(keys.union(*(names for names in SECOND_KEYS if names & keys))) - {""}


def _spelled(text: str) -> str:
    """Short forms written out: `a/d`, `aan den`, `St.`, `&`."""
    text = re.sub(r"\ba\s?[/.]\s?d\b\.?", "aan de", bare(text), flags=re.IGNORECASE)
    text = re.sub(r"\baan (?:den|der|het)\b", "aan de", text, flags=re.IGNORECASE)
    text = re.sub(r"\bst\b\.?", "sint", text, flags=re.IGNORECASE)
    return re.sub(r"[&+]", " en ", text)


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


def _inside(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return other[0] <= span[0] and span[1] <= other[1] and span != other


SECOND_KEYS = tuple(frozenset(_key(name) for name in names) for names in SECOND_NAMES)
# What may hide a shorter name within a longer one.
OTHER_KEYS = frozenset(_key(name) for name in (*MUNICIPALITIES, *REGIONS))
KNOWN = OTHER_KEYS.union(ABBREVIATIONS, *SECOND_KEYS)
