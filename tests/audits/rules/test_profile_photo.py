"""What the policy says that a profile photo must be: for each type of account, how large, and how wide its logo."""

from __future__ import annotations

import re

import msgspec
import pytest

from audits.engine import assess
from audits.model import LogoVerdict
from audits.policy import Policy, PolicyError, load
from audits.rules.imagery import Avatars, Expected, Sizes, avatar_approved, avatar_readable
from tests.audits.making import POLICIES, made

APPROVED, READABLE = "avatar-approved", "avatar-readable"


def picture(word: str, *reasons: str, near: bool = False, **amounts: float) -> LogoVerdict:
    """A verdict on a picture whose nearest in the set is called `schild`."""
    told = (*reasons, "near_limit") if near else reasons
    return LogoVerdict(verdict=word, variant="schild", reasons=told, amounts=amounts)


# What each expectation makes of each picture: logo, portrait_with_logo, either.
EXPECTED: tuple[Expected, ...] = ("logo", "portrait_with_logo", "either")
TRUTH = {
    "approved": (picture("approved"), ("pass", "fail", "pass")),
    "slightly turned": (picture("approved", rotated=1.2), ("pass", "fail", "pass")),
    "contains": (picture("contains"), ("fail", "pass", "pass")),
    "contains, narrow": (picture("contains", width=4.0), ("fail", "pass", "pass")),
    "contains, wide": (picture("contains", width=96.0), ("fail", "pass", "pass")),
    "altered": (picture("altered", "mirrored"), ("fail", "fail", "fail")),
    "altered, by how much": (picture("altered", "stretched", stretched=12.0), ("fail", "fail", "fail")),
    "altered, with a width": (picture("altered", "reduced", width=31.0), ("fail", "fail", "fail")),
    "old": (picture("altered", "old_logo"), ("fail", "fail", "fail")),
    "different": (picture("different"), ("fail", "fail", "fail")),
    "of another force": (picture("different", "other_force"), ("fail", "fail", "fail")),
    "known to be bad": (picture("different", "known_bad"), ("fail", "fail", "fail")),
    "default": (LogoVerdict(verdict="different", reasons=("default",)), ("fail", "fail", "fail")),
    "none": (LogoVerdict(verdict="different", reasons=("none",)), ("fail", "fail", "fail")),
    "too small": (picture("unreadable", "too_small"), ("unknown", "unknown", "unknown")),
    "damaged": (picture("unreadable", "truncated"), ("unknown", "unknown", "unknown")),
    "not looked at": (None, ("unknown", "unknown", "unknown")),
}
CLEAR = {"default", "none", "too small", "damaged", "not looked at"}


@pytest.mark.parametrize(("logo", "verdicts"), TRUTH.values(), ids=TRUTH.keys())
def test_what_a_picture_must_be_is_the_policys(logo, verdicts):
    told = tuple(avatar_approved(made(logo=logo), Avatars(expect=expected)).verdict for expected in EXPECTED)
    assert told == verdicts


@pytest.mark.parametrize("expected", EXPECTED)
@pytest.mark.parametrize("name", sorted(TRUTH.keys() - CLEAR))
def test_near_a_limit_a_person_looks_whatever_is_expected(name, expected):
    logo = TRUTH[name][0]
    assert logo is not None
    near = msgspec.structs.replace(logo, reasons=(*logo.reasons, "near_limit"))
    judged = avatar_approved(made(logo=near), Avatars(expect=expected))
    assert judged.verdict == "review"
    assert "near_limit" in (judged.seen or "")


@pytest.mark.parametrize("expected", ["portrait_with_logo", "either"])
@pytest.mark.parametrize(
    ("width", "least", "most", "told"),
    [
        (31.0, None, None, "pass"),
        (31.0, 10, None, "pass"),
        (31.0, 10, 31, "pass"),
        (31.4, 31, 31, "pass"),
        (9.6, 10, None, "pass"),  # shown as 10
        (9.4, 10, None, "fail"),
        (31.6, None, 31, "fail"),
        (31.0, 40, 50, "fail"),
        (0.2, None, 0, "pass"),
        (0.2, 0, None, "pass"),
        (None, None, None, "pass"),
        (None, 10, None, "review"),
        (None, None, 50, "review"),
    ],
)
def test_the_logo_in_a_photo_is_as_wide_as_the_policy_says(width, least, most, told, expected):
    logo = picture("contains") if width is None else picture("contains", width=width)
    wanted = Avatars(expect=expected, min_width=least, max_width=most)
    assert avatar_approved(made(logo=logo), wanted).verdict == told
    assert (
        avatar_approved(made(logo=picture("approved")), wanted).verdict
        == TRUTH["approved"][1][EXPECTED.index(expected)]
    )


@pytest.mark.parametrize(
    ("logo", "seen"),
    [
        (picture("approved"), "approved"),
        (picture("approved", stretched=1.0), "approved"),
        (picture("contains", width=30.6), "contains (width=31)"),
        (picture("contains"), "contains"),
        (picture("contains", near=True, width=31.0), "contains (near_limit, width=31)"),
        (picture("altered", "stretched", "recoloured", stretched=12.3), "altered (stretched=12, recoloured)"),
        (picture("altered", "mirrored", "rotated", rotated=-11.7), "altered (mirrored, rotated=-12)"),
        (picture("altered", "reduced", width=31.0), "altered (reduced)"),
        (picture("altered", "old_logo"), "altered (old_logo: schild)"),
        (picture("different", "other_force"), "different (other_force: schild)"),
        (picture("different", "known_bad", near=True), "different (known_bad: schild, near_limit)"),
        (picture("different", "other_platform"), "different (other_platform: schild)"),
        (LogoVerdict(verdict="altered", reasons=("old_logo",)), "altered (old_logo)"),
    ],
)
def test_what_was_seen_says_by_how_much_and_names_what_should_not_be_there(logo, seen):
    assert avatar_approved(made(logo=logo), Avatars()).seen == seen


@pytest.mark.parametrize(
    ("logo", "wanted", "told"),
    [
        (picture("altered", "mirrored"), Avatars(), "approved: schild"),
        (LogoVerdict(verdict="different"), Avatars(), "approved"),
        (picture("altered", "old_logo"), Avatars(), "approved"),
        (picture("different", "other_type"), Avatars(), "approved"),
        (picture("approved"), Avatars(expect="portrait_with_logo"), "portrait_with_logo"),
        (None, Avatars(expect="portrait_with_logo", min_width=10), "portrait_with_logo (min_width=10)"),
        (
            picture("different"),
            Avatars(expect="either", min_width=10, max_width=60),
            "either (min_width=10, max_width=60)",
        ),
    ],
)
def test_what_is_wanted_is_what_the_policy_expects(logo, wanted, told):
    assert avatar_approved(made(logo=logo), wanted).wanted == told


@pytest.mark.parametrize(
    ("kind", "told"), [("wijkagent", "pass"), ("vlogger", "pass"), ("basisteam", "fail"), (None, "fail"), ("x", "fail")]
)
def test_each_type_of_account_has_its_own_expectation(kind, told):
    wanted = Avatars(by_type={"wijkagent": "either", "vlogger": "portrait_with_logo"})
    facts = made(account={"type": kind}, logo=picture("contains", width=31.0))
    assert avatar_approved(facts, wanted).verdict == told


def amended(rule: str, parameters: str) -> Policy:
    """The example policy with other parameters for one clause."""
    head, mark, tail = (POLICIES / "voorbeeld-2024.toml").read_text().partition(f'rule = "{rule}"\n')
    body, end, rest = tail.partition("\n[[clause]]")
    kept = body.partition("[clause.parameters]")[0]
    return load(f"{head}{mark}{kept}\n{parameters}\n{end}{rest}".encode(), "amended.toml")


def test_a_policy_says_per_type_what_a_profile_photo_must_be():
    own = amended(APPROVED, '[clause.parameters]\nmin_width = 10\n[clause.parameters.by_type]\nwijkagent = "either"')
    verdicts = [
        next(
            one
            for one in assess(made(account={"type": kind}, logo=picture("contains", width=31)), own)
            if one.rule == APPROVED
        )
        for kind in ("wijkagent", "basisteam")
    ]
    assert [(one.verdict, one.seen, one.wanted) for one in verdicts] == [
        ("pass", "contains (width=31)", "either (min_width=10)"),
        ("fail", "contains (width=31)", "approved: schild"),
    ]


@pytest.mark.parametrize(
    ("rule", "parameters", "reason"),
    [
        (APPROVED, '[clause.parameters]\nexpect = "portrait"', "Invalid enum value 'portrait'"),
        (APPROVED, '[clause.parameters.by_type]\nwijkagenten_x = "logo"', "there is no account type 'wijkagenten_x'"),
        (APPROVED, '[clause.parameters.by_type]\nwijkagent = "photo"', "Invalid enum value 'photo'"),
        (APPROVED, '[clause.parameters]\nexpect = "either"\nmin_width = 101', "`int` <= 100"),
        (APPROVED, '[clause.parameters]\nexpect = "either"\nmin_width = 50\nmax_width = 40', "min_width is more than"),
        (APPROVED, "[clause.parameters]\nmin_width = 10", "no type of account may have one"),
        (READABLE, "[clause.parameters]\nmin_px = 0", "`int` >= 1"),
    ],
)
def test_a_policy_that_asks_the_impossible_is_refused(rule, parameters, reason):
    with pytest.raises(PolicyError, match=re.escape(reason)):
        amended(rule, parameters)


SMALL = LogoVerdict(verdict="unreadable", reasons=("too_small",), size=(64, 48))


@pytest.mark.parametrize(
    ("logo", "expected", "gap", "seen"),
    [
        (LogoVerdict(verdict="approved", size=(400, 400)), "pass", None, "readable"),
        (LogoVerdict(verdict="approved", size=(200, 200)), "pass", None, "readable"),
        (LogoVerdict(verdict="approved", size=(400, 199)), "review", None, "too_small (px=199)"),
        (LogoVerdict(verdict="different", size=(150, 400)), "review", None, "too_small (px=150)"),
        (SMALL, "review", None, "too_small (px=48)"),
        (LogoVerdict(verdict="unreadable", reasons=("too_small",)), "review", None, "too_small"),
        (LogoVerdict(verdict="unreadable", reasons=("truncated",)), "unknown", "transport_error", "unreadable"),
        (LogoVerdict(verdict="approved"), "unknown", "not_asked", None),
        (LogoVerdict(verdict="different", reasons=("none",)), "not_applicable", None, None),
        (LogoVerdict(verdict="different", reasons=("default",)), "not_applicable", None, None),
    ],
)
def test_a_picture_has_at_least_the_pixels_that_the_policy_asks(logo, expected, gap, seen):
    judged = avatar_readable(made(logo=logo), Sizes(min_px=200))
    assert (judged.verdict, judged.gap, judged.seen) == (expected, gap, seen)
    assert judged.wanted in {None, "readable (min_px=200)"}


@pytest.mark.parametrize("word", ["fail", "review", "unknown"])
def test_what_too_few_pixels_mean_is_the_policys(word):
    judged = avatar_readable(
        made(logo=LogoVerdict(verdict="approved", size=(80, 80))), Sizes(too_small=word, min_px=100)
    )
    assert (judged.verdict, judged.gap) == (word, "too_small" if word == "unknown" else None)


def test_without_a_number_of_pixels_only_what_cannot_be_read_is_too_small():
    assert avatar_readable(made(logo=LogoVerdict(verdict="approved", size=(80, 80))), Sizes()).verdict == "pass"
    assert avatar_readable(made(logo=LogoVerdict(verdict="approved")), Sizes()).verdict == "pass"
    assert avatar_readable(made(logo=SMALL), Sizes()).seen == "too_small (px=48)"
