"""The time by which duties are due and leases run: the database's, the one clock that all its servers share.

Between two looks at it a monotonic clock goes on counting, so a wall clock of this machine that is wrong, or is set,
neither takes another server's lease nor lets this one sleep.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from secondlook import names
from secondlook.store.session import Store


class DatabaseClock:
    """`clock`, else that of the store, stands in for the database's clock where time is moved by hand."""

    def __init__(self, store: Store, clock: Callable[[], datetime] | None = None) -> None:
        self._store = store
        self._clock = clock or store.clock
        self._set(names.now())  # as good a guess as any until the first look

    @property
    def is_moved(self) -> bool:
        """Whether somebody moves time, and waits for what is due then."""
        return self._clock is not None

    def look(self, cx: Connection) -> datetime:
        """The database's time."""
        at = self._clock() if self._clock else self._store.now(cx)
        self._set(at)
        return at

    def __call__(self) -> datetime:
        """The database's time as far as it is known, without asking."""
        return self._clock() if self._clock else self._zero + timedelta(seconds=time.monotonic())

    def _set(self, at: datetime) -> None:
        self._zero = at - timedelta(seconds=time.monotonic())
