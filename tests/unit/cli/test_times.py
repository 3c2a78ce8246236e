"""Times as they are written on a command line."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from secondlook.cli.times import last_moment, moment

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30d", datetime(2026, 4, 1, 9, 0, tzinfo=UTC)),
        ("12h", datetime(2026, 3, 2, 21, 0, tzinfo=UTC)),
        ("5min", datetime(2026, 3, 2, 9, 5, tzinfo=UTC)),
        ("2027-01-31", datetime(2027, 2, 1, tzinfo=UTC)),
        ("2027-01-31T18:00", datetime(2027, 1, 31, 18, 0, tzinfo=UTC)),
        ("2027-01-31T18:00+02:00", datetime(2027, 1, 31, 16, 0, tzinfo=UTC)),
    ],
)
def test_a_time_or_how_far_off_it_is(text, expected):
    assert expected == moment(text, NOW)


@pytest.mark.parametrize("text", ["99999999d", "99999999999d", "9999-12-31"])
def test_a_time_that_no_calendar_reaches_is_too_far_off(text):
    with pytest.raises(ValueError, match="is too far off: times end with the year 9999"):
        moment(text, NOW)


@pytest.mark.parametrize("text", ["", "soon", "30", "d", "-1d", "1y", "2027-13-01"])
def test_what_is_no_time_says_what_can_be_written(text):
    with pytest.raises(ValueError, match="is no time: write 30d"):
        moment(text, NOW)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2027-01-31", "2027-01-31, end of day"),
        ("2027-01-31T18:00", "2027-01-31 18:00"),
        ("2027-01-31T00:00+02:00", "2027-01-30 22:00"),
        ("2028-02-29", "2028-02-29, end of day"),
    ],
)
def test_the_day_that_was_given_is_the_day_that_is_shown(text, shown):
    assert shown == last_moment(moment(text, NOW))
