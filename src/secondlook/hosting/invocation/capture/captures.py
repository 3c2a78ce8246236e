"""Captured calls on their way from memory to spool files: a thread of its own, behind a queue that is never waited for."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections import deque
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from secondlook.hosting.invocation.capture import spool
from secondlook.hosting.invocation.capture.config import CaptureConfig
from secondlook.hosting.invocation.capture.delivery import Delivery
from secondlook.hosting.invocation.capture.event import Event
from secondlook.hosting.invocation.capture.losses import Losses
from secondlook.hosting.invocation.capture.spool import SpoolFile, Target
from secondlook.store.disk import outwards
from secondlook.store.objects import Objects

log = logging.getLogger(__name__)

MOST_WAITING = 64 * 1024 * 1024
"""Bytes of calls in memory that wait for the disk."""

MOST_SPOOLED = 512 * 1024 * 1024
"""Bytes of spool files: what waits for a bucket that is away."""

FILE_BYTES = 5 * 1024 * 1024
"""A file of so many bytes is complete, or one that is FILE_SECONDS old."""

FILE_SECONDS = 60.0
SYNC_SECONDS = 1.0
"""So much is lost when the power is cut; when a process is killed, nothing of what had reached its file."""

TICK = 0.5
"""Seconds between looks at files that are open."""


class Destination(NamedTuple):
    """What lies in one file."""

    bucket: str
    folder: str
    key_id: str


class Captures:
    """Of one server. `now` dates calls; `clock` counts seconds and never goes back."""

    def __init__(
        self,
        directory: Path,
        objects: Objects,
        now: Callable[[], datetime],
        *,
        clock: Callable[[], float] = time.monotonic,
        most_waiting: int = MOST_WAITING,
        most_spooled: int = MOST_SPOOLED,
        file_bytes: int = FILE_BYTES,
        file_seconds: float = FILE_SECONDS,
    ) -> None:
        self.now = now
        self._directory = directory
        self._clock = clock
        self._most_waiting, self._most_spooled = most_waiting, most_spooled
        self._file_bytes, self._file_seconds = file_bytes, file_seconds
        self._losses = Losses(clock)
        self._delivery = Delivery(directory, objects, now, self._losses)
        self._waiting: deque[Event] = deque()
        self._waiting_bytes = 0
        self._open: dict[Destination, tuple[float, SpoolFile]] = {}
        self._unsynced: set[Destination] = set()
        self._synced_at = clock()
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="captures", daemon=True)

    def start(self) -> None:
        """Begin, with what an earlier process has left."""
        spool.complete(self._directory)
        self._delivery.start()
        self._thread.start()

    def stop(self) -> None:
        """Put what waits into files, and what is complete into its bucket, if that takes it soon; else the next start does."""
        self._over.set()
        self._wake.set()
        self._thread.join()
        self._delivery.stop()
        self._losses.say()

    def wants(self, config: CaptureConfig) -> bool:
        """Whether to capture the next call: by chance, so many in a hundred."""
        return random.random() * 100 < config.percentage  # noqa: S311  (a sample, guards nothing)

    def is_losing(self, endpoint: str) -> bool:
        """Whether the latest call of an endpoint that was to be captured could not be kept."""
        return self._losses.is_losing(endpoint)

    def offer(self, event: Event) -> None:
        """Capture a call. Never waits, never raises: with too many waiting, the call is lost."""
        with self._lock:
            fits = self._waiting_bytes + event.size <= self._most_waiting
            if fits:
                self._waiting.append(event)
                self._waiting_bytes += event.size
        if fits:
            self._wake.set()
        else:
            self._losses.count(event.endpoint, 1, "more calls are made than the disk takes")

    def _run(self) -> None:
        while not self._over.is_set():
            self._wake.wait(TICK if self._open else None)
            self._wake.clear()
            self._look()
        self._look()
        for destination in tuple(self._open):
            self._close(destination)

    def _look(self) -> None:
        while (event := self._next()) is not None:
            try:
                self._keep(event)
            except Exception:
                # Whatever it was, the next calls are to be captured.
                log.exception("a call could not be captured")
                self._losses.count(event.endpoint, 1, "the server failed")
            with self._lock:
                self._waiting_bytes -= event.size
        now = self._clock()
        if self._unsynced and now - self._synced_at >= SYNC_SECONDS:
            self._sync()
            self._synced_at = now
        for destination, (began, _) in tuple(self._open.items()):
            if now - began >= self._file_seconds:
                self._close(destination)
        self._losses.say_now_and_then()

    def _next(self) -> Event | None:
        with self._lock:
            return self._waiting.popleft() if self._waiting else None

    def _keep(self, event: Event) -> None:
        line = event.line()
        if self._spooled() + len(line) > self._most_spooled:
            self._losses.count(
                event.endpoint, 1, f"{self._most_spooled:,} bytes wait for their buckets already"
            )
            return
        destination = Destination(event.config.bucket, event.folder, event.config.key_id)
        try:
            file = self._file(destination, event)
            file.add(line)
        except OSError as error:
            self._losses.count(event.endpoint, 1, f"the disk does not take them: {outwards(error)}")
            return
        self._losses.kept(event.endpoint)
        self._unsynced.add(destination)
        if file.size >= self._file_bytes:
            self._close(destination)

    def _spooled(self) -> int:
        return self._delivery.size + sum(file.size for _, file in self._open.values())

    def _file(self, destination: Destination, event: Event) -> SpoolFile:
        if destination not in self._open:
            target = Target.of(destination.bucket, destination.folder, event.at, destination.key_id)
            self._open[destination] = self._clock(), SpoolFile(self._directory, target)
        return self._open[destination][1]

    def _sync(self) -> None:
        for destination in tuple(self._unsynced):
            self._unsynced.discard(destination)
            try:
                self._open[destination][1].sync()
            except OSError as error:
                log.warning("captured calls could not be synced to the disk: %s", outwards(error))

    def _close(self, destination: Destination) -> None:
        self._unsynced.discard(destination)
        _, file = self._open.pop(destination)
        try:
            file.close()
        except OSError as error:
            log.warning("captured calls could not be synced to the disk: %s", outwards(error))
        self._delivery.add(file.size)
