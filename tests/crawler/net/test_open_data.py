"""The open data of politie.nl, asked of a stand-in with the traps that its clients have met."""

from __future__ import annotations

from contextlib import asynccontextmanager
from time import monotonic

import pytest

from audits.register.open_data import to_import
from crawler.net.guard import Forbidden
from crawler.net.open_data import OpenData
from fixtures.simulator.open_data import OpenDataServer, Station, Wijkagent

STATIONS = (
    *(
        Station(
            path=f"02/bureau-{number}.html",
            naam=f"Bureau {number}",
            plaats="Ede" if number else None,
            twitter="https://www.twitter.com/POL_Ede" if number < 2 else None,
        )
        for number in range(120)
    ),
    Station(path="02/bureau-1.html", naam="Bureau 1", plaats="Ede", facebook="null"),
)
WIJKAGENTEN = (
    Wijkagent(
        uid="w1",
        naam="Jo Voorbeeld",
        werkgebied="Centrum",
        lat=52.0,
        lon=5.0,
        path="03/jo-voorbeeld.html",
        twitter={"accountNaam": "@WA_Centrum", "list": None},
        instagram="https://www.instagram.com/wijkagent_centrum/",
    ),
    *(Wijkagent(uid=f"v{number}", naam="Naam", werkgebied="Noord", lat=52.1, lon=5.1) for number in range(60)),
)
NEAR, NEARBY, AT_SEA, EMPTY = (52.0, 5.0), (52.05, 5.05), (54.9, 3.0), (53.0, 6.0)


@asynccontextmanager
async def asked(*points, traps=(), stations=STATIONS):
    server = OpenDataServer(stations, WIJKAGENTEN, frozenset(traps))
    await server.start()
    try:
        client = OpenData(server.address, pause=0, timeout=5, agent="test")
        yield await client.harvest(points, lambda _: None), server
    finally:
        await server.close()


@pytest.mark.parametrize("traps", [(), ("lower",)])
async def test_stations_and_wijkagenten_come_page_by_page_in_any_case_and_once_each(traps):
    async with asked(NEAR, NEARBY, traps=traps) as (harvest, server):
        imported = to_import(harvest.records)
    assert len(harvest.records) == 120 + 61
    assert not harvest.troubles
    assert server.most == 1
    assert {account.account_id for account in imported.accounts} == {
        "x:pol_ede",
        "x:wa_centrum",
        "instagram:wijkagent_centrum",
    }
    assert not imported.conflicts


async def test_the_name_of_a_wijkagent_is_not_kept_also_not_in_the_address_of_the_page():
    async with asked(NEAR) as (harvest, _):
        imported = to_import(harvest.records)
    officer = next(account for account in imported.accounts if account.handle == "WA_Centrum")
    assert "voorbeeld" not in repr((harvest, imported)).casefold()
    assert (officer.type, officer.unit, officer.area) == ("wijkagent", "03", "Centrum")
    assert officer.source_url == "https://www.politie.nl/mijn-buurt/wijkagenten/03"


async def test_nobody_there_and_a_point_outside_the_country_are_no_trouble():
    async with asked(EMPTY, AT_SEA) as (harvest, _):
        assert (len(harvest.records), harvest.refused, harvest.troubles) == (120, 1, ())


async def test_when_every_point_is_refused_something_is_wrong():
    async with asked(AT_SEA) as (harvest, _):
        assert harvest.troubles == ("wijkagenten: every point was refused",)


@pytest.mark.parametrize(
    ("trap", "said", "questions"),
    [
        ("repeat", "politiebureaus/all: page 2 repeats what came before", 2),
        ("500", "politiebureaus/all: answer 500", 3),
        ("redirect", "politiebureaus/all: answer 302", 1),
    ],
)
async def test_without_the_stations_nothing_more_is_asked(trap, said, questions):
    async with asked(NEAR, NEARBY, traps=[trap]) as (harvest, server):
        assert (harvest.stopped, harvest.troubles) == (True, (f"cannot be reached or read ({said})",))
        assert len(server.asked) == harvest.requests == questions


async def test_a_country_without_stations_is_no_answer():
    async with asked(NEAR, stations=()) as (harvest, _):
        assert harvest.troubles == ("cannot be reached or read (politiebureaus/all: no station in it)",)
        assert harvest.requests == 1


async def test_a_point_without_a_usable_answer_is_told():
    async with asked(NEAR, traps=["html"]) as (harvest, _):
        assert harvest.troubles == ("wijkagenten 52.0000 5.0000: no JSON of this kind",)
        assert not harvest.stopped


async def test_after_three_equal_failures_in_a_row_nothing_more_is_asked():
    async with asked(*[NEAR] * 9, traps=["html"]) as (harvest, server):
        assert harvest.troubles == ("cannot be reached or read (wijkagenten: no JSON of this kind, 3 times in a row)",)
        assert len(server.asked) == 2 + 3


async def test_failures_with_an_answer_between_them_are_not_in_a_row():
    async with asked(NEAR, NEAR, AT_SEA, NEAR, NEAR, traps=["html"]) as (harvest, _):
        assert (len(harvest.troubles), harvest.refused, harvest.stopped) == (4, 1, False)


async def test_where_nobody_answers_it_is_said_after_one_question():
    client = OpenData("http://127.0.0.1:1/v4", pause=0, timeout=5, agent="test")
    harvest = await client.harvest([NEAR] * 9, lambda _: None)
    assert harvest.troubles == ("cannot be reached or read (politiebureaus/all: no answer)",)
    assert harvest.requests == 3


async def test_there_is_a_pause_before_each_question_but_the_first():
    server = OpenDataServer(STATIONS, WIJKAGENTEN, frozenset())
    await server.start()
    start = monotonic()
    harvest = await OpenData(server.address, pause=0.1, timeout=5, agent="test").harvest([NEAR], lambda _: None)
    await server.close()
    assert monotonic() - start >= 0.1 * (harvest.requests - 1) > 0


@pytest.mark.parametrize(
    "base", ["http://api.politie.nl/v4", "https://a@b.nl", "ftp://x.nl", "", "http://localhost/v4"]
)
def test_only_a_plain_secure_address_is_asked(base):
    with pytest.raises(Forbidden):
        OpenData(base, pause=0, timeout=1, agent="test")
