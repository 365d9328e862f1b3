from __future__ import annotations

from typing import Any

import pytest

from adapters.model import Outcome
from adapters.youtube.wording import alerted, counted, joined, said


@pytest.mark.parametrize(
    ("wording", "number"),
    [
        ("25m subscribers", 25_000_000),
        ("2.52m subscribers", 2_520_000),
        ("1.2B subscribers", 1_200_000_000),
        ("7.78K subscribers", 7_780),
        ("7 subscribers", 7),
        ("1 subscriber", 1),
        ("1,024 subscribers", 1024),
        ("1.024 abonnees", 1024),
        ("4,69 M de suscriptores", 4_690_000),
        ("4,69\u00a0M de suscriptores", 4_690_000),
        ("12,3 mil inscritos", 12_300),
        ("1,5 Mio. Abonnenten", 1_500_000),
        ("No subscribers", 0),
    ],
)
def test_a_rounded_number_is_read_in_any_case(wording: str, number: int):
    assert counted(wording) == number


@pytest.mark.parametrize(
    "odd",
    [
        *(None, "", "subscribers", "@25m subscribers", "25", "25m", "4,69 xyz", "1 234 abonnés", "4.69万 人"),
        *("1.2.3m subscribers", "9" * 400 + " subscribers", "٢٥ subscribers", "-3 subscribers"),
    ],
)
def test_what_is_no_number_of_ours_is_nothing(odd: str | None):
    assert counted(odd) is None


@pytest.mark.parametrize(
    ("wording", "day"),
    [
        ("Joined Jul 2, 2019", "2019-07-02"),
        ("Joined 2 Jul 2019", "2019-07-02"),
        ("Joined Sept 30, 2006", "2006-09-30"),
        ("Joined Feb 31, 2019", None),
        ("Joined Xyz 3, 2019", None),
        ("Lid sinds 2 jul 2019", None),
        (None, None),
    ],
)
def test_the_day_a_channel_was_made_is_read_in_english(wording: str | None, day: str | None):
    assert joined(wording) == day


@pytest.mark.parametrize(
    ("wording", "outcome"),
    [
        ("This account has been terminated for a violation of YouTube's Terms of Service.", Outcome.SUSPENDED),
        (
            "This account has been terminated because we received several claims of copyright infringement.",
            Outcome.SUSPENDED,
        ),
        ("This channel was removed because it violated our Community Guidelines.", Outcome.SUSPENDED),
        ("This account has been suspended.", Outcome.SUSPENDED),
        ("This channel does not exist.", Outcome.NOT_FOUND),
        ("This channel doesn't exist.", Outcome.NOT_FOUND),
        ("This channel is not available in your country.", Outcome.RESTRICTED),
        ("Sign in to confirm you’re not a bot", Outcome.BLOCKED),
        ("This channel is not available.", Outcome.AMBIGUOUS),
        ("Something went wrong", Outcome.AMBIGUOUS),
        ("", Outcome.AMBIGUOUS),
    ],
)
def test_only_known_words_of_an_alert_settle_anything(wording: str, outcome: Outcome):
    assert alerted(wording) is outcome


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "a"),
        ({"simpleText": "a"}, "a"),
        ({"content": "a"}, "a"),
        ({"runs": [{"text": "a"}, {"text": "b"}, {}]}, "ab"),
        ({}, None),
        (None, None),
        (7, None),
        ({"runs": []}, None),
    ],
)
def test_a_text_is_read_whichever_way_it_is_written(value: Any, text: str | None):
    assert said(value) == text
