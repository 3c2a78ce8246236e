"""What the start of an instance comes to, told to whoever asks or waits: one place for all kinds."""

from __future__ import annotations

import threading

from secondlook.hosting.errors import StartFailed


class Settling:
    """An instance that is starting until it is settled: it has answered, or will not. The first failure counts until it answers after all."""

    def __init__(self) -> None:
        self._settled = threading.Event()
        self._failure: StartFailed | None = None

    @property
    def is_settled(self) -> bool:
        """Whether `ready` says at once what came of the start."""
        return self._settled.is_set()

    def ready(self, timeout: float | None = None) -> None:
        """Wait until its first ping has passed, or `timeout` seconds. Raises StartFailed when it does not get that far."""
        if not self._settled.wait(timeout):
            raise StartFailed(f"it was not ready after {timeout:g} seconds")
        if self._failure is not None:
            raise self._failure

    def _settle(self, failure: StartFailed | None = None) -> None:
        if failure is None or not self._settled.is_set():
            self._failure = failure
        self._settled.set()
