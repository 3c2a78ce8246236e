"""When a request says that it was signed: AWS's stamps and the dates of HTTP, and how far they may be off."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from secondlook.wire import errors

SKEW = timedelta(minutes=15)
STAMP = "%Y%m%dT%H%M%SZ"

_STAMPED = re.compile("[0-9]{8}T[0-9]{6}Z")
_EPOCH = datetime.fromtimestamp(0, UTC)


def stamped(text: str) -> datetime | None:
    """The moment of a stamp (`20260302T091405Z`); None where it is none."""
    try:
        # Four times as fast as strptime.
        return datetime.fromisoformat(text) if _STAMPED.fullmatch(text) else None
    except ValueError:
        return None


def dated(text: str) -> datetime | None:
    """The moment of a stamp or of a date of HTTP, from 1970 on; None where it is neither."""
    try:
        moment = stamped(text) or parsedate_to_datetime(text)
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return moment if moment >= _EPOCH else None


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(STAMP)


def check_skew(signed: datetime, now: datetime, text: str) -> None:
    """Raise unless a request was signed about now; `text` is how it said when."""
    if abs(now - signed) > SKEW:
        raise errors.time_too_skewed(
            f"The difference between the request time ({text}) and the current time ({stamp(now)}) is too large: at most 15 "
            "minutes."
        )
