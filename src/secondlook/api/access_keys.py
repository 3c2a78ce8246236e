"""Access keys in memory: all that live, read again when the version row says that keys changed.

A key made or revoked here counts at once, on every other server within a second. An id that is not among them is
refused from memory, so strangers cost no look at the database each.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from anyio import CapacityLimiter, to_thread
from sqlalchemy import Row

from secondlook.api.caller import Caller
from secondlook.review import access_key
from secondlook.store.availability import Unavailable
from secondlook.store.session import Store
from secondlook.store.vault import Vault
from secondlook.store.version import version
from secondlook.wire import errors

LOOK_AGAIN = 1.0
"""Seconds between looks at the version row."""

LOOKING = 4
"""Threads that may look at the database for keys at once: while it is slow, everybody waits for the same look."""

OUTLIVE = 300.0
"""Seconds that a known key goes on working while the database is away: models answer without it."""


@dataclass(frozen=True, slots=True)
class _Ring:
    """The keys as they were at one version: still sealed, and those that were opened since."""

    version: int
    sealed: Mapping[str, Row[Any]]
    opened: dict[str, Caller]


class AccessKeys:
    """Finds access keys by id; thread-safe. `clock` counts seconds and never goes back."""

    def __init__(self, store: Store, vault: Vault, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._vault = vault
        self._clock = clock
        self._ring = _Ring(-1, {}, {})
        self._looked = float("-inf")
        self._answered = float("-inf")
        self._changes = 0
        self._lock = threading.Lock()  # never held across a look at the database
        self._threads = CapacityLimiter(LOOKING)
        store.on_raised(self._hear)

    async def recall(self, key_id: str) -> Caller:
        """The key, for the event loop: from memory, else looked up in a thread. Raises as `find` does."""
        known = self.remembered(key_id)
        return (
            known if known is not None else await to_thread.run_sync(self.find, key_id, limiter=self._threads)
        )

    def remembered(self, key_id: str) -> Caller | None:
        """The key while memory is fresh, else None; never waits. Raises as `find` does."""
        return self._taken(key_id) if self._is_fresh() else None

    def find(self, key_id: str) -> Caller:
        """The key with this id; raises AwsError when it is unknown or revoked. May read the database."""
        if not self._is_fresh():
            self._look()
        return self._taken(key_id)

    def _is_fresh(self) -> bool:
        return self._clock() - self._looked < LOOK_AGAIN

    def _hear(self, name: str) -> None:
        """This server changed a key: look again before the next answer, whatever is being read right now."""
        if name == access_key.VERSION:
            with self._lock:
                self._changes += 1
                self._looked = float("-inf")

    def _look(self) -> None:
        began, changes = self._clock(), self._changes
        try:
            with self._store.read() as cx:
                # The version first: keys that are read newer than it says are only read once more.
                current = version(cx, access_key.VERSION)
                rows = access_key.living(cx) if current != self._ring.version else None
        except Unavailable:
            if self._clock() - self._answered > OUTLIVE:
                raise
            self._looked = self._clock()
            return
        with self._lock:
            self._answered = max(self._answered, began)
            if rows is not None and current > self._ring.version:
                self._ring = _Ring(current, {row.key_id: row for row in rows}, {})
            if changes == self._changes:
                self._looked = max(self._looked, began)

    def _taken(self, key_id: str) -> Caller:
        ring = self._ring
        caller = ring.opened.get(key_id)
        if caller is not None:
            return caller
        row = ring.sealed.get(key_id)
        if row is None:
            raise errors.unknown_access_key()
        caller = Caller(
            key_id=row.key_id,
            name=row.name,
            scope=row.scope,
            buckets=access_key.buckets_of(row),
            expires_at=row.expires_at,
            secret=self._vault.open(row.secret),
        )
        ring.opened[key_id] = caller
        return caller
