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
_NO_DATE = re.compile(r"\s*([-+]?\d*\.?\d+|\d{4}[- ]\d\d?|\d{4}:\d\d.*)\s*", re.ASCII | re.DOTALL)
"""Numbers, a year with the number of a month, and what cameras write (`2024:02:29 12:30:45`)."""
_WITHIN = re.compile(
    r"\d{4}-\d\d-\d\d(?!\d)(?:[T _]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?[-+]\d\d:?\d\d|Z)?)?",
    re.ASCII | re.IGNORECASE,
)
"""A date of ISO 8601, which may stand among other words, with its time."""

_DAY_FIRST = re.compile(r"\b(\d{1,2})([-/.])(\d{1,2})\2(\d{4})\b", re.ASCII)
_YEAR_FIRST = re.compile(r"(?<![\d:./-])(\d{1,2})([-/.])(\d{1,2})\2(\d{1,2})(?![\d:./-])", re.ASCII)
_SHORT_YEAR = re.compile(
    r"\b(\d{1,2})([-/. ])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)([a-z]*)\2'?(\d{1,2})(?![\d:]| ?[ap]m)",
    re.ASCII | re.IGNORECASE,
)
_PAST_THE_END = (
    (re.compile(r"(?<![\d:+-])24:00(:00(\.0+)?)?(?![\d:.])", re.ASCII), "00:00", timedelta(days=1)),
    (re.compile(r"(?<![\d:+-])(\d{1,2}:\d\d):60(?![\d:])", re.ASCII), r"\1:59", timedelta(seconds=1)),
    (re.compile(r"\b(\d{4}-0?2)-30(?!\d)", re.ASCII), r"\1-28", timedelta(days=2)),
    (re.compile(r"\b(\d{4}-0?2)-29(?!\d)", re.ASCII), r"\1-28", timedelta(days=1)),
    (re.compile(r"\b(\d{4}-(?:0?[2469]|11))-31(?!\d)", re.ASCII), r"\1-28", timedelta(days=3)),
)
"""Ends of days, leap seconds and days that a month lacks: how else they can be written, and how long after that they are."""

_CENTURY, _OF_THE_LAST = 100, 69

_HOURS = {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}


class _Words(parserinfo):
    """A weekday is read and says nothing."""

    def __init__(self) -> None:
        self.JUMP = [*parserinfo.JUMP, *(name for names in parserinfo.WEEKDAYS for name in names)]
        self.WEEKDAYS = []
        super().__init__()

    def convertyear(self, year: int, century_specified: bool = False) -> int:
        """Two digits from 69 on are of the last century."""
        if century_specified or year >= _CENTURY:
            return year
        return year + (1900 if year >= _OF_THE_LAST else 2000)


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
            return None if len(value) > _LONGEST or _NO_DATE.fullmatch(value) else _moment_of(value, now)
    except (ValueError, OverflowError, OSError):
        return None
    return None


def _moment_of(text: str, now: datetime) -> datetime:
    """The moment that a text is, or has among other words."""
    try:
        return _parsed(text, now)
    except ValueError:
        within = _WITHIN.search(text)
        if within is None:
            raise
        return _parsed(within[0].replace("_", " "), now)


def _parsed(text: str, now: datetime) -> datetime:
    """A text that names a day or a month begins with the first that it leaves open; one that names none is of today."""
    year = now.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    # Years of the calendar repeat after 400, and both of these months have 31 days.
    other = year.replace(year=now.year - 400, month=3, day=2)
    text, later = _within_the_month(_year_first(text))
    moment, same = (
        parse(text, _WORDS, default=default, yearfirst=True, tzinfos=_zone) for default in (year, other)
    )
    if (moment.month, same.month) == (year.month, other.month):
        day = moment.day if moment.day == same.day else now.day
        moment, later = moment.replace(month=now.month, day=1), later + timedelta(days=day - 1)
    return moment + later


def _year_first(text: str) -> str:
    """`text` with its day, month and year in the order that cannot be mistaken."""
    text = _YEAR_FIRST.sub(lambda date: f"{_WORDS.convertyear(int(date[1]))}-{date[3]}-{date[4]}", text)
    return _SHORT_YEAR.sub(r"\5-\3-\1", _DAY_FIRST.sub(r"\4-\3-\1", text))


def _within_the_month(text: str) -> tuple[str, timedelta]:
    """`text` without days, hours and seconds past their end, which the parser refuses, and how much later it means."""
    later = timedelta()
    for written, replacement, more in _PAST_THE_END:
        text, count = written.subn(replacement, text)
        later += more * count
    return text, later


def _zone(name: str | None, seconds: int | None) -> tzinfo:
    """Only UTC keeps a name."""
    if seconds is None and name is not None:
        seconds = _HOURS.get(name, 0) * 3600
    return tzoffset(None, seconds) if seconds else UTC
