"""The municipalities of the Netherlands with the code of Statistics Netherlands, by police unit.

Division of 1 January 2025, 342 municipalities. A police unit is made of whole safety regions (the annexes of the
Politiewet 2012 and the Wet veiligheidsregio's); where it could not be told for certain, a municipality has no unit.
"""

from __future__ import annotations

_BY_UNIT = {
    "01": """
14 Groningen; 37 Stadskanaal; 47 Veendam; 765 Pekela; 1895 Oldambt; 1950 Westerwolde; 1952 Midden-Groningen;
1966 Het Hogeland; 1969 Westerkwartier; 1979 Eemsdelta; 59 Achtkarspelen; 60 Ameland; 72 Harlingen; 74 Heerenveen;
80 Leeuwarden; 85 Ooststellingwerf; 86 Opsterland; 88 Schiermonnikoog; 90 Smallingerland; 93 Terschelling; 96 Vlieland;
98 Weststellingwerf; 737 Tytsjerksteradiel; 1891 Dantumadiel; 1900 Súdwest-Fryslân; 1940 De Fryske Marren;
1949 Waadhoeke; 1970 Noardeast-Fryslân; 106 Assen; 109 Coevorden; 114 Emmen; 118 Hoogeveen; 119 Meppel;
1680 Aa en Hunze; 1681 Borger-Odoorn; 1690 De Wolden; 1699 Noordenveld; 1701 Westerveld; 1730 Tynaarlo;
1731 Midden-Drenthe""",
    "02": """
141 Almelo; 147 Borne; 148 Dalfsen; 150 Deventer; 153 Enschede; 158 Haaksbergen; 160 Hardenberg; 163 Hellendoorn;
164 Hengelo; 166 Kampen; 168 Losser; 173 Oldenzaal; 175 Ommen; 177 Raalte; 180 Staphorst; 183 Tubbergen; 189 Wierden;
193 Zwolle; 1700 Twenterand; 1708 Steenwijkerland; 1735 Hof van Twente; 1742 Rijssen-Holten; 1773 Olst-Wijhe;
1774 Dinkelland; 1896 Zwartewaterland; 197 Aalten; 200 Apeldoorn; 202 Arnhem; 203 Barneveld; 209 Beuningen; 213 Brummen;
214 Buren; 216 Culemborg; 221 Doesburg; 222 Doetinchem; 225 Druten; 226 Duiven; 228 Ede; 230 Elburg; 232 Epe;
233 Ermelo; 243 Harderwijk; 244 Hattem; 246 Heerde; 252 Heumen; 262 Lochem; 263 Maasdriel; 267 Nijkerk; 268 Nijmegen;
269 Oldebroek; 273 Putten; 274 Renkum; 275 Rheden; 277 Rozendaal; 279 Scherpenzeel; 281 Tiel; 285 Voorst;
289 Wageningen; 293 Westervoort; 294 Winterswijk; 296 Wijchen; 297 Zaltbommel; 299 Zevenaar; 301 Zutphen; 302 Nunspeet;
668 West Maas en Waal; 1509 Oude IJsselstreek; 1586 Oost Gelre; 1705 Lingewaard; 1734 Overbetuwe; 1740 Neder-Betuwe;
1859 Berkelland; 1876 Bronckhorst; 1945 Berg en Dal; 1955 Montferland; 1960 West Betuwe""",
    "03": """
34 Almere; 50 Zeewolde; 171 Noordoostpolder; 184 Urk; 303 Dronten; 995 Lelystad; 307 Amersfoort; 308 Baarn; 310 De Bilt;
312 Bunnik; 313 Bunschoten; 317 Eemnes; 321 Houten; 327 Leusden; 331 Lopik; 335 Montfoort; 339 Renswoude; 340 Rhenen;
342 Soest; 344 Utrecht; 345 Veenendaal; 351 Woudenberg; 352 Wijk bij Duurstede; 353 IJsselstein; 355 Zeist;
356 Nieuwegein; 589 Oudewater; 632 Woerden; 736 De Ronde Venen; 1581 Utrechtse Heuvelrug; 1904 Stichtse Vecht;
1961 Vijfheerenlanden; 376 Blaricum; 402 Hilversum; 406 Huizen; 417 Laren; 1696 Wijdemeren; 1942 Gooise Meren""",
    "04": """
361 Alkmaar; 373 Bergen (NH); 375 Beverwijk; 377 Bloemendaal; 383 Castricum; 385 Edam-Volendam; 388 Enkhuizen;
392 Haarlem; 394 Haarlemmermeer; 396 Heemskerk; 397 Heemstede; 399 Heiloo; 400 Den Helder; 405 Hoorn; 415 Landsmeer;
420 Medemblik; 431 Oostzaan; 432 Opmeer; 439 Purmerend; 441 Schagen; 448 Texel; 450 Uitgeest; 453 Velsen; 473 Zandvoort;
479 Zaanstad; 498 Drechterland; 532 Stede Broec; 852 Waterland; 880 Wormerland; 1598 Koggenland; 1911 Hollands Kroon;
1980 Dijk en Waard""",
    "05": "358 Aalsmeer; 362 Amstelveen; 363 Amsterdam; 384 Diemen; 437 Ouder-Amstel; 451 Uithoorn",
    "06": """
503 Delft; 518 's-Gravenhage; 603 Rijswijk; 629 Wassenaar; 637 Zoetermeer; 1783 Westland; 1842 Midden-Delfland;
1916 Leidschendam-Voorburg; 1926 Pijnacker-Nootdorp; 484 Alphen aan den Rijn; 513 Gouda; 534 Hillegom; 537 Katwijk;
546 Leiden; 547 Leiderdorp; 553 Lisse; 569 Nieuwkoop; 575 Noordwijk; 579 Oegstgeest; 626 Voorschoten; 627 Waddinxveen;
638 Zoeterwoude; 1525 Teylingen; 1884 Kaag en Braassem; 1892 Zuidplas; 1901 Bodegraven-Reeuwijk; 1931 Krimpenerwaard""",
    "07": """
482 Alblasserdam; 489 Barendrecht; 502 Capelle aan den IJssel; 505 Dordrecht; 512 Gorinchem; 523 Hardinxveld-Giessendam;
531 Hendrik-Ido-Ambacht; 542 Krimpen aan den IJssel; 556 Maassluis; 590 Papendrecht; 597 Ridderkerk; 599 Rotterdam;
606 Schiedam; 610 Sliedrecht; 613 Albrandswaard; 622 Vlaardingen; 642 Zwijndrecht; 1621 Lansingerland;
1924 Goeree-Overflakkee; 1930 Nissewaard; 1963 Hoeksche Waard; 1978 Molenlanden; 1992 Voorne aan Zee""",
    "08": """
654 Borsele; 664 Goes; 677 Hulst; 678 Kapelle; 687 Middelburg; 703 Reimerswaal; 715 Terneuzen; 716 Tholen; 717 Veere;
718 Vlissingen; 1676 Schouwen-Duiveland; 1695 Noord-Beveland; 1714 Sluis; 744 Baarle-Nassau; 748 Bergen op Zoom;
758 Breda; 766 Dongen; 777 Etten-Leur; 779 Geertruidenberg; 784 Gilze en Rijen; 785 Goirle; 798 Hilvarenbeek;
809 Loon op Zand; 824 Oisterwijk; 826 Oosterhout; 840 Rucphen; 851 Steenbergen; 855 Tilburg; 867 Waalwijk;
873 Woensdrecht; 879 Zundert; 1655 Halderberge; 1674 Roosendaal; 1709 Moerdijk; 1719 Drimmelen; 1723 Alphen-Chaam;
1959 Altena""",
    "09": """
743 Asten; 753 Best; 755 Boekel; 757 Boxtel; 762 Deurne; 770 Eersel; 772 Eindhoven; 794 Helmond; 796 's-Hertogenbosch;
820 Nuenen, Gerwen en Nederwetten; 823 Oirschot; 828 Oss; 845 Sint-Michielsgestel; 847 Someren; 848 Son en Breugel;
858 Valkenswaard; 861 Veldhoven; 865 Vught; 866 Waalre; 1652 Gemert-Bakel; 1658 Heeze-Leende; 1659 Laarbeek;
1667 Reusel-De Mierden; 1706 Cranendonck; 1721 Bernheze; 1724 Bergeijk; 1728 Bladel; 1771 Geldrop-Mierlo;
1948 Meierijstad; 1982 Land van Cuijk; 1991 Maashorst""",
    "10": """
882 Landgraaf; 888 Beek; 889 Beesel; 893 Bergen (L); 899 Brunssum; 907 Gennep; 917 Heerlen; 928 Kerkrade;
935 Maastricht; 938 Meerssen; 944 Mook en Middelaar; 946 Nederweert; 957 Roermond; 965 Simpelveld; 971 Stein; 981 Vaals;
983 Venlo; 984 Venray; 986 Voerendaal; 988 Weert; 994 Valkenburg aan de Geul; 1507 Horst aan de Maas; 1640 Leudal;
1641 Maasgouw; 1669 Roerdalen; 1711 Echt-Susteren; 1729 Gulpen-Wittem; 1883 Sittard-Geleen; 1894 Peel en Maas;
1903 Eijsden-Margraten; 1954 Beekdaelen""",
    "": "797 Heusden",
}

# Name -> the code of Statistics Netherlands (`GM0193`), and name -> the code of the police unit (`02`).
CODES: dict[str, str] = {}
UNIT_OF: dict[str, str] = {}
for _unit, _entries in _BY_UNIT.items():
    for _entry in _entries.replace("\n", " ").split(";"):
        _code, _name = _entry.strip().split(" ", 1)
        CODES[_name] = f"GM{_code:0>4}"
        if _unit:
            UNIT_OF[_name] = _unit
MUNICIPALITIES = tuple(CODES)
