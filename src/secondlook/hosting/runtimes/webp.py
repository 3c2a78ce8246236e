"""The first frame of an animated WebP may cover a part of its screen, and around it is nothing.

Pillow keeps that apart from black only in a file that says it has transparent pixels.
"""

from __future__ import annotations

_EXTENDED = b"WEBPVP8X"
_FLAGS = 20
"""Where the byte with the features of an extended file is."""

_ANIMATED, _TRANSPARENT = 0x02, 0x10


def transparent(body: bytes) -> bytes:
    """The file, said to have transparent pixels if it is an animation."""
    if body[8:16] != _EXTENDED or not int.from_bytes(body[_FLAGS : _FLAGS + 1]) & _ANIMATED:
        return body
    return body[:_FLAGS] + bytes((body[_FLAGS] | _TRANSPARENT,)) + body[_FLAGS + 1 :]
