"""An instance that sleeps: started by the first call, stopped when none has come for a while [hosting.md, Serverless].

It runs once before its endpoint is InService, so that what cannot load fails there and not at a caller. What does not run on this
server, or has ProvisionedConcurrency, never sleeps; its calls are counted all the same.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator

from secondlook.hosting import contract
from secondlook.hosting.errors import Throttled
from secondlook.hosting.instances.instance import Address, Instance

log = logging.getLogger(__name__)

SLEEP_GRACE = 5.0
"""Seconds that a model has to end when it goes to sleep: a call that comes meanwhile waits for it."""

LOOK = 1.0
"""Seconds between looks at one that should sleep and has not started yet."""


class Serverless:
    """One instance for up to `most` calls at once. `made` makes what is awake.

    It sleeps after `idle` seconds without a call; None: never.
    """

    def __init__(self, made: Callable[[], Instance], most: int, idle: float | None) -> None:
        self._made = made
        self._most = most
        self._idle = idle
        self._first = made()
        self._awake: Instance | None = self._first
        self._calls = 0
        self._used_at = time.monotonic()
        self._change = threading.Condition()
        self._is_over = False
        self._thread = threading.Thread(target=self._watch, name=f"sleep of {self.log_name}", daemon=True)

    @property
    def log_name(self) -> str:
        return self._first.log_name

    @property
    def address(self) -> Address | None:
        awake = self._awake
        return awake.address if awake is not None else None

    @property
    def is_asleep(self) -> bool:
        """Whether nothing runs, until the next call."""
        return self._awake is None and not self._is_over

    @property
    def is_settled(self) -> bool:
        return self._first.is_settled

    def start(self) -> None:
        self._first.start()
        if self._idle is not None:
            self._thread.start()

    def ready(self, timeout: float | None = None) -> None:
        """As the first start says: whether it sleeps since is nothing to wait for."""
        self._first.ready(timeout)

    def doubt(self, address: Address) -> None:
        if (awake := self._awake) is not None:
            awake.doubt(address)

    def stop(self, grace: float = contract.STOP_SECONDS) -> None:
        with self._change:
            self._is_over = True
            awake, self._awake = self._awake, None
            self._change.notify_all()
        if awake is not None:
            awake.stop(grace)
        if self._thread.is_alive():
            self._thread.join(grace + 1)

    @contextlib.contextmanager
    def call(self, endpoint: str) -> Iterator[None]:
        """Around a call: it is awake, or wakes, and does not go to sleep meanwhile. Raises Throttled."""
        with self._change:
            if self._calls >= self._most:
                raise Throttled(
                    f"Rate exceeded: {self._most} invocations of endpoint {endpoint} are under way, its MaxConcurrency."
                )
            self._calls += 1
            self._change.notify_all()
        try:
            yield
        finally:
            with self._change:
                self._calls -= 1
                self._used_at = time.monotonic()
                self._change.notify_all()

    def _watch(self) -> None:
        """Wakes it and puts it to sleep: both take a while, so neither is done in the thread of a call."""
        while True:
            with self._change:
                while not (self._is_over or self._is_to_wake or self._is_to_sleep):
                    self._change.wait(self._pause)
                if self._is_over:
                    return
                sleepy, self._awake = self._awake, None
            try:
                self._wake() if sleepy is None else sleepy.stop(SLEEP_GRACE)
            except Exception as error:  # noqa: BLE001  (a thread that died here would leave it asleep for ever)
                log.warning("%s could not be woken: %s", self.log_name, error)
                time.sleep(LOOK)

    def _wake(self) -> None:
        woken = self._made()
        with self._change:
            if self._is_over:
                return
            self._awake = woken
            woken.start()

    @property
    def _is_to_wake(self) -> bool:
        return self._awake is None and self._calls > 0

    @property
    def _is_to_sleep(self) -> bool:
        awake = self._awake
        has_begun = awake is not None and (awake.address is not None or awake is not self._first)
        return has_begun and not self._calls and self._rest <= 0

    @property
    def _rest(self) -> float:
        """Seconds until it may sleep."""
        assert self._idle is not None
        return self._used_at + self._idle - time.monotonic()

    @property
    def _pause(self) -> float | None:
        """Seconds until it is to be looked at again; None until something happens."""
        if self._awake is None or self._calls:
            return None
        return self._rest if self._rest > 0 else LOOK


def would_answer(instance: Instance) -> bool:
    """Whether it answers, or sleeps and would be woken by a call."""
    return instance.address is not None or (isinstance(instance, Serverless) and instance.is_asleep)
