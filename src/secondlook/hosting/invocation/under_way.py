"""Calls under way, by the instances that may be answering them: none of these is stopped before they have ended.

Counted on the event loop of each call, without a lock, because nothing there waits between looking up the routes and counting.
Whoever stops instances is on another thread, and first lets every loop get beyond whatever it was at.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress

from secondlook.hosting.instances.instance import Instance

LOOK_SECONDS = 0.05
"""Between looks at calls that have not ended."""


class CallsUnderWay:
    """Of all event loops that call; each has a count of its own, so that none is changed by two threads."""

    def __init__(self) -> None:
        self._calls: dict[asyncio.AbstractEventLoop, Counter[int]] = {}  # by the identity of the instance

    @contextmanager
    def one(self, instances: Sequence[Instance]) -> Iterator[None]:
        """A call to whichever of these. Enter it in the same step of the event loop that looked them up."""
        calls = self._of(asyncio.get_running_loop())
        numbers = [id(instance) for instance in instances]
        for number in numbers:
            calls[number] += 1
        try:
            yield
        finally:
            for number in numbers:
                calls[number] -= 1
                if not calls[number]:
                    del calls[number]

    def wait(self, instances: Collection[Instance], is_over: Callable[[], bool]) -> None:
        """Wait until no call is under way to any of these, which the routes must not name any more, or `is_over`.

        Never on an event loop that calls.
        """
        numbers = {id(instance) for instance in instances}
        beyond = [_beyond(loop) for loop in tuple(self._calls)]
        while not is_over() and (not all(has_gone() for has_gone in beyond) or self._any(numbers)):
            time.sleep(LOOK_SECONDS)

    def _of(self, loop: asyncio.AbstractEventLoop) -> Counter[int]:
        calls = self._calls.get(loop)
        if calls is None:
            calls = self._calls[loop] = Counter()
        return calls

    def _any(self, numbers: set[int]) -> bool:
        """Whether there is a call to one of them. The calls of a loop that was closed have ended with it."""
        return any(
            not loop.is_closed() and not numbers.isdisjoint(calls)
            for loop, calls in tuple(self._calls.items())
        )


def _beyond(loop: asyncio.AbstractEventLoop) -> Callable[[], bool]:
    """Says whether the event loop has ended the step that it is at: it may have looked at routes that were replaced since."""
    ended = threading.Event()
    with suppress(RuntimeError):  # it is closed, and its calls with it
        loop.call_soon_threadsafe(ended.set)
    return lambda: ended.is_set() or loop.is_closed()
