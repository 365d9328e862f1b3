from datetime import date

import pytest

from crawler.clock import Clock, parse_moment


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-11-22", "2026-11-22T00:00:00Z"),
        ("2026-11-22T03:00:00", "2026-11-22T03:00:00Z"),
        ("2026-11-22T03:00:00+01:00", "2026-11-22T02:00:00Z"),
    ],
)
def test_a_stopped_clock_tells_its_moment_in_utc(text, utc):
    assert Clock(parse_moment(text)).text() == utc


def test_the_day_is_that_of_utc():
    assert Clock(parse_moment("2026-11-22T00:30:00+01:00")).today() == date(2026, 11, 21)


def test_a_running_clock_goes_on():
    clock = Clock()
    assert clock.now() <= clock.now()


def test_what_is_no_moment_is_refused():
    with pytest.raises(ValueError, match="isoformat"):
        parse_moment("gisteren")
