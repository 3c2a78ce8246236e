"""Loads on a server, each at work on threads of its own, and the account of what was confirmed to them.

A new kind of load is a file in `loads/` with a subclass of `Load`; a new kind of outage is a test beside this file.
"""

from __future__ import annotations

import contextlib
import threading
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from tests.running import eventually

from .confirming import AGAIN, PATIENCE

Act = Callable[[], bool]
"""One step of an actor's work, until it is confirmed: whether there was anything to do. Raises what the server must not do."""


class Load(ABC):
    """Something that people or programs do. Its server may be killed and started again at any moment."""

    closing = False
    """Nothing new may be begun any more; what was begun is brought to its end."""

    def close(self) -> None:
        """Begin nothing new."""
        self.closing = True

    @abstractmethod
    def actors(self) -> Sequence[Act]:
        """Each is repeated on a thread of its own."""

    def is_settled(self) -> bool:
        """Whether all that was begun has ended; asked once the load is closing."""
        return True

    @abstractmethod
    def verify(self) -> None:
        """What was confirmed is there, whole and once, and nothing else."""


class Traffic:
    """All loads of a test."""

    def __init__(self, loads: Sequence[Load]) -> None:
        self.loads = loads
        self.acts = 0  # that were confirmed
        self._lock = threading.Lock()
        self._turns: Counter[int] = Counter()  # of each actor
        self._over = threading.Event()
        self._working: list[Future[None]] = []

    @contextlib.contextmanager
    def flowing(self) -> Iterator[None]:
        """While the block runs, and then until every load is settled."""
        actors = [act for load in self.loads for act in load.actors()]
        with ThreadPoolExecutor(len(actors)) as threads:
            self._turns = Counter(dict.fromkeys(range(len(actors)), 0))
            self._working = [threads.submit(self._repeat, *numbered) for numbered in enumerate(actors)]
            try:
                yield
                for load in self.loads:
                    load.close()
                self.wait_for(lambda: all(load.is_settled() for load in self.loads))
            finally:
                self._over.set()
            for work in self._working:
                work.result()

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Return once it holds. Raises what ended an actor early, or that nothing is confirmed for long."""
        while not condition():
            self._wait_beyond(self.acts, condition)
            for failure in filter(None, map(_failure, self._working)):
                raise failure

    def wait_for_everybody(self) -> None:
        """Return once each actor has ended the act that it is at: who needs longer than others gets that far, too."""
        before = self._turns.copy()
        self.wait_for(lambda: all(self._turns[actor] > turns for actor, turns in before.items()))

    def _wait_beyond(self, acts: int, condition: Callable[[], bool]) -> None:
        eventually(lambda: condition() or self.acts > acts or any(map(_failure, self._working)), PATIENCE)

    def verify(self) -> None:
        for load in self.loads:
            load.verify()

    def _repeat(self, actor: int, act: Act) -> None:
        while not self._over.is_set():
            is_confirmed = act()
            with self._lock:
                self._turns[actor] += 1
                self.acts += is_confirmed
            if not is_confirmed:
                self._over.wait(AGAIN)


def _failure(work: Future[None]) -> BaseException | None:
    return work.exception() if work.done() else None
