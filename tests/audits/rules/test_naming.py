"""The rules about names."""

from __future__ import annotations

import pytest

from tests.audits.making import found, made, verdict, without

TOKEN, SHOWN, AREA = "handle-police-token", "display-name-police", "display-name-area"

TELLING = [
    "POL_Zwolle",
    "pol-zwolle",
    "pol.zwolle",
    "PolDelft",
    "polgouda",
    "poldenbosch",
    "POLAU247",
    "politieoss",
    "PolitieEhv",
    "politie.enschede",
    "Hardenbergpolitie",
    "geldrop.politie",
    "DePolitieHeli",
    "jeugdagent_politieapeldoorn",
    "wijkagent_teteringen",
    "wijkagentendukenburg",
    "gebiedsagentrenkum",
    "WA_Oosterpark",
    "politiekatwijk",
    "PolitieKatwijk",
    "politiekatwijk_noord",
    "politiekerkrade",
    "politie_kdorp",
]
SILENT = [
    "gaasperdam",
    "CBurgwallen",
    "politiekbij1",
    "PolitiekZwolle",
    "polder_zwolle",
    "polonaise",
    "politieforum",
    "Politie_Forum",
]


@pytest.mark.parametrize("handle", TELLING)
def test_a_handle_that_tells_the_police_passes_whatever_is_shown(handle):
    assert verdict(TOKEN, made(profile={"handle": handle, "display_name": "Team Zwolle"})) == "pass"
    assert verdict(TOKEN, made(profile={"handle": handle, "display_name": None})) == "pass"


@pytest.mark.parametrize("handle", SILENT)
def test_a_handle_without_a_police_word_fails_when_the_name_has_none_either(handle):
    finding = found(TOKEN, made(profile={"handle": handle, "display_name": "Team Segbroek"}))
    assert finding.verdict == "fail"
    assert finding.seen == f"{handle} / Team Segbroek"
    assert finding.wanted


@pytest.mark.parametrize("shown", ["Politie Gaasperdam", "Politieteam Oost", "Wijkagent Centrum", "𝐏𝐨𝐥𝐢𝐭𝐢𝐞"])
def test_the_shown_name_can_carry_the_word_for_the_handle(shown):
    assert verdict(TOKEN, made(profile={"handle": "gaasperdam", "display_name": shown})) == "pass"


@pytest.mark.parametrize("handle", ["poljordaan", "politiekrommeniedijk"])
def test_the_rest_of_a_handle_may_be_the_accounts_own_area_only(handle):
    profile = {"handle": handle, "display_name": "Team"}
    own = {"area": "Jordaan", "area_aliases": ("Krommeniedijk",)}
    assert verdict(TOKEN, made(account=own, profile=profile)) == "pass"
    assert verdict(TOKEN, made(profile=profile)) == "fail"


def test_without_a_shown_name_a_silent_handle_is_unknown():
    facts = made(profile={"handle": "gaasperdam", "display_name": None}, gaps={"display_name": "login_wall"})
    finding = found(TOKEN, facts)
    assert (finding.verdict, finding.gap) == ("unknown", "login_wall")


def test_an_empty_shown_name_is_no_unknown():
    assert verdict(TOKEN, made(profile={"handle": "gaasperdam", "display_name": ""})) == "fail"
    assert verdict(SHOWN, made(profile={"display_name": ""})) == "fail"
    assert verdict(AREA, made(profile={"display_name": ""})) == "fail"


@pytest.mark.parametrize("rule", [TOKEN, SHOWN, AREA])
def test_names_that_were_not_observed_are_unknown(rule):
    assert verdict(rule, without("handle", "display_name")) == "unknown"


@pytest.mark.parametrize(
    "shown",
    [
        "Politie Zwolle",
        "politieteam Zwolle",
        "Politiebureau Delft",
        "Politievlogger",
        "Politie-Katwijk",
        "Politiekatwijk",
        "🚓POLITIE🚓",
        "P\u200bolitie",
        "Wijkagent | Politie",
        "Politieke partij? Nee: politie",
    ],
)
def test_a_shown_name_with_politie_passes(shown):
    assert verdict(SHOWN, made(profile={"display_name": shown})) == "pass"


@pytest.mark.parametrize(
    "shown",
    [
        "Wijkagent Centrum",
        "Team Verkeer Den Haag",
        "Politieke partij Zwolle",
        "Politiek Café Zwolle",
        "Politieforum",
        "Politie-forum",
        "Politie Forum",
        "POL Zwolle",
        "Pоlitie Zwolle",
    ],
)
def test_a_shown_name_without_politie_fails(shown):
    finding = found(SHOWN, made(profile={"display_name": shown}))
    assert (finding.verdict, finding.seen, finding.wanted) == ("fail", shown, "politie")


def test_the_milder_policy_takes_a_role_for_politie():
    facts = made(profile={"display_name": "Wijkagent Centrum"})
    assert verdict(SHOWN, facts, 2020) == "pass"
    assert verdict("display-name-team", facts, 2020) == "fail"


def test_the_area_or_an_alias_in_the_shown_name_passes():
    assert verdict(AREA, made()) == "pass"
    alias = {"area": "Stadshagen", "area_aliases": ("Zwolle",)}
    assert verdict(AREA, made(account=alias)) == "pass"


@pytest.mark.parametrize(
    ("area", "shown"),
    [
        ("Aalsmeer-Uithoorn", "Politie Aalsmeer Uithoorn"),
        ("Aalsmeer-Uithoorn", "Politie Uithoorn en Aalsmeer"),
        ("Leudal, Maasgouw", "Politie Maasgouw / Leudal"),
        ("Tuinwijk, Selwerd", "Wijkagent Selwerd & Tuinwijk | Politie"),
        ("Hengelo, Ov", "Politie Hengelo"),
    ],
)
def test_a_compound_area_is_named_by_all_its_parts_in_any_order(area, shown):
    assert verdict(AREA, made(account={"area": area}, profile={"display_name": shown})) == "pass"


@pytest.mark.parametrize(
    ("account", "shown"),
    [
        ({"area": "Aalsmeer-Uithoorn"}, "Politie Aalsmeer"),
        ({"area": "Leudal, Maasgouw"}, "Politie Maasgouw"),
        ({"area": "Arnhem-Noord"}, "Politie Noord Arnhem"),
        ({"area": " - , "}, "Politie Zwolle"),
        ({"area": ", ".join(["Zwolle"] * 5_000)}, "Politie Zwolle"),
        ({"area": "Hengelo (Ov)", "area_aliases": ("Ov",)}, "Politie ov-team"),
        ({"area": "Bergen", "area_aliases": ("NH", "L")}, "Politie NH / L"),
        ({"area": "Hengelo", "area_aliases": ("Gld",)}, "Politie Gld"),
    ],
)
def test_a_part_of_a_compound_area_or_the_short_form_of_its_province_does_not_name_it(account, shown):
    assert verdict(AREA, made(account=account, profile={"display_name": shown})) == "fail"


def test_the_short_form_of_a_province_names_the_province():
    own = {"area": "Noord-Holland", "area_aliases": ("NH",)}
    assert verdict(AREA, made(account=own, profile={"display_name": "Politie NH"})) == "pass"


def test_another_area_in_the_shown_name_fails():
    finding = found(AREA, made(profile={"display_name": "Politie Assen"}))
    assert (finding.verdict, finding.seen, finding.wanted) == ("fail", "Politie Assen", "Zwolle")


@pytest.mark.parametrize(
    "account",
    [
        {"area": None},
        {"area": " "},
        *({"type": kind} for kind in ("landelijk", "landelijke_eenheid", "portefeuille", "thema")),
        *({"type": kind} for kind in ("werving", "dier", "vlogger")),
    ],
)
@pytest.mark.parametrize("shown", ["Politie Assen", None])
def test_an_account_without_an_area_of_its_own_is_not_held_to_one(account, shown):
    assert verdict(AREA, made(account=account, profile={"display_name": shown})) == "not_applicable"


@pytest.mark.parametrize("rule", [TOKEN, SHOWN, AREA])
def test_a_name_seen_in_part_neither_passes_nor_fails_for_what_is_not_in_it(rule):
    gaps = {"display_name": "partial", "handle": "partial"}
    assert verdict(rule, made(gaps=gaps)) == "unknown"
    assert verdict(rule, made(profile={"handle": "x", "display_name": "Team"}, gaps=gaps)) == "unknown"
