"""`register import --politie-nl` against a stand-in."""

from __future__ import annotations

import asyncio
import json
import threading

import pytest

from crawler.cli import main
from fixtures.simulator.open_data import OpenDataServer, Station

STATIONS = (Station(path="02/ede.html", naam="Ede", plaats="Ede", twitter="https://www.twitter.com/POL_Ede"),)


@pytest.fixture
def served():
    """Starts a stand-in in a thread of its own, as the command line has a loop of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    servers = []

    def start(*traps, stations=STATIONS):
        server = OpenDataServer(stations, (), frozenset(traps))
        asyncio.run_coroutine_threadsafe(server.start(), loop).result(10)
        servers.append(server)
        return server.address

    yield start
    for server in servers:
        asyncio.run_coroutine_threadsafe(server.close(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)
    loop.close()


@pytest.fixture
def bring(tmp_path, capsys):
    def call(base, *words):
        store = f"sqlite:///{tmp_path / 'store.sqlite'}"
        asked = ("--politie-nl", "--base", base, "--pause", "0", "--grid", "35")
        code = main(["register", "import", *asked, *words, "--store", store])
        main(["register", "list", "--json", "--store", store])
        captured = capsys.readouterr()
        kept = [json.loads(line) for line in captured.out.splitlines() if line.startswith("{")]
        return code, kept, captured.out + captured.err

    return call


def test_what_politie_nl_names_becomes_the_register(served, bring):
    code, kept, said = bring(served())
    assert code == 0
    assert [(one["account_id"], one["unit"], one["area"]) for one in kept] == [("x:pol_ede", "02", "Ede")]
    assert kept[0]["source_url"].startswith("https://www.politie.nl/")
    assert "+ x:pol_ede" in said
    assert "nothing changed" in bring(served())[2]


@pytest.mark.parametrize("trap", ["repeat", "500"])
def test_an_answer_with_holes_is_not_written(served, bring, trap):
    code, kept, said = bring(served(trap))
    assert (code, kept) == (3, [])
    assert said.count("cannot be reached or read (politiebureaus/all: ") == 1
    assert len([line for line in said.splitlines() if "open data" in line]) == 2


EPE = Station(path="02/epe.html", naam="Epe", plaats="Epe", twitter="https://www.twitter.com/POL_Epe")
NOTHING = Station(path="02/epe.html", naam="Epe", plaats="Epe")


@pytest.mark.parametrize(("stations", "why"), [((), "no station in it"), ((NOTHING,), "no usable row")])
def test_an_empty_answer_leaves_the_register_as_it_is(served, bring, stations, why):
    bring(served())
    code, kept, said = bring(served(stations=stations))
    assert (code, len(kept)) == (3, 1)
    assert why in said
    assert "- x:pol_ede" not in said


def test_what_is_gone_goes_only_when_the_whole_country_was_asked(served, bring):
    bring(served())
    assert [one["handle"] for one in bring(served(stations=[EPE]), "--grid", "52.0,5.6")[1]] == ["POL_Ede", "POL_Epe"]
    code, kept, said = bring(served(stations=[EPE]))
    assert (code, [one["handle"] for one in kept]) == (0, ["POL_Epe"])
    assert "- x:pol_ede" in said


def test_a_confirmed_account_that_is_gone_stays_and_is_told(served, bring, tmp_path):
    path, page = tmp_path / "eigen.csv", "https://www.politie.nl/mijn-buurt/politiebureaus/02/ede.html"
    path.write_text(f"platform,handle,beheerders,source_url\nx,POL_Ede,a@example.org,{page}\n", encoding="utf-8")
    main(["register", "import", str(path), "--store", f"sqlite:///{tmp_path / 'store.sqlite'}"])
    code, kept, said = bring(served(stations=[EPE]))
    assert (code, [one["handle"] for one in kept]) == (0, ["POL_Ede", "POL_Epe"])
    assert "not found account_id 'x:pol_ede': Politie.nl noemt dit account niet meer" in said
    assert "no longer names this account" in bring(served(stations=[EPE]), "--lang", "en")[2]


@pytest.mark.parametrize(
    "words", [("--grid", "0"), ("--grid", "a,b"), ("--grid", "x"), ("--pause", "-1"), ("--base", "http://politie.nl")]
)
def test_a_wrong_option_is_said_in_one_line(bring, words):
    code, _, said = bring("https://localhost", *words)
    assert code == 2
    assert words[0] in said
