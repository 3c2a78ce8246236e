"""How numbers and times read on a page. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from secondlook.names import ended_day

COUNTED_TO = 1000
"""Counting stops there; the number then means `or more`."""

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

KINDS = {
    state: kind
    for kind, states in {
        "good": ("Active", "InService", "Completed", "submitted", "delivered"),
        "running": ("InProgress", "Creating", "Updating", "RollingBack", "Initializing", "active", "owed"),
        "paused": (
            "Stopping",
            "Stopped",
            "Deleting",
            "paused",
            "released",
            "expired",
            "Invited",
            "Task Declined",
            "Warning",
        ),
        "bad": (
            "Failed",
            "UpdateRollbackFailed",
            "declined",
            "given-up",
            "Switched off",
            "Expired",
            "Page Problem",
        ),
    }.items()
    for state in states
}
"""State → its kind, which has a colour and a sign; of flow definitions, loops, tasks, events, deliveries, people and keys."""


def kind(state: str) -> str:
    """The kind of a state, or nothing for a word that is no state."""
    return KINDS.get(state, "")


def count(number: int) -> str:
    """`0`, `999`, `1,000+`."""
    return f"{COUNTED_TO:,}+" if number >= COUNTED_TO else str(number)


def waiting(number: int) -> str:
    """`no more waiting`, `1 more waiting`, `1,000+ more waiting`."""
    return f"{count(number) if number else 'no'} more waiting"


def exact(at: datetime) -> str:
    """`2 Mar 2026, 09:14 UTC`."""
    there = at.astimezone(UTC)
    return f"{there.day} {there:%b %Y, %H:%M} UTC"


def last_moment(until: datetime) -> str:
    """`2 Mar 2026, 09:14 UTC`; a midnight is the end of the day before it: `end of 1 Mar 2026, UTC`."""
    day = ended_day(until)
    return f"end of {day.day} {day:%b %Y}, UTC" if day else exact(until)


def ago(at: datetime, now: datetime) -> str:
    """`just now`, `5 min ago`, `3 h ago`, `2 days ago`; so much has passed for certain."""
    passed = now - at
    return "just now" if passed < MINUTE else f"{_span(passed, timedelta.__floordiv__)} ago"


def left(until: datetime, now: datetime) -> str:
    """`42 s`, `5 min`, `3 h`, `10 days`; to the nearest, so that ten days are ten a moment after they began."""
    rest = until - now
    if rest <= timedelta(0):
        return "no time"
    return f"{int(rest.total_seconds())} s" if rest < MINUTE else _span(rest, _nearest)


def _span(length: timedelta, units: Callable[[timedelta, timedelta], int]) -> str:
    """In the largest unit that says enough; `units` counts how many of one there are."""
    if units(length, MINUTE) < HOUR // MINUTE:
        return f"{units(length, MINUTE)} min"
    if units(length, MINUTE) < 2 * HOUR // MINUTE:
        minutes = units(length, MINUTE) - HOUR // MINUTE
        return f"1 h {minutes} min" if minutes else "1 h"
    if units(length, HOUR) < 2 * DAY // HOUR:
        return f"{units(length, HOUR)} h"
    return f"{units(length, DAY)} days"


def _nearest(length: timedelta, unit: timedelta) -> int:
    return (length + unit / 2) // unit
