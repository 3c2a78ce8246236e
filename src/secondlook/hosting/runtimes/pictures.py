"""From the bytes of a picture to pixels: as stored, in red, green and blue, within a limit.

The first frame of what moves, on white where it is transparent, is what people see in an image tool too
(docs/pictures.md). EXIF orientation is ignored on purpose: an answer in pixels must fit the picture as it was sent.
Colour profiles are not applied: detectors are trained on the values that files hold.
"""

from __future__ import annotations

import io
import os
import struct
import warnings
import zlib

import numpy as np
import numpy.typing as npt
from PIL import Image

from secondlook.hosting.runtimes import jpeg, png, webp
from secondlook.hosting.runtimes.call import OPEN, Request, RequestError
from secondlook.hosting.runtimes.png_chunks import SIGNATURE
from secondlook.hosting.runtimes.stored import stored

FORMATS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/avif": "AVIF",
    "image/bmp": "BMP",
    "image/gif": "GIF",
    "image/tiff": "TIFF",
}
DRAWING = "image/svg+xml"
"""The one type of pictures that has no pixels."""

MAX_PIXELS = 50_000_000

_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
"""How such a file begins, in both orders of bytes, small and big."""

Image.MAX_IMAGE_PIXELS = None  # our own limit is told with the picture's size; Pillow's comes without

Pixels = npt.NDArray[np.uint8]

_ROWS = 64
"""Of a deep picture, that are converted in one piece: as numbers they take several times its memory."""

_WHITE = 255

_DAMAGED = (
    OSError,
    RuntimeError,
    AssertionError,
    SyntaxError,
    ValueError,
    EOFError,
    TypeError,
    LookupError,
    ArithmeticError,
    struct.error,
    zlib.error,
)
"""What Pillow raises while it reads a file that is not what it should be."""


def pixels(request: Request) -> Pixels:
    """The picture in `request` as an array of height by width by 3 (red, green, blue).

    Refuses other content types (415), bytes that are no picture (400) and pictures over MAX_PIXELS (413).
    """
    if not _may_be_picture(request.media_type):
        raise RequestError(
            415, f"Content type {request.content_type!r} is not supported; send {', '.join(FORMATS)}"
        )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about metadata that is not used
        return np.asarray(_loaded(request))


def require_one_page(body: bytes) -> None:
    """Refuse a TIFF of several pages, for callers who must not lose one; `pixels` has read its first one already."""
    if not body.startswith(_TIFF):
        return
    with warnings.catch_warnings(), Image.open(io.BytesIO(body), formats=["TIFF"]) as picture:
        warnings.simplefilter("ignore")
        pages = getattr(picture, "n_frames", 1)
    if pages > 1:
        raise RequestError(415, f"The TIFF has {pages:,} pages; one is read at a time: send each by itself")


def _may_be_picture(media_type: str) -> bool:
    """Which format it is, the bytes tell: one has many names (image/x-tiff), and files many wrong ones."""
    return media_type in OPEN or (media_type.startswith("image/") and media_type != DRAWING)


def _loaded(request: Request) -> Image.Image:
    limit = int(os.environ.get("MAX_PIXELS", MAX_PIXELS))
    try:
        if request.body.startswith(SIGNATURE):
            return _from_png(png.plain(request.body), limit, request)
        with _open(webp.transparent(request.body), request) as picture:
            _require_few_pixels(picture.size, limit)
            is_jpeg = request.body.startswith(jpeg.START)
            return _rgb(jpeg.whole(request.body) if is_jpeg else stored(picture, request.body))
    except _DAMAGED as error:
        raise RequestError(400, f"The picture ({_described(request)}) is damaged: {error}") from error


def _from_png(plain: png.Plain, limit: int, request: Request) -> Image.Image:
    with _open(bytes(plain), request) as picture:
        _require_few_pixels(plain.place.screen if plain.place else picture.size, limit)
        plain.require_rows()
        picture.load()
        pixels = _rgb(picture)
    if plain.place is None:
        return pixels
    screen = Image.new("RGB", plain.place.screen, "white")
    screen.paste(pixels, plain.place.corner)
    return screen


def _require_few_pixels(size: tuple[int, int], limit: int) -> None:
    width, height = size
    if width * height > limit:
        raise RequestError(
            413, f"The picture has {width} x {height} pixels; at most {limit:,} in all are taken"
        )


def _open(body: bytes, request: Request) -> Image.Image:
    try:
        return Image.open(io.BytesIO(body), formats=list(FORMATS.values()))
    except _DAMAGED as error:
        raise RequestError(
            400,
            f"The body is not a picture that can be read ({_described(request)}); send {', '.join(FORMATS)}",
        ) from error


def _described(request: Request) -> str:
    declared = request.content_type or "no content type"
    return f"{len(request.body):,} bytes, {declared}, beginning with {request.body[:16]!r}"


def _rgb(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith(("I", "F")):
        return _from_deep_grey(picture).convert("RGB")
    if picture.has_transparency_data:
        # What people see through a transparent picture is the page behind it: white.
        layered = picture.convert("RGBA")
        page = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(page, layered).convert("RGB")
    return picture.convert("RGB")


def _from_deep_grey(picture: Image.Image) -> Image.Image:
    """8 bits of a 16- or 32-bit grey picture; a plain conversion would cut off everything above 255."""
    shallow = Image.new("L", picture.size)
    top = 65535.0 if picture.mode.startswith("I") else 1.0
    clear = picture.info.get("transparency")
    for first in range(0, picture.height, _ROWS):
        band = picture.crop((0, first, picture.width, min(first + _ROWS, picture.height)))
        values = np.asarray(band)
        tones = (np.clip(values / np.float32(top), 0, 1) * 255).astype(np.uint8)
        if clear is not None:
            tones[values == clear] = _WHITE
        shallow.paste(Image.fromarray(tones), (0, first))
    return shallow
