"""What doors keep in memory of the database: read again when its version row says that it has changed.

A change made here counts at once, on every other server within a second.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from sqlalchemy import Connection

from secondlook.store.availability import Unavailable
from secondlook.store.session import Store
from secondlook.store.version import version

Key = TypeVar("Key")
Value = TypeVar("Value")

LOOK_AGAIN = 1.0
"""Seconds between looks at the version row."""

_NEVER = float("-inf")


class Remembered(Generic[Value]):
    """A value that `read` makes of rows; thread-safe. `name` is that of its version (`version.raise_version`).

    It stays in use for up to `outlives` seconds while the database is away. `clock` counts seconds and never goes back.
    """

    def __init__(
        self,
        store: Store,
        name: str,
        read: Callable[[Connection], Value],
        *,
        empty: Value,
        outlives: float = 0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._name = name
        self._read = read
        self._outlives = outlives
        self._clock = clock
        self._version, self.value = -1, empty
        self._looked = _NEVER
        self._answered = _NEVER
        self._changes = 0
        self._lock = threading.Lock()  # never held across a look at the database
        store.on_raised(self._hear)

    @property
    def is_fresh(self) -> bool:
        """Whether `value` may be used without a look."""
        return self._clock() - self._looked < LOOK_AGAIN

    def look(self) -> None:
        """Read the value again if it has changed; raises Unavailable. Reads the database."""
        began, changes = self._clock(), self._changes
        try:
            with self._store.read() as cx:
                # The version first: rows that are read newer than it says are only read once more.
                current = version(cx, self._name)
                changed = [self._read(cx)] if current != self._version else []
        except Unavailable:
            if self._clock() - self._answered > self._outlives:
                raise
            self._looked = self._clock()
            return
        with self._lock:
            self._answered = max(self._answered, began)
            if changed and current > self._version:
                self._version, (self.value,) = current, changed
            if changes == self._changes:
                self._looked = max(self._looked, began)

    def _hear(self, name: str) -> None:
        """It was changed here: look again before the next use, whatever is being read right now."""
        if name == self._name:
            with self._lock:
                self._changes += 1
                self._looked = _NEVER


class RememberedEach(Generic[Key, Value]):
    """Values by key, each read by `read` when it is first asked for after any of them has changed; thread-safe."""

    def __init__(
        self,
        store: Store,
        name: str,
        read: Callable[[Connection, Key], Value],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._read = read
        self._values: Remembered[dict[Key, Value]] = Remembered(
            store, name, lambda _: {}, empty={}, clock=clock
        )

    def remembered(self, key: Key) -> Value | None:
        """What is known, if that is fresh; never waits."""
        return self._values.value.get(key) if self._values.is_fresh else None

    def find(self, key: Key) -> Value:
        """What is known, or read now. Raises as `read` does, and Unavailable; what is raised is not remembered."""
        if not self._values.is_fresh:
            self._values.look()
        values = self._values.value  # before the row is read: what changes afterwards empties another one
        if key not in values:
            with self._store.read() as cx:
                values[key] = self._read(cx, key)
        return values[key]
