from datetime import date

import msgspec

from adapters.model import Platform
from audits.model import Account
from crawler import resources
from crawler.run.plan import targets, wanted

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
