"""One account in several rows, several accounts for one place, and names that say another place than their row."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.model import Platform
from audits.register import Import, read_csv
from audits.register.places import Places, remainder, station_names

LIST = Path("shared", "registry", "politie-nl-stations-2020.csv")
STATIONS = next((up / LIST for up in Path(__file__).parents[4:] if (up / LIST).exists()), None)
HEADINGS = "station_id,station,city,unit_code,x_url,facebook_url,page_url"
# Made up, in the shapes of the list that politie.nl published in 2020.
MADE_UP = (
    "1,Politiebureau Leek,Leek,01,,https://fb.com/Politie-Ommelanden-900000000001/,https://politie.nl/leek",
    "2,Politiepost Bedum,Bedum,01,,https://www.facebook.com/Politie-Ommelanden-900000000001?ref=hl,",
    "3,Politiepost Winsum,Winsum,01,https://www.twitter.com/polduindorp,,",
    "4,Duindorp,Den Haag,06,https://www.twitter.com/PolDuindorp,null,",
    "5,Delden (Hof van Twente),Delden,02,http://twitter.com/POL_HofvTwente,https://•\thttps://fb.com/politiehof/,",
    "6,Goor  (Hof van Twente),Goor,02,https://www.twitter.com/POL_Hofvantw,,",
    "7,Apeldoorn - Europaweg,Apeldoorn,02,https://www/twitter.com/POL_Apeldoorn,https://fb.com/ Politie.Apeldoorn/,",
    "8,Beekbergen,Beekbergen,02,https://www.twitter.nl/pol_apeldoorn,https://nl-nl.facebook.com/politie.apeldoorn?a=b,",
    "9,Exloo,Exloo,01,,,",
)


def stations(*rows: str) -> Import:
    return read_csv("\r\n".join((HEADINGS, *rows)).encode())


def told(remarks) -> list[tuple[int, str, str]]:
    return [(remark.row, remark.reason, remark.detail) for remark in remarks]


def test_a_dirty_list_of_stations_gives_each_account_once_and_few_conflicts():
    found = stations(*MADE_UP)
    assert [account.account_id for account in found.accounts] == [
        "facebook:politie-ommelanden-900000000001",
        "x:polduindorp",
        "x:pol_hofvtwente",
        "facebook:politiehof",
        "x:pol_hofvantw",
        "x:pol_apeldoorn",
        "facebook:politie.apeldoorn",
    ]
    assert told(found.conflicts) == [
        (2, "shared", "2, 3"),
        (4, "other_place", "PolDuindorp (5)"),
        (7, "same_place", "POL_HofvTwente (6), POL_Hofvantw (7)"),
    ]
    assert [(remark.row, remark.reason) for remark in found.refusals] == [(5, "null_word"), (10, "empty")]


def test_accounts_of_conflicts_are_kept_and_marked_on_both_sides():
    accounts = {account.account_id: account for account in stations(*MADE_UP).accounts}
    shared, lost = accounts["facebook:politie-ommelanden-900000000001"], accounts["x:polduindorp"]
    assert (shared.area, shared.area_aliases, shared.conflicts) == ("Leek", ("Bedum",), ("shared:2, 3",))
    assert (lost.unit, lost.area, lost.conflicts) == ("06", "Den Haag", ("other_place:4",))
    assert accounts["x:pol_hofvtwente"].conflicts == ("same_place:x:pol_hofvantw",)
    assert accounts["x:pol_hofvantw"].conflicts == ("same_place:x:pol_hofvtwente",)
    assert not accounts["x:pol_apeldoorn"].conflicts


def test_a_shared_account_belongs_to_the_row_whose_place_it_names():
    found = stations(
        "1,Wilp,Wilp,02,https://x.com/POL_Voorst,,https://www.politie.nl/wilp",
        "2,Voorst,Voorst,02,https://x.com/POL_Voorst,,https://www.politie.nl/voorst",
    )
    assert [(account.area, account.source_url) for account in found.accounts] == [
        ("Voorst", "https://www.politie.nl/voorst")
    ]
    assert (3, "shared_settled", "2, 3") in told(found.repairs)
    assert not [*found.conflicts, *found.refusals]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (("1,Elst,Elst,02,POL_Overbetuwe,,", "2,Heteren,Heteren,02,POL_Overbetuwe,,"), "a municipality of their unit"),
        (("1,Aalsmeer,,05,POLAU247,,", "2,Uithoorn - Aalsmeer,Uithoorn,05,POLAU247,,"), "a place that both name"),
        (("1,Noord,Ede,02,polveluwe,,", "2,Zuid,Ede,02,polveluwe,,"), "the same town"),
    ],
)
def test_sharing_is_no_conflict_where_the_rows_lie_in(rows, why):
    found = stations(*rows)
    assert (len(found.accounts), len(found.conflicts)) == (1, 0)


@pytest.mark.parametrize(
    ("handle", "unit", "area", "conflict"),
    [
        ("POL_Zwolle", "01", "Winsum", True),
        ("POL_VenloNoord", "06", "Den Haag", True),
        ("POL_Zwolle", "Oost-Nederland", "Hattem", False),
        ("POL_Zwolle", "", "Winsum", False),
        ("POL_Zwolle", "LX", "", False),
        ("politie_bergen", "10", "Bergen", False),
        ("politie_bergen", "04", "Castricum", False),
        ("politiebeek", "02", "Beek", False),
        ("OvertoomseSluis", "05", "Amsterdam", False),
        ("polder_nieuws", "05", "Amsterdam", False),
        ("zwolle_fan_club", "01", "Winsum", False),
    ],
)
def test_a_name_is_held_against_the_unit_only_when_all_of_it_is_known(handle, unit, area, conflict):
    found = read_csv(f"platform,handle,unit,area\r\nx,{handle},{unit},{area}\r\n".encode())
    assert [remark.reason for remark in found.conflicts] == (["name_says_other_place"] if conflict else [])


@pytest.mark.parametrize(
    "rows",
    [
        ("x,POL_Leiden,06,Leiden,", "x,polLeidenZuid,06,Leiden,"),
        ("x,POL_Ede,02,Ede,", "facebook,politie.ede,02,Ede,"),
        ("x,POL_Ede,02,Ede,basisteam", "x,politie_ede,02,Ede,jeugdagent"),
        ("x,politie_bergen,04,Bergen (NH),", "x,polbergen,10,Bergen (L),"),
        ("x,POL_Hoefkade,06,Den Haag,", "x,PolLaak,06,Den Haag,"),
        ("x,politie_hengelo,02,Hengelo,", "x,wa_hengelo,02,Hengelo,"),
    ],
)
def test_accounts_of_other_parts_platforms_types_or_units_are_not_for_the_same_place(rows):
    assert not read_csv("\r\n".join(("platform,handle,unit,area,type", *rows)).encode()).conflicts


def test_a_thousand_rows_that_share_one_account_are_one_conflict():
    rows = (f"{number},Bureau {number}x,Dorp {number},01,polnergens,," for number in range(1_000))
    found = stations(*rows)
    assert [(remark.reason, remark.detail, remark.count) for remark in found.conflicts] == [("shared", "2-1001", 1_000)]
    assert len(found.accounts[0].area_aliases) == 60


@pytest.mark.parametrize(
    ("station", "area", "names"),
    [
        ("Delden (Hof van Twente)", "Delden", ("Hof van Twente",)),
        ("Politiebureau Assen, Balkengracht", "Assen", ("Balkengracht",)),
        ("Politiebureau Leek (tijdelijk gesloten)", "Leek", ()),
        ("Boekel loket", "Boekel", ()),
        ("Venlo / Beesel", "Venlo", ("Beesel",)),
        (None, None, ()),
    ],
)
def test_the_name_of_a_station_gives_the_places_in_it(station, area, names):
    assert station_names(station, area) == names


@pytest.mark.parametrize(
    ("handle", "rest", "places"),
    [
        ("POL_Wmaaswaal", "wmaaswaal", ("westmaasenwaal",)),
        ("Politie-Heerlen-267074666780010", "heerlen", ("heerlen",)),
        (
            "politie.barneveld.scherpenzeel.nijkerk",
            "barneveldscherpenzeelnijkerk",
            ("barneveld", "scherpenzeel", "nijkerk"),
        ),
        ("geldrop.politie", "geldrop", ()),
        ("politiebergenopzoom", "bergenopzoom", ("bergenopzoom",)),
        ("politie", "politie", ()),
        ("a" * 500, "a" * 500, ()),
    ],
)
def test_the_places_in_a_name_are_those_behind_the_police_token(handle, rest, places):
    assert remainder(handle) == rest
    assert Places().named(handle) == places


def test_the_list_that_politie_nl_published_gives_its_accounts_and_twelve_conflicts():
    if STATIONS is not None:
        found = read_csv(STATIONS.read_bytes())
        of = {platform: [a for a in found.accounts if a.platform is platform] for platform in Platform}
        assert (len(of[Platform.X]), len(of[Platform.FACEBOOK])) == (135, 163)
        conflicts = [(remark.row, remark.reason, remark.count) for remark in found.conflicts]
        assert len(conflicts) == 12
        assert {(57, "other_place", 1), (112, "same_place", 2), (380, "shared", 16)} < set(conflicts)
        assert {remark.reason for remark in found.refusals} == {"empty", "null_word"}
