"""The photograph as PNGs of many kinds, and PNGs that are damaged."""

from __future__ import annotations

import random
import struct
import zlib
from functools import reduce

from PIL import Image

from tests.pictures.making import PHOTO, chunk, other_frame, png_of, saved, with_chunks

LAST_CHUNK = chunk(b"IEND", b"")


def grey() -> Image.Image:
    return PHOTO.convert("L")


def palette(colours: int) -> Image.Image:
    return PHOTO.quantize(colours)


def few_bits(bits: int, *, more: bytes = b"") -> bytes:
    """A grey PNG of 1, 2 or 4 bits for each pixel."""
    width, height = PHOTO.size
    values = grey().point(lambda value: value >> (8 - bits)).tobytes()
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for at in range(y * width, (y + 1) * width, 8 // bits):
            rows.append(reduce(lambda byte, value: byte << bits | value, values[at : at + 8 // bits]))
    return png_of(bits, 0, bytes(rows), PHOTO.size, more=more)


def large_profile() -> bytes:
    profile = zlib.compress(random.Random(1).randbytes(300_000) * 7)
    return with_chunks(chunk(b"iCCP", b"print\0\0" + profile))


def with_palette(entries: int, *before: bytes, behind: bytes = b"") -> bytes:
    """A PNG of 16 colours with the first `entries` of its palette; between other chunks."""
    width, height = PHOTO.size
    picture = palette(16)
    colours = bytes(picture.getpalette() or [])[: 3 * entries]
    indices = picture.tobytes()
    rows = b"".join(b"\0" + indices[y * width : (y + 1) * width] for y in range(height))
    return png_of(8, 3, rows, PHOTO.size, more=b"".join([*before, chunk(b"PLTE", colours), behind]))


def deep_with_transparent_colour() -> bytes:
    """Samples whose two bytes differ; the lower half of the photograph is of the one colour that is transparent."""
    picture = PHOTO.copy()
    picture.paste((10, 20, 30), (0, 300, 600, 400))
    width, height = picture.size
    samples = b"".join(bytes((value, 77)) for value in picture.tobytes())
    rows = b"".join(b"\0" + samples[y * 6 * width : (y + 1) * 6 * width] for y in range(height))
    return png_of(16, 2, rows, picture.size, more=chunk(b"tRNS", bytes((10, 77, 20, 77, 30, 77))))


def long_texts() -> bytes:
    """A hundred megabytes of text, when unpacked, before the pixels and after them."""
    long = zlib.compress(b"x" * 3_000_000)
    texts = [chunk(b"zTXt", b"Comment\0\0" + long), chunk(b"iTXt", b"XML\0\1\0\0\0" + long)] * 17
    return with_chunks(*texts, behind=texts)


def still_apart() -> bytes:
    """An APNG whose picture for those who know no animations is no part of the animation, which begins with the photograph."""
    frames = [PHOTO, other_frame()]
    return saved(
        "PNG", other_frame(), save_all=True, append_images=frames, default_image=True, duration=20, loop=1
    )


def transparent(grey: int) -> bytes:
    return chunk(b"tRNS", struct.pack(">H", grey))


def grey_with(transparency: bytes) -> bytes:
    png = saved("PNG", grey())
    return png[:33] + chunk(b"tRNS", transparency) + png[33:]


def half_rows() -> bytes:
    """A PNG whose compressed pixels end well after half of its rows."""
    width, height = PHOTO.size
    pixels, length = PHOTO.tobytes(), 3 * width
    rows = (pixels[y * length : (y + 1) * length] for y in range(height // 2))
    return png_of(8, 2, b"".join(b"\0" + row for row in rows), PHOTO.size)


def wrong_checksum() -> bytes:
    png = bytearray(saved("PNG"))
    png[-len(LAST_CHUNK) - 1] ^= 1
    return bytes(png)


def interrupted() -> bytes:
    """A PNG with another chunk in the middle of its pixels."""
    png = saved("PNG")
    place = png.index(b"IDAT") - 4
    length = int.from_bytes(png[place : place + 4])
    pixels = png[place + 8 : place + 8 + length]
    halves = (chunk(b"IDAT", pixels[: length // 2]), chunk(b"IDAT", pixels[length // 2 :]))
    return png[:place] + chunk(b"tEXt", b"Title\0x").join(halves) + png[place + 12 + length :]


def without_palette() -> bytes:
    """A PNG whose pixels are indices, with a text in place of their colours."""
    rows = bytes(601 * 400)
    return png_of(8, 3, rows, PHOTO.size, more=chunk(b"tEXt", b"Comment\0no colours"))
