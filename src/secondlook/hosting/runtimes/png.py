"""A PNG's pixels without what is written beside them.

Texts and colour profiles may be of any length, also when unpacked, and no model looks at them. Pillow unpacks them all
and refuses a file with long ones, which browsers show; so they never reach it.
"""

from __future__ import annotations

from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"

_NEEDED = frozenset({b"tRNS", b"acTL", b"fcTL", b"fdAT"})
"""Chunks that decoders may pass over, yet say which pixels are seen; those that they must know have a capital first."""


def pixels_only(body: bytes) -> bytes:
    """`body`, if it is a PNG, without texts, profiles and times; whatever else it is stays as it is."""
    if not body.startswith(SIGNATURE):
        return body
    return SIGNATURE + b"".join(
        whole for name, whole in _chunks(body) if name[:1].isupper() or name in _NEEDED
    )


def _chunks(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and bytes of each chunk; the last may be cut short, which is for the decoder to tell."""
    place = len(SIGNATURE)
    while place < len(body):
        end = place + 12 + int.from_bytes(body[place : place + 4])
        name = body[place + 4 : place + 8]
        yield name, body[place:end]
        if name == b"IEND":
            break
        place = end
