"""One table of kinds of pictures: how each is made, and who reads it. `docs/pictures.md` shows it to users."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PIL import Image

from tests.pictures.avif import cropped_avif
from tests.pictures.making import (
    ORIENTATION,
    PHOTO,
    apart_png,
    bmp,
    chunk,
    cut_ended,
    deep_grey,
    deep_png,
    interlaced_png,
    oriented,
    other_frame,
    riff_chunk,
    saved,
    with_chunks,
    with_resolution,
)
from tests.pictures.png import (
    LAST_CHUNK,
    deep_with_transparent_colour,
    few_bits,
    grey,
    grey_with,
    half_rows,
    interrupted,
    large_profile,
    long_texts,
    palette,
    still_apart,
    transparent,
    with_palette,
    without_palette,
    wrong_checksum,
)
from tests.pictures.tiff import negative_tiff, tiff_of_12_bits

AVIF_RANGE = 10.0
"""How far Chromium's tones are off in an AVIF with alpha, or that moves: it spreads its samples as if of studio range."""


@dataclass(frozen=True)
class Kind:
    """A kind of picture."""

    family: str
    name: str
    make: Callable[[], bytes]
    shown: bool = True
    """The editor shows it."""
    off: float = 0.5
    """How far the tones of what is shown may be from those that are read, of 255, on average."""

    def __str__(self) -> str:
        return f"{self.family} {self.name}"


def faded() -> Image.Image:
    """The photograph, transparent towards the right."""
    picture = PHOTO.copy()
    picture.putalpha(Image.linear_gradient("L").rotate(90).resize(PHOTO.size))
    return picture


def jpeg(**options: object) -> bytes:
    return saved("JPEG", **{"quality": 92, **options})


def jpeg_before_restart() -> bytes:
    body = jpeg(restart_marker_rows=1)
    return body[: max(body.rfind(bytes((0xFF, 0xD0 + number))) for number in range(8))]


def moving(format_: str, **options: object) -> bytes:
    """An animation that begins with the photograph and soon ends with another picture."""
    return saved(
        format_, save_all=True, append_images=[other_frame()], **{"duration": 20, "loop": 1, **options}
    )


def offset_gif() -> bytes:
    """A GIF whose only frame covers the middle of its screen; around it is nothing."""
    gif = saved("GIF", PHOTO.resize((300, 200)))
    place = gif.index(b"\x2c", 13 + 3 * 2 ** ((gif[10] & 7) + 1))
    screen, corner = struct.pack("<HH", 600, 400), struct.pack("<HH", 150, 100)
    return gif[:6] + screen + gif[10 : place + 1] + corner + gif[place + 5 :]


def offset_webp() -> bytes:
    """An animated WebP whose first frame covers the middle of its screen, and the last one all of it."""

    def three(number: int) -> bytes:
        return struct.pack("<I", number)[:3]

    def frame(picture: Image.Image, corner: tuple[int, int]) -> bytes:
        place = (corner[0] // 2, corner[1] // 2, picture.width - 1, picture.height - 1, 20)
        return riff_chunk(
            b"ANMF", b"".join(map(three, place)) + b"\2" + saved("WEBP", picture, quality=90)[12:]
        )

    header = riff_chunk(b"VP8X", b"\2\0\0\0" + three(599) + three(399))
    frames = [frame(PHOTO.resize((300, 200)), (150, 100)), frame(other_frame(), (0, 0))]
    return riff_chunk(b"RIFF", b"WEBP" + header + riff_chunk(b"ANIM", b"\0\0\xff\xff\1\0") + b"".join(frames))


def _pack_565(red: int, green: int, blue: int) -> bytes:
    return struct.pack("<H", red >> 3 << 11 | green >> 2 << 5 | blue >> 3)


def _pack_8888(red: int, green: int, blue: int) -> bytes:
    return bytes((blue, green, red, 0))


def _turned(family: str, word: str, make: Callable[[int], bytes], *, shown: bool = True) -> list[Kind]:
    return [Kind(family, f"{word} {value}", partial(make, value), shown=shown) for value in range(1, 9)]


KINDS = [
    Kind("JPEG", "baseline", jpeg),
    Kind("JPEG", "progressive", lambda: jpeg(progressive=True)),
    Kind("JPEG", "grey", lambda: saved("JPEG", grey(), quality=92)),
    Kind("JPEG", "CMYK", lambda: saved("JPEG", PHOTO.convert("CMYK"), quality=92)),
    Kind("JPEG", "RGB", lambda: jpeg(keep_rgb=True)),
    Kind("JPEG", "with restart markers", lambda: jpeg(restart_marker_rows=1)),
    *_turned("JPEG", "with EXIF orientation", lambda value: jpeg(exif=oriented(value))),
    Kind("JPEG", "with EXIF resolution", lambda: jpeg(exif=with_resolution((144, 144), (300, 200)))),
    Kind(
        "JPEG",
        "with EXIF orientation, with EXIF resolution",
        lambda: jpeg(exif=with_resolution((144, 288), (300, 100), orientation=6)),
    ),
    Kind("JPEG", "without its end marker", lambda: jpeg()[:-2]),
    Kind("JPEG", "with half its end marker", lambda: jpeg()[:-1]),
    Kind("JPEG", "progressive, without its end marker", lambda: jpeg(progressive=True)[:-2]),
    Kind("JPEG", "with restart markers, without its end marker", lambda: jpeg(restart_marker_rows=1)[:-2]),
    Kind("JPEG", "with bytes that fill up to its end marker", lambda: jpeg()[:-1] + b"\xff\xff\xd9"),
    Kind("JPEG", "with bytes after its end", lambda: jpeg() + b"camera" * 999),
    Kind(
        "JPEG",
        "with a second picture (MPO)",
        lambda: saved("MPO", save_all=True, append_images=[other_frame()]),
    ),
    Kind("PNG", "colour of 8 bits", lambda: saved("PNG")),
    Kind("PNG", "colour of 16 bits", lambda: deep_png(PHOTO, 2)),
    Kind("PNG", "interlaced", interlaced_png),
    *[Kind("PNG", f"grey of {bits} bits", partial(few_bits, bits)) for bits in (1, 2, 4)],
    Kind("PNG", "grey of 8 bits", lambda: saved("PNG", grey())),
    Kind("PNG", "grey of 16 bits", lambda: deep_png(grey(), 0)),
    *[
        Kind("PNG", f"grey of {bits} bits, one transparent", partial(few_bits, bits, more=transparent(1)))
        for bits in (2, 4)
    ],
    Kind(
        "PNG",
        "grey of 16 bits, one transparent",
        lambda: deep_png(grey(), 0, more=transparent(100 * 257)),
    ),
    Kind("PNG", "grey and alpha of 8 bits", lambda: saved("PNG", faded().convert("LA"))),
    Kind("PNG", "grey and alpha of 16 bits", lambda: deep_png(faded().convert("LA"), 4)),
    Kind("PNG", "with alpha", lambda: saved("PNG", faded())),
    Kind("PNG", "palette of 4 bits", lambda: saved("PNG", palette(16), bits=4)),
    Kind("PNG", "palette of 8 bits", lambda: saved("PNG", palette(256))),
    Kind(
        "PNG", "palette with transparency", lambda: saved("PNG", palette(200), transparency=bytes(range(200)))
    ),
    Kind("PNG", "palette, with indices beyond its end", lambda: with_palette(13)),
    Kind(
        "PNG",
        "palette, with transparency beyond its end",
        lambda: with_palette(13, behind=chunk(b"tRNS", bytes(range(100, 250)))),
    ),
    Kind(
        "PNG",
        "palette, with transparency before it",
        lambda: with_palette(16, chunk(b"tRNS", bytes(16))),
    ),
    Kind(
        "PNG",
        "palette, with transparency beyond the end of all palettes",
        lambda: with_palette(16, behind=chunk(b"tRNS", bytes(300))),
    ),
    Kind("PNG", "grey of 8 bits, with half a transparent one", lambda: grey_with(b"\0")),
    Kind("PNG", "colour of 16 bits, one transparent", deep_with_transparent_colour),
    Kind("PNG", "with eXIf orientation", lambda: saved("PNG", exif=oriented(6))),
    Kind("PNG", "with a large colour profile", large_profile),
    Kind("PNG", "with long texts", long_texts),
    Kind("PNG", "without its last chunk", lambda: saved("PNG")[:-12]),
    Kind("PNG", "animated", lambda: moving("PNG")),
    Kind("PNG", "animated, with eXIf orientation", lambda: moving("PNG", exif=oriented(6))),
    Kind("PNG", "animated, its still picture apart", still_apart),
    Kind(
        "PNG",
        "animated, its still picture apart, with a frame that covers a part",
        lambda: apart_png(PHOTO.resize((300, 200)), (150, 100)),
    ),
    Kind("PNG", "animated, its still picture apart, with alpha", lambda: apart_png(faded(), (0, 0))),
    Kind(
        "PNG",
        "said to be animated, without frames",
        lambda: with_chunks(chunk(b"acTL", struct.pack(">2I", 2, 0))),
    ),
    Kind("PNG", "animated, cut short after its first frame", lambda: moving("PNG")[:-20]),
    Kind("GIF", "still", lambda: saved("GIF")),
    Kind("GIF", "animated", lambda: moving("GIF")),
    Kind("GIF", "animated, cut short after its first frame", lambda: moving("GIF")[:-20]),
    Kind("GIF", "with a frame that covers a part", offset_gif),
    Kind("GIF", "transparent", lambda: saved("GIF", palette(255), transparency=3)),
    Kind("WebP", "lossy", lambda: saved("WEBP", quality=90)),
    Kind("WebP", "lossless", lambda: saved("WEBP", lossless=True)),
    Kind("WebP", "with alpha", lambda: saved("WEBP", faded(), lossless=True)),
    Kind("WebP", "animated", lambda: moving("WEBP")),
    Kind("WebP", "animated, with a frame that covers a part", offset_webp),
    Kind("WebP", "with EXIF orientation", lambda: saved("WEBP", exif=oriented(6))),
    Kind("AVIF", "still", lambda: saved("AVIF", quality=90)),
    Kind("AVIF", "with alpha", lambda: saved("AVIF", faded(), quality=90), off=AVIF_RANGE),
    Kind("AVIF", "animated", lambda: moving("AVIF"), off=AVIF_RANGE),
    *_turned("AVIF", "turned and mirrored as orientation", lambda value: saved("AVIF", exif=oriented(value))),
    Kind("AVIF", "with a margin that its clean aperture leaves out", cropped_avif),
    Kind("BMP", "of 24 bits", lambda: saved("BMP")),
    Kind("BMP", "with a palette", lambda: saved("BMP", palette(256))),
    Kind("BMP", "of 16 bits", lambda: bmp(16, (0xF800, 0x7E0, 0x1F, 0), _pack_565)),
    Kind("BMP", "of 32 bits", lambda: bmp(32, (0xFF0000, 0xFF00, 0xFF, 0), _pack_8888)),
    *_turned(
        "TIFF", "with orientation", lambda value: saved("TIFF", tiffinfo={ORIENTATION: value}), shown=False
    ),
    Kind(
        "TIFF",
        "compressed, with orientation 6",
        lambda: saved("TIFF", compression="tiff_lzw", tiffinfo={ORIENTATION: 6}),
        shown=False,
    ),
    Kind("TIFF", "grey of 16 bits, zero as white", negative_tiff, shown=False),
    Kind("TIFF", "grey of 12 bits", tiff_of_12_bits, shown=False),
    Kind("TIFF", "grey of 16 bits", lambda: saved("TIFF", deep_grey()), shown=False),
]
"""Every one is of the photograph, 600 by 400, and read by the detector."""

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" width="600" height="400"/>'

ONLY_SHOWN = [
    Kind("ICO", "", lambda: saved("ICO")),
    Kind("SVG", "", lambda: DRAWING),
    Kind("SVG", "after a long comment", lambda: b"<!--" + b"x" * 9999 + b"-->" + DRAWING),
    Kind("SVG", "of 16-bit characters", lambda: DRAWING.decode().encode("utf-16")),
    Kind(
        "SVG",
        "with a prefix",
        lambda: b'<s:svg xmlns:s="http://www.w3.org/2000/svg" width="600" height="400"/>',
    ),
    Kind("SVG", "after a comment", lambda: b'<?xml version="1.0"?>\n<!-- a <svg> plan -->\n' + DRAWING),
]
"""The editor shows them, the detector does not read them."""


@dataclass(frozen=True)
class Refused:
    """What neither takes, and what the editor says of it."""

    name: str
    make: Callable[[], bytes]
    words: str

    def __str__(self) -> str:
        return self.name


def _cut(family: str, make: Callable[[], bytes], kept: float = 0.5) -> Refused:
    def cut() -> bytes:
        body = make()
        return body[: int(len(body) * kept)]

    return Refused(
        f"half of {family}" if kept == 0.5 else f"{family} without its last bytes", cut, "is damaged"
    )


_JPEGS: dict[str, dict[str, object]] = {
    "baseline": {},
    "progressive": {"progressive": True},
    "of restarts": {"restart_marker_rows": 1},
}


def _ended_jpeg(**options: object) -> bytes:
    return cut_ended(jpeg(**options), b"\xff\xd9")


REFUSED = [
    Refused("nothing", lambda: b"", "is empty"),
    Refused("a text", lambda: b"these are not pixels", "is not a picture that this browser can show"),
    Refused(
        "HEIC", lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(999), "can show. Its format is HEIC."
    ),
    Refused(
        "HEIC of several kinds",
        lambda: b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic" + bytes(999),
        "can show. Its format is HEIC.",
    ),
    Refused("JPEG 2000", lambda: saved("JPEG2000"), "can show. Its format is JPEG 2000."),
    Refused("PDF", lambda: saved("PDF"), "can show. Its format is PDF."),
    Refused(
        "enormous", lambda: saved("PNG", Image.new("1", (30_000, 30_000))), "can show. Its format is PNG."
    ),
    _cut("a baseline JPEG", jpeg),
    _cut("a baseline JPEG", jpeg, 0.999),
    _cut("a progressive JPEG", lambda: jpeg(progressive=True)),
    _cut("a progressive JPEG", lambda: jpeg(progressive=True), 0.999),
    _cut("a JPEG with restart markers", lambda: jpeg(restart_marker_rows=1)),
    Refused("a JPEG cut before its last restart marker", jpeg_before_restart, "is damaged"),
    *[
        Refused(f"half of a JPEG {word} with an end marker", partial(_ended_jpeg, **options), "is damaged")
        for word, options in _JPEGS.items()
    ],
    Refused("half of a PNG with its last chunk", lambda: cut_ended(saved("PNG"), LAST_CHUNK), "is damaged"),
    Refused("half of a GIF with its end", lambda: cut_ended(saved("GIF"), b";"), "is damaged"),
    Refused("a PNG with half of its rows", half_rows, "is damaged"),
    Refused("a PNG with a wrong checksum", wrong_checksum, "is damaged"),
    Refused(
        "a PNG with a chunk that no decoder knows",
        lambda: with_chunks(chunk(b"NEWS", b"")),
        "can show. Its format is PNG.",
    ),
    Refused(
        "a PNG with a second header",
        lambda: with_chunks(saved("PNG")[8:33]),
        "can show. Its format is PNG.",
    ),
    Refused("a PNG without its palette", without_palette, "is damaged"),
    Refused("a PNG whose pixels are interrupted", interrupted, "is damaged"),
    _cut("a PNG", lambda: saved("PNG")),
    _cut("a GIF", lambda: saved("GIF")),
    _cut("a WebP", lambda: saved("WEBP")),
    _cut("an AVIF", lambda: saved("AVIF", quality=90)),
    _cut("a BMP", lambda: saved("BMP")),
]
