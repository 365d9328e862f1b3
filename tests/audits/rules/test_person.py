"""The rule about a person's name. All names here are of nobody: first names, and shapes."""

from __future__ import annotations

from typing import Any

import pytest

from audits.model import Facts
from tests.audits.making import found, made, verdict, without

RULE = "name-person"
MOERWIJK = {"area": "Moerwijk", "type": "wijkagent"}


def named(name: str, account: dict[str, Any] | None = None, handle: str = "POL_Zwolle") -> Facts:
    return made(account=account, profile={"display_name": name, "handle": handle})


@pytest.mark.parametrize(
    ("name", "account"),
    [
        ("Wijkagent Jan", None),
        ("Wijkagent Jan Zwolle", None),
        ("Politie Wijkagent Jan | Zwolle", None),
        ("wijkagent Jan Moerwijk", MOERWIJK),
        ("Jeugdagente Lotte", None),
        ("Agent Frans - politie", None),
        ("politie Jan-Willem", None),
        ("Politie J. de Vries", None),
        ("Wijkagent J.P. Jansen", None),
        ("Wijkagent Zoë", None),
        ("𝗪𝗶𝗷𝗸𝗮𝗴𝗲𝗻𝘁 𝗝𝗮𝗻", None),
    ],
)
def test_a_name_behind_a_role_or_the_police_is_for_a_person(name, account):
    finding = found(RULE, named(name, account))
    assert (finding.verdict, finding.seen) == ("review", name)


@pytest.mark.parametrize(
    ("name", "account"),
    [
        ("Politie Zwolle", None),
        ("Politie", None),
        ("", None),
        ("Wijkagent Zwolle", None),
        ("Wijkagent Assen", None),
        ("Wijkagent Moerwijk", MOERWIJK),
        ("Wijkagent Teteringen", None),
        ("Wijkagent Segbroek", {"area": None}),
        ("Wijkagent Lombok", {"area": "Lombok"}),
        ("Buurtagent Gilze en Rijen", MOERWIJK),
        ("Wijkagent De Pijp", {"area": "De Pijp"}),
        ("Wijkagent Aa-landen", {"area": "Aa-landen"}),
        ("Wijkagenten Selwerd en Tuinwijk", {"area": "Selwerd"}),
        ("Politie Heemstraat", None),
        ("Politie Jan Hendrikstraat", None),
        ("Politie Leidschendam-Voorburg", {"area": None}),
        ("Politie Rijssen-Holten", None),
        ("Politie Berkel-Enschot", {"area": "Berkel-Enschot"}),
        ("Politie Horeca Utrecht", None),
        ("Politie Evenementen", None),
        ("Digitaal wijkagent Politie Zwolle", None),
        ("Wijkagent Politie Zwolle", None),
        ("Politie Segbroek", {"area": None}),
        ("Wijkagent horeca", None),
        ("Wijkagent <script>alert(1)</script>", None),
        ("=cmd|' /C calc'!A0 Politie Zwolle", None),
        ("WIJKAGENT ZWOLLE", None),
        ("Jan Politie", None),
    ],
)
def test_areas_topics_and_what_is_in_doubt_stay_silent(name, account):
    assert verdict(RULE, named(name, account)) == "pass"


@pytest.mark.parametrize("kind", ["persoon", "vlogger", "dier"])
def test_an_account_that_is_a_person_or_an_animal_bears_its_name(kind):
    assert verdict(RULE, named("Wijkagent Jan", {"type": kind})) == "not_applicable"


@pytest.mark.parametrize(
    ("handle", "expected"),
    [
        ("wijkagent_jan", "review"),
        ("WijkagentHenk", "review"),
        ("wijkagent_zwolle", "pass"),
        ("wijkagent_zwll", "pass"),
        ("wijkagent_teteringen", "pass"),
        ("wijkagentjan", "pass"),
        ("politie_frans", "pass"),
        ("wijkagent_jan_zwolle", "pass"),
    ],
)
def test_a_handle_of_a_role_and_one_other_word_is_for_a_person(handle, expected):
    assert verdict(RULE, named("Politie Zwolle", None, handle)) == expected


def test_a_handle_says_nothing_where_the_register_knows_no_area():
    assert verdict(RULE, named("Politie", {"area": None}, "wijkagent_jan")) == "pass"


def test_names_that_were_not_seen_are_unknown_and_endless_ones_are_judged():
    assert verdict(RULE, without("display_name")) == "unknown"
    assert verdict(RULE, without("handle")) == "unknown"
    assert verdict(RULE, named("Wijkagent " * 4_000)) == "pass"
    assert verdict(RULE, named("Wijkagent " + "Ab-" * 20_000)) == "pass"
