"""Access keys in memory (`store.remembered`): all that live.

An id that is not among them is refused from memory, so strangers cost no look at the database each.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from anyio import CapacityLimiter, to_thread
from sqlalchemy import Connection, Row

from secondlook.api.caller import Caller
from secondlook.review import access_key
from secondlook.store.remembered import Remembered
from secondlook.store.session import Store
from secondlook.store.vault import Vault
from secondlook.wire import errors

LOOKING = 4
"""Threads that may look at the database for keys at once: while it is slow, everybody waits for the same look."""

OUTLIVE = 300.0
"""Seconds that a known key goes on working while the database is away: models answer without it."""


@dataclass(frozen=True, slots=True)
class _Ring:
    """The keys as they were at one version: still sealed, and those that were opened since."""

    sealed: Mapping[str, Row[Any]]
    opened: dict[str, Caller]


class AccessKeys:
    """Finds access keys by id; thread-safe. `clock` counts seconds and never goes back."""

    def __init__(self, store: Store, vault: Vault, clock: Callable[[], float] = time.monotonic) -> None:
        self._vault = vault
        self._ring = Remembered(
            store, access_key.VERSION, _read, empty=_Ring({}, {}), outlives=OUTLIVE, clock=clock
        )
        self._threads = CapacityLimiter(LOOKING)

    async def recall(self, key_id: str) -> Caller:
        """The key, for the event loop: from memory, else looked up in a thread. Raises as `find` does."""
        known = self.remembered(key_id)
        return (
            known if known is not None else await to_thread.run_sync(self.find, key_id, limiter=self._threads)
        )

    def remembered(self, key_id: str) -> Caller | None:
        """The key while memory is fresh, else None; never waits. Raises as `find` does."""
        return self._taken(key_id) if self._ring.is_fresh else None

    def find(self, key_id: str) -> Caller:
        """The key with this id; raises AwsError when it is unknown or revoked. May read the database."""
        if not self._ring.is_fresh:
            self._ring.look()
        return self._taken(key_id)

    def _taken(self, key_id: str) -> Caller:
        ring = self._ring.value
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
            brings_code=access_key.may_bring_code(row),
        )
        ring.opened[key_id] = caller
        return caller


def _read(cx: Connection) -> _Ring:
    return _Ring({row.key_id: row for row in access_key.living(cx)}, {})
