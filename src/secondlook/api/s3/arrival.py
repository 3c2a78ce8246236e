"""A request's body on its way into the store: decoded, hashed, held against all that was said of it.

The pieces are gathered to CHUNK bytes before they go to a thread, so that a small object costs one hop, store and all.
Objects have threads of their own: an S3 behind us that hangs must not use up those of other operations.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from secondlook.api.call import Call
from secondlook.api.s3.checksums import integrity
from secondlook.store.incoming import Incoming
from secondlook.store.objects import CHUNK, LARGEST_BODY
from secondlook.wire.chunked import decoder
from secondlook.wire.payload import PayloadHash, promised_hash
from secondlook.wire.s3_errors import entity_too_large
from secondlook.wire.transfer import is_streaming, object_length, wrong_length

THREADS = CapacityLimiter(32)

T = TypeVar("T")


async def arrive(
    call: Call,
    receive: Callable[[], Incoming],
    keep: Callable[[bytes | Incoming, Mapping[str, str]], T],
    algorithm: str | None = None,
) -> T:
    """Read the body of `call` and hand it to `keep` with its checksum (`{"ChecksumCRC32": …}`), once all is right.

    A body of more than CHUNK bytes goes through `receive`. `algorithm` is the checksum to keep, if not the sender's.
    """
    arrival = _Arrival(call, receive, algorithm)
    pieces: list[bytes] = []
    size = 0
    try:
        async for piece in call.stream:
            pieces.append(piece)
            size += len(piece)
            if size >= CHUNK:
                await to_thread.run_sync(arrival.take, b"".join(pieces), limiter=THREADS)
                pieces, size = [], 0
        return await to_thread.run_sync(arrival.finish, b"".join(pieces), keep, limiter=THREADS)
    finally:
        arrival.discard()


class _Arrival:
    def __init__(self, call: Call, receive: Callable[[], Incoming], algorithm: str | None) -> None:
        length = object_length(call.request)
        _check_size(length or 0)
        self._length = length if is_streaming(call.request) else None
        self._receive = receive
        self._integrity, self._kept = integrity(call.request, algorithm)
        self._decoder = decoder(call.request, call.claim, call.caller.secret)
        self._payload = PayloadHash(promised_hash(call.request, call.claim))
        self._incoming: Incoming | None = None
        self._size = 0

    def take(self, raw: bytes) -> None:
        """The next piece, in a thread: to disk."""
        data = self._check(raw)
        if self._incoming is None:
            self._incoming = self._receive()
        self._incoming.write(data)

    def finish(self, raw: bytes, keep: Callable[[bytes | Incoming, Mapping[str, str]], T]) -> T:
        """The last piece, in a thread: check everything, then hand over."""
        last = self._check(raw)
        trailers = self._decoder.finish() if self._decoder else None
        if self._length is not None and self._size != self._length:
            raise wrong_length(self._size, self._length)
        self._payload.check()
        sums = self._integrity.check(trailers)
        kept = {f"Checksum{self._kept}": sums[self._kept]}
        if self._incoming is None:
            return keep(last, kept)
        self._incoming.write(last)
        # From here on the body belongs to the store: after a doubtful commit only its sweep may remove it.
        body, self._incoming = self._incoming, None
        return keep(body, kept)

    def discard(self) -> None:
        """Forget a body that was not handed over."""
        if self._incoming is not None:
            self._incoming.discard()

    def _check(self, raw: bytes) -> bytes:
        self._payload.update(raw)
        data = self._decoder.feed(raw) if self._decoder else raw
        self._integrity.update(data)
        self._size += len(data)
        _check_size(self._size)
        return data


def _check_size(size: int) -> None:
    if size > LARGEST_BODY:
        raise entity_too_large(size, LARGEST_BODY)
