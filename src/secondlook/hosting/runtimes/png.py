"""A PNG's first picture without what is written beside it: what is left for the decoder is plain, and whole.

Texts and colour profiles may be of any length, also when unpacked, and no model looks at them. Pillow unpacks them all
and refuses a file with long ones, which browsers show; so they never reach it. Nor do animations, whose first frame it
mixes with the picture for programs that know none, nor checksums, which it does not look at.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from secondlook.hosting.runtimes.png_chunks import ANIMATION, END, SIGNATURE, Chunk, chunks
from secondlook.hosting.runtimes.png_colours import colours

_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Of each pixel, by the type of colour."""

_PLAIN = ((0, 0, 1, 1),)
_ADAM7 = (
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
)
"""Passes: where each begins, and how far apart its pixels are, across and down."""

_PIECE = 1 << 20


@dataclass(frozen=True)
class Place:
    """Where a first frame lies on the screen of its animation."""

    screen: tuple[int, int]
    corner: tuple[int, int]


@dataclass(frozen=True)
class Plain:
    """A PNG of one picture and nothing else."""

    chunks: tuple[Chunk, ...]
    place: Place | None = None

    def __bytes__(self) -> bytes:
        return SIGNATURE + b"".join(map(bytes, self.chunks))

    def require_rows(self) -> None:
        """Errors: ValueError and zlib.error where the compressed pixels do not make all rows."""
        left = _length_of_rows(self.chunks[0].data)
        inflate = zlib.decompressobj()
        for chunk in self.chunks:
            waiting = chunk.data if chunk.name == b"IDAT" else b""
            while waiting and left > 0:
                left -= len(inflate.decompress(waiting, _PIECE))
                waiting = inflate.unconsumed_tail
        if left > len(inflate.flush()):
            raise ValueError("its compressed data ends before its last row")


def plain(body: bytes) -> Plain:
    """The PNG in `body` without texts, profiles, times and later frames. Errors: ValueError where it is damaged."""
    header, *rest = chunks(body)
    before = list(takewhile(lambda chunk: chunk.name != b"IDAT", rest))
    frame = list(_frame_apart(rest))
    if not frame:
        pixels = [chunk for chunk in rest if chunk.name == b"IDAT"]
        return Plain((header, *colours(header.data, before), *pixels, END))
    control, *data = frame
    width, height, left, top = struct.unpack_from(">4I", control.data, 4)
    screen = struct.unpack_from(">2I", header.data)
    if left + width > screen[0] or top + height > screen[1]:
        raise ValueError("its first frame is larger than its screen")
    frame_header = Chunk(b"IHDR", struct.pack(">2I", width, height) + header.data[8:])
    pixels = [Chunk(b"IDAT", chunk.data[4:]) for chunk in data]
    return Plain((frame_header, *colours(header.data, before), *pixels, END), Place(screen, (left, top)))


def _frame_apart(chunks: Iterable[Chunk]) -> Iterator[Chunk]:
    """The control and the data of an animation's first frame, where that is not the picture which all programs show."""
    names = [chunk.name for chunk in chunks]
    before = names[: names.index(b"IDAT")] if b"IDAT" in names else names
    if b"acTL" not in before or b"fcTL" in before or b"fdAT" not in names or b"fcTL" not in names:
        return
    first = names.index(b"fcTL")
    controls = 0
    for chunk in list(chunks)[first:]:
        controls += chunk.name == b"fcTL"
        if controls > 1:
            return
        if chunk.name in ANIMATION:
            yield chunk


def _length_of_rows(header: bytes) -> int:
    """Of all pixels when unpacked, in bytes; each row begins with one that names its filter."""
    width, height, depth, colour, _, _, interlaced = struct.unpack(">2I5B", header)
    bits = depth * _SAMPLES[colour]
    total = 0
    for left, top, across, down in _ADAM7 if interlaced else _PLAIN:
        columns, rows = -((left - width) // across), -((top - height) // down)
        if columns > 0:
            total += max(rows, 0) * (1 + (columns * bits + 7) // 8)
    return total
