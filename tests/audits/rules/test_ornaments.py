"""The rule about decoration in the name that is shown."""

from __future__ import annotations

import pytest

from audits.model import Facts
from audits.rules.ornaments import Ornaments, name_ornaments
from tests.audits.making import found, made, verdict, without

RULE = "name-ornaments"


def shown(name: str) -> Facts:
    return made(profile={"display_name": name})


@pytest.mark.parametrize(
    "name",
    [
        "⭐ Politie Zwolle ⭐",
        "Politie Zwolle ❤",
        "𝗣𝗼𝗹𝗶𝘁𝗶𝗲 Zwolle",
        "Ｐolitie Zwolle",
        "Ⓟolitie Zwolle",
        "ᴘᴏʟɪᴛɪᴇ Zwolle",
        "Politie Zwolle 🇳🇱",
        "Politie Zwolle 1️⃣",
        "👮🚓 Politie Zwolle",
        "P\u200bolitie Zwolle",
        "\u202ePolitie Zwolle",
        "P\u0336\u0337\u0338olitie",
        "Politie \ue000",
        "\u200d\u200d",
    ],
)
def test_decoration_beyond_what_is_allowed_fails(name):
    finding = found(RULE, shown(name))
    assert (finding.verdict, finding.seen, finding.wanted) == ("fail", name, "👮 🚓 🚔")


@pytest.mark.parametrize(
    "name",
    [
        "Politie Zwolle",
        "Politie Zwolle 👮",
        "Politie Zwolle 👮🏽\u200d♀️",
        "🚓 Politie",
        "Politie | Súdwest-Fryslân • Noord",
        "Politie ’s-Hertogenbosch (eo) & omgeving – 24/7",
        "Politie Capelle a/d Ĳssel",
        "=cmd|' /C calc'!A0 <script>alert(1)</script> @x +1",
        "Politie\u00a0Zwolle\nNL",
        "Politie Zwolle® © 2026 €",
        "Politie Noardeast-Frysla\u0302n",
        "\u200ePolitie Zwolle\u200f",
        "Poli\u00adtie Zwolle\u2060",
        "\u2068Politie Zwolle\u2069 \ufeff🚓",
        "\u202aPolitie\u202c",
        "",
    ],
)
def test_ordinary_names_and_one_allowed_sign_pass(name):
    assert verdict(RULE, shown(name)) == "pass"


@pytest.mark.parametrize("name", ["Pоlitie Zwolle", "Политие", "警察 Zwolle"])
def test_letters_of_another_script_are_for_a_person(name):
    assert verdict(RULE, shown(name)) == "review"


def test_what_is_allowed_and_how_many_is_the_policys():
    facts = shown("✨ Politie ✨")
    assert name_ornaments(facts, Ornaments(allowed=("✨",), most=2)).verdict == "pass"
    assert name_ornaments(facts, Ornaments(allowed=("✨",))).verdict == "fail"
    assert name_ornaments(facts, Ornaments()).wanted == "plain letters"


def test_a_name_that_was_not_seen_is_unknown_and_an_endless_one_is_judged():
    assert verdict(RULE, without("display_name")) == "unknown"
    assert verdict(RULE, made(gaps={"display_name": "partial"})) == "unknown"
    assert verdict(RULE, shown("👮\u200d" * 20_000)) == "fail"
