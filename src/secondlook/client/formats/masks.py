"""Masks that workers paint, region by region: runs, box and area, as COCO wants them."""

from __future__ import annotations

import base64
import io
import re
import struct
import warnings
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


def on_white(mask: Mask, what: str) -> bytes:
    """The mask as a PNG without transparency, as Ground Truth writes it: what has no label is white.

    Raises BadMask, and MissingPackage naming `what` where Pillow is not installed.
    """
    image = _decoded(mask, None, what)
    pillow = needed("PIL.Image", "Pillow", what)
    white = pillow.new("RGBA", image.size, (255, 255, 255, 255))
    file = io.BytesIO()
    pillow.composite(image, white, _opaque(image)).convert("RGB").save(file, "PNG")
    return file.getvalue()


def painted(mask: Mask, size: Size) -> Iterator[Painted]:
    """The regions that have a pixel. Raises BadMask, and MissingPackage where Pillow is not installed."""
    what = "An export of masks to COCO"
    image = _decoded(mask, size, what)
    red, green, blue, _ = image.split()
    chops = needed("PIL.ImageChops", "Pillow", what)
    transpose = needed("PIL.Image", "Pillow", what).Transpose.TRANSPOSE
    for region in mask.regions:
        pixels = _opaque(image)
        for channel, value in zip((red, green, blue), bytes.fromhex(region.colour[1:]), strict=True):
            pixels = chops.darker(pixels, channel.point([255 * (level == value) for level in range(256)]))
        area = pixels.histogram()[255]
        if area:
            left, top, right, bottom = pixels.getbbox()
            counts = _counts(pixels.transpose(transpose).tobytes())
            yield Painted(region, counts, (left, top, right - left, bottom - top), area)


def _decoded(mask: Mask, size: Size | None, what: str) -> Any:
    """Red, green, blue and alpha. A size is looked at before a pixel is decoded: a small file can claim to be a huge picture."""
    pillow = needed("PIL.Image", "Pillow", what)
    try:
        with (
            warnings.catch_warnings(action="ignore", category=pillow.DecompressionBombWarning),
            pillow.open(io.BytesIO(base64.b64decode(mask.png, validate=True)), formats=["PNG"]) as image,
        ):
            if size is not None and image.size != size:
                raise BadMask
            return image.convert("RGBA")
    except (*UNREADABLE, pillow.DecompressionBombError) as error:
        raise BadMask from error


def _opaque(image: Any) -> Any:
    """255 where anything is painted: what is transparent is no label's, whatever its colour."""
    return image.getchannel("A").point([0] + [255] * 255)


def _counts(columns: bytes) -> list[int]:
    runs = [found.end() - found.start() for found in _RUNS.finditer(columns)]
    return runs if columns[:1] == b"\x00" else [0, *runs]
