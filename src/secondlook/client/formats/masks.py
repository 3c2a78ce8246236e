"""Masks that workers paint, region by region: runs, box and area, as COCO wants them."""

from __future__ import annotations

import base64
import binascii
import io
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from secondlook.client.formats.annotations import Mask, Region, Size
from secondlook.client.formats.missing import needed

_RUNS = re.compile(rb"\x00+|\xff+")

UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, OverflowError, struct.error, zlib.error)
"""What Pillow raises for files that are no PNG, or a damaged one."""


class BadMask(Exception):
    """No PNG that can be read, or not as large as its picture."""


@dataclass(frozen=True, slots=True)
class Painted:
    """A region. `counts` are the lengths of runs of pixels, columns from the left, that are in turn without and with it."""

    region: Region
    counts: list[int]
    bbox: tuple[int, int, int, int]  # left, top, width, height
    area: int


def png_bytes(mask: Mask) -> bytes:
    """The file; BadMask where it is not base64."""
    try:
        return base64.b64decode(mask.png, validate=True)
    except binascii.Error as error:
        raise BadMask from error


def painted(mask: Mask, size: Size) -> Iterator[Painted]:
    """The regions that have a pixel. Raises BadMask, and MissingPackage where Pillow is not installed."""
    channels = _channels(png_bytes(mask), size)
    chops = needed("PIL.ImageChops", "Pillow", "An export of masks to COCO")
    transpose = needed("PIL.Image", "Pillow", "An export of masks to COCO").Transpose.TRANSPOSE
    for region in mask.regions:
        wanted = bytes.fromhex(region.colour[1:])
        *colour, opaque = channels
        pixels = opaque
        for channel, value in zip(colour, wanted, strict=True):
            pixels = chops.darker(pixels, channel.point([255 * (level == value) for level in range(256)]))
        area = pixels.histogram()[255]
        if area:
            left, top, right, bottom = pixels.getbbox()
            yield Painted(
                region,
                _counts(pixels.transpose(transpose).tobytes()),
                (left, top, right - left, bottom - top),
                area,
            )


def _channels(png: bytes, size: Size) -> list[Any]:
    """Red, green, blue, and 255 where anything is painted: what is transparent is no label's, whatever its colour."""
    pillow = needed("PIL.Image", "Pillow", "An export of masks to COCO")
    try:
        with pillow.open(io.BytesIO(png), formats=["PNG"]) as image:
            if image.size != size:  # before a pixel is decoded: a small file can claim to be a huge picture
                raise BadMask
            red, green, blue, alpha = image.convert("RGBA").split()
    except UNREADABLE as error:
        raise BadMask from error
    return [red, green, blue, alpha.point([0] + [255] * 255)]


def _counts(columns: bytes) -> list[int]:
    runs = [found.end() - found.start() for found in _RUNS.finditer(columns)]
    return runs if columns[:1] == b"\x00" else [0, *runs]
