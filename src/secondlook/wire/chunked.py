"""``aws-chunked`` bodies: an object in signed or unsigned chunks, with checksums in a trailer.

The decoder takes the body as it arrives and gives the object's bytes at once, before the chunk's signature has been seen:
what it has given counts only when ``finish`` has returned. Source: S3 API reference, "Signature calculations for the
authorization header: transferring payload in multiple chunks", and the same with trailing headers.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Sequence

from secondlook.wire import errors
from secondlook.wire.claim import ALGORITHM, Claim
from secondlook.wire.errors import AwsError
from secondlook.wire.http import Request
from secondlook.wire.payload import STREAMING
from secondlook.wire.sigv4 import signing_key

UNSIGNED_TRAILER = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
SIGNED = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
SIGNED_TRAILER = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"

_EMPTY_HASH = hashlib.sha256(b"").hexdigest()
_LONGEST_LINE = 4096
_MOST_TRAILERS = 16
_SIZE = re.compile(rb"([0-9a-fA-F]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?")
_TRAILER = re.compile(r"([A-Za-z0-9-]+):\s*(.*?)\s*")
_TRAILER_SIGNATURE = "x-amz-trailer-signature"


class ChunkSigner:
    """The chain of signatures: each covers the one before, and the first follows the request's own."""

    def __init__(self, claim: Claim, secret: str) -> None:
        self._claim = claim
        self._key = signing_key(secret, claim.date, claim.region, claim.service)
        self._previous = claim.signature

    def chunk(self, digest: str) -> str:
        """The signature of the next chunk, whose SHA-256 is ``digest``."""
        return self._next("PAYLOAD", f"{_EMPTY_HASH}\n{digest}")

    def trailer(self, trailers: Sequence[tuple[str, str]]) -> str:
        """The signature of the trailing headers."""
        lines = "".join(f"{name}:{value}\n" for name, value in trailers)
        return self._next("TRAILER", hashlib.sha256(lines.encode()).hexdigest())

    def _next(self, kind: str, hashes: str) -> str:
        lines = f"{ALGORITHM}-{kind}\n{self._claim.stamp}\n{self._claim.scope}\n{self._previous}\n{hashes}"
        self._previous = hmac.digest(self._key, lines.encode(), "sha256").hex()
        return self._previous


class Decoder:
    """Chunks in, object out. ``length`` is the object's size, ``trailers`` the names that must follow it."""

    def __init__(self, length: int, trailers: Sequence[str] = (), signer: ChunkSigner | None = None) -> None:
        self._length = length
        self._announced = sorted(name.lower() for name in trailers)
        self._signer = signer
        self._given = 0
        self._promised = 0
        self._left = 0
        self._hash = hashlib.sha256()
        self._signature = ""
        self._trailers: list[tuple[str, str]] = []
        self._is_trailer_signed = signer is None or not trailers
        self._line = bytearray()
        self._understand: Callable[[bytes], None] = self._begin_chunk

    def feed(self, data: bytes) -> bytes:
        """The object's bytes in the next piece of the body; ``AwsError`` where the piece is malformed."""
        found: list[memoryview] = []
        position, view = 0, memoryview(data)
        while position < len(data):
            if self._left:
                piece = view[position : position + self._left]
                position += len(piece)
                self._left -= len(piece)
                self._given += len(piece)
                if self._signer is not None:
                    self._hash.update(piece)
                found.append(piece)
            else:
                position = self._read_line(data, position)
        return b"".join(found)

    def finish(self) -> dict[str, str]:
        """The trailing headers by lower-case name, once the body is over; ``AwsError`` where it is not all there."""
        if self._understand != self._after_end or self._given != self._length:
            raise AwsError(
                "IncompleteBody",
                f"The request body ended after {self._given} of the {self._length} bytes that "
                "x-amz-decoded-content-length says.",
                400,
            )
        return dict(self._trailers)

    def _read_line(self, data: bytes, position: int) -> int:
        end = data.find(b"\n", position)
        self._line += data[position : end + 1 if end >= 0 else len(data)]
        if len(self._line) > _LONGEST_LINE:
            raise _malformed(f"a line of more than {_LONGEST_LINE} bytes")
        if end < 0:
            return len(data)
        line = bytes(self._line).rstrip(b"\r\n")
        self._line.clear()
        self._understand(line)
        return end + 1

    def _begin_chunk(self, line: bytes) -> None:
        found = _SIZE.fullmatch(line)
        if found is None or (self._signer is not None and found[2] is None):
            signature = ";chunk-signature=<64 hex digits>" if self._signer else ""
            raise _malformed(f"{line[:80]!r} where <size in hex>{signature} is expected")
        self._left = int(found[1], 16)
        self._promised += self._left
        self._signature = (found[2] or b"").decode()
        if self._promised > self._length:
            raise _malformed(f"more than the {self._length} bytes that x-amz-decoded-content-length says")
        if self._left:
            self._understand = self._end_chunk
        else:
            self._check_chunk()
            self._understand = self._read_trailer

    def _end_chunk(self, line: bytes) -> None:
        if line:
            raise _malformed("more bytes in a chunk than its size says")
        self._check_chunk()
        self._understand = self._begin_chunk

    def _check_chunk(self) -> None:
        if self._signer is not None:
            expected = self._signer.chunk(self._hash.hexdigest())
            if not hmac.compare_digest(expected, self._signature):
                raise errors.signature_mismatch()
        self._hash = hashlib.sha256()

    def _read_trailer(self, line: bytes) -> None:
        if not line:
            self._end_trailers()
            return
        found = _TRAILER.fullmatch(line.decode("latin-1"))
        if found is None or len(self._trailers) >= _MOST_TRAILERS:
            raise _malformed_trailer()
        name, value = found[1].lower(), found[2]
        if name == _TRAILER_SIGNATURE and self._signer is not None:
            if not hmac.compare_digest(self._signer.trailer(self._trailers).encode(), value.encode()):
                raise errors.signature_mismatch()
            self._is_trailer_signed = True
        else:
            self._trailers.append((name, value))

    def _end_trailers(self) -> None:
        if not self._is_trailer_signed:
            # AWS's own example has an empty line between the trailing headers and their signature.
            return
        if sorted(name for name, _ in self._trailers) != self._announced:
            raise _malformed_trailer()
        self._understand = self._after_end

    def _after_end(self, line: bytes) -> None:
        raise _malformed(f"{line[:80]!r} after the end")


def decoder(request: Request, claim: Claim, secret: str) -> Decoder | None:
    """What decodes the body of ``request``, or ``None`` where it is not in chunks. The claim is verified already."""
    kind = request.headers.get("x-amz-content-sha256")
    if not kind.startswith(STREAMING):
        return None
    if kind not in {UNSIGNED_TRAILER, SIGNED, SIGNED_TRAILER}:
        served = f"{UNSIGNED_TRAILER}, {SIGNED}, {SIGNED_TRAILER}"
        raise AwsError(
            "NotImplemented", f"x-amz-content-sha256 {kind} is not served here; served: {served}.", 501
        )
    length = request.headers.get("x-amz-decoded-content-length")
    if not (length.isascii() and length.isdecimal()):
        raise AwsError(
            "MissingContentLength",
            "You must provide the x-amz-decoded-content-length HTTP header, in bytes.",
            411,
        )
    names = [name.strip() for name in request.headers.get("x-amz-trailer").split(",") if name.strip()]
    signer = None if kind == UNSIGNED_TRAILER else ChunkSigner(claim, secret)
    return Decoder(int(length), names if kind != SIGNED else (), signer)


def content_encoding(request: Request) -> str:
    """The object's own ``Content-Encoding``: ``aws-chunked`` is the transfer's, not the object's."""
    names = [name.strip() for name in request.headers.get("content-encoding").split(",")]
    return ",".join(name for name in names if name and name != "aws-chunked")


def _malformed(found: str) -> AwsError:
    return AwsError("InvalidRequest", f"The aws-chunked body is malformed: {found}.", 400)


def _malformed_trailer() -> AwsError:
    return AwsError(
        "MalformedTrailerError",
        "The request contained trailing data that was not well-formed or did not conform to our published schema: "
        "each name that x-amz-trailer announces follows once, as <name>:<value>.",
        400,
    )
