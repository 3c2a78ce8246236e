"""The sign of life that each server of a database gives."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.exc import SQLAlchemyError

from secondlook.clock.database_clock import DatabaseClock
from secondlook.store.availability import Unavailable
from secondlook.store.insert import insert_new
from secondlook.store.session import Store
from secondlook.store.tables import server

log = logging.getLogger(__name__)

BEAT = timedelta(seconds=15)
"""A server that has not given a sign of life for several of these is taken for dead."""


class Heartbeat:
    """Writes this server's row, keeps it fresh, and takes it away at the end."""

    def __init__(
        self,
        store: Store,
        server_id: str,
        url: str | None,
        *,
        now: Callable[[], datetime] | None = None,
        every: timedelta = BEAT,
    ) -> None:
        self._store = store
        self._id = server_id
        self._url = url
        self._time = DatabaseClock(store, now)
        self._every = every
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def start(self) -> None:
        with self._store.write() as cx:
            now = self._time.look(cx)
            fresh = {"url": self._url, "started_at": now, "heartbeat_at": now}
            if insert_new(cx, server, id=self._id, **fresh) is None:
                cx.execute(update(server).where(server.c.id == self._id).values(fresh))
        self._thread.start()

    def stop(self) -> None:
        """Let others know at once that this server is gone."""
        self._over.set()
        self._thread.join()
        try:
            with self._store.write() as cx:
                cx.execute(delete(server).where(server.c.id == self._id))
        except Unavailable as error:
            log.warning("others will find out for themselves that this server is gone: %s", error)

    def _run(self) -> None:
        while not self._over.wait(self._every.total_seconds()):
            try:
                self.beat()
            except (SQLAlchemyError, Unavailable) as error:
                log.warning("no sign of life could be written: %s", error)

    def beat(self) -> None:
        """Give a sign of life now."""
        with self._store.write() as cx:
            beat = update(server).where(server.c.id == self._id)
            cx.execute(beat.values(heartbeat_at=self._time.look(cx)))
