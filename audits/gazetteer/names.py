"""Names beside those of municipalities: police units, regions, second names, and the short forms of handles."""

from __future__ import annotations

# Code -> name. The codes stand in the addresses of politie.nl; the last two units were made on 1 January 2024.
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
    "LX": "Landelijke Expertise en Operaties",
    "LO": "Landelijke Opsporing en Interventies",
}

# Provinces, former police regions and districts.
REGIONS = (
    *("Noord-Nederland", "Oost-Nederland", "Midden-Nederland", "Noord-Holland", "Zuid-Holland", "Zeeland-West-Brabant"),
    *("Oost-Brabant", "Noord-Brabant", "Limburg", "Drenthe", "Fryslân", "Overijssel", "Gelderland", "Flevoland"),
    *("Zeeland", "Twente", "IJsselland", "Haaglanden", "Hollands Midden", "Kennemerland", "Zaanstreek", "Achterhoek"),
)
# Parts of a name that tell parts of a place apart; alone they name no place.
SIDES = frozenset(["noord", "oost", "zuid", "west", "midden", "centrum", "stad", "en"])
# How postal lists write the province behind a town -> what it is short for.
PROVINCES_SHORT = {
    "gn": ("Groningen",),
    "gr": ("Groningen",),
    "fr": ("Fryslân",),
    "dr": ("Drenthe",),
    "ov": ("Overijssel",),
    "gld": ("Gelderland",),
    "fl": ("Flevoland",),
    "ut": ("Utrecht",),
    "nh": ("Noord-Holland",),
    "zh": ("Zuid-Holland",),
    "z": ("Zeeland",),
    "zld": ("Zeeland",),
    "nb": ("Noord-Brabant",),
    "l": ("Limburg",),
    "lb": ("Limburg",),
}
# Places whose handle would read as another word (politie + k…).
PLACES = ("Kerkdriel", "Kollum", "Kralingen", "Krommenie", "Kudelstaart")

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

# Short forms that the 15 characters of a handle force; they cannot be derived from the names. Only municipalities:
# a short form that means two of them or a part of one (AU247, leudmaas) is for the register to tell as an alias.
ABBREVIATIONS = {
    "adam": "Amsterdam",
    "crdonck": "Cranendonck",
    "ehv": "Eindhoven",
    "hmeer": "Haarlemmermeer",
    "hofvantw": "Hof van Twente",
    "hofvtwente": "Hof van Twente",
    "leidvburg": "Leidschendam-Voorburg",
    "peelmaas": "Peel en Maas",
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
