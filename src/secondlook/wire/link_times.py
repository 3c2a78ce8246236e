"""How long signed links are good for, and what is said of one that is not.

Source: S3 API reference, "Authenticating requests: using query parameters"; the words are those that S3 was seen to answer.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from secondlook.wire import errors, moments
from secondlook.wire.errors import AwsError
from secondlook.wire.scalars import read_digits, write_timestamp

LONGEST_LINK = 7 * 24 * 3600
"""Seconds that a presigned URL may be good for."""


def read_life(text: str) -> int:
    """The seconds of `X-Amz-Expires`; no second at all is a link that has ended. AwsError for what S3 does not take."""
    number = re.fullmatch("(-?)([0-9]+)", text)
    if number is None:
        raise errors.bad_query_signature("X-Amz-Expires should be a number")
    if number[1]:
        raise errors.bad_query_signature("X-Amz-Expires must be non-negative")
    life = read_digits(number[2])
    if life > LONGEST_LINK:
        raise errors.bad_query_signature(
            "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than "
            f"{LONGEST_LINK} seconds"
        )
    return life


def read_end(text: str) -> int:
    """The seconds since 1970 of `Expires`, which links of version 2 have."""
    if not re.fullmatch("[0-9]{1,12}", text):
        raise errors.access_denied(f"Invalid date (should be seconds since epoch): {text[:40]}")
    return int(text)


def check_life(signed: datetime, life: int, now: datetime) -> None:
    """Raise unless a link that was signed then and is good for `life` seconds holds now."""
    # Before anything is added to it: it may be the last moment of the last year.
    if signed > now + moments.SKEW:
        raise errors.expired_link("Request is not yet valid")
    end = signed + timedelta(seconds=life)
    if now >= end:
        raise _expired(end, now, {"X-Amz-Expires": str(life)})


def check_end(end: int, now: datetime) -> None:
    """Raise where a link of version 2 has ended."""
    if now.timestamp() >= end:
        raise _expired(datetime.fromtimestamp(end, UTC), now, {})


def _expired(end: datetime, now: datetime, said: dict[str, str]) -> AwsError:
    moment = {"Expires": end, "ServerTime": now.replace(microsecond=0)}
    return errors.expired_link(
        members=said | {name: str(write_timestamp(at, "iso8601")) for name, at in moment.items()}
    )
