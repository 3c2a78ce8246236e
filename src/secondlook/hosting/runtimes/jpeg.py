"""Are the pixels of a JPEG all there? Its last marker does not tell.

Network cameras leave out the two bytes that end a whole JPEG, and others put them behind half of one. Its pixels are all
there exactly when it makes no difference what is put behind them: a decoder that still waits for pixels takes it for theirs.
"""

from __future__ import annotations

import io
import re

from PIL import Image, ImageChops

START = b"\xff\xd8\xff"
_END = b"\xff\xd9"
_RESTARTS = [bytes((0xFF, 0xD0 + number)) for number in range(8)]
_FILLERS = (bytes.fromhex("b66ddb") * 6, bytes.fromhex("123456789abcdef0") * 3)
"""What a decoder takes for pixels. They differ in the first bit, so the first code that is missing is read as two.

Of 4,800 small pictures cut at random, these two tell all but 4; a run of 55 and one of aa, with one decoding more, all but 55.
"""

_MARKER = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])", re.DOTALL)
"""One that is no part of the pixels."""


def whole(body: bytes) -> Image.Image:
    """The first picture of a JPEG, which may lack its last marker. Errors: OSError where it lacks anything more."""
    to_end = body[: _end_of_pixels(body)].rstrip(b"\xff")  # half of the marker, or what fills up to it
    due = _due_restart(to_end)
    picture, other = (_decoded(to_end + filler + due + filler + _END) for filler in _FILLERS)
    if ImageChops.difference(picture, other).getbbox():
        raise OSError("its last pixels are missing")
    return picture


def _end_of_pixels(body: bytes) -> int:
    place = 2
    while marker := _MARKER.search(body, place):
        if marker[0] == _END:
            return marker.start()
        place = marker.end() + int.from_bytes(body[marker.end() : marker.end() + 2])
    return len(body)


def _due_restart(body: bytes) -> bytes:
    """The restart marker that a decoder waits for if it waits for one."""
    last = max(range(8), key=lambda number: (body.rfind(_RESTARTS[number]), number))
    return _RESTARTS[(last + 1) % 8]


def _decoded(body: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(body), formats=["JPEG"])
    picture.load()
    return picture
