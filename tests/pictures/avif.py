"""An AVIF with a clean aperture, which Pillow does not write: the box is put into one without."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from PIL import Image

from tests.pictures.making import PHOTO, saved


def cropped_avif(picture: Image.Image = PHOTO, *, margin: int = 40) -> bytes:
    """`picture` with a blue margin at its right and below it, which the clean aperture leaves out."""
    width, height = picture.size
    larger = Image.new("RGB", (width + margin, height + margin), "blue")
    larger.paste(picture)
    aperture = struct.pack(">I4s8i", 40, b"clap", width, 1, height, 1, -margin, 2, -margin, 2)
    return _with_property(saved("AVIF", larger, quality=90), aperture)


def _with_property(body: bytes, box: bytes) -> bytes:
    """The file, its first item with one property more, at the end of the boxes ipco and ipma."""
    file = bytearray(body)
    meta = _boxes(file, 0, len(file))[b"meta"]
    inside = _boxes(file, meta[0] + 12, meta[1])
    properties = inside[b"iprp"]
    lists = _boxes(file, properties[0] + 8, properties[1])
    known, owned = lists[b"ipco"], lists[b"ipma"]
    number = 1 + len(_boxes(file, known[0] + 8, known[1]))
    _move_items(file, inside[b"iloc"][0], len(box) + 1)
    counter = owned[0] + 18
    file[counter] += 1
    file[counter + file[counter] : counter + file[counter]] = bytes([0x80 | number])
    file[known[1] : known[1]] = box
    for start, more in (
        (known[0], len(box)),
        (owned[0] + len(box), 1),
        (properties[0], len(box) + 1),
        (meta[0], len(box) + 1),
    ):
        size = int.from_bytes(file[start : start + 4]) + more
        file[start : start + 4] = size.to_bytes(4)
    return bytes(file)


def _boxes(file: bytearray, start: int, end: int) -> dict[bytes, tuple[int, int]]:
    """Where each box begins and ends."""
    return {bytes(file[at + 4 : at + 8]): (at, after) for at, after in _places(file, start, end)}


def _places(file: bytearray, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        after = start + int.from_bytes(file[start : start + 4])
        yield start, after
        start = after


def _move_items(file: bytearray, start: int, more: int) -> None:
    """Each place in the box iloc, of four bytes as Pillow writes it, by as much as what stands before it grows."""
    place = start + 16
    for _ in range(int.from_bytes(file[start + 14 : start + 16])):
        offset = place + 6
        file[offset : offset + 4] = (int.from_bytes(file[offset : offset + 4]) + more).to_bytes(4)
        place = offset + 8
