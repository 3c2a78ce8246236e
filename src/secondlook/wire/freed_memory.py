"""Memory that was freed stays with the process for the next body, up to a limit.

A system that hands memory out again fills it with zeros first, page by page. Where the C library gives every large block back at
once, as glibc does, that costs more than all that is done with a body: 3 ms for each copy of 5 MB, measured on a virtual machine.
"""

from __future__ import annotations

import ctypes
import os
from contextlib import suppress

KEPT = 64 * 1024 * 1024
"""Bytes of free memory that a process keeps."""

LARGEST = 32 * 1024 * 1024
"""Bytes of a block that is kept; a larger one goes back at once. No body in memory has more."""

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""Names of glibc's `malloc.h`."""


def keep() -> None:
    """From now on. Nothing changes where the C library is another, or where the environment has settled it (`MALLOC_…`, mallopt(3))."""
    if any(name.startswith("MALLOC_") for name in os.environ):
        return
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL("libc.so.6")
        library.mallopt(_TRIM_THRESHOLD, KEPT)
        library.mallopt(_MMAP_THRESHOLD, LARGEST)
