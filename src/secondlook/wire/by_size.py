"""Reading much without keeping everybody waiting: what is large goes to a thread, what is small costs no hop to one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar

Result = TypeVar("Result")

LIGHT_BYTES = 64 * 1024
"""Hashed and parsed within about a millisecond."""

_THREADS: RunVar[CapacityLimiter] = RunVar("threads that read")
"""Of their own, in each event loop: a database that hangs holds those of operations, and reading needs none."""


async def run_by_size(size: int, read: Callable[..., Result], *arguments: Any) -> Result:
    """`read(*arguments)`, which takes as long as `size` bytes or characters are many; for the event loop."""
    if size <= LIGHT_BYTES:
        return read(*arguments)
    return await to_thread.run_sync(read, *arguments, limiter=_threads())


def _threads() -> CapacityLimiter:
    try:
        return _THREADS.get()
    except LookupError:
        limiter = CapacityLimiter(4)
        _THREADS.set(limiter)
        return limiter
