"""How times read on a terminal. Pure, but for the present."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def ago(at: datetime | None, now: datetime | None = None) -> str:
    """`just now`, `42 s ago`, `5 min ago`, `3 h ago`, `2 days ago`; nothing for no time."""
    if at is None:
        return ""
    passed = (now or datetime.now(UTC)) - at
    if passed < timedelta(seconds=1):
        return "just now"
    return f"{span(passed)} ago"


def span(length: timedelta) -> str:
    """`42 s`, `5 min`, `3 h`, `2 days`."""
    seconds = int(length.total_seconds())
    for size, name, most in ((1, "s", 60), (60, "min", 3600), (3600, "h", 172800)):
        if seconds < most:
            return f"{seconds // size} {name}"
    return f"{seconds // 86400} days"
