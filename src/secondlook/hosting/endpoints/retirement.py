"""Instances that are no longer wanted: they end the calls that they have, get no new ones, and are stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from secondlook.hosting import contract
from secondlook.hosting.container import Container
from secondlook.hosting.instances.instance import Instance
from secondlook.hosting.invocation.under_way import CallsUnderWay

LONGEST_CALL = 3600.0
"""Seconds. Every call has a limit of its own, which is lower for all but asynchronous ones: this one only ends what forgot it."""

GRACE = 5.0
"""Seconds that model processes get to end when the server itself ends."""


@dataclass(frozen=True, slots=True)
class Member:
    """An instance that runs, or is being started."""

    instance: Instance
    container: Container


class Retirement:
    """Stops members. `forget` is told their containers once they are gone; `over` is set when the server ends."""

    def __init__(
        self,
        calls: CallsUnderWay,
        over: threading.Event,
        forget: Callable[[Iterable[Container]], None],
    ) -> None:
        self._calls = calls
        self._over = over
        self._forget = forget
        self._lock = threading.Lock()
        self._leaving: set[_Leaving] = set()

    def begin(self, endpoint_id: int, members: Sequence[Member]) -> None:
        """Retire these on a thread of their own; the routes name them no more."""
        leaving = _Leaving(endpoint_id, tuple(members))
        leaving.thread = threading.Thread(target=self._end, args=(leaving,), name="retire")
        with self._lock:
            leaving.thread.start()
            self._leaving.add(leaving)

    def hurry(self, endpoint_id: int) -> bool:
        """Whether all is stopped that leaves an endpoint here; if not, it will be soon.

        Calls get the time in which a model must have answered [hosting.md, Container contract], and no more.
        """
        deadline = time.monotonic() + contract.ANSWER_SECONDS
        left = self._of(lambda leaving: leaving.endpoint_id == endpoint_id)
        for leaving in left:
            leaving.deadline = min(leaving.deadline, deadline)
        return not left

    def join(self) -> None:
        """The server ends: wait for what is being retired, which ends now too."""
        for leaving in self._of(lambda _: True):
            leaving.thread.join()

    def _of(self, wanted: Callable[[_Leaving], bool]) -> list[_Leaving]:
        with self._lock:
            return [leaving for leaving in self._leaving if wanted(leaving)]

    def _end(self, leaving: _Leaving) -> None:
        instances = [member.instance for member in leaving.members]
        try:
            self._calls.wait(instances, lambda: self._over.is_set() or time.monotonic() > leaving.deadline)
            stop_all(instances, GRACE if self._over.is_set() else contract.STOP_SECONDS)
            self._forget(member.container for member in leaving.members)
        finally:
            with self._lock:
                self._leaving.discard(leaving)


@dataclass(eq=False)
class _Leaving:
    """Members of one endpoint that are being retired together."""

    endpoint_id: int
    members: tuple[Member, ...]
    deadline: float = field(default_factory=lambda: time.monotonic() + LONGEST_CALL)
    thread: threading.Thread = field(init=False)


def stop_all(instances: Iterable[Instance], grace: float) -> None:
    """Side by side: the time it takes is that of the slowest."""
    running = list(instances)
    if running:
        with ThreadPoolExecutor(len(running), "stop") as pool:
            list(pool.map(lambda instance: instance.stop(grace), running))
