"""The photograph as TIFFs that Pillow does not write."""

from __future__ import annotations

import struct

from PIL import Image

from tests.pictures.making import PHOTO, deep_grey, saved
from tests.pictures.png import grey


def negative_tiff() -> bytes:
    """A TIFF whose samples, of 16 bits, are larger the darker they are, as those of X-rays."""
    positive, negative = (struct.pack("<HHIH", 262, 3, 1, meaning) for meaning in (1, 0))
    samples = bytes(255 - byte for byte in deep_grey().tobytes())
    body = saved("TIFF", Image.frombytes("I;16", PHOTO.size, samples))
    assert positive in body
    return body.replace(positive, negative)


def tiff_of_12_bits() -> bytes:
    """A TIFF with two samples in three bytes."""
    tones = [value * 4095 // 255 for value in grey().tobytes()]
    packed = b"".join(
        (first << 12 | second).to_bytes(3) for first, second in zip(tones[::2], tones[1::2], strict=True)
    )
    width, height = PHOTO.size
    where = 8 + 2 + 9 * 12 + 4
    tags = ((256, width), (257, height), (258, 12), (259, 1), (262, 1), (273, where), (277, 1), (278, height))
    entries = [struct.pack("<HHII", tag, 4, 1, value) for tag, value in (*tags, (279, len(packed)))]
    return struct.pack("<2sHIH", b"II", 42, 8, len(entries)) + b"".join(entries) + bytes(4) + packed
