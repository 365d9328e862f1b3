from datetime import date

import msgspec

from adapters import ADAPTERS
from adapters.model import Platform
from audits.model import Account
from crawler import resources
from crawler.config import Settings
from crawler.run.plan import permitted_sources, remarks, targets, wanted

TODAY = date(2026, 11, 24)
POLICY = resources.policy("voorbeeld-2024")[0]
EMPTY = msgspec.structs.replace(POLICY, clauses=())
X = Account(account_id="1", platform=Platform.X, handle="pol", platform_id="12")


def test_an_announced_draft_adds_what_it_will_need_once_in_force():
    later = msgspec.structs.replace(
        POLICY,
        clauses=tuple(msgspec.structs.replace(clause, since=date(2030, 1, 1)) for clause in POLICY.clauses),
    )
    assert wanted(EMPTY, (), Platform.X, "basisteam", TODAY) == frozenset()
    assert wanted(later, (), Platform.X, "basisteam", TODAY) == frozenset()
    assert wanted(EMPTY, (later,), Platform.X, "basisteam", TODAY) == wanted(POLICY, (), Platform.X, "basisteam", TODAY)


def test_a_stable_id_is_wanted_only_of_a_kind_that_can_be_compared():
    rows = [
        X,
        msgspec.structs.replace(X, platform_id=None),
        msgspec.structs.replace(X, platform=Platform.INSTAGRAM, platform_id="17841400000000001"),
        msgspec.structs.replace(X, platform=Platform.FACEBOOK, platform_id="123456789012"),
    ]
    assert ["platform_id" in target.wanted for target in targets(rows, POLICY, TODAY)] == [True, False, False, True]


def test_a_permission_that_has_ended_is_told_and_one_that_holds_is_not():
    record = {"platform": "x", "sources": ["page"], "grantor": "g", "document": "d", "scope": "s"}
    settings = msgspec.convert(
        {
            "permission": [record | {"until": "2026-11-23"}, record | {"platform": "facebook", "until": "2026-11-24"}],
            "browser": {"enabled": False},
        },
        Settings,
    )
    (line,) = remarks(settings, ADAPTERS, TODAY)
    assert line.startswith("the permission for x (page) ended on 2026-11-23")
    assert [source.name for source in permitted_sources(settings, ADAPTERS[Platform.X], TODAY)] == ["api"]
    assert [source.name for source in permitted_sources(settings, ADAPTERS[Platform.FACEBOOK], TODAY)] == [
        "api",
        "page",
    ]
