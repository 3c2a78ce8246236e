import re
from datetime import UTC, datetime, timedelta

import pytest

from secondlook.pages import static, wording
from secondlook.wire import specs

NOW = datetime(2026, 3, 2, 9, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(("number", "expected"), [(0, "0"), (999, "999"), (1000, "1,000+")])
def test_counts_stop_at_a_thousand(number, expected):
    assert wording.count(number) == expected


@pytest.mark.parametrize(
    ("number", "expected"), [(0, "no more waiting"), (1, "1 more waiting"), (1000, "1,000+ more waiting")]
)
def test_what_else_waits(number, expected):
    assert wording.waiting(number) == expected


@pytest.mark.parametrize(
    ("passed", "expected"),
    [
        ({"seconds": 59}, "just now"),
        ({"minutes": 1}, "1 min ago"),
        ({"minutes": 59, "seconds": 59}, "59 min ago"),
        ({"hours": 1}, "1 h ago"),
        ({"hours": 1, "minutes": 50}, "1 h 50 min ago"),
        ({"hours": 47}, "47 h ago"),
        ({"days": 2}, "2 days ago"),
    ],
)
def test_how_long_ago(passed, expected):
    assert wording.ago(NOW - timedelta(**passed), NOW) == expected


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ({"seconds": 0}, "no time"),
        ({"seconds": 42}, "42 s"),
        ({"seconds": 59, "milliseconds": 900}, "59 s"),
        ({"minutes": 5, "seconds": 29}, "5 min"),
        ({"minutes": 9, "seconds": 58}, "10 min"),
        ({"minutes": 59, "seconds": 58}, "1 h"),
        ({"hours": 1, "minutes": 29, "seconds": 58}, "1 h 30 min"),
        ({"hours": 1, "minutes": 59, "seconds": 58}, "2 h"),
        ({"hours": 7, "minutes": 59}, "8 h"),
        ({"hours": 47, "minutes": 59}, "2 days"),
        ({"days": 10}, "10 days"),
        ({"days": 9, "hours": 23, "minutes": 59}, "10 days"),
        ({"days": 9, "hours": 11}, "9 days"),
    ],
)
def test_how_long_still(rest, expected):
    assert wording.left(NOW + timedelta(**rest), NOW) == expected


def test_the_exact_time():
    assert wording.exact(NOW) == "2 Mar 2026, 09:14 UTC"


@pytest.mark.parametrize(
    ("service", "shape"),
    [("sagemaker-a2i-runtime", "HumanLoopStatus"), ("sagemaker", "FlowDefinitionStatus")],
)
def test_every_status_has_a_kind(service, shape):
    states = specs.load(service).shape({"shape": shape}).traits["enum"]

    assert [] == [state for state in states if not wording.kind(state)]


def test_kinds_are_told_apart_by_a_sign_too():
    styles = (static.ROOT / "portal.css").read_text()
    signs = {
        kind: re.search(rf"\.badge\.{kind} {{\s+--sign: '(.)'", styles)[1] for kind in wording.KINDS.values()
    }

    assert 4 == len(set(signs.values())) == len(signs)


def test_a_word_that_is_no_state_has_no_kind():
    assert "" == wording.kind("Admin")


def test_the_end_of_a_day_is_called_by_this_day():
    assert "end of 28 Feb 2026, UTC" == wording.last_moment(datetime(2026, 3, 1, tzinfo=UTC))
    assert "1 Mar 2026, 09:14 UTC" == wording.last_moment(datetime(2026, 3, 1, 9, 14, tzinfo=UTC))
