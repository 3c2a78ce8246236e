"""ARNs, names of buckets, identifiers and times: the words that every package spells the same way."""

from __future__ import annotations

import re
import secrets
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

_BUCKET = re.compile(
    r"(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9](?:[a-z0-9-]|(?<=[a-z0-9])\.(?=[a-z0-9])){1,61}[a-z0-9]"
)
_ADDRESS = re.compile(r"\d{1,3}(\.\d{1,3}){3}")
_RESERVED_ENDS = ("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3")


@dataclass(frozen=True, slots=True)
class Place:
    """The Region and account that ARNs name."""

    region: str
    account: str

    def arn(self, resource: str, name: str) -> str:
        """An ARN of a SageMaker resource, e.g. `arn('flow-definition', 'fd-1')`."""
        return f"arn:aws:sagemaker:{self.region}:{self.account}:{resource}/{name}"

    def workteam(self, name: str) -> str:
        """The ARN of a private work team [workforce.md, Concepts]."""
        return self.arn("workteam/private-crowd", name)


def last_part(arn: str) -> str:
    """What stands behind the last slash of an ARN: the resource's name."""
    return arn.rsplit("/", 1)[-1]


def is_bucket_name(text: str) -> bool:
    """Whether S3 would give a bucket this name."""
    return bool(_BUCKET.fullmatch(text) and not _ADDRESS.fullmatch(text)) and not text.endswith(
        _RESERVED_ENDS
    )


def now() -> datetime:
    """The present, UTC. Only doors call it; workshops are handed the time."""
    return datetime.now(UTC)


def milliseconds(at: datetime) -> str:
    """`2026-03-02T09:14:05.120Z`, as in output.json and event details [output-data.md, events.md]."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def seconds(at: datetime) -> str:
    """`2026-03-02T09:15:11Z`, as in the envelope of an event [events.md]."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def ended_day(at: datetime) -> date | None:
    """The day of UTC that ends at this moment, which is a midnight; None at any other."""
    there = at.astimezone(UTC)
    is_end = there.time() == time.min and there.date() > date.min
    return there.date() - timedelta(days=1) if is_end else None


def worker_id() -> str:
    """16 hex digits, opaque and stable per worker [output-data.md]."""
    return secrets.token_hex(8)


def identifier() -> str:
    """A fresh UUID4 text."""
    return str(uuid.uuid4())


def token() -> str:
    """A secret for a link, a session or a nonce: 256 bits, URL-safe."""
    return secrets.token_urlsafe(32)
