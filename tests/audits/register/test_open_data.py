"""What the answers of politie.nl's open data say, and how they join a register."""

from __future__ import annotations

import json

import msgspec
import pytest

from adapters.model import Platform
from audits.model import Account
from audits.register import Import
from audits.register.open_data import NOTE, STATIONS, WIJKAGENTEN, grid, join, read_page, to_import

URL = "https://www.politie.nl/mijn-buurt/politiebureaus/02/ede.html"
STATION = {
    "uid": "s1",
    "naam": "Ede",
    "url": URL,
    "bezoekadres": {"plaats": "Ede"},
    "twitterUrl": "https://x.com/POL_Ede",
}
OFFICER = {
    "uid": "w1",
    "naam": "Jo Voorbeeld",
    "werkgebied": "Centrum",
    "url": "/mijn-buurt/wijkagenten/02/centrum.html",
}
EDE = Account(account_id="x:pol_ede", platform=Platform.X, handle="POL_Ede", source_url=URL)


def page(kind: str, *entries: object, last: object = True):
    return read_page(json.dumps({"iterator": {"last": last, "offset": 0}, kind: entries}).encode(), kind)


def imported(kind: str, *entries: object):
    return to_import(page(kind, *entries).records)


def test_a_station_gives_its_accounts_with_unit_town_and_page():
    found = imported(STATIONS, {**STATION, "facebookUrl": "https://www.facebook.com/politie.ede"})
    assert [account.account_id for account in found.accounts] == ["x:pol_ede", "facebook:politie.ede"]
    assert {(account.unit, account.area, account.source_url) for account in found.accounts} == {("02", "Ede", URL)}


@pytest.mark.parametrize(
    "twitter",
    [
        {"accountNaam": "@WA_Ede"},
        {"accountnaam": "https://twitter.com/WA_Ede?ref=x", "list": "oud"},
        {"ACCOUNTNAAM": "", "list": "WA_Ede"},
        "WA_Ede",
    ],
)
def test_the_account_of_a_wijkagent_is_found_wherever_clients_have_met_it(twitter):
    found = imported(WIJKAGENTEN, {**OFFICER, "twitter": twitter})
    assert [(account.handle, account.type, account.area) for account in found.accounts] == [
        ("WA_Ede", "wijkagent", "Centrum")
    ]


@pytest.mark.parametrize(("path", "kept"), [("02/centrum.html", "02/centrum.html"), ("02/jo-voorbeeld.html", "02")])
def test_the_page_of_a_wijkagent_is_kept_without_the_name(path, kept):
    start = "https://www.politie.nl/mijn-buurt/wijkagenten"
    found = imported(
        WIJKAGENTEN, {**OFFICER, "url": f"{start}/{path}", "instagramUrl": "https://www.instagram.com/wa_ede/"}
    )
    assert found.accounts[0].source_url == f"{start}/{kept}"
    assert "Voorbeeld" not in repr(found)


@pytest.mark.parametrize("link", [None, "null", 7, [], {"a": 1}])
def test_a_link_that_is_none_gives_no_account(link):
    assert not imported(STATIONS, {**STATION, "twitterUrl": link}).accounts


def test_a_page_elsewhere_is_no_official_page():
    assert imported(STATIONS, {**STATION, "url": "https://politie.nl.example/02/"}).accounts[0].source_url is None


@pytest.mark.parametrize(
    "body",
    [
        b"<html>",
        b"",
        b"[]",
        b"{}",
        b"null",
        b'{"politiebureaus": 7}',
        b"\xff",
        b"[" * 100_000,
        b'{"politiebureaus": [' + b"1," * 1_001 + b"1]}",
    ],
)
def test_what_is_no_answer_of_this_kind_is_no_page(body):
    assert read_page(body, STATIONS) is None


def test_odd_records_are_passed_over_and_a_list_without_iterator_ends():
    found = read_page(json.dumps({"politiebureaus": [7, None, {}, STATION]}).encode(), STATIONS)
    assert found is not None
    assert (len(found.records), found.last) == (1, True)
    assert page(STATIONS, STATION, last=False).last is False


def changed(**fields: object) -> Account:
    return msgspec.structs.replace(EDE, **fields)


def joined(known, *found: Account, whole: bool = True):
    """The ids that stay of what is known, with what was found, and those that are told to be absent."""
    made = join(known, Import(accounts=found), whole=whole)
    return [account.account_id for account in made.accounts], [remark.value for remark in made.absent]


NEW = changed(area="Ede", unit="02", notes=NOTE)
GONE = changed(account_id="x:pol_weg", handle="POL_Weg", notes=NOTE)


def test_an_account_that_both_know_keeps_what_people_filled_in():
    filled = changed(beheerders=("a@example.org",), area="Ede-Stad", source_url="https://politie.nl/oud")
    assert join([filled], Import(accounts=(NEW,))).accounts == (
        msgspec.structs.replace(filled, unit="02", source_url=URL),
    )


def test_an_account_under_an_id_of_its_own_is_known_by_its_handle():
    assert joined([changed(account_id="A12", handle="pol_EDE")], NEW) == (["A12"], [])


def test_what_only_the_open_data_named_goes_when_it_names_it_no_longer():
    assert joined([GONE], NEW) == (["x:pol_ede"], [])
    assert to_import(page(STATIONS, STATION).records).accounts[0].notes == NOTE


@pytest.mark.parametrize(
    "fields",
    [
        {"confirmed_on": "2026-01-31"},
        {"confirmed_by": "M. Baas"},
        {"beheerders": ("a@example.org",)},
        {"status": "gepauzeerd"},
        {"notes": None},
        {"notes": "belt terug"},
        {"type": "thema"},
    ],
)
def test_what_a_person_brought_in_or_added_to_stays_and_is_told(fields):
    assert joined([msgspec.structs.replace(GONE, **fields)], NEW) == (["x:pol_weg", "x:pol_ede"], ["x:pol_weg"])


@pytest.mark.parametrize(
    "fields",
    [
        {"platform": Platform.YOUTUBE},
        {"platform": Platform.THREADS},
        {"source_url": "https://www.politie.nl/over-de-politie", "type": "landelijk"},
        {"source_url": "https://example.org/politiebureaus", "notes": None},
    ],
)
def test_what_the_open_data_does_not_list_stays_without_a_word(fields):
    assert joined([msgspec.structs.replace(GONE, **fields)], NEW) == (["x:pol_weg", "x:pol_ede"], [])


def test_a_part_of_the_country_only_adds_and_fills():
    known = changed(source_url="https://politie.nl/oud", conflicts=("shared:2, 3",))
    assert joined([GONE, known], NEW, whole=False) == (["x:pol_weg", "x:pol_ede"], [])
    assert join([known], Import(accounts=(NEW,)), whole=False).accounts == (
        msgspec.structs.replace(known, area="Ede", unit="02"),
    )


def test_a_grid_covers_the_country_and_no_more_than_it_must():
    points = grid(30)
    assert 60 < len(points) < 160
    for lat, lon in [
        (52.37, 4.89),
        (50.77, 6.02),
        (53.21, 6.56),
        (51.44, 3.57),
        (53.44, 5.77),
        (51.22, 5.97),
        (52.95, 4.76),
    ]:
        assert min(((lat - a) * 111.2) ** 2 + ((lon - b) * 68) ** 2 for a, b in points) < 25**2


@pytest.mark.parametrize("step", [0, 4.9, 36, float("nan"), float("inf")])
def test_a_grid_too_fine_or_too_wide_is_refused(step):
    with pytest.raises(ValueError, match="km"):
        grid(step)
