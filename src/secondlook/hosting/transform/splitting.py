"""From the bytes of an input object to the payloads that the model is asked: unpacked, split, batched. Pure.

Source: API reference, TransformInput and CreateTransformJob (SplitType, CompressionType, BatchStrategy, MaxPayloadInMB).
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

_STEP = 1 << 18
"""Bytes that are unpacked at a time, so that a small archive of much never lies whole in memory."""

_GZIP = 31


class Unusable(Exception):
    """The object cannot be sent to a model as the job says; the message says why."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One request. `records` are those of the input that it was made of, for joining."""

    payload: bytes
    records: tuple[bytes, ...]


def unpacked(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The content of a gzip file, also of one of several members. Raises Unusable."""
    member = zlib.decompressobj(_GZIP)
    is_begun = False
    for piece in chunks:
        chunk = piece
        while chunk:
            if member.eof:
                if not chunk.strip(b"\0"):  # padding behind the last member
                    break
                member = zlib.decompressobj(_GZIP)
            is_begun = True
            try:
                content = member.decompress(chunk, _STEP)
            except zlib.error as error:
                raise Unusable(f"it is no gzip file, as CompressionType says: {error}") from error
            if content:
                yield content
            chunk = member.unused_data if member.eof else member.unconsumed_tail
        while not member.eof and (content := member.decompress(b"", _STEP)):
            yield content
    if is_begun and not member.eof:
        raise Unusable("the gzip file ends in the middle")


def lines(chunks: Iterable[bytes], most: int) -> Iterator[bytes]:
    """The lines of a text without their ends (LF or CRLF), blank ones left out. Raises Unusable for one of over `most` bytes."""
    rest = bytearray()
    for chunk in chunks:
        rest += chunk
        if b"\n" in chunk:
            *whole, last = bytes(rest).split(b"\n")
            rest = bytearray(last)
            for line in whole:
                yield from _line(line, most)
        if len(rest) > most + 1:  # it may end with a CR that does not count
            raise _too_large(len(rest), most)
    yield from _line(bytes(rest), most)


def _line(line: bytes, most: int) -> Iterator[bytes]:
    record = line.removesuffix(b"\r")
    if len(record) > most:
        raise _too_large(len(record), most)
    if record.strip():
        yield record


def whole(chunks: Iterable[bytes], most: int) -> Iterator[bytes]:
    """An object that is not split: itself. Raises Unusable if it has over `most` bytes."""
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > most:
            raise Unusable(
                f"it has more than the {most:,} bytes of MaxPayloadInMB; split it with SplitType, or allow more"
            )
    yield bytes(body)


def batches(
    records: Iterable[bytes], sent: Callable[[bytes], bytes], most: int, *, several: bool
) -> Iterator[Batch]:
    """Requests of one record each, or of as many as fit into `most` bytes with a line end between them.

    `sent` makes of a record what the model sees of it (InputFilter).
    """
    taken: list[bytes] = []
    shown: list[bytes] = []
    size = 0
    for record in records:
        seen = sent(record)
        if len(seen) > most:
            raise _too_large(len(seen), most)
        if taken and (not several or size + 1 + len(seen) > most):
            yield Batch(b"\n".join(shown), tuple(taken))
            taken, shown, size = [], [], 0
        size += len(seen) + (1 if taken else 0)
        taken.append(record)
        shown.append(seen)
    if taken:
        yield Batch(b"\n".join(shown), tuple(taken))


def _too_large(size: int, most: int) -> Unusable:
    return Unusable(f"a record has {size:,} bytes or more, and MaxPayloadInMB allows {most:,}")
