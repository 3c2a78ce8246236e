"""The environments of this server: each is kept under the hash of what it is made of, and made once, however many want it."""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
import sys
import sysconfig
import threading
import time
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from secondlook.hosting.errors import NotPrepared
from secondlook.hosting.instances.kinds.local.environments import needs, uv
from secondlook.hosting.instances.kinds.local.environments.commands import LOOK_SECONDS, Commands, Stopped
from secondlook.hosting.instances.kinds.local.environments.environment import Environment
from secondlook.hosting.instances.kinds.local.environments.locks import (
    acquired,
    locked,
    making_lock,
    use_lock,
)
from secondlook.hosting.instances.kinds.local.environments.making import make
from secondlook.hosting.instances.kinds.local.environments.requirements import Requirements, read
from secondlook.hosting.instances.kinds.local.environments.sweeping import (
    cache,
    cache_lock,
    remove_unfinished,
    sweep,
)
from secondlook.hosting.logs.log import Log
from secondlook.store.disk import outwards

log = logging.getLogger(__name__)

FORMAT = 1
"""Rises when what is made changes in a way that those made before must not be used."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one environment may take, and for how long one is kept that nobody uses."""

    seconds: float = 15 * 60  # to make it
    size: int = 10 << 30  # bytes
    files: int = 200_000
    days: float = 30


class Environments:
    """Those in `folder`. Safe to use from several threads, and beside other servers."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder = folder
        self._limits = limits
        self._lock = threading.Lock()
        self._makings: dict[str, Future[Environment]] = {}
        self._in_use: dict[str, int] = {}  # whoever uses one → the lock that says so
        self._waiting: set[threading.Event] = set()
        self._over = False

    def of(self, file: Path, user: str, said: Log, stopping: threading.Event) -> Environment:
        """The environment with what the requirements file `file` names; made first, if it is not there.

        It is kept until `forget(user)`, and for days after. What uv says goes to a log; once `stopping` is set nothing of it goes on.
        Raises NotPrepared.
        """
        try:
            wanted = read(file)
        except OSError as error:
            raise NotPrepared(f"{file.name} cannot be read: {outwards(error)}") from error
        name = digest(wanted)
        with self._lock:
            if self._over:
                raise Stopped
            self._waiting.add(stopping)
        try:
            environment = self._had(name, wanted, said, stopping)
            self._used(environment, user, stopping)
        except OSError as error:
            raise _failure(error) from error
        else:
            return environment
        finally:
            with self._lock:
                self._waiting.discard(stopping)

    def interrupt(self) -> None:
        """From now on nobody wants any: set `stopping` of all who wait for one, and forget all others."""
        with self._lock:
            self._over = True
            for stopping in self._waiting:
                stopping.set()
            for lock in self._in_use.values():
                os.close(lock)
            self._in_use.clear()

    def _had(self, name: str, wanted: Requirements, said: Log, stopping: threading.Event) -> Environment:
        """Made, or waited for while somebody else here makes it."""
        while not stopping.is_set():
            with self._lock:
                theirs = self._makings.get(name)
                if theirs is None:
                    mine = self._makings[name] = Future()
            if theirs is None:
                return self._told(mine, name, wanted, said, stopping)
            with suppress(Stopped):  # whoever made it wants it no more, and we still do
                return _waited(theirs, stopping)
        raise Stopped

    def forget(self, user: str) -> None:
        """Whoever this is does not start again."""
        with self._lock:
            lock = self._in_use.pop(user, None)
        if lock is not None:
            os.close(lock)

    def sweep(self) -> None:
        """Remove what nobody has used for long. Raises OSError."""
        if self._folder.is_dir():
            sweep(self._folder, self._limits.days)

    def _used(self, environment: Environment, user: str, stopping: threading.Event) -> None:
        """Nobody takes it away before `forget`, or before this server has ended, in whatever way. Raises Stopped; OSError."""
        lock = acquired(use_lock(environment.folder), stopping, fcntl.LOCK_SH)
        with self._lock:
            before, self._in_use[user] = self._in_use.get(user), lock
        if before is not None:
            os.close(before)

    def _told(
        self, mine: Future[Environment], name: str, wanted: Requirements, said: Log, stopping: threading.Event
    ) -> Environment:
        """See to it that it is there, and tell whoever waits for it what came of that."""
        try:
            environment = self._seen_to(name, wanted, said, stopping)
        except Exception as error:
            self._settled(name)
            if isinstance(error, NotPrepared):
                mine.set_exception(error)
                raise
            failure = _failure(error)
            mine.set_exception(failure)
            raise failure from error
        self._settled(name)
        mine.set_result(environment)
        return environment

    def _settled(self, name: str) -> None:
        with self._lock:
            del self._makings[name]

    def _seen_to(self, name: str, wanted: Requirements, said: Log, stopping: threading.Event) -> Environment:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        environment = Environment(self._folder / name)
        with locked(making_lock(environment.folder), stopping) as lock:
            if not environment.is_whole:
                try:
                    self._make(environment, wanted, said, stopping, lock)
                except BaseException:
                    remove_unfinished(self._folder)
                    raise
            environment.use()
        return environment

    def _make(
        self, environment: Environment, wanted: Requirements, said: Log, stopping: threading.Event, lock: int
    ) -> None:
        command = uv.find()
        self._sweep_first()
        with locked(cache_lock(self._folder), stopping, fcntl.LOCK_SH) as shared:
            commands = Commands(
                log=said,
                stopping=stopping,
                locks=(lock, shared),
                most_bytes=self._limits.size,
                deadline=time.monotonic() + self._limits.seconds,
                environment=uv.environment(cache(self._folder), self._folder),
                names={str(self._folder / f".{environment.folder.name}.making"): "", str(self._folder): ""},
            )
            commands.say(f"installing {', '.join(wanted.lines) or 'nothing'}")
            make(environment, wanted, command, self._folder / "wheels", commands, self._limits.files)
            commands.say("installed")

    def _sweep_first(self) -> None:
        """A server of several may never get the duty that does it daily."""
        try:
            self.sweep()
        except OSError as error:
            log.warning("Python environments could not be looked through: %s", error)


def digest(wanted: Requirements) -> str:
    """The name of an environment: requirements, Python, platform, and what our runtime needs.

    Not the versions that the server itself has, so that an upgrade of it needs no index.
    """
    parts = {
        "format": FORMAT,
        "lines": wanted.lines,
        "constraints": wanted.constraints,
        "python": [sys.implementation.cache_tag, sys.base_prefix],
        "platform": sysconfig.get_platform(),
        "runtime": needs.wanted(),
    }
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


def _waited(theirs: Future[Environment], stopping: threading.Event) -> Environment:
    while not stopping.wait(LOOK_SECONDS):
        if theirs.done():
            return theirs.result()
    raise Stopped


def _failure(error: Exception) -> NotPrepared:
    return NotPrepared(f"its requirements could not be installed: {outwards(error)}")
