from __future__ import annotations

import pytest

from adapters.model import Outcome, Platform, Reading, Request, Subject, is_name, same_handle


def question(*subjects: Subject) -> Request:
    return Request(platform=Platform.X, source="page", step="", base="", path="", subjects=subjects)


@pytest.mark.parametrize(
    ("subject", "handle", "platform_id", "same"),
    [
        (Subject(handle="PolDam"), "poldam", "5", True),
        (Subject(handle="poldam", platform_id="5"), "anders", "5", True),
        (Subject(handle="poldam", platform_id="5"), "poldam", "6", True),
        (Subject(handle="poldam", platform_id="5"), "anders", "6", False),
        (Subject(platform_id="5"), "5", None, False),
        (Subject(handle="5"), None, "5", False),
        (Subject(), None, None, False),
    ],
)
def test_an_account_is_the_one_meant_by_handle_or_by_id(
    subject: Subject, handle: str | None, platform_id: str | None, *, same: bool
):
    assert subject.matches(handle, platform_id) is same


def test_one_outcome_holds_for_everybody_who_was_asked():
    subjects = (Subject(handle="a"), Subject(handle="b"))
    seen = Reading.alike(question(*subjects), Outcome.RATE_LIMITED, "status:429").observations
    assert [(one.subject, one.outcome, one.reason) for one in seen] == [
        (subject, Outcome.RATE_LIMITED, "status:429") for subject in subjects
    ]


def test_an_answer_without_a_question_still_gives_one_observation():
    assert [one.subject for one in Reading.alike(question(), Outcome.BLOCKED).observations] == [Subject()]


@pytest.mark.parametrize(
    ("platform", "one", "other", "same"),
    [
        (Platform.X, "POL_Dam", "pol_dam", True),
        (Platform.FACEBOOK, "Politie.Dam", "politiedam", True),
        (Platform.INSTAGRAM, "politie.dam", "politiedam", False),
        (Platform.FACEBOOK, "politie-dam", "politiedam", False),
    ],
)
def test_each_platform_compares_handles_in_its_own_way(platform: Platform, one: str, other: str, *, same: bool):
    assert same_handle(platform, one, other) is same


@pytest.mark.parametrize(
    ("platform", "handle", "name"),
    [
        (Platform.YOUTUBE, "UCabcdefghijklmnopqrstuv", False),
        (Platform.YOUTUBE, "UCPolitie", True),
        (Platform.FACEBOOK, "100012345678901", False),
        (Platform.FACEBOOK, "Politie-Dam-267074666780010", False),
        (Platform.FACEBOOK, "politie-112", True),
        (Platform.X, "12345678", True),
        (Platform.X, "", False),
    ],
)
def test_an_id_in_an_address_is_no_name(platform: Platform, handle: str, *, name: bool):
    assert is_name(platform, handle) is name
