"""The pool of children: who may talk to one next."""

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
    """A number of slots, first come, first served; a waiting caller is handed the very slot that becomes free.

    Pages come first: callers in the background wait while a page waits, and never hold the last slot. So however many
    templates burn their time, a worker's page finds a child that is none of theirs.
    """

    def __init__(self, number: int, limits: Limits) -> None:
        self._lock = Lock()
        self._free = deque(Slot(limits) for _ in range(number))
        self._taken: set[Slot] = set()
        self._waiting: dict[bool, deque[_Waiter]] = {False: deque(), True: deque()}
        self._room_in_background = max(1, number - 1)
        self._closed = False

    @contextmanager
    def slot(self, *, background: bool = False) -> Iterator[Slot]:
        """A slot for the time of the block. Waits for it; RenderFailed once closed."""
        waiter = _Waiter(background)
        with self._lock:
            self._waiting[background].append(waiter)
            self._hand_out()
        try:
            waiter.called.wait()
            if waiter.slot is None:
                raise RenderFailed(INTERNAL_ERROR, "The server is stopping.")
            yield waiter.slot
        finally:
            self._give_back(waiter)

    def close(self) -> None:
        """End the children: idle ones at once, busy ones in the middle of what they do. Waiting callers are refused."""
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
        slot = waiter.slot
        with self._lock:
            if slot is None:
                if waiter in self._waiting[waiter.background]:
                    self._waiting[waiter.background].remove(waiter)
                return
            self._taken.discard(slot)
            self._room_in_background += waiter.background
            if not self._closed:
                # Who worked last works next, so that spare children grow idle and end; empty slots come last.
                if slot.child is not None:
                    self._free.append(slot)
                else:
                    self._free.appendleft(slot)
                self._hand_out()
                return
        slot.end()

    def _hand_out(self) -> None:
        if self._closed:
            for waiting in self._waiting.values():
                while waiting:
                    waiting.popleft().called.set()
        while self._free and (waiter := self._next()):
            waiter.slot = self._free.pop()
            self._taken.add(waiter.slot)
            self._room_in_background -= waiter.background
            waiter.called.set()

    def _next(self) -> _Waiter | None:
        if self._waiting[False]:
            return self._waiting[False].popleft()
        if self._waiting[True] and self._room_in_background:
            return self._waiting[True].popleft()
        return None


class _Waiter:
    """A place in the queue."""

    def __init__(self, background: bool) -> None:
        self.background = background
        self.called = Event()
        self.slot: Slot | None = None
