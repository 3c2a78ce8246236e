"""How large a picture is, from its first bytes."""

from __future__ import annotations

import io

import imagesize  # type: ignore[import-untyped]


def stored_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in stored pixels, whatever the EXIF orientation; None where the kind of file is not known."""
    width, height = imagesize.get(io.BytesIO(data), exif_rotation=False)
    return (width, height) if min(width, height) > 0 else None
