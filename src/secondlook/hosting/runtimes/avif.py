"""The part of an AVIF that browsers show: its clean aperture, where that begins in the corner (ISO/IEC 14496-12, 12.1.4).

Pillow shows all pixels, and so do browsers where it begins elsewhere.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from fractions import Fraction

Size = tuple[int, int]

_HEAD = 8
"""Bytes before the content of a box: its size and its name."""


def shown(body: bytes, size: Size) -> Size:
    """Of a picture of `size` in the file `body`. Errors: struct.error and LookupError where its boxes are damaged."""
    meta = dict(_boxes(_inside(body, b"meta")[4:]))
    properties = dict(_boxes(meta.get(b"iprp", b"")))
    if not {b"pitm", b"iprp"} <= meta.keys() or not {b"ipco", b"ipma"} <= properties.keys():
        return size  # an animation need not have an item besides
    primary = struct.unpack_from(">I" if meta[b"pitm"][0] else ">H", meta[b"pitm"], 4)[0]
    listed = list(_boxes(properties[b"ipco"]))
    for index in _of_item(primary, properties[b"ipma"]):
        name, data = listed[index - 1]
        if name == b"clap":
            return _from_corner(data, size) or size
    return size


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and content of each box; one without a size, or with one of more than four bytes, ends with the file."""
    place = 0
    while place + _HEAD <= len(data):
        size = int.from_bytes(data[place : place + 4])
        end = place + size if size >= _HEAD else len(data)
        yield data[place + 4 : place + _HEAD], data[place + _HEAD : end]
        place = end


def _inside(data: bytes, name: bytes) -> bytes:
    return next((content for box, content in _boxes(data) if box == name), b"")


def _of_item(item: int, associations: bytes) -> Iterator[int]:
    """Which properties, counted from 1, an item has: the content of a box ipma."""
    number = ">I" if associations[0] else ">H"
    index = ">H" if associations[3] & 1 else ">B"
    mask = 0x7FFF if associations[3] & 1 else 0x7F  # the highest bit says that it must be known
    place = 8
    for _ in range(int.from_bytes(associations[4:8])):
        owner = struct.unpack_from(number, associations, place)[0]
        place += struct.calcsize(number)
        count = associations[place]
        place += 1
        for _ in range(count):
            if owner == item:
                yield struct.unpack_from(index, associations, place)[0] & mask
            place += struct.calcsize(index)


def _from_corner(aperture: bytes, size: Size) -> Size | None:
    """Its size, in whole pixels, if it begins in the left upper corner of the picture and ends within it."""
    numbers = struct.unpack(">IIIIiIiI", aperture)
    if 0 in numbers[1::2]:
        return None
    width, height, *centre = (
        Fraction(above, below) for above, below in zip(numbers[::2], numbers[1::2], strict=True)
    )
    for whole, part, offset in zip(size, (width, height), centre, strict=True):
        begin = (whole - part) / 2 + offset
        if begin != 0 or part.denominator != 1 or not 0 < part <= whole:
            return None
    return int(width), int(height)
