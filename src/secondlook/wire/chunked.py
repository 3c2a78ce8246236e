"""``aws-chunked`` bodies: an object in signed or unsigned chunks, with a checksum in a trailer.

The decoder takes the body as it arrives and gives the object's bytes at once, before the chunk's signature has been seen:
what it has given counts only when ``finish`` has returned. Source: S3 API reference, "Signature calculations for the
authorization header: transferring payload in multiple chunks", and the same with trailing headers; where that is silent,
recorded runs on AWS: what is cut short or has another form ended unexpectedly, what follows the end is not looked at.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection

from secondlook.wire.canonical import canonical_request
from secondlook.wire.chunk_signatures import ChunkSignatures
from secondlook.wire.claim import Claim
from secondlook.wire.errors import AwsError
from secondlook.wire.http import Request
from secondlook.wire.payload import SIGNED_TRAILER, UNSIGNED_TRAILER, stream_kind
from secondlook.wire.transfer import announced_trailers, malformed_trailer, object_length, wrong_length

SMALLEST_CHUNK = 8192
"""Bytes of each signed chunk but the last."""

_LONGEST_LINE = 4096
_MOST_TRAILERS = 16
_SIZE = re.compile(rb"[ \t]*([0-9a-fA-F]{1,12})[ \t]*")
_TRAILER = re.compile(r"([A-Za-z0-9-]+):\s*(.*?)\s*")
_CHUNK_SIGNATURE = "chunk-signature"
_TRAILER_SIGNATURE = "x-amz-trailer-signature"


class Decoder:
    """Chunks in, object out. ``length`` is the object's size, ``trailers`` the names that must follow it.

    With ``signatures`` the chunks are signed; ``signs_trailer`` says that what follows them is signed too.
    """

    def __init__(
        self,
        length: int,
        trailers: Collection[str] = (),
        signatures: ChunkSignatures | None = None,
        *,
        signs_trailer: bool = False,
    ) -> None:
        self._length = length
        self._announced = set(trailers)
        self._signatures = signatures
        self._signs_trailer = signs_trailer
        self._promised = 0
        self._left = 0
        self._chunks = 0
        self._size = SMALLEST_CHUNK
        self._hash = hashlib.sha256()
        self._signature = ""
        self._trailers: list[tuple[str, str]] = []
        self._line = bytearray()
        self._understand: Callable[[bytes], None] | None = self._begin_chunk

    def feed(self, data: bytes) -> bytes:
        """The object's bytes in the next piece of the body; ``AwsError`` where the piece is malformed."""
        pieces: list[memoryview] = []
        position, view = 0, memoryview(data)
        while position < len(data) and self._understand is not None:
            if self._left:
                piece = view[position : position + self._left]
                position += len(piece)
                self._left -= len(piece)
                if self._signatures is not None:
                    self._hash.update(piece)
                pieces.append(piece)
            else:
                position = self._read_line(data, position)
        return b"".join(pieces)

    def finish(self) -> dict[str, str]:
        """The trailing headers by lower-case name, once the body is over; ``AwsError`` where it is not all there."""
        if self._understand == self._read_trailer and not self._line:
            self._end_trailers()
        if self._understand is not None:
            raise _cut_short("it ends too early")
        return dict(self._trailers)

    def _read_line(self, data: bytes, position: int) -> int:
        """Lines end with CR and LF: a lone LF is part of its line, as in AWS's example of a signed trailer."""
        end = data.find(b"\n", position) + 1 or len(data)
        self._line += data[position:end]
        if len(self._line) > _LONGEST_LINE:
            raise _cut_short(f"a line of more than {_LONGEST_LINE} bytes")
        if self._line.endswith(b"\r\n") and self._understand is not None:
            line = bytes(self._line[:-2])
            self._line.clear()
            self._understand(line)
        return end

    def _begin_chunk(self, line: bytes) -> None:
        match = _SIZE.fullmatch(line.partition(b";")[0])
        if match is None:
            raise _cut_short(f"{line[:80]!r} where a chunk's size in hex is expected")
        if self._signatures is not None:
            self._signature = _signature(line.decode("latin-1"))
        self._count(int(match[1], 16))
        if self._left:
            self._understand = self._end_chunk
        else:
            self._check_chunk()
            self._understand = self._read_trailer

    def _count(self, size: int) -> None:
        self._chunks += 1
        if self._signatures is not None and size and self._size < SMALLEST_CHUNK:
            raise AwsError(
                "InvalidChunkSizeError",
                f"Only the last chunk is allowed to have a size less than {SMALLEST_CHUNK} bytes",
                403,
                {"Chunk": self._chunks, "BadChunkSize": self._size},
            )
        self._size = self._left = size
        self._promised += size
        if self._promised > self._length:
            raise wrong_length(self._promised, self._length)

    def _end_chunk(self, line: bytes) -> None:
        if line:
            raise _cut_short("more bytes in a chunk than its size says")
        self._check_chunk()
        self._understand = self._begin_chunk

    def _check_chunk(self) -> None:
        if self._signatures is not None:
            self._signatures.check_chunk(self._hash.hexdigest(), self._signature)
        self._hash = hashlib.sha256()

    def _read_trailer(self, line: bytes) -> None:
        if not line:
            self._end_trailers()
            return
        match = _TRAILER.fullmatch(line.decode("latin-1"))
        if match is None or len(self._trailers) >= _MOST_TRAILERS:
            raise malformed_trailer(f"{line[:80]!r} where <name>:<value> is expected")
        name, value = match[1].lower(), match[2]
        if name == _TRAILER_SIGNATURE and self._signatures is not None and self._signs_trailer:
            self._signatures.check_trailer(
                "".join(f"{name}:{value}\n" for name, value in self._trailers), value
            )
            self._signs_trailer = False
            self._understand = self._end_signed_trailers
        elif name not in self._announced:
            raise malformed_trailer(f"{name} is not announced by x-amz-trailer")
        else:
            self._trailers.append((name, value))

    def _end_signed_trailers(self, line: bytes) -> None:
        if line:
            raise _cut_short("more after the trailer's signature")
        self._end_trailers()

    def _end_trailers(self) -> None:
        if self._signs_trailer:
            raise _cut_short("no x-amz-trailer-signature")
        missing = self._announced - {name for name, _ in self._trailers}
        if missing:
            raise malformed_trailer(
                f"{', '.join(sorted(missing))} is announced by x-amz-trailer and does not follow"
            )
        self._understand = None


def decoder(request: Request, claim: Claim, secret: str) -> Decoder | None:
    """What decodes the body of ``request``, or ``None`` where it is not in chunks. The claim is verified already."""
    kind = stream_kind(request, claim)
    if not kind:
        return None
    canonical = canonical_request(request, claim, kind)
    signatures = None if kind == UNSIGNED_TRAILER else ChunkSignatures(claim, secret, canonical)
    length, trailers = object_length(request) or 0, announced_trailers(request)
    return Decoder(length, trailers, signatures, signs_trailer=kind == SIGNED_TRAILER)


def content_encoding(request: Request) -> str:
    """The object's own ``Content-Encoding``: ``aws-chunked`` is the transfer's, not the object's."""
    names = request.headers.get("content-encoding").split(",")
    # The others stay spelled as they are, spaces included.
    return ",".join(name for name in names if name.strip() not in {"", "aws-chunked"}).strip()


def _cut_short(detail: str) -> AwsError:
    return AwsError("IncompleteBody", "The request body terminated unexpectedly", 400, {"Detail": detail})


def _signature(line: str) -> str:
    """The signature in a chunk's first line; where another parameter stands, that line as it is, which is none."""
    parameter = line.partition(";")[2]
    name, _, value = parameter.partition("=")
    if parameter and name.strip() != _CHUNK_SIGNATURE:
        return line
    if ";" in value or not value.strip():
        raise _cut_short("each chunk begins <size in hex>;chunk-signature=<64 hex digits>")
    return value.strip()
