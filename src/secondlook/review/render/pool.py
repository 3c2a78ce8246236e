"""Who may talk to a child next: first come, first served."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock
from typing import TypeVar

from secondlook.review.render.child_client import ChildClient
from secondlook.review.render.errors import INTERNAL_ERROR, RenderFailed
from secondlook.review.render.limits import Limits
from secondlook.review.render.process import Child, Idle

T = TypeVar("T")


class Slot:
    """A place for one child, which is started when it is needed."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.child: Child | None = None

    def ask(self, about: Callable[[ChildClient], T]) -> T:
        """What a child answers; RenderFailed if the template is at fault."""
        while True:
            child = self.child = self.child or Child(self._limits)
            try:
                return child.talk(about)
            except Idle:
                continue
            finally:
                if not child.usable:
                    self.child = None

    def end(self) -> None:
        child, self.child = self.child, None
        if child is not None:
            child.kill()


class Pool:
    """All slots. A waiting caller is handed the very slot that becomes free, so nobody can push in."""

    def __init__(self, number: int, limits: Limits) -> None:
        self._lock = Lock()
        self._free = deque(Slot(limits) for _ in range(number))
        self._taken: set[Slot] = set()
        self._queue: deque[_Waiter] = deque()
        self._closed = False

    @contextmanager
    def slot(self) -> Iterator[Slot]:
        """A slot for the time of the block. Waits for it; RenderFailed once closed."""
        waiter = _Waiter()
        with self._lock:
            self._queue.append(waiter)
            self._hand_out()
        try:
            waiter.called.wait()
            if waiter.slot is None:
                raise RenderFailed(INTERNAL_ERROR, "The server is stopping.")
            yield waiter.slot
        finally:
            self._give_back(waiter)

    def close(self) -> None:
        """End the children: idle ones at once, busy ones in the middle of what they do. Waiting callers get RenderFailed."""
        with self._lock:
            self._closed = True
            self._hand_out()
            for slot in self._taken:
                if slot.child is not None:
                    slot.child.stop()
            free = list(self._free)
            self._free.clear()
        for slot in free:
            slot.end()

    def _give_back(self, waiter: _Waiter) -> None:
        with self._lock:
            if waiter.slot is None:
                if waiter in self._queue:
                    self._queue.remove(waiter)
                return
            self._taken.discard(waiter.slot)
            if not self._closed:
                # Who worked last works next, so that spare children grow idle and end; empty slots come last.
                if waiter.slot.child is not None:
                    self._free.append(waiter.slot)
                else:
                    self._free.appendleft(waiter.slot)
                self._hand_out()
                return
        waiter.slot.end()

    def _hand_out(self) -> None:
        while self._queue and (self._free or self._closed):
            waiter = self._queue.popleft()
            if not self._closed:
                waiter.slot = self._free.pop()
                self._taken.add(waiter.slot)
            waiter.called.set()


class _Waiter:
    """A place in the queue."""

    def __init__(self) -> None:
        self.called = Event()
        self.slot: Slot | None = None
