"""What a request says of its body, held against the body.

The signature binds what ``x-amz-content-sha256`` says; that the body has this hash is checked here, at once or piece by piece.
Only a signature of version 4 in a header gives the names of streams their meaning: in every other request S3 takes the value
for a hash. Source: S3 API reference, "Common request headers"; recorded runs on AWS.
"""

from __future__ import annotations

import hashlib
import hmac
import re

from secondlook.wire.claim import Claim
from secondlook.wire.errors import AwsError
from secondlook.wire.http import Request
from secondlook.wire.s3_errors import invalid_argument, invalid_request

HEADER = "x-amz-content-sha256"
UNSIGNED = "UNSIGNED-PAYLOAD"
STREAMING = "STREAMING-"
UNSIGNED_TRAILER = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
SIGNED = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
SIGNED_TRAILER = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"
STREAMS = (UNSIGNED_TRAILER, SIGNED, SIGNED_TRAILER)

_SHA256 = re.compile("[0-9a-fA-F]{64}")


def claimed_payload(request: Request, claim: Claim) -> str:
    """What the signature says of the body: a hex SHA-256, ``UNSIGNED-PAYLOAD``, ``STREAMING-…``, or ``""`` for nothing.

    S3 refuses a signed header that is missing, or that is none of these.
    """
    named = request.headers.get(HEADER)
    if claim.service != "s3":
        return named
    if claim.kind != "header":
        return named or UNSIGNED
    if not named:
        raise invalid_request(f"Missing required header for this request: {HEADER}")
    if named not in {UNSIGNED, *STREAMS} and not _SHA256.fullmatch(named):
        raise invalid_argument(
            f"{HEADER} must be {', '.join((UNSIGNED, *STREAMS))} or a valid sha256 value.", HEADER, named
        )
    return named


def stream_kind(request: Request, claim: Claim) -> str:
    """Which of ``STREAMS`` the body is, ``""`` for one that is the object itself."""
    named = request.headers.get(HEADER)
    return named if claim.kind == "header" and named in STREAMS else ""


def takes_body(request: Request) -> bool:
    """Whether what the headers say of a body is looked at."""
    return request.method not in {"GET", "HEAD"}


def promised_hash(request: Request, claim: Claim) -> str:
    """The SHA-256 that the body must have, as its sender wrote it; ``""`` where none is promised."""
    named = request.headers.get(HEADER)
    is_free = named == UNSIGNED or stream_kind(request, claim)
    return "" if is_free or (claim.service == "s3" and not takes_body(request)) else named


def check_payload(promised: str, actual: str) -> None:
    """Raise unless the body has the hash that was promised; ``actual`` is its SHA-256 in hex."""
    if promised and not hmac.compare_digest(promised.lower().encode(), actual.encode()):
        raise AwsError(
            "XAmzContentSHA256Mismatch",
            f"The provided '{HEADER}' header does not match what was computed.",
            400,
            {"ClientComputedContentSHA256": promised, "S3ComputedContentSHA256": actual},
        )


class PayloadHash:
    """The hash of a body that is read as a stream: ``update`` with each piece, then ``check``."""

    def __init__(self, promised: str) -> None:
        self._promised = promised
        self._hash = hashlib.sha256()

    def update(self, piece: bytes) -> None:
        """Take the next piece of the body."""
        if self._promised:
            self._hash.update(piece)

    def check(self) -> None:
        """Raise unless the whole body was what was promised."""
        check_payload(self._promised, self._hash.hexdigest())
