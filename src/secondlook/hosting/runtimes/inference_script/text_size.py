"""A limit for arrays of text, in which each item takes the room of the longest: a small body could fill the memory."""

from __future__ import annotations

from secondlook.hosting.runtimes.call import RequestError

BYTES = 4
"""Of one character in numpy's arrays."""

LIMIT = 1 << 29
"""Bytes of one array."""


def check(items: int, longest: int) -> None:
    """Raises RequestError (413) where an array of so many texts would be too large."""
    size = items * longest * BYTES
    if size > LIMIT:
        raise RequestError(
            413,
            f"As an array the body would take {size:,} bytes ({items:,} items with the room of the longest, "
            f"{longest:,} characters); at most {LIMIT:,} are taken",
        )
