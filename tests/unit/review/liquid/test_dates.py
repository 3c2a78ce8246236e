"""The filter `date`. What is expected was printed by Shopify's implementation in the time zone UTC."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook.review.liquid import RenderError, render

LEAP_DAY = "2024-02-29T12:30:45.678Z"


@pytest.mark.parametrize(
    ("expected", "form"),
    [
        ("Thu Thursday Feb February Feb", "%a %A %b %B %h"),
        ("Thu Feb 29 12:30:45 2024|02/29/24|2024-02-29", "%c|%D|%F"),
        ("12:30:45 PM|12:30|12:30:45|29-FEB-2024", "%r|%R|%T|%v"),
        ("20 24 2024 2024 24", "%C %y %Y %G %g"),
        ("29 29 060 12 12 12 12", "%d %e %j %H %k %I %l"),
        ("678 678000000 67 4 4 08 09 09", "%L %N %2N %u %w %U %W %V"),
        ("PM pm pm THU Thursday", "%p %P %#p %^a %A"),
        ("1709209845 UTC +0000 +00:00 +00:00:00", "%s %Z %z %:z %::z"),
        ("2 02 ____2 0000002024".replace("_", " "), "%-m %m %_5m %10Y"),
        ("100% %Q %", "100%% %Q %"),
        ("\n\t", "%n%t"),
        ("+00  +000|+0000|    +0:00:00", "%:::z %_z|%-z|%_12::z"),
        ("2024 29 %Em %Oa %E:z %::::z", "%EY %Od %Em %Oa %E:z %::::z"),
        ("2 2", "%-_m %-0m"),
    ],
)
def test_a_directive_prints_as_in_ruby(page, expected, form):
    assert expected == page("{{ task.input.at | date: task.input.form }}", at=LEAP_DAY, form=form)


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        ("2024-01-02T03:04:05+0200", "2024-01-02T03:04:05+02:00"),
        ("2024-01-02T03:04:05+0000", "2024-01-02T03:04:05"),
        ("2024-01-02T03:04:05-0800", "2024-01-02 03:04:05 PST"),
        ("2024-02-29T12:30:45+0000", 1709209845),
        ("2024-02-29T12:30:45+0000", "1709209845"),
        ("1969-12-31T23:59:59+0000", -1),
        ("2024-02-01T00:00:00+0000", "01/02/2024"),
        ("2024-02-01T00:00:00+0000", "1.2.2024"),
        ("2024-01-02T00:00:00+0000", "24-01-02"),
        ("2016-03-01T00:00:00+0000", "March 2016"),
        ("2011-01-03T00:00:00+0000", "Monday 3 Jan 2011"),
        # Times roll over the end of their minute or day.
        ("2016-03-15T00:00:00+0000", "2016-03-14 24:00:00"),
        ("2016-03-15T00:00:00+0100", "2016-03-14T24:00+01:00"),
        ("2017-01-01T00:00:00+0000", "2016-12-31T23:59:60Z"),
        ("2016-03-14T12:31:00-0800", "2016-03-14 12:30:60 PST"),
        ("2016-03-14T12:24:00+0000", "2016-03-14 12:24:00"),
        ("2016-03-14 24:01:00", "2016-03-14 24:01:00"),
        ("2016-03-14 24:00:00.5", "2016-03-14 24:00:00.5"),
        ("2016-03-14 23:59:61", "2016-03-14 23:59:61"),
        ("9999-12-31 24:00", "9999-12-31 24:00"),
        ("2023-03-01T00:00:00+0000", "2023-02-29"),
        ("2023-05-01T10:00:00+0200", "2023-04-31T10:00:00+02:00"),
        # The day comes first where the month is a word, and the year where all is numbers.
        ("2024-02-29T10:00:00+0000", "29 Feb 24 10:00"),
        ("2024-01-05T00:00:00+0000", "05-JAN-24"),
        ("1969-01-05T00:00:00+0000", "5/Jan/69"),
        ("2001-02-24T00:00:00+0000", "1/2/24"),
        # Among other words.
        ("2024-02-29T12:30:45+0100", "2024-02-29T12:30:45+01:00[Europe/Zurich]"),
        ("2024-02-29T12:30:45+0000", "scan 2024-02-29_12:30:45.png"),
        ("2024-01-02T00:00:00+0000", "s3://bucket/2024-01-02/page.png"),
        # What is no moment stays as it is.
        ("12/31/24", "12/31/24"),
        ("2024:02:29 12:30:45", "2024:02:29 12:30:45"),
        ("2024-02", "2024-02"),
        (" 4 ", " 4 "),
        ("02/13/2024", "02/13/2024"),
        ("monday", "monday"),
        ("not a date", "not a date"),
        ("-5", "-5"),
        ("1.5", "1.5"),
        ("2.5", 2.5),
        ("true", True),
        ("", None),
        ("", ""),
        ("[3,1]", [3, 1]),
        ("1000000000000000", 10**15),
    ],
)
def test_a_value_is_a_moment_or_stays_as_it_is(page, expected, value):
    assert expected == page("{{ task.input.value | date: '%FT%T%z' }}", value=value)


def test_a_time_without_a_day_is_of_today(page):
    assert page("{{ '12:30' | date: '%F' }}") == page("{{ 'now' | date: '%F' }}")


@pytest.mark.parametrize(("expected", "value"), [("-01-01", "JAN"), ("-05-01", "may")])
def test_a_month_begins_with_its_first_day(page, expected, value):
    assert page(f"{{{{ '{value}' | date: '%F' }}}}") == page("{{ 'now' | date: '%Y' }}") + expected


def test_a_day_is_of_this_month(page):
    assert page("{{ '4th' | date: '%F' }}") == page("{{ 'now' | date: '%Y-%m' }}") + "-04"


def test_the_fraction_of_a_leap_second_stays(page):
    assert page("{{ '2016-12-31T23:59:60.5Z' | date: '%F %T.%L' }}") == "2017-01-01 00:00:00.500"


@pytest.mark.parametrize("form", ["''", "nothing", "nil"])
def test_without_a_form_the_value_stays(page, form):
    assert page(f"{{{{ '2024-01-02' | date: {form} }}}}") == "2024-01-02"


def test_seconds_of_a_moment_elsewhere_are_counted_from_1970_in_utc(page):
    assert page("{{ '2024-01-02T03:04:05+02:00' | date: '%s' }}") == "1704157445"


@given(st.text(max_size=30), st.text(alphabet="%-0^#_:159AaLNYdez +", max_size=12))
def test_no_text_and_no_form_is_more_than_a_fault_of_the_template(value, form):
    with suppress(RenderError):
        render("{{ task.input.value | date: task.input.form }}", {"value": value, "form": form}, str)
