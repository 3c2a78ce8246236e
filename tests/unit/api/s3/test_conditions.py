"""Ranges and conditional reads, decided without an object."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from secondlook.api.s3.conditions import OnlyThen, names, span
from secondlook.store.objects import Span, Stored

AT = datetime(2026, 11, 23, 9, 0, 0, 999_999, tzinfo=UTC)
SECOND = AT.replace(microsecond=0)
BEFORE, AFTER = SECOND - timedelta(seconds=1), SECOND + timedelta(seconds=1)
STORED = Stored(1, "abc", "image/png", {}, {}, {}, AT)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-4", Span(0, 4)),
        ("bytes=5-", Span(5)),
        ("bytes=-5", Span(None, suffix=5)),
        ("bytes=0-0", Span(0, 0)),
        ("bytes= 1 - 2 ", Span(1, 2)),
        (f"bytes=0-{'9' * 5000}", Span(0, 2**63 - 1)),
        (f"bytes={'9' * 5000}-", Span(2**63 - 1)),
        (f"bytes=-{'9' * 5000}", Span(None, suffix=2**63 - 1)),
        (f"bytes={'0' * 5000}1-2", Span(1, 2)),
        ("bytes=4-1", None),
        ("bytes=-", None),
        ("bytes=0-1,3-4", None),
        ("items=0-1", None),
        ("bytes=٣-٤", None),
        ("", None),
        (None, None),
    ],
)
def test_a_range_is_read_or_ignored(header: str | None, expected: Span | None) -> None:
    assert expected == span(header)


@pytest.mark.parametrize(
    ("preconditions", "condition"),
    [
        (OnlyThen(), ""),
        (OnlyThen(none_match='"abc"'), "If-None-Match"),
        (OnlyThen(none_match="*"), "If-None-Match"),
        (OnlyThen(none_match='W/"abc"'), "If-None-Match"),
        (OnlyThen(none_match='"x", "abc"'), "If-None-Match"),
        (OnlyThen(none_match='"x"'), ""),
        (OnlyThen(none_match='"x"', modified_since=AFTER), ""),
        (OnlyThen(modified_since=AFTER), "If-Modified-Since"),
        (OnlyThen(modified_since=SECOND), "If-Modified-Since"),
        (OnlyThen(modified_since=BEFORE), ""),
        (OnlyThen(match='"abc"'), ""),
        (OnlyThen(match='"abc"', unmodified_since=BEFORE), ""),
        (OnlyThen(unmodified_since=SECOND), ""),
    ],
)
def test_an_etag_decides_over_a_date(preconditions: OnlyThen, condition: str) -> None:
    assert preconditions.failed(STORED) == ""
    assert preconditions.unmodified(STORED, AFTER) == condition


@pytest.mark.parametrize("now", [BEFORE, SECOND, AT])
def test_a_time_that_is_still_to_come_is_no_time_since_when(now: datetime) -> None:
    assert OnlyThen(modified_since=AFTER).unmodified(STORED, now) == ""
    assert OnlyThen(modified_since=SECOND).unmodified(STORED, now) == "If-Modified-Since"


@pytest.mark.parametrize(
    ("preconditions", "condition"),
    [(OnlyThen(match='"x"'), "If-Match"), (OnlyThen(unmodified_since=BEFORE), "If-Unmodified-Since")],
)
def test_a_reader_that_insists_on_another_is_refused(preconditions: OnlyThen, condition: str) -> None:
    assert preconditions.failed(STORED) == condition


def test_an_etag_is_found_with_or_without_quotes() -> None:
    assert names("abc", "abc")
    assert not names('"abcd"', "abc")
