"""A line of a log: the time it came, and what was said. Pure.

`2026-11-28T02:27:28.123Z Loading the model`: to people a plain line, to programs a time and a text.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import NamedTuple

_STAMP = re.compile(rb"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3})Z ")


class Line(NamedTuple):
    """`at` is in milliseconds since 1970, None for a line of a release that kept no times."""

    at: int | None
    text: str


def stamp(at: datetime) -> bytes:
    """What stands before a line that came at this time."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.").encode() + b"%03dZ " % (at.microsecond // 1000)


def parsed(line: bytes) -> Line:
    """A line without its end; bytes that are no UTF-8 are shown as such."""
    found = _STAMP.match(line)
    if found is None:
        return Line(None, line.decode(errors="replace"))
    try:
        at = datetime.fromisoformat(found[1].decode()).replace(tzinfo=UTC)
    except ValueError:  # it only looked like a time
        return Line(None, line.decode(errors="replace"))
    return Line(round(at.timestamp() * 1000), line[found.end() :].decode(errors="replace"))
