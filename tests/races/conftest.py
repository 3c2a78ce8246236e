"""Two people, or a person and the clock, at the very same moment, as often as the scale says.

Both sides start behind a barrier, on connections of their own. What is asserted is the whole outcome in the rows.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from secondlook.review.errors import ReviewError
from secondlook.store.session import Store
from tests.scale import Scale
from tests.world import World, make_world


@pytest.fixture
def world(store: Store) -> World:
    """The small world that review is tried in."""
    return make_world(store)


@pytest.fixture
def repeats(store: Store, scale: Scale) -> int:
    return scale.races_on_sqlite if store.is_sqlite else scale.races


@pytest.fixture
def some(repeats: int) -> int:
    """For races in which little is at stake: a name, a tag."""
    return max(1, repeats // 4)


@pytest.fixture
def at_once() -> Iterator[Callable[..., list[Any]]]:
    """Run functions at the same moment, each on a thread; what each returned, or the error it met.

    Anything but a error (a deadlock, a broken constraint) passes through and fails the test.
    """
    with ThreadPoolExecutor(4) as threads:

        def run(*acts: Callable[[], Any]) -> list[Any]:
            start = threading.Barrier(len(acts))

            def run(act: Callable[[], Any]) -> Any:
                start.wait(10)
                try:
                    return act()
                except ReviewError as error:
                    return error

            return [done.result(30) for done in [threads.submit(run, act) for act in acts]]

        yield run
