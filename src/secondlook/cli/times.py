"""How times read on a terminal. Pure, but for the present."""

from __future__ import annotations

import re
from datetime import MAXYEAR, UTC, datetime, timedelta

from secondlook.names import ended_day

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_LENGTHS = {"d": timedelta(days=1), "h": timedelta(hours=1), "min": timedelta(minutes=1)}
_AGES = _LENGTHS | {"m": timedelta(minutes=1), "s": timedelta(seconds=1)}


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


def clock(seconds: float) -> str:
    """`0.4 s`, `12 s`, `3:07`, `26:03:07`."""
    if seconds < 10:  # noqa: PLR2004  (tenths say something below ten)
        return f"{seconds:.1f} s"
    if seconds < 60:  # noqa: PLR2004
        return f"{seconds:.0f} s"
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}" if minutes >= 60 else f"{minutes}:{rest:02d}"  # noqa: PLR2004


def since(text: str, now: datetime) -> datetime:
    """`30s`, `10m`, `2h` and `1d` before now, or a moment: `2026-11-27`, `2026-11-27T04:30`, UTC. ValueError says what can be written."""
    try:
        if length := re.fullmatch(r"(\d+)(s|m|min|h|d)", text, re.ASCII):
            return now - int(length[1]) * _AGES[length[2]]
        at = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise ValueError(
            f"{text!r} is no time: write 30s, 10m, 2h, 1d, 2026-11-27 or 2026-11-27T04:30"
        ) from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def last_moment(until: datetime) -> str:
    """`2027-01-31 18:00`, UTC; a midnight is the end of the day before it: `2027-01-31, end of day`."""
    day = ended_day(until)
    return f"{day}, end of day" if day else f"{until.astimezone(UTC):%Y-%m-%d %H:%M}"


def moment(text: str, now: datetime) -> datetime:
    """`30d`, `12h` and `5min` from now; `2027-01-31` is the end of this day and `2027-01-31T18:00` this time, both UTC.

    ValueError says what can be written.
    """
    try:
        if length := re.fullmatch(r"(\d+)(d|h|min)", text, re.ASCII):
            return now + int(length[1]) * _LENGTHS[length[2]]
        at = datetime.fromisoformat(text)
        if _DAY.fullmatch(text):
            at += timedelta(days=1)
    except OverflowError:
        raise ValueError(f"{text!r} is too far off: times end with the year {MAXYEAR}") from None
    except ValueError:
        raise ValueError(
            f"{text!r} is no time: write 30d, 12h, 5min, 2027-01-31 or 2027-01-31T18:00"
        ) from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
