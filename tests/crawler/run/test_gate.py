import pytest

from adapters.model import Platform, Profile
from audits.report.model import CanaryResult
from crawler.run.gate import Read, monotonous, trust, unfilled


def canary(right=True, outcome="ok", wrong=()):
    return CanaryResult(
        platform=Platform.X, handle="kanarie", when="before", outcome=outcome, right=right, wrong_fields=tuple(wrong)
    )


def people(count=40, **fixed):
    return [
        Profile(
            **{
                "handle": f"POL_{n}",
                "platform_id": str(n),
                "display_name": f"Politie {n}",
                "bio": "Bel 112",
                "avatar_url": f"a{n}",
                **fixed,
            }
        )
        for n in range(count)
    ]


def reads(count=40, promised=("handle", "platform_id", "display_name", "avatar_url", "bio"), **fixed):
    return [Read(profile=one, promised=frozenset(promised)) for one in people(count, **fixed)]


def test_good_canaries_and_enough_coverage_are_trusted():
    assert trust(0.97, 0.95, [canary()], reads()).complete


def test_too_little_coverage_blinds_the_platform_but_what_was_seen_stands():
    verdict = trust(0.94, 0.95, [canary()], reads())
    assert verdict.blind
    assert not verdict.untrusted


def test_exactly_the_wanted_coverage_is_enough():
    assert not trust(0.95, 0.95, [], reads()).blind


@pytest.mark.parametrize("outcome", ["login_wall", "not_found", "transport_error", "ok"])
def test_a_canary_that_cannot_be_right_makes_the_platform_untrustworthy(outcome):
    verdict = trust(1.0, 0.95, [canary(), canary(right=False, outcome=outcome)], reads())
    assert verdict.blind
    assert verdict.untrusted


def test_a_wrong_value_of_a_canary_blinds_the_platform_and_hides_that_field():
    verdict = trust(1.0, 0.95, [canary(right=False, wrong=["bio"])], reads())
    assert verdict.blind
    assert verdict.fields == {"bio"}


def test_a_field_that_is_dull_everywhere_hides_that_field_only():
    verdict = trust(1.0, 0.95, [canary()], reads(bio=""))
    assert not verdict.blind
    assert verdict.fields == {"bio"}
    assert not verdict.complete


@pytest.mark.parametrize(
    ("fixed", "dull"),
    [
        ({"bio": ""}, {"bio"}),
        ({"bio": "Bel 112"}, set()),
        ({"display_name": "Politie"}, {"display_name"}),
        ({"display_name": ""}, {"display_name"}),
        ({"avatar_url": "altijd dezelfde"}, {"avatar_url"}),
        ({"platform_id": "1"}, {"platform_id"}),
        ({"bio": None}, set()),
        ({"private": False}, set()),
    ],
)
def test_fields_that_come_empty_or_equal_everywhere_are_not_believed(fixed, dull):
    assert monotonous(people(**fixed)) == dull


def test_a_few_accounts_prove_nothing():
    assert monotonous(people(count=19, bio="")) == set()


def test_a_field_that_is_mostly_varied_is_believed():
    assert monotonous(people(20) + people(20, bio="")) == set()


@pytest.mark.parametrize("field", ["handle", "platform_id", "display_name", "avatar_url"])
def test_a_field_that_every_account_has_and_hardly_any_shows_is_not_believed(field):
    assert unfilled(reads(**{field: None})) == {field}
    assert unfilled(reads(3) + reads(37, **{field: None})) == {field}
    verdict = trust(1.0, 0.95, [canary()], reads(**{field: None}))
    assert verdict.fields == {field}
    assert (verdict.complete, verdict.blind) == (False, False)


def test_a_field_that_one_in_ten_shows_is_believed():
    assert unfilled(reads(4) + reads(36, avatar_url=None)) == set()


def test_a_field_that_was_not_promised_is_not_missed():
    assert unfilled(reads(promised=["handle"], platform_id=None, avatar_url=None)) == set()
    few = reads(19, avatar_url=None) + reads(30, promised=["handle"], avatar_url=None)
    assert unfilled(few) == set()


@pytest.mark.parametrize("field", ["bio", "banner_url", "links", "verified_kind"])
def test_a_field_that_may_be_left_out_is_not_missed(field):
    assert unfilled(reads(promised=[field], **{field: None})) == set()


def test_a_few_accounts_without_a_field_prove_nothing():
    assert unfilled(reads(19, avatar_url=None)) == set()
