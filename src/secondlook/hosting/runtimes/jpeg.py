"""Are the pixels of a JPEG all there? Its last marker does not tell.

Network cameras leave out the two bytes that end a whole JPEG, and others put them behind half of one. Its pixels are all
there exactly when nothing that is put behind them changes one: a decoder that still waits for pixels takes it for theirs.
"""

from __future__ import annotations

import io
import re

from PIL import Image, ImageChops

START = b"\xff\xd8\xff"
_END = b"\xff\xd9"
_RESTARTS = [bytes((0xFF, 0xD0 + number)) for number in range(8)]
_MARKER = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])", re.DOTALL)
"""One that is no part of the pixels."""


def whole(body: bytes) -> Image.Image:
    """The first picture of a JPEG, which may lack its last marker. Errors: OSError where it lacks anything more."""
    to_end = body[: _end_of_pixels(body)].rstrip(b"\xff")  # half of the marker, or what fills up to it
    plain = _decoded(to_end + _END)
    for more in _behind(to_end):
        if ImageChops.difference(plain, _decoded(to_end + more + _END)).getbbox():
            raise OSError("its last pixels are missing")
    return plain


def _end_of_pixels(body: bytes) -> int:
    place = 2
    while marker := _MARKER.search(body, place):
        if marker[0] == _END:
            return marker.start()
        place = marker.end() + int.from_bytes(body[marker.end() : marker.end() + 2])
    return len(body)


def _behind(body: bytes) -> list[bytes]:
    """What a decoder takes for pixels in the middle of a row, or where the next restart marker is due."""
    last = max(range(8), key=lambda number: (body.rfind(_RESTARTS[number]), number))
    due = _RESTARTS[(last + 1) % 8]
    return [filler + due + filler for filler in (b"\x55" * 16, b"\xaa" * 16)]


def _decoded(body: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(body), formats=["JPEG"])
    picture.load()
    return picture
