"""Many requests under way at once, with their results in order and few of them waiting."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")

AT_ONCE = 8

AHEAD = 32
"""Results that may wait for those before them."""


def in_order(make: Callable[[Given], Made], given: Iterable[Given]) -> Iterator[Made]:
    """`make` of each, in the order given. What it raises is raised here, when its turn comes; the rest is given up."""
    waiting: deque[Future[Made]] = deque()
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="export") as pool:
        try:
            for one in given:
                waiting.append(pool.submit(make, one))
                if len(waiting) >= AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
