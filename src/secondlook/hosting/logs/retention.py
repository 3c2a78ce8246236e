"""For how long logs are kept: by a policy of their group, else for some days after what they are of has ended.

A policy removes lines by their age, as CloudWatch Logs does; what has none is kept for as long as its endpoint or transform job is
there, and the setting `log_days` longer. Policies are rows, so every server goes by them; each looks after the logs that lie with it.
"""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, delete, select
from sqlalchemy.exc import SQLAlchemyError

from secondlook.hosting.logs.removal import shorten
from secondlook.hosting.logs.streams import TRANSFORM_JOBS, Folder, Logs
from secondlook.store import journal
from secondlook.store.availability import Unavailable
from secondlook.store.insert import upsert
from secondlook.store.session import Store
from secondlook.store.tables import endpoint, log_retention, transform_job

log = logging.getLogger(__name__)

EVERY = timedelta(hours=1)

ENDED = "ended"
"""A file in a folder of logs that says since when it has been known that nothing writes to it any more."""


def policies(cx: Connection) -> dict[str, int]:
    """Group → days."""
    rows = cx.execute(select(log_retention.c.log_group, log_retention.c.days))
    return {row.log_group: row.days for row in rows}


def put(cx: Connection, group: str, days: int, now: datetime) -> None:
    """PutRetentionPolicy."""
    upsert(cx, log_retention, {"log_group": group}, {"days": days})
    journal.record(cx, "PutRetentionPolicy", "LogGroup", group, now, detail={"days": days})


def take_back(cx: Connection, group: str, now: datetime) -> None:
    """DeleteRetentionPolicy; whether there is one or not."""
    _forget(cx, group)
    journal.record(cx, "DeleteRetentionPolicy", "LogGroup", group, now)


def group_deleted(cx: Connection, group: str, now: datetime) -> None:
    """DeleteLogGroup, once its files are gone."""
    _forget(cx, group)
    journal.record(cx, "DeleteLogGroup", "LogGroup", group, now)


def stream_deleted(cx: Connection, group: str, stream: str, now: datetime) -> None:
    """DeleteLogStream, once its files are gone."""
    journal.record(cx, "DeleteLogStream", "LogGroup", group, now, detail={"stream": stream})


def _forget(cx: Connection, group: str) -> None:
    cx.execute(delete(log_retention).where(log_retention.c.log_group == group))


class Retention:
    """Removes what has been kept for long enough, at the start of a server and every hour; `days` is the setting."""

    def __init__(self, store: Store, logs: Logs, days: int, now: Callable[[], datetime]) -> None:
        self._store = store
        self._logs = logs
        self._days = days
        self._now = now
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="log-retention", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        self._thread.join()

    def look(self) -> None:
        """Remove what is old enough now."""
        folders = self._logs.folders()  # before the rows are read: what begins meanwhile is none of them
        with self._store.read() as cx:
            days = policies(cx)
            jobs = select(transform_job.c.name).where(transform_job.c.ended_at.is_(None))
            running = {True: set(cx.scalars(jobs)), False: set(cx.scalars(select(endpoint.c.name)))}
        now = self._now()
        for folder in folders:
            if self._over.is_set():
                return
            ended = folder.owner not in running[folder.group == TRANSFORM_JOBS]
            try:
                self._look_at(folder, days.get(folder.group), now, ended=ended)
            except OSError as error:  # the others are looked at all the same
                log.warning("the log of %s could not be looked at: %s", folder.owner, error)

    def _look_at(self, folder: Folder, days: int | None, now: datetime, *, ended: bool) -> None:
        since = _ended_at(folder.path / ENDED, now) if ended else None
        if not ended:
            (folder.path / ENDED).unlink(missing_ok=True)
        if days is not None:
            before = round((now - timedelta(days=days)).timestamp() * 1000)
            for stream in folder.streams():
                shorten(stream, before)
            is_over = not folder.streams()
        else:
            is_over = since is not None and since < now - timedelta(days=self._days)
        if ended and is_over:
            shutil.rmtree(folder.path, ignore_errors=True)
            log.info("removed the log of %s, which has ended", folder.owner)

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                self.look()
            except (OSError, SQLAlchemyError, Unavailable) as error:
                log.warning("old logs could not be removed: %s; next try in an hour", error)
            self._over.wait(EVERY.total_seconds())


def _ended_at(file: Path, now: datetime) -> datetime:
    """When it was seen first that what writes there has ended; where the file does not say so, that is now, and it is written there."""
    try:
        return datetime.fromisoformat(file.read_text("ascii"))
    except (FileNotFoundError, ValueError):  # a server that was killed may have left half of it
        file.write_text(now.isoformat(), "ascii")
        return now
