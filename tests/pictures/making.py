"""What files of pictures are put together from: saving in a format, chunks of PNG and RIFF, boxes of AVIF."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PIL import Image
from PIL.TiffImagePlugin import IFDRational

ORIENTATION = 0x0112

PHOTO = Image.open(Path(__file__).parents[2] / "src/secondlook/cli/samples/coffee.jpg")
"""600 by 400, with a cup in the left upper part that detectors find."""

PHOTO.load()


def other_frame() -> Image.Image:
    """A later frame of an animation, which nobody takes for the photograph."""
    return Image.new("RGB", PHOTO.size, "blue")


def saved(format_: str, picture: Image.Image = PHOTO, **options: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, format_, **options)
    return file.getvalue()


def oriented(value: int) -> Image.Exif:
    """EXIF data that says how to turn a picture: 6 is "by 90 degrees to the right"."""
    exif = Image.Exif()
    exif[ORIENTATION] = value
    return exif


def with_resolution(dots: tuple[int, int], size: tuple[int, int], *, orientation: int = 1) -> Image.Exif:
    """EXIF data that asks to show stored pixels as fewer, `size`: `dots` per inch, where a picture on a page has 72."""
    exif = oriented(orientation)
    exif[0x011A], exif[0x011B] = (IFDRational(dot, 1) for dot in dots)
    exif[0x0128] = 2
    exif.get_ifd(0x8769).update({0xA002: size[0], 0xA003: size[1]})
    return exif


def color_profile() -> bytes:
    """An ICC profile of wider colours than a screen's, with the primaries of Adobe RGB (1998)."""

    def xyz(*values: float) -> bytes:
        return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in values))

    def gamma(value: float) -> bytes:
        return b"curv\0\0\0\0" + struct.pack(">IHxx", 1, round(value * 256))

    primaries = {
        b"rXYZ": (0.6097, 0.3111, 0.0195),
        b"gXYZ": (0.2053, 0.6257, 0.0609),
        b"bXYZ": (0.1492, 0.0632, 0.7446),
    }
    tags = {name: xyz(*values) for name, values in {b"wtpt": (0.9642, 1.0, 0.8249), **primaries}.items()}
    tags |= {name: gamma(2.2) for name in (b"rTRC", b"gTRC", b"bTRC")}
    table, bodies = struct.pack(">I", len(tags)), b""
    for name, tag in tags.items():
        table += name + struct.pack(">II", 132 + 12 * len(tags) + len(bodies), len(tag))
        bodies += tag
    size = 128 + len(table) + len(bodies)
    white = struct.pack(">3i", *(round(value * 65536) for value in (0.9642, 1.0, 0.8249)))
    header = struct.pack(">I4xI4s4s4s12x4s28x", size, 0x02400000, b"mntr", b"RGB ", b"XYZ ", b"acsp") + white
    return header.ljust(128, b"\0") + table + bodies


def cut_ended(body: bytes, end: bytes) -> bytes:
    """Half of a file, with the mark of its end."""
    return body[: len(body) // 2] + end


def chunk(name: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def riff_chunk(name: bytes, data: bytes) -> bytes:
    """A chunk of a WebP."""
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def with_chunks(*before: bytes, behind: Sequence[bytes] = ()) -> bytes:
    """The photograph as a PNG with further chunks before its pixels and behind them."""
    png = saved("PNG")
    return png[:33] + b"".join(before) + png[33:-12] + b"".join(behind) + png[-12:]


def png_of(depth: int, colour: int, rows: bytes, size: tuple[int, int], *, more: bytes = b"") -> bytes:
    """A PNG whose pixels are `rows`, each row with its filter byte; `more` are chunks before the pixels."""
    header = struct.pack(">IIBBBBB", *size, depth, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + more
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def apart_png(frame: Image.Image, corner: tuple[int, int]) -> bytes:
    """An APNG of red, green, blue and alpha: a green picture apart, then `frame` at `corner`, then one that is all blue."""

    def packed(picture: Image.Image) -> bytes:
        pixels, length = picture.convert("RGBA").tobytes(), 4 * picture.width
        return zlib.compress(
            b"".join(b"\0" + pixels[at : at + length] for at in range(0, len(pixels), length))
        )

    def control(number: int, picture: Image.Image, corner: tuple[int, int]) -> bytes:
        return chunk(b"fcTL", struct.pack(">5I2H2B", number, *picture.size, *corner, 2, 100, 0, 1))

    last = other_frame()
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", struct.pack(">2I5B", *PHOTO.size, 8, 6, 0, 0, 0)),
            chunk(b"acTL", struct.pack(">2I", 2, 1)),
            chunk(b"IDAT", packed(Image.new("RGB", PHOTO.size, "green"))),
            control(0, frame, corner),
            chunk(b"fdAT", struct.pack(">I", 1) + packed(frame)),
            control(2, last, (0, 0)),
            chunk(b"fdAT", struct.pack(">I", 3) + packed(last)),
            chunk(b"IEND", b""),
        )
    )


def deep_png(picture: Image.Image, colour: int, *, more: bytes = b"") -> bytes:
    """A PNG of 16 bits for each sample: each byte of `picture` twice, so that 255 becomes 65,535."""
    samples = b"".join(bytes((value, value)) for value in picture.tobytes())
    length = len(samples) // picture.height
    rows = b"".join(b"\0" + samples[at : at + length] for at in range(0, len(samples), length))
    return png_of(16, colour, rows, picture.size, more=more)


def deep_grey() -> Image.Image:
    """The photograph in 16 bits of grey."""
    grey = PHOTO.convert("L")
    return Image.frombytes("I;16", PHOTO.size, b"".join(bytes((value, value)) for value in grey.tobytes()))


def interlaced_png() -> bytes:
    """The photograph in the seven passes of Adam7."""
    passes = (
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    )
    width, height = PHOTO.size
    pixels, rows = PHOTO.tobytes(), bytearray()
    for left, top, across, down in passes:
        for y in range(top, height, down):
            row = pixels[y * width * 3 : (y + 1) * width * 3]
            rows += b"\0" + b"".join(row[x * 3 : x * 3 + 3] for x in range(left, width, across))
    png = bytearray(png_of(8, 2, bytes(rows), PHOTO.size))
    header = png[16:28] + b"\x01"
    return bytes(png[:8] + chunk(b"IHDR", bytes(header)) + png[33:])


def bmp(bits: int, masks: tuple[int, ...], pack: Callable[..., bytes]) -> bytes:
    """A bottom-up BMP with bit masks (BITFIELDS); `pack` makes the bytes of a pixel."""
    width, height = PHOTO.size
    rows = b"".join(
        b"".join(pack(*PHOTO.getpixel((x, y))) for x in range(width)) for y in reversed(range(height))
    )
    # BITMAPV4HEADER: its masks say where each colour lies; what follows them is about colour spaces.
    fields = struct.pack("<IiiHHIIiiII", 108, width, height, 1, bits, 3, len(rows), 2835, 2835, 0, 0)
    header = fields + struct.pack("<IIII", *masks) + b"BGRs" + bytes(48)
    return b"BM" + struct.pack("<IHHI", 14 + len(header) + len(rows), 0, 0, 14 + len(header)) + header + rows
