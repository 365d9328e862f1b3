from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.night.times import last_due, next_due

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NIGHT = time(2, 30)


def moment(text):
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "last", "following"),
    [
        ("2026-11-24T12:00:00+01:00", "2026-11-24T02:30:00+01:00", "2026-11-25T02:30:00+01:00"),
        ("2026-11-24T01:00:00+01:00", "2026-11-23T02:30:00+01:00", "2026-11-24T02:30:00+01:00"),
        ("2026-11-24T02:30:00+01:00", "2026-11-24T02:30:00+01:00", "2026-11-25T02:30:00+01:00"),
        # Half past two does not exist on this day: the night is an hour later by the new clock.
        ("2026-03-29T12:00:00+02:00", "2026-03-29T03:30:00+02:00", "2026-03-30T02:30:00+02:00"),
        ("2026-03-29T01:59:00+01:00", "2026-03-28T02:30:00+01:00", "2026-03-29T03:30:00+02:00"),
        # Half past two comes twice on this day: the first counts, the second is no night of its own.
        ("2026-10-25T02:45:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"),
        ("2026-10-25T02:45:00+01:00", "2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"),
        # Another country's clock does not count.
        ("2026-11-24T00:00:00-08:00", "2026-11-24T02:30:00+01:00", "2026-11-25T02:30:00+01:00"),
    ],
)
def test_a_night_is_due_once_a_day_by_the_clock_of_its_zone(now, last, following):
    assert last_due(moment(now), NIGHT, AMSTERDAM) == moment(last)
    assert next_due(moment(now), NIGHT, AMSTERDAM) == moment(following)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),  # noqa: DTZ001 - the zone is given with it
    st.sampled_from(["Europe/Amsterdam", "America/Curacao", "UTC", "Australia/Lord_Howe", "America/St_Johns"]),
    st.times(),
)
def test_nights_follow_one_another_about_a_day_apart(now, zone, at):
    here, wall = now.replace(tzinfo=UTC), at.replace(second=0, microsecond=0)
    last, following = (due(here, wall, ZoneInfo(zone)) for due in (last_due, next_due))
    assert last <= here < following
    assert timedelta(hours=22) <= following - last <= timedelta(hours=26)
    assert last_due(following, wall, ZoneInfo(zone)) == following
