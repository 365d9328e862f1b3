"""The open data of politie.nl (interface v4): answers -> records -> rows of the register in the wide form.

Source: the interface's manual of 29 July 2020. Clients meet its keys in other case than the manual writes them, so the
case of keys never counts. The name of a wijkagent (`naam`) is personal data: it is not kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import cos, radians
from typing import Any

import msgspec

from adapters.model import Platform, Value, handle_key
from audits.model import Account
from audits.register.assembly import assemble
from audits.register.columns import find_columns
from audits.register.model import Import, Remark
from audits.register.table import Table
from audits.text import host, in_domain, words

STATIONS, WIJKAGENTEN = "politiebureaus", "wijkagenten"
SITE = "https://www.politie.nl"
HEADINGS = ("source_url", "type", "unit", "area", "station", "notes", "x", "facebook", "instagram")
# Stands in `notes` of an account that nobody but the open data brought in.
NOTE = "open data politie.nl"
RADIUS = 25.0  # km, the widest the interface knows
STEPS = (5.0, 35.0)  # km; squares of 35 km lie within circles of 25 km
MOST = 1_000  # records of one answer
_UNIT = re.compile(r"/(?:politiebureaus|wijkagenten)/(\d\d)/")
_LISTED = frozenset({Platform.X, Platform.FACEBOOK, Platform.INSTAGRAM})
_KINDS = frozenset({None, "wijkagent"})
_BY_PEOPLE = ("confirmed_on", "confirmed_by", "beheerders", "status")
_DEGREE = 111.2  # km of one degree of latitude
# Where the Netherlands lie: latitude from and to, longitude from and to.
_BANDS = (
    (50.75, 51.15, 5.55, 6.25),
    (51.15, 51.60, 3.35, 6.25),
    (51.60, 52.20, 3.65, 7.00),
    (52.20, 52.65, 4.25, 7.10),
    (52.65, 53.15, 4.60, 7.15),
    (53.15, 53.55, 4.70, 7.25),
)


class Record(Value, frozen=True, kw_only=True):
    """One station or wijkagent: what identifies the record, and its row in the order of `HEADINGS`."""

    uid: str
    row: tuple[str, ...]


class Page(Value, frozen=True, kw_only=True):
    """One answer of the interface; `last` = nothing comes after it."""

    records: tuple[Record, ...]
    last: bool


def read_page(body: bytes, kind: str) -> Page | None:
    """The records of one answer for `STATIONS` or `WIJKAGENTEN`; `None` when it is no such answer (HTML, say)."""
    try:
        whole = _lowered(msgspec.json.decode(body))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
    listed = whole.get(kind) if isinstance(whole, dict) else None
    if not isinstance(listed, list) or len(listed) > MOST:
        return None
    iterator = whole.get("iterator")
    last = not listed or not isinstance(iterator, dict) or iterator.get("last") is not False
    records = (_record(entry, kind) for entry in listed if isinstance(entry, dict))
    return Page(records=tuple(record for record in records if record), last=last)


def to_import(records: Iterable[Record], known: Sequence[Account] = ()) -> Import:
    """The accounts in the records; the row of a remark is the number of the record, the headings being row 1.

    Records without any account are left out. `known` only gives ids (see `assemble`): `join` makes the register.
    """
    once = {record.uid: record.row for record in records}
    rows = [row for row in once.values() if any(row[HEADINGS.index("x") :])]

    def numbered() -> Iterator[tuple[int, Sequence[str]]]:
        return enumerate(rows, start=2)

    table = Table(headings=HEADINGS, heading_row=1, columns=find_columns(HEADINGS), records=numbered)
    return assemble(table, known)


def join(known: Sequence[Account], found: Import, *, whole: bool = True) -> Import:
    """The register so far joined with what was found; `whole` = all that politie.nl names was asked.

    An account that both know keeps all that people filled in; only its page and conflicts come anew. What is no longer
    found goes when it came only from the open data (`NOTE`); else it stays, and `absent` names it when the open data
    could know it. Without `whole` nothing goes, nothing is absent, and of what is known only empty columns are filled.
    """
    ids = {account.account_id: account for account in known}
    handles = {_profile(account): account for account in known}
    news: dict[str, Account] = {}
    for account in found.accounts:
        old = ids.get(account.account_id) or handles.get(_profile(account))
        joined = _filled(old, account, whole=whole) if old else account
        news.setdefault(joined.account_id, joined)
    others = [old for old in known if old.account_id not in news]
    stay = [old for old in others if not whole or not _only_from_here(old)]
    absent = tuple(_absent(old) for old in stay if whole and _could_be_found(old))
    return msgspec.structs.replace(found, accounts=(*stay, *news.values()), absent=absent)


def grid(step: float) -> tuple[tuple[float, float], ...]:
    """Points (latitude, longitude) over the Netherlands, `step` km apart; ValueError unless 5 to 35 km."""
    if not STEPS[0] <= step <= STEPS[1]:
        raise ValueError(f"a grid of {step:g} km: give {STEPS[0]:g} to {STEPS[1]:g}")
    points: list[tuple[float, float]] = []
    lat = _BANDS[0][0]
    while lat < _BANDS[-1][1] + step / _DEGREE / 2:
        band = next((band for band in _BANDS if lat < band[1]), _BANDS[-1])
        across = step / (_DEGREE * cos(radians(lat)))
        count = int((band[3] - band[2]) / across) + 2
        points += [(round(lat, 4), round(band[2] + across * number, 4)) for number in range(count)]
        lat += step / _DEGREE
    return tuple(points)


def _lowered(value: Any) -> Any:
    """The value with all keys in lower case."""
    if isinstance(value, dict):
        return {str(key).lower(): _lowered(inner) for key, inner in value.items()}
    return [_lowered(inner) for inner in value] if isinstance(value, list) else value


def _record(entry: Mapping[str, Any], kind: str) -> Record | None:
    page = _page(entry, kind)
    x, facebook, instagram = _x(entry), _said(entry, "facebookurl"), _said(entry, "instagramurl")
    unit = _UNIT.search(_said(entry, "url"))
    if kind == STATIONS:
        place = ("", unit[1] if unit else "", _town(entry), _said(entry, "naam"))
    else:
        place = ("wijkagent", unit[1] if unit else "", _said(entry, "werkgebied"), "")
    uid = _said(entry, "uid") or page or "|".join((x, facebook, instagram)).strip("|")
    return Record(uid=uid, row=(page, *place, NOTE, x, facebook, instagram)) if uid else None


def _x(entry: Mapping[str, Any]) -> str:
    """The X account: an address, or what stands as name of the account (with @, as an address) or else of the list."""
    twitter = entry.get("twitter")
    named = twitter if isinstance(twitter, dict) else {}
    said = _said(entry, "twitterurl") or _said(named, "accountnaam") or _said(named, "list")
    return said or (_said(entry, "twitter") if isinstance(twitter, str) else "")


def _town(entry: Mapping[str, Any]) -> str:
    """The town of the visitors' address."""
    for name in ("bezoekadres", "adres"):
        address = entry.get(name)
        if isinstance(address, dict) and _said(address, "plaats"):
            return _said(address, "plaats")
    return ""


def _page(entry: Mapping[str, Any], kind: str) -> str:
    """The record's page on politie.nl; of a wijkagent without the last part when that bears the person's name."""
    said = _said(entry, "url")
    url = f"{SITE}{said}" if said.startswith("/") else said
    if not url.startswith(("https://", "http://")) or not in_domain(host(url), ("politie.nl",)):
        return ""
    persons = {word for word in words(_said(entry, "naam")) if len(word) > 2} if kind == WIJKAGENTEN else set()
    return url.rpartition("/")[0] if persons & set(words(url)) else url


def _said(entry: Mapping[str, Any], name: str) -> str:
    value = entry.get(name)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _profile(account: Account) -> tuple[Platform, str]:
    """What makes two rows rows about one profile."""
    return account.platform, handle_key(account.platform, account.handle)


def _filled(old: Account, new: Account, *, whole: bool) -> Account:
    """The known account with its empty columns filled, but for the notes: it did not come only from here."""
    anew = {"source_url", "conflicts"} if whole else frozenset[str]()
    names = (name for name in Account.__struct_fields__ if name != "notes")
    found = {name: getattr(new, name) for name in names if name in anew or not getattr(old, name)}
    return msgspec.structs.replace(old, **found)


def _only_from_here(account: Account) -> bool:
    """Whether the open data alone brought this account in, as a kind that it lists, and no person added to it."""
    listed = account.platform in _LISTED and account.type in _KINDS
    return listed and account.notes == NOTE and not any(getattr(account, name) for name in _BY_PEOPLE)


def _could_be_found(account: Account) -> bool:
    """Whether the open data could name this account: its source is the page of a station or wijkagent."""
    source = account.source_url or ""
    return (
        account.platform in _LISTED and _from_site(source) and any(kind in source for kind in (STATIONS, WIJKAGENTEN))
    )


def _absent(account: Account) -> Remark:
    return Remark(row=0, column="account_id", value=account.account_id, reason="not_found_any_more")


def _from_site(address: str) -> bool:
    return in_domain(host(address), ("politie.nl",))
