"""When and from where each access key was last used: noted in memory, written by a thread, at most once a minute per key."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from secondlook.review import access_key
from secondlook.store.availability import Unavailable
from secondlook.store.session import Store

log = logging.getLogger(__name__)

TICK = 1.0
"""Seconds between looks at what was noted."""

PAUSE = 60.0
"""Seconds between two writes of the same key."""


class Uses:
    """Notes uses of keys; once started, it writes them. `clock` counts seconds and never goes back."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._clock = clock
        self._noted: dict[str, tuple[datetime, str]] = {}
        self._written: dict[str, float] = {}
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="uses of keys", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Write what is left."""
        self._over.set()
        self._thread.join()
        self._write(self._take(due=float("inf")))

    def note(self, key_id: str, at: datetime, address: str) -> None:
        """A key signed a request that came from `address`."""
        with self._lock:
            self._noted[key_id] = (at, address)

    def _run(self) -> None:
        while not self._over.wait(TICK):
            self._write(self._take(due=self._clock() - PAUSE))

    def _take(self, due: float) -> dict[str, tuple[datetime, str]]:
        """What was noted of keys that were last written before `due`."""
        with self._lock:
            ready = [key_id for key_id in self._noted if self._written.get(key_id, float("-inf")) <= due]
            return {key_id: self._noted.pop(key_id) for key_id in ready}

    def _write(self, uses: dict[str, tuple[datetime, str]]) -> None:
        if not uses:
            return
        try:
            self._store.do(lambda cx: access_key.note_uses(cx, uses))
        except (SQLAlchemyError, Unavailable) as error:
            log.warning("the last use of %d access keys could not be written: %s", len(uses), error)
            with self._lock:
                self._noted = {**uses, **self._noted}
            return
        self._written |= dict.fromkeys(uses, self._clock())
