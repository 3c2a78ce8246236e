"""A server's ports, served by a thread of the test's process."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from secondlook.app.serve import Running


@contextmanager
def listening(server: Running) -> Iterator[None]:
    """Requests are answered until the block ends; raises what keeps them from it."""
    thread = _Listener(server)
    thread.start()
    try:
        thread.answers.wait()
        if thread.failure is not None:
            raise thread.failure
        yield
    finally:
        thread.stop()
        thread.join()


class _Listener(threading.Thread):
    def __init__(self, server: Running) -> None:
        super().__init__(name="secondlook", daemon=True)
        self._server = server
        self._loop = asyncio.new_event_loop()
        self._stop: Callable[[], None] | None = None
        self.answers = threading.Event()
        self.failure: BaseException | None = None

    def run(self) -> None:
        listened = self._server.listen(self.answers.set, give_stop=self._take_stop)
        try:
            with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
                runner.run(listened)
        except BaseException as error:  # noqa: BLE001  (told to whoever waits for the answer)
            self.failure = error
        finally:
            self.answers.set()

    def stop(self) -> None:
        if self._stop is not None and self.is_alive():
            self._loop.call_soon_threadsafe(self._stop)

    def _take_stop(self, stop: Callable[[], None]) -> None:
        self._stop = stop
