"""Single values as text: in headers, paths, query strings, forms and XML.

JSON has numbers and booleans of its own; everywhere else a value is text, and this module goes both ways.
"""

from __future__ import annotations

import base64
import binascii
import math
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from email.utils import parsedate_to_datetime
from typing import Any

from secondlook.wire.specs import Shape

_LAST_SECONDS = 253_402_300_799.999
"""Of the year 9999. A number has no room for the microseconds after it, and would become a year that no client can read."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SURROGATE = re.compile("[\ud800-\udfff]")
_INTEGER = re.compile(r"[+-]?[0-9]{1,20}")
_LARGEST = 2**63 - 1
_MOST_DIGITS = 20
"""As many digits as are beyond `_LARGEST` whatever follows."""

_SPECIAL = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}
_HTTP_FRACTION = re.compile(r"(?<=:\d\d)\.(\d{1,9})(?= GMT)")


def read(shape: Shape, text: str, timestamp_format: str) -> Any:
    """The value that ``text`` stands for; ``ValueError`` says what was expected instead."""
    reader = _READERS.get(shape.type)
    if reader is not None:
        return reader(text)
    if shape.type == "timestamp":
        return read_timestamp(text, shape.timestamp_format or timestamp_format)
    raise ValueError(f"expected a {shape.type}, found text")


def write(shape: Shape, value: Any, timestamp_format: str) -> str:
    """The text of ``value``."""
    if shape.type == "timestamp":
        return str(write_timestamp(value, shape.timestamp_format or timestamp_format))
    if shape.type == "boolean":
        return "true" if value else "false"
    if shape.type == "blob":
        return base64.b64encode(value).decode()
    if shape.type in {"float", "double"}:
        return write_float(value)
    return str(value)


def read_digits(digits: str) -> int:
    """The number that decimal digits write. What is more than 64 bits hold counts as the most they hold: `int` refuses
    thousands of digits.
    """
    return min(int(digits.lstrip("0")[:_MOST_DIGITS] or "0"), _LARGEST)


def read_blob(text: str) -> bytes:
    """Base64, with or without line breaks."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("expected base64 text") from error


def read_timestamp(value: str | float, form: str) -> datetime:
    """A time in UTC from ISO 8601 text, an HTTP date, or seconds since 1970 (text or number)."""
    try:
        if isinstance(value, int | float) or form == "unixTimestamp":
            return _EPOCH + timedelta(microseconds=round(Decimal(str(value)) * 1_000_000))
        moment = _read_http_date(value) if form == "rfc822" else datetime.fromisoformat(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError, InvalidOperation, TypeError, IndexError) as error:
        raise ValueError(f"expected a time as {_FORMS.get(form, form)}, found {str(value)[:60]!r}") from error


def write_timestamp(value: datetime, form: str) -> str | float:
    """A time in ``form``; seconds since 1970 are a number, whole where they can be."""
    value = value.astimezone(UTC)
    if form == "unixTimestamp":
        seconds = min((value - _EPOCH) / timedelta(seconds=1), _LAST_SECONDS)
        return int(seconds) if seconds.is_integer() else seconds
    if form == "rfc822":
        # Not strftime: its day and month names follow the locale.
        day, month = _WEEKDAYS[value.weekday()], _MONTHS[value.month - 1]
        return f"{day}, {value.day:02} {month} {value.year:04} {value:%H:%M:%S} GMT"
    return value.isoformat().removesuffix("+00:00") + "Z"


def write_float(value: float) -> str:
    """A number, or the words that AWS uses where there is none."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return str(value)


def _read_http_date(text: str) -> datetime:
    fraction = _HTTP_FRACTION.search(text)
    moment = parsedate_to_datetime(_HTTP_FRACTION.sub("", text))
    return moment + timedelta(seconds=float(f"0.{fraction[1]}")) if fraction else moment


def _read_text(text: str) -> str:
    # JSON can escape half of a surrogate pair, which no database and no file can hold.
    if not text.isascii() and _SURROGATE.search(text):
        raise ValueError("expected text, found half of a surrogate pair")
    return text


def _read_integer(text: str) -> int:
    if not _INTEGER.fullmatch(text):
        raise ValueError(f"expected a whole number, found {text[:60]!r}")
    return int(text)


def _read_float(text: str) -> float:
    try:
        return _SPECIAL[text] if text in _SPECIAL else float(text)
    except ValueError as error:
        raise ValueError(f"expected a number, found {text[:60]!r}") from error


def _read_boolean(text: str) -> bool:
    if text.lower() not in {"true", "false"}:
        raise ValueError(f"expected true or false, found {text[:60]!r}")
    return text.lower() == "true"


_FORMS = {
    "iso8601": "ISO 8601 (2026-01-31T12:00:00Z)",
    "rfc822": "an HTTP date (Sat, 31 Jan 2026 12:00:00 GMT)",
    "unixTimestamp": "seconds since 1970",
}
_READERS: dict[str, Callable[[str], Any]] = {
    "string": _read_text,
    "character": _read_text,
    "integer": _read_integer,
    "long": _read_integer,
    "float": _read_float,
    "double": _read_float,
    "boolean": _read_boolean,
    "blob": read_blob,
}
