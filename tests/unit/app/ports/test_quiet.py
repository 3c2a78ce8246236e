"""What strangers can cause as often as they like is said once a minute, and how often it came."""

from __future__ import annotations

import logging

import pytest

from secondlook.app.ports.quiet import OncePerMinute


@pytest.fixture
def log(caplog):
    """A logger of its own and its clock, which stands still until it is moved."""
    now = [0.0]
    logger = logging.getLogger("quiet-test")
    filter_ = OncePerMinute(lambda: now[0])
    logger.addFilter(filter_)
    yield logger, now
    logger.removeFilter(filter_)


def test_a_thousand_lines_of_a_kind_are_one_and_the_next_says_how_many(log, caplog):
    logger, now = log
    for number in range(1000):
        logger.warning("connection %d was too slow", number)
    now[0] = 61
    logger.warning("connection %d was too slow", 1000)

    assert caplog.messages == [
        "connection 0 was too slow",
        "connection 1000 was too slow (and 999 more like it)",
    ]


def test_other_lines_are_not_held_back(log, caplog):
    logger, _now = log
    logger.warning("one thing")
    logger.warning("another")

    assert caplog.messages == ["one thing", "another"]


def test_errors_from_different_places_are_different_kinds(log, caplog):
    logger, _now = log
    for _ in range(3):
        for act in (lambda: 1 / 0, lambda: int("x")):
            try:
                act()
            except (ZeroDivisionError, ValueError):
                logger.exception("it failed")

    assert [type(record.exc_info[1]) for record in caplog.records] == [ZeroDivisionError, ValueError]
