"""A few rendering children, shared by all threads of the server.

A child is started when a page is asked for and none is free, up to `workers`; then callers wait, first come, first
served. So a template that burns its five seconds costs one child, not the server. The child that worked last works
next, so that spare ones grow idle and end.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from threading import Event, Lock
from types import TracebackType
from typing import Self

from secondlook.review.render.failure import INTERNAL_ERROR, RenderFailed
from secondlook.review.render.limits import Limits
from secondlook.review.render.process import Child, Idle


class Renderer:
    """Renders worker task templates in limited processes. Thread-safe.

    with Renderer(workers=2) as renderer:
        page = renderer.render("<p>{{ task.input.text }}</p>", '{"text": "a < b"}', grant=sign)
    """

    def __init__(self, workers: int = 2, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._lock = Lock()
        self._unstarted = workers
        self._free: list[Child] = []
        self._busy: set[Child] = set()
        self._waiting: deque[_Waiter] = deque()
        self._closed = False

    def render(self, template: str, task_input: str, grant: Callable[[str], str]) -> str:
        """The HTML of `template`, with the JSON text `task_input` as `task.input`.

        `grant` is called with `s3://bucket/key`, here in the server, and answers a link; the RenderFailed it may raise
        becomes the template's failure, anything else passes through. Raises RenderFailed.
        """
        while True:
            child = self._take()
            try:
                if child is None:
                    child = self._start()
                return child.render(template, task_input, grant)
            except Idle:
                continue
            finally:
                self._give(child)

    def close(self) -> None:
        """End all children. Pages being rendered fail, and so does whoever asks for another."""
        with self._lock:
            self._closed = True
            free, self._free = self._free, []
            for child in self._busy:
                child.stop()
            for waiter in self._waiting:
                waiter.ready.set()
            self._waiting.clear()
        for child in free:
            child.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _take(self) -> Child | None:
        """A child, or None for the right to start one."""
        with self._lock:
            self._refuse_if_closed()
            if self._free:
                child = self._free.pop()
                self._busy.add(child)
                return child
            if self._unstarted:
                self._unstarted -= 1
                return None
            waiter = _Waiter()
            self._waiting.append(waiter)
        try:
            waiter.ready.wait()
        except BaseException:
            self._leave(waiter)
            raise
        with self._lock:
            self._refuse_if_closed()
        return waiter.child

    def _start(self) -> Child:
        child = Child(self._limits)
        with self._lock:
            self._busy.add(child)
            if self._closed:
                child.stop()
        return child

    def _give(self, child: Child | None) -> None:
        """Hand `child`, or the right to start another in its place, to whoever waits longest."""
        with self._lock:
            if child is not None:
                self._busy.discard(child)
                if not child.usable:
                    child = None
            if self._closed:
                surplus, child = child, None
            elif self._waiting:
                surplus, waiter = None, self._waiting.popleft()
                waiter.child = child
                if child is not None:
                    self._busy.add(child)
                waiter.ready.set()
            elif child is None:
                surplus = None
                self._unstarted += 1
            else:
                surplus = None
                self._free.append(child)
        if surplus is not None:
            surplus.kill()

    def _leave(self, waiter: _Waiter) -> None:
        with self._lock:
            if waiter in self._waiting:
                self._waiting.remove(waiter)
                return
        self._give(waiter.child)

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise RenderFailed(INTERNAL_ERROR, "The server is stopping.")


class _Waiter:
    """A caller in the queue, and what it was given."""

    def __init__(self) -> None:
        self.ready = Event()
        self.child: Child | None = None
