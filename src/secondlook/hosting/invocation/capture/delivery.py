"""Complete spool files on their way to their buckets: a thread of its own, so that a bucket that is away stops nothing else."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from secondlook.hosting.invocation.capture import spool
from secondlook.hosting.invocation.capture.losses import Losses
from secondlook.hosting.invocation.capture.spool import Target
from secondlook.store import encryption
from secondlook.store.disk import outwards
from secondlook.store.objects import About, Objects

log = logging.getLogger(__name__)

CONTENT_TYPE = "application/jsonlines"

RETRY_SECONDS = 10.0
"""Until a bucket that did not take a file is asked again."""

KEPT = timedelta(days=1)
"""How long a file waits for a bucket that does not take it."""

STOP_SECONDS = 5.0
"""For what is still to be written when the server ends."""


class Delivery:
    """Writes the files of `directory` to their buckets, and removes them then. `size` is the bytes of those that wait."""

    def __init__(
        self, directory: Path, objects: Objects, now: Callable[[], datetime], losses: Losses
    ) -> None:
        self._directory = directory
        self._objects = objects
        self._now = now
        self._losses = losses
        self.size = 0
        self._said: set[str] = set()
        self._lock = threading.Lock()
        self._ready = threading.Event()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="captures to buckets", daemon=True)

    def start(self) -> None:
        self._add(sum(path.stat().st_size for path in spool.completed(self._directory)))
        self._ready.set()
        self._thread.start()

    def stop(self) -> None:
        """One more round; whoever does not take a file now gets it after the next start."""
        self._over.set()
        self._ready.set()
        self._thread.join(STOP_SECONDS)

    def add(self, size: int) -> None:
        """Another file of so many bytes is complete."""
        self._add(size)
        self._ready.set()

    def _run(self) -> None:
        waits = False
        while not self._over.is_set():
            self._ready.wait(RETRY_SECONDS if waits else None)
            self._ready.clear()
            waits = self._round()
        self._round()

    def _round(self) -> bool:
        """Try each file; a bucket that fails once is not asked again in this round. Answers whether any is left."""
        failed: set[str] = set()
        try:
            for path in spool.completed(self._directory):
                self._deliver(path, failed)
        except Exception:
            # Whatever it was, there is a next round.
            log.exception("captured calls could not be written to their buckets")
            return True
        return bool(failed)

    def _deliver(self, path: Path, failed: set[str]) -> None:
        content = spool.read(path)
        if content is None:
            log.warning("a file of captured calls has not one whole line and is removed")
            self._remove(path)
            return
        target, lines = content
        if target.bucket in failed:
            return
        try:
            self._put(target, lines)
        except Exception as error:  # noqa: BLE001  (objects may lie in a database or an S3, which fail in many ways)
            failed.add(target.bucket)
            self._not_taken(path, target, lines, error)
            return
        self._said.discard(target.bucket)
        self._remove(path)

    def _put(self, target: Target, lines: bytes) -> None:
        kept = encryption.with_key(target.key_id) or encryption.default(self._objects, target.bucket)
        about = About(CONTENT_TYPE, encryption=kept)
        self._objects.put(target.bucket, target.key, lines, about, self._now())

    def _not_taken(self, path: Path, target: Target, lines: bytes, error: Exception) -> None:
        if target.bucket not in self._said:
            log.warning(
                "captured calls wait for the bucket %s: %s; each is kept for a day",
                target.bucket,
                outwards(error),
            )
            self._said.add(target.bucket)
        if self._now().timestamp() - path.stat().st_mtime > KEPT.total_seconds():
            endpoint = target.key.split("/")[-7]
            self._losses.count(endpoint, lines.count(b"\n"), f"the bucket {target.bucket} does not take them")
            self._remove(path)

    def _remove(self, path: Path) -> None:
        size = path.stat().st_size
        path.unlink()
        self._add(-size)

    def _add(self, size: int) -> None:
        with self._lock:
            self.size += size
