"""The filter `date`: which moment a value means. What means none stays as it is, as in Shopify's implementation.

A moment without a time zone is one of UTC, whatever the server's clock is set to: a page reads the same wherever it is made.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo

from dateutil.parser import parse, parserinfo
from dateutil.tz import tzoffset

from secondlook.review.liquid.strftime import strftime
from secondlook.review.liquid.text import to_text

_LONGEST = 128
"""Characters of a text that may be a date, as in Ruby."""

_SECONDS = re.compile(r"\d+", re.ASCII)
_NUMBER = re.compile(r"[-+]?\d*\.?\d+", re.ASCII)
_DAY_FIRST = re.compile(r"\b(\d{1,2})([-/.])(\d{1,2})\2(\d{4})\b", re.ASCII)
_PAST_THE_END = (
    (re.compile(r"(?<![\d:+-])24:00(:00(\.0+)?)?(?![\d:.])", re.ASCII), "00:00", timedelta(days=1)),
    (re.compile(r"(?<![\d:+-])(\d{1,2}:\d\d):60(?![\d:])", re.ASCII), r"\1:59", timedelta(seconds=1)),
)
"""Ends of days and leap seconds: how else they can be written, and how long after that they are."""

_HOURS = {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}


class _Words(parserinfo):
    """A weekday is read and says nothing."""

    def __init__(self) -> None:
        self.JUMP = [*parserinfo.JUMP, *(name for names in parserinfo.WEEKDAYS for name in names)]
        self.WEEKDAYS = []
        super().__init__()


_WORDS = _Words()


def date(left: object, form: object) -> object:
    """`left` in the form that `strftime` describes."""
    directives = to_text(form)
    moment = _moment(left, datetime.now(UTC)) if directives else None
    return left if moment is None else strftime(moment, directives)


def _moment(value: object, now: datetime) -> datetime | None:
    """The moment of a number of seconds since 1970, of a text with a date or a time, or of `now` and `today`."""
    if isinstance(value, str) and value.lower() in {"now", "today"}:
        return now
    try:
        if isinstance(value, int) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
        if isinstance(value, str):
            seconds = _SECONDS.fullmatch(value)
            if seconds:
                return datetime.fromtimestamp(int(value), UTC)
            is_none = len(value) > _LONGEST or _NUMBER.fullmatch(value)
            return None if is_none else _parsed(value, now)
    except (ValueError, OverflowError, OSError):
        return None
    return None


def _parsed(text: str, now: datetime) -> datetime:
    """A text that names a day or a month begins with the first that it leaves open; one that names none is of today."""
    year = now.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    another = year.replace(year=now.year - 1, day=2)
    text, later = _within_the_day(_DAY_FIRST.sub(r"\4-\3-\1", text))
    moment, other = (
        parse(text, _WORDS, default=default, yearfirst=True, tzinfos=_zone) for default in (year, another)
    )
    names_a_day = (moment.date(), other.date()) != (year.date(), another.date())
    return (moment if names_a_day else datetime.combine(now.date(), moment.timetz())) + later


def _within_the_day(text: str) -> tuple[str, timedelta]:
    """`text` without 24 hours or 60 seconds, which the parser refuses, and how much later it means."""
    for written, replacement, later in _PAST_THE_END:
        text, count = written.subn(replacement, text)
        if count:
            return text, later
    return text, timedelta()


def _zone(name: str | None, seconds: int | None) -> tzinfo:
    """Only UTC keeps a name."""
    if seconds is None and name is not None:
        seconds = _HOURS.get(name, 0) * 3600
    return tzoffset(None, seconds) if seconds else UTC
