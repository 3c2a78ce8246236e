"""The colours of a PNG's pixels, and which of them are transparent, for a decoder that knows no mistakes.

Where a file says them wrongly, browsers have their ways: an index beyond the palette is its last colour, and what is said of
transparency is passed over where it is said too early, again, too briefly, of
more colours than any palette has, or of pixels that have an opacity of their own.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from itertools import dropwhile

from secondlook.hosting.runtimes.png_chunks import Chunk

_GREY, _COLOUR, _PALETTE = 0, 2, 3
"""Types of colour without an opacity for each pixel."""

_KEY = {_GREY: 2, _COLOUR: 6}
"""Bytes that name the one transparent grey or colour."""

_BYTE = 8
_MOST_ENTRIES = 256


def colours(header: bytes, before: Iterable[Chunk]) -> Iterator[Chunk]:
    """PLTE and tRNS as pixels need them. `before` are the chunks before the pixels. Errors: ValueError without a palette."""
    depth, colour = header[8:10]
    if colour == _PALETTE:
        palette = list(dropwhile(lambda chunk: chunk.name != b"PLTE", before))
        yield from _palette(_said(palette, b"PLTE"), _said(palette, b"tRNS"), 2 ** min(depth, _BYTE))
    elif colour in _KEY and len(key := _said(before, b"tRNS")) >= _KEY[colour]:
        yield Chunk(b"tRNS", _key(key[: _KEY[colour]], depth))


def _said(chunks: Iterable[Chunk], name: bytes) -> bytes:
    return next((chunk.data for chunk in chunks if chunk.name == name), b"")


def _palette(entries: bytes, opacities: bytes, size: int) -> Iterator[Chunk]:
    """The palette with as many entries as pixels can name, and the opacities of them all."""
    count = len(entries) // 3
    if count == 0:
        raise ValueError("it has no palette")
    missing = max(0, size - count)
    yield Chunk(b"PLTE", entries[: 3 * count] + entries[3 * count - 3 : 3 * count] * missing)
    if 0 < len(opacities) <= _MOST_ENTRIES:
        known = opacities[:count].ljust(count, b"\xff")
        yield Chunk(b"tRNS", known + known[-1:] * missing)


def _key(key: bytes, depth: int) -> bytes:
    """The transparent grey or colour where Pillow looks for it: among eight bits, but for grey of sixteen."""
    samples = struct.unpack(f">{len(key) // 2}H", key)
    if depth < _BYTE:
        samples = tuple(sample * 255 // (2**depth - 1) for sample in samples)
    elif depth > _BYTE and len(key) == _KEY[_COLOUR]:
        samples = tuple(sample >> _BYTE for sample in samples)
    return struct.pack(f">{len(samples)}H", *samples)
