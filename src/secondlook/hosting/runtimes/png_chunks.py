"""The chunks of a PNG, as far as they say which pixels are seen, in the order in which browsers demand them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SIGNATURE = b"\x89PNG\r\n\x1a\n"

ANIMATION = frozenset({b"acTL", b"fcTL", b"fdAT"})

_CRITICAL = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})
"""No decoder may pass over a chunk whose name begins with a capital; all four that there are."""


@dataclass(frozen=True)
class Chunk:
    name: bytes
    data: bytes

    def __bytes__(self) -> bytes:
        check = zlib.crc32(self.name + self.data)
        return struct.pack(">I", len(self.data)) + self.name + self.data + struct.pack(">I", check)


END = Chunk(b"IEND", b"")


def chunks(body: bytes) -> list[Chunk]:
    """All chunks before the last one, which may be missing. Errors: ValueError where a needed one is damaged or out of place."""
    read = list(_whole(body))
    _require_order([chunk.name for chunk in read])
    return read


def _whole(body: bytes) -> Iterator[Chunk]:
    place = len(SIGNATURE)
    while place < len(body):
        end = place + 12 + int.from_bytes(body[place : place + 4])
        chunk = Chunk(body[place + 4 : place + 8], body[place + 8 : end - 4])
        if chunk.name == END.name:
            break
        is_whole = body[place:end] == bytes(chunk)
        if chunk.name in ANIMATION and not is_whole:
            break  # later frames are not looked at, and of the first one, rows are missing then
        if is_whole:
            yield chunk
        elif chunk.name[:1].isupper():
            raise ValueError(
                f"its chunk {chunk.name.decode('latin-1')} is cut short, or its checksum is wrong"
            )
        place = end


def _require_order(names: Sequence[bytes]) -> None:
    if names[:1] != [b"IHDR"]:
        raise ValueError("it does not begin with a header")
    for name in names:
        if name[:1].isupper() and name not in _CRITICAL:
            raise ValueError(f"it has a chunk {name.decode('latin-1')}, which no decoder knows")
    for name in (b"IHDR", b"PLTE"):
        if names.count(name) > 1:
            raise ValueError(f"it has several chunks {name.decode()}")
    if b"IDAT" not in names:
        raise ValueError("it has no pixels")
    first, count = names.index(b"IDAT"), names.count(b"IDAT")
    if any(name != b"IDAT" for name in names[first : first + count]):
        raise ValueError("its pixels are interrupted by another chunk")
