"""Time that is moved: a day passes in milliseconds, and what became due in it has been done, one thing after the other.

`Time` is what the server reads as its present (`Store.clock`). `Clock` moves it, from each moment at which a duty is due to the
next, as if it had passed: so an undo that ends after ten seconds is over before a loop that expires after a minute
(decision 40).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from secondlook import names
from secondlook.store import outbox
from secondlook.store.session import Store

PATIENCE = 30.0
"""Seconds of the machine's own time in which what is due has to be done."""

LOOK = 0.5
"""Seconds after which it is looked again, whatever was heard."""


class Unsettled(AssertionError):
    """What was due was not done in time; the message names it."""


class Time:
    """The present: goes on as the machine's does, and may be ahead of it. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._zero = names.now() - timedelta(seconds=time.monotonic())

    def __call__(self) -> datetime:
        return self._zero + timedelta(seconds=time.monotonic())

    def move_to(self, moment: datetime) -> None:
        """Be there, unless that is past already."""
        with self._lock:
            self._zero += max(moment - self(), timedelta(0))


class Clock:
    """The time of a test server: `clock()` is its present, `clock.advance(hours=1)` lets an hour pass.

    `time` is None where it cannot be moved; `wake` tells the server that it was. `waits` is that of `outbox.undone`.
    """

    def __init__(
        self,
        store: Store,
        time: Time | None,
        wake: Callable[[], None],
        waits: Callable[[str, str], bool] = lambda *_: False,
    ) -> None:
        self._store = store
        self._waits = waits
        self._time = time
        self._wake = wake
        self._moving = threading.Lock()
        self._written = threading.Event()
        store.on_write(self._written.set)

    def __call__(self) -> datetime:
        return self._time() if self._time else names.now()

    def advance(self, by: timedelta | None = None, **parts: float) -> None:
        """Let time pass: a timedelta, or its parts (`days=1`, `minutes=5`). Returns when all that became due is done.

        Raises ValueError for a step back and on PostgreSQL, Unsettled when something that is due does not end.
        """
        step = by if by is not None else timedelta(**parts)
        if step < timedelta(0):
            raise ValueError(f"Time goes on, never back: {step} is less than nothing.")
        self._pass(lambda: self() + step)

    def advance_to(self, moment: datetime) -> None:
        """Let time pass until `moment`, which has a time zone; as `advance`."""
        if moment.tzinfo is None:
            raise ValueError(f"{moment} has no time zone; datetime.now(UTC) has one.")
        self._pass(lambda: moment)

    def _pass(self, until: Callable[[], datetime]) -> None:
        """`until` is asked once nobody else moves the time: two who let an hour pass at once let two pass."""
        time = self._moved()
        with self._moving:
            moment = until()
            self.settle()
            while (due := self._earliest()) is not None and due <= moment:
                self._move(time, due)
            self._move(time, moment)

    def settle(self, seconds: float = PATIENCE) -> None:
        """Return when nothing is left to be done that is due now. Raises Unsettled after `seconds` of the machine's time."""
        end = time.monotonic() + seconds
        while left := self._undone():
            if time.monotonic() > end:
                raise Unsettled(
                    f"After {seconds:g} seconds still to be done: {', '.join(left)}. The server's log says what was tried."
                )
            self._written.wait(LOOK)
            self._written.clear()

    def _moved(self) -> Time:
        if self._time is None:
            raise ValueError(
                "Time can be moved on SQLite only: this server's database is PostgreSQL, whose clock other servers share."
            )
        return self._time

    def _move(self, time: Time, moment: datetime) -> None:
        time.move_to(moment)
        self._wake()
        self.settle()

    def _earliest(self) -> datetime | None:
        with self._store.read() as cx:
            return outbox.earliest(cx, self._store.now(cx))

    def _undone(self) -> list[str]:
        # Cleared before the look: what is written after it is heard.
        self._written.clear()
        with self._store.read() as cx:
            return outbox.undone(cx, self._store.now(cx), waits=self._waits)

    def __repr__(self) -> str:
        state: Any = self().isoformat(timespec="milliseconds")
        return f"<Clock at {state}>"
