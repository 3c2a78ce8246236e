"""What a signature says of the body, held against the body.

The signature binds the hash that the client names; that the body has this hash is checked here, at once or piece by piece.
"""

from __future__ import annotations

import hashlib
import hmac
import re

from secondlook.wire.claim import Claim
from secondlook.wire.errors import AwsError
from secondlook.wire.http import Request

UNSIGNED = "UNSIGNED-PAYLOAD"
STREAMING = "STREAMING-"


def claimed_payload(request: Request, claim: Claim) -> str:
    """What the signature says of the body: a hex SHA-256, ``UNSIGNED-PAYLOAD``, ``STREAMING-…``, or ``""`` for nothing."""
    named = request.headers.get("x-amz-content-sha256")
    if named:
        return named
    return UNSIGNED if claim.kind != "header" and claim.service == "s3" else ""


def check_payload(claimed: str, actual: str) -> None:
    """Raise unless the body has the hash that was signed; ``actual`` is its SHA-256 in hex."""
    if claimed == UNSIGNED or claimed.startswith(STREAMING) or not claimed:
        return
    if not hmac.compare_digest(claimed.encode(), actual.encode()):
        raise AwsError(
            "XAmzContentSHA256Mismatch",
            "The provided 'x-amz-content-sha256' header does not match what was computed.",
            400,
            {"ClientComputedContentSHA256": claimed, "S3ComputedContentSHA256": actual},
        )


class PayloadHash:
    """The hash of a body that is read as a stream: ``update`` with each piece, then ``check``."""

    def __init__(self, claimed: str) -> None:
        self._claimed = claimed
        self._hash = hashlib.sha256() if re.fullmatch("[0-9a-f]{64}", claimed) else None

    def update(self, piece: bytes) -> None:
        """Take the next piece of the body."""
        if self._hash is not None:
            self._hash.update(piece)

    def check(self) -> None:
        """Raise unless the whole body was what was signed."""
        check_payload(self._claimed, self._hash.hexdigest() if self._hash else "")
