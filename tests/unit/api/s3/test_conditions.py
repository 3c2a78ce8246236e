"""Ranges and conditional reads, decided without an object."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from secondlook.api.s3.conditions import is_unmodified, names, span
from secondlook.store.objects import Span, Stored
from secondlook.store.refusals import PreconditionFailed

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
    ("given", "expected"),
    [
        ({}, False),
        ({"none_match": '"abc"'}, True),
        ({"none_match": "*"}, True),
        ({"none_match": 'W/"abc"'}, True),
        ({"none_match": '"x", "abc"'}, True),
        ({"none_match": '"x"'}, False),
        ({"none_match": '"x"', "modified_since": AFTER}, False),
        ({"modified_since": SECOND}, True),
        ({"modified_since": BEFORE}, False),
        ({"match": '"abc"'}, False),
        ({"match": '"abc"', "unmodified_since": BEFORE}, False),
        ({"unmodified_since": SECOND}, False),
    ],
)
def test_an_etag_decides_over_a_date(given: dict[str, object], expected: bool) -> None:
    none = dict.fromkeys(("match", "none_match", "modified_since", "unmodified_since"))

    assert expected == is_unmodified(STORED, **{**none, **given})


@pytest.mark.parametrize("given", [{"match": '"x"'}, {"unmodified_since": BEFORE}])
def test_a_reader_that_insists_on_another_is_refused(given: dict[str, object]) -> None:
    none = dict.fromkeys(("match", "none_match", "modified_since", "unmodified_since"))

    with pytest.raises(PreconditionFailed):
        is_unmodified(STORED, **{**none, **given})


def test_an_etag_is_found_with_or_without_quotes() -> None:
    assert names("abc", "abc")
    assert not names('"abcd"', "abc")
