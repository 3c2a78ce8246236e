"""Looks after what no limit of the kernel bounds: the memory, processes and files that a model has in all."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from secondlook.hosting.instances.kinds.local.confinement import usage
from secondlook.hosting.instances.kinds.local.confinement.confinement import SCRATCH, Confinement

LOOK_SECONDS = 0.5
_FILES = 65536


class Guard:
    """Watches one process and all that it has started; ends it by calling `end` when it takes too much.

    `reason` then says why, for the log.
    """

    def __init__(
        self, pid: int, confinement: Confinement, scratch: Path | None, end: Callable[[], None]
    ) -> None:
        self.reason: str | None = None
        self._pid = pid
        self._confinement = confinement
        self._scratch = scratch
        self._end = end
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name=f"guard {pid}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(LOOK_SECONDS):
            self.reason = self._too_much()
            if self.reason is not None:
                self._end()
                return

    def _too_much(self) -> str | None:
        allowed = self._confinement.memory
        processes = usage.of_model(self._pid)
        held = usage.memory(processes, allowed)
        if held > allowed:
            return f"it took {_mebibytes(held)} of memory, more than the {_mebibytes(allowed)} that a model may take"
        tasks = sum(process.tasks for process in processes)
        if tasks > self._confinement.processes:
            return f"it ran {tasks} processes and threads, more than the {self._confinement.processes} that a model may have"
        if self._scratch is not None and usage.is_over(self._scratch, SCRATCH, _FILES):
            return (
                f"it wrote more than {_mebibytes(SCRATCH)}, or than {_FILES} files, into its temporary folder"
            )
        return None


def _mebibytes(size: int) -> str:
    return f"{size >> 20:,} MiB"
