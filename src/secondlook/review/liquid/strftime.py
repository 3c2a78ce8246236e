"""`strftime` as Ruby has it, which is wider than Python's and the same on every system.

A directive is `%`, flags (`-` unpadded, `0` and `_` padded with zeros and spaces, `^` capitals, `#` the other case), a width,
colons before `z`, `E` or `O` before a letter that has such a form elsewhere, and a letter. One that does not exist stays as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

MAX_WIDTH = 1024
"""Characters that one directive may fill; ValueError for more."""

_DIRECTIVE = re.compile(
    r"%(?P<flags>[-0^#_]*)(?P<width>\d*)(?:E(?=[cCxXyY])|O(?=[deHkIlmMSuUVwWy])|(?P<colons>:{0,3}))(?P<letter>[A-Za-z%])",
    re.ASCII,
)

_MADE_OF = {
    "c": "%a %b %e %H:%M:%S %Y",
    "D": "%m/%d/%y",
    "F": "%Y-%m-%d",
    "r": "%I:%M:%S %p",
    "R": "%H:%M",
    "T": "%H:%M:%S",
    "v": "%e-%^b-%Y",
    "x": "%m/%d/%y",
    "X": "%H:%M:%S",
}

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_TEXTS: dict[str, Callable[[datetime], str]] = {
    "a": lambda moment: _DAYS[moment.weekday()][:3],
    "A": lambda moment: _DAYS[moment.weekday()],
    "b": lambda moment: _MONTHS[moment.month - 1][:3],
    "B": lambda moment: _MONTHS[moment.month - 1],
    "h": lambda moment: _MONTHS[moment.month - 1][:3],
    "n": lambda _: "\n",
    "p": lambda moment: ("AM", "PM")[moment.hour // 12],
    "P": lambda moment: ("am", "pm")[moment.hour // 12],
    "t": lambda _: "\t",
    "Z": lambda moment: moment.tzname() or "",
    "%": lambda _: "%",
}

# The number, its width and what fills it up.
_NUMBERS: dict[str, tuple[Callable[[datetime], int], int, str]] = {
    "C": (lambda moment: moment.year // 100, 2, "0"),
    "d": (lambda moment: moment.day, 2, "0"),
    "e": (lambda moment: moment.day, 2, " "),
    "g": (lambda moment: moment.isocalendar().year % 100, 2, "0"),
    "G": (lambda moment: moment.isocalendar().year, 4, "0"),
    "H": (lambda moment: moment.hour, 2, "0"),
    "I": (lambda moment: moment.hour % 12 or 12, 2, "0"),
    "j": (lambda moment: moment.timetuple().tm_yday, 3, "0"),
    "k": (lambda moment: moment.hour, 2, " "),
    "l": (lambda moment: moment.hour % 12 or 12, 2, " "),
    "m": (lambda moment: moment.month, 2, "0"),
    "M": (lambda moment: moment.minute, 2, "0"),
    "s": (lambda moment: int(moment.timestamp()), 1, "0"),
    "S": (lambda moment: moment.second, 2, "0"),
    "u": (lambda moment: moment.isoweekday(), 1, "0"),
    "U": (lambda moment: _week(moment, moment.isoweekday() % 7), 2, "0"),
    "V": (lambda moment: moment.isocalendar().week, 2, "0"),
    "w": (lambda moment: moment.isoweekday() % 7, 1, "0"),
    "W": (lambda moment: _week(moment, moment.weekday()), 2, "0"),
    "y": (lambda moment: moment.year % 100, 2, "0"),
    "Y": (lambda moment: moment.year, 4, "0"),
}


_NO_PADDING = str.maketrans("", "", "^#")


def strftime(moment: datetime, form: str) -> str:
    """`moment`, which has a time zone, as `form` describes it."""
    return _DIRECTIVE.sub(lambda match: _directive(moment, match), form)


def _directive(moment: datetime, match: re.Match[str]) -> str:
    width = int(match["width"] or 0)
    if width > MAX_WIDTH:
        raise ValueError(f"a width of {width}")
    if match["letter"] == "z":
        return _offset(moment, match["flags"], match["colons"] or "", width)
    text = None if match["colons"] else _text(moment, match["letter"], match["flags"], width)
    return match[0] if text is None else text


def _text(moment: datetime, letter: str, flags: str, width: int) -> str | None:
    if letter in "LN":
        return _fraction(moment, width or (3 if letter == "L" else 9))
    if letter in _NUMBERS:
        number, usual, fill = _NUMBERS[letter]
        return _padded(str(number(moment)), flags, width or usual, fill)
    if letter in _TEXTS:
        return _padded(_cased(_TEXTS[letter](moment), flags, letter), flags, width, " ")
    if letter in _MADE_OF:
        text = strftime(moment, _MADE_OF[letter])
        return _padded(text.upper() if "^" in flags else text, flags.replace("-", ""), width, " ")
    return None


def _padded(text: str, flags: str, width: int, fill: str) -> str:
    fill = _fill(flags, fill)
    return text.rjust(width, fill) if text and fill else text


def _fill(flags: str, usual: str) -> str:
    """What pads: nothing wherever `-` stands, else what the last flag says."""
    if "-" in flags:
        return ""
    return {"0": "0", "_": " "}.get(_padding(flags), usual)


def _padding(flags: str) -> str:
    """The last flag that says how to pad."""
    return flags.translate(_NO_PADDING)[-1:]


def _cased(text: str, flags: str, letter: str) -> str:
    if "#" in flags:
        return text.lower() if letter in "pZ" else text.upper()
    return text.upper() if "^" in flags else text


def _fraction(moment: datetime, digits: int) -> str:
    return f"{moment.microsecond:06}".ljust(digits, "0")[:digits]


def _offset(moment: datetime, flags: str, colons: str, width: int) -> str:
    """`+0100`, with one colon `+01:00`, with two `+01:00:00`, with three `+01`. Spaces stand before the sign, zeros behind it."""
    offset = moment.utcoffset() or timedelta()
    sign = "-" if offset < timedelta() else "+"
    minutes, seconds = divmod(int(abs(offset).total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    small = [minutes, seconds][: (1, 1, 2, 2 if seconds else bool(minutes))[len(colons)]]
    rest = "".join(f"{':' if colons else ''}{part:02}" for part in small)
    if _padding(flags) == "_":
        return f"{sign}{hours}{rest}".rjust(max(width, 3 + len(rest)))
    return sign + f"{hours:02}{rest}".rjust(width - 1, "0")


def _week(moment: datetime, weekday: int) -> int:
    """The week of the year, the first that begins in it being 1; `weekday` counts from the day that weeks begin on."""
    return (moment.timetuple().tm_yday + 6 - weekday) // 7
