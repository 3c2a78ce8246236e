"""How numbers and times read on a page. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

COUNTED_TO = 1000
"""Counting stops there; the number then means `or more`."""

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


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


def ago(at: datetime, now: datetime) -> str:
    """`just now`, `5 min ago`, `3 h ago`, `2 days ago`."""
    passed = now - at
    return "just now" if passed < MINUTE else f"{_span(passed)} ago"


def left(until: datetime, now: datetime) -> str:
    """`42 s`, `5 min`, `3 h`, `2 days`; rounded down, so that nobody is promised more than there is."""
    rest = until - now
    if rest <= timedelta(0):
        return "no time"
    return f"{int(rest.total_seconds())} s" if rest < MINUTE else _span(rest)


def _span(length: timedelta) -> str:
    if length < HOUR:
        return f"{length // MINUTE} min"
    if length < 2 * DAY:
        hours, minutes = length // HOUR, length % HOUR // MINUTE
        return f"{hours} h {minutes} min" if hours < 2 and minutes else f"{hours} h"  # noqa: PLR2004  (1 h 50 min is not 1 h)
    return f"{length // DAY} days"
