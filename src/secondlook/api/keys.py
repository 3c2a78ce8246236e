"""Access keys in memory: looked up for each call, dropped as soon as the version row says that keys changed.

A revoked key stops working at once on the server that revoked it, and within a second on every other.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from secondlook.review import access_key
from secondlook.store.session import Store
from secondlook.store.vault import Vault
from secondlook.store.version import version

LOOK_AGAIN = 1.0
"""Seconds between looks at the version row."""


@dataclass(frozen=True, slots=True)
class Known:
    """An access key with its secret in the clear."""

    key_id: str
    name: str
    scope: str
    secret: str


class Keys:
    """Finds access keys by id; thread-safe. `clock` counts seconds and never goes back."""

    def __init__(self, store: Store, vault: Vault, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._vault = vault
        self._clock = clock
        self._known: dict[str, Known] = {}
        self._version = -1
        self._looked = float("-inf")
        self._lock = threading.Lock()

    def fresh(self) -> bool:
        """Whether `find` would answer from memory without a look at the database."""
        return self._clock() - self._looked < LOOK_AGAIN

    def remembered(self, key_id: str) -> Known | None:
        """The key if memory is fresh and holds it; never touches the database."""
        return self._known.get(key_id) if self.fresh() else None

    def find(self, key_id: str) -> Known | None:
        """The key with this id, unless unknown or revoked."""
        with self._lock:
            if not self.fresh():
                self._look()
            known = self._known.get(key_id)
            if known is None:
                known = self._load(key_id)
            return known

    def forget(self) -> None:
        """Look at the database again before the next answer: this server changed a key."""
        self._looked = float("-inf")

    def _look(self) -> None:
        with self._store.read() as cx:
            current = version(cx, access_key.VERSION)
        if current != self._version:
            self._known.clear()
            self._version = current
        self._looked = self._clock()

    def _load(self, key_id: str) -> Known | None:
        with self._store.read() as cx:
            row = access_key.find(cx, key_id)
        if row is None or row.revoked_at is not None:
            return None
        known = Known(row.key_id, row.name, row.scope, self._vault.open(row.secret))
        self._known[key_id] = known
        return known
