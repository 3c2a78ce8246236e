"""A JPEG that lacks its last marker: whole all the same, or cut short?

Network cameras leave out the two bytes that end a JPEG. Its pixels are all there exactly when nothing that is put
behind them changes one: a decoder that still waits for pixels takes it for theirs.
"""

from __future__ import annotations

import io

from PIL import Image, ImageChops

_START = b"\xff\xd8\xff"
_END = b"\xff\xd9"
_RESTARTS = [bytes((0xFF, 0xD0 + number)) for number in range(8)]


def without_end(body: bytes) -> Image.Image | None:
    """The picture of a JPEG that lacks its last marker and nothing else; None for any other `body`."""
    if not body.startswith(_START):
        return None
    whole = body.rstrip(b"\xff")  # half of the marker
    try:
        plain, *followed = (_decoded(whole + more + _END) for more in (b"", *_behind(whole)))
    except OSError:
        return None
    changes = (ImageChops.difference(plain, other).getbbox() for other in followed)
    return plain if not any(changes) else None


def _behind(body: bytes) -> list[bytes]:
    """What a decoder takes for pixels in the middle of a row, or where the next restart marker is due."""
    last = max(range(8), key=lambda number: (body.rfind(_RESTARTS[number]), number))
    due = _RESTARTS[(last + 1) % 8]
    return [filler + due + filler for filler in (b"\x55" * 16, b"\xaa" * 16)]


def _decoded(body: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(body), formats=["JPEG"])
    picture.load()
    return picture
