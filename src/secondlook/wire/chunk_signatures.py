"""The signatures inside a signed ``aws-chunked`` body: a chain that begins with the request's own.

Source: S3 API reference, "Signature calculations for the authorization header: transferring payload in multiple chunks".
"""

from __future__ import annotations

import hashlib
import hmac

from secondlook.wire.claim import ALGORITHM, Claim
from secondlook.wire.mismatch import mismatch
from secondlook.wire.sigv4 import signing_key

_EMPTY_HASH = hashlib.sha256(b"").hexdigest()


class ChunkSignatures:
    """Each signature covers the one before. ``canonical`` is the request that the first follows, for errors."""

    def __init__(self, claim: Claim, secret: str, canonical: str = "") -> None:
        self._claim = claim
        self._canonical = canonical
        self._key = signing_key(secret, claim.date, claim.region, claim.service)
        self._previous = claim.signature

    def check_chunk(self, digest: str, provided: str) -> None:
        """Raise unless ``provided`` is the signature of the next chunk, whose SHA-256 is ``digest``."""
        self._check("PAYLOAD", f"{_EMPTY_HASH}\n{digest}", provided)

    def check_trailer(self, lines: str, provided: str) -> None:
        """Raise unless ``provided`` is the signature of the trailing headers, of which each line reads ``<name>:<value>``."""
        # A trailer without any header is a line all the same.
        self._check("TRAILER", hashlib.sha256((lines or "\n").encode()).hexdigest(), provided)

    def _check(self, kind: str, hashes: str, provided: str) -> None:
        claim = self._claim
        to_sign = f"{ALGORITHM}-{kind}\n{claim.stamp}\n{claim.scope}\n{self._previous}\n{hashes}"
        self._previous = hmac.digest(self._key, to_sign.encode(), "sha256").hex()
        if not hmac.compare_digest(self._previous.encode(), provided.encode()):
            raise mismatch(claim, provided, to_sign, self._canonical)
