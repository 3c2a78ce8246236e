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


class ChunkSigner:
    """Each signature covers the one before. ``canonical`` is the request that the first follows, for errors."""

    def __init__(self, claim: Claim, secret: str, canonical: str = "") -> None:
        self._claim = claim
        self._canonical = canonical
        self._key = signing_key(secret, claim.date, claim.region, claim.service)
        self._previous = claim.signature

    def chunk(self, digest: str) -> str:
        """The signature of the next chunk, whose SHA-256 is ``digest``."""
        return self._next(self._of_chunk(digest))

    def trailer(self, lines: str) -> str:
        """The signature of the trailing headers, of which each line reads ``<name>:<value>``."""
        return self._next(self._of_trailer(lines))

    def check_chunk(self, digest: str, provided: str) -> None:
        """Raise unless ``provided`` is the signature of the next chunk."""
        self._check(self._of_chunk(digest), provided)

    def check_trailer(self, lines: str, provided: str) -> None:
        """Raise unless ``provided`` is the signature of the trailing headers."""
        self._check(self._of_trailer(lines), provided)

    def _of_chunk(self, digest: str) -> str:
        return self._to_sign("PAYLOAD", f"{_EMPTY_HASH}\n{digest}")

    def _of_trailer(self, lines: str) -> str:
        # A trailer without any header is a line all the same.
        return self._to_sign("TRAILER", hashlib.sha256((lines or "\n").encode()).hexdigest())

    def _to_sign(self, kind: str, hashes: str) -> str:
        return f"{ALGORITHM}-{kind}\n{self._claim.stamp}\n{self._claim.scope}\n{self._previous}\n{hashes}"

    def _next(self, to_sign: str) -> str:
        self._previous = hmac.digest(self._key, to_sign.encode(), "sha256").hex()
        return self._previous

    def _check(self, to_sign: str, provided: str) -> None:
        if not hmac.compare_digest(self._next(to_sign).encode(), provided.encode()):
            raise mismatch(self._claim, provided, to_sign, self._canonical)
