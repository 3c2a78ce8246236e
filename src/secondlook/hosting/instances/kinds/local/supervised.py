"""A model server as a process on this machine: started, watched, restarted, stopped.

The process gets an environment built from nothing, an address space of its own and a pipe that tells it when we die
(`runtimes.lifeline`). It announces the port it chose on its standard output; what it prints goes to a bounded log.
One thread per process watches it: a death is followed by a restart, at once the first time, then ever later.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import subprocess
import threading
import time
from collections.abc import Callable

from secondlook.hosting import contract
from secondlook.hosting.errors import NotPrepared, Refused, StartFailed, may_pass
from secondlook.hosting.files.deadline import Deadline
from secondlook.hosting.instances.instance import Address, unix
from secondlook.hosting.instances.kinds.local.confinement import Confinement, Guard
from secondlook.hosting.instances.kinds.local.process import (
    Launch,
    announced,
    end,
    how_it_ended,
    ping,
    pump,
    readable,
    start,
)
from secondlook.hosting.instances.kinds.local.socket_directory import SocketDirectory
from secondlook.hosting.instances.settling import Settling
from secondlook.hosting.logs.log import Log
from secondlook.store.disk import outwards

log = logging.getLogger(__name__)

PING_EVERY = 10.0
MISSED_PINGS = 3
"""So many unanswered pings in a row, and a process that still lives is taken for dead."""

STEADY_SECONDS = 60.0
"""A process that lived this long begins anew with the shortest delay."""

DELAYS = (0.0, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds before the first, second, … restart in a row."""

_OURS = "[supervisor]"

QUOTED = 400
"""Characters of a model's last line: a FailureReason has 1,024 in all."""


class LocalInstance(Settling):
    """One supervised model process.

    `launch` is called before each start, in the watching thread, and may take its time (a download, libraries): its files until
    `deadline`, which begins anew with each later start. Until then it is tried again while what it needs is out of reach, or the
    machine has no room; what it refuses is never tried again. `changed` is called, from the same thread, whenever `address` has changed.
    """

    def __init__(
        self,
        launch: Callable[[], Launch],
        log: Log,
        *,
        changed: Callable[[], None] = lambda: None,
        startup: float = contract.STARTUP_SECONDS,
        deadline: Deadline | None = None,
    ) -> None:
        super().__init__()
        self.address: Address | None = None
        self.restarts = 0
        self._launch = launch
        self.log = log
        self._changed = changed
        self._startup = startup
        self._deadline = deadline or Deadline()
        self._stopping = self._deadline.stopping
        self._process: subprocess.Popen[bytes] | None = None
        self._confinement: Confinement | None = None
        self._directory: SocketDirectory | None = None
        self._doubts, self._doubt = socket.socketpair()
        self._thread = threading.Thread(target=self._watch, name=f"watch {log.path.stem}", daemon=True)

    @property
    def log_name(self) -> str:
        return self.log.path.name

    @property
    def pid(self) -> int | None:
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def start(self) -> None:
        try:
            self._thread.start()
        except RuntimeError:
            self._close()
            raise

    def doubt(self, address: Address) -> None:
        if self.address == address:
            self.address = None
            with contextlib.suppress(OSError):  # stopped meanwhile
                self._doubt.send(b"?")

    def stop(self, grace: float = contract.STOP_SECONDS) -> None:
        """SIGTERM, then SIGKILL after `grace` seconds; returns when the process is gone.

        A launch that is still downloading is not waited for longer than that; it starts nothing afterwards.
        """
        self._stopping.set()
        process = self._process
        if process is not None:
            end(process, grace, self._confinement)
        if self._thread.is_alive():
            self._thread.join(grace + 1)
        if not self._thread.is_alive():
            self._close()

    def _close(self) -> None:
        self._doubts.close()
        self._doubt.close()
        self.log.close()
        if self._directory is not None:
            self._directory.remove()

    def _watch(self) -> None:
        in_a_row = 0
        while not self._stopping.is_set():
            began = time.monotonic()
            failure = self._run_once()
            self._set_address(None)
            if not self.is_settled:
                in_a_row = max(in_a_row, 1)  # it never was there, so at once is no hurry
            if not self._waits_for(failure):
                self._settle(failure)
            if isinstance(failure, Refused):
                self.log.write(f"{_OURS} {failure}; it is not tried again\n".encode())
                return
            in_a_row = 0 if time.monotonic() - began > STEADY_SECONDS else in_a_row
            delay = DELAYS[min(in_a_row, len(DELAYS) - 1)]
            in_a_row += 1
            if not self._stopping.is_set():
                self.log.write(f"{_OURS} {failure}; starting again in {delay:g} s\n".encode())
            self.restarts += 1  # who sees that finds the reason in the log
            self._stopping.wait(delay)

    def _waits_for(self, failure: StartFailed) -> bool:
        """Whether its first start goes on: what keeps it from it may pass, and there is time."""
        if self.is_settled or self._stopping.is_set() or not self._deadline.left:
            return False
        if not may_pass(failure):
            return False
        log.warning("instance %s of %s waits: %s", self.log.path.stem, self.log.path.parent.name, failure)
        return True

    def _run_once(self) -> StartFailed:
        """Start the process and stay with it until it is gone. Answers why it is gone."""
        if self.is_settled:
            self._deadline.begin()
        try:
            launch = self._launch()
            if self._stopping.is_set():
                return NotPrepared("it was stopped before it was started")
            process, address = self._started(launch)
        except NotPrepared as missing:
            return missing
        except Exception as error:  # noqa: BLE001  (a thread that died here would leave its endpoint Creating for ever)
            failure = NotPrepared(f"the process could not be started: {outwards(error)}")
            failure.__cause__ = error
            return failure
        if self._stopping.is_set():
            # `stop` came before there was a process to end.
            end(process, 0, launch.confinement)
        pumping = threading.Thread(target=pump, args=(process.stderr, self.log), daemon=True)
        pumping.start()
        guard = self._guarded(process, launch.confinement)
        try:
            reason = self._stay_with(process, address)
        finally:
            end(process, contract.STOP_SECONDS if self._stopping.is_set() else 0, launch.confinement)
            if guard is not None:
                guard.stop()
                reason = guard.reason or reason
            pumping.join(1)
            assert self._directory is not None
            self._directory.clear()
            for pipe in (process.stdin, process.stdout):
                assert pipe is not None
                pipe.close()
        last = "" if self.is_settled else _quoted(self.log.last_line())
        return StartFailed(f"{reason} ({last})" if last else reason)

    def _started(self, launch: Launch) -> tuple[subprocess.Popen[bytes], Address]:
        """A process, and where it will answer. Raises OSError."""
        if self._directory is None:
            self._directory = SocketDirectory()
        listener, path = self._directory.listen()
        self._confinement = launch.confinement
        with listener:  # the process has it, and with the process it ends
            self._process = start(launch, listener, self._directory)
        return self._process, unix(path)

    def _guarded(self, process: subprocess.Popen[bytes], confinement: Confinement | None) -> Guard | None:
        if confinement is None or self._directory is None:
            return None
        scratch = None if confinement.has_namespaces else self._directory.path
        guard = Guard(process.pid, confinement, scratch, lambda: end(process, 0, confinement))
        guard.start()
        return guard

    def _stay_with(self, process: subprocess.Popen[bytes], address: Address) -> str:
        deadline = time.monotonic() + self._startup
        if not announced(process, deadline):
            return how_it_ended(process, "did not announce in time that it is ready")
        while not ping(address):
            if process.poll() is not None or time.monotonic() > deadline or self._stopping.wait(0.05):
                return how_it_ended(process, "did not pass the ping health check in time")
        self._set_address(address)
        self._settle()
        self.log.write(f"{_OURS} process {process.pid} answers at {address.socket}\n".encode())
        missed = 0
        while missed < MISSED_PINGS:
            if _ended(process, self._doubts, PING_EVERY) or process.poll() is not None:
                return how_it_ended(process, "closed its output")
            if ping(address):
                missed = 0
                self._set_address(address)
            else:
                missed += 1
        return f"did not answer {MISSED_PINGS} pings in a row"

    def _set_address(self, address: Address | None) -> None:
        if self.address != address:
            self.address = address
            self._changed()


def _quoted(line: str) -> str:
    """So much of what a model said last that the reason for a failure still ends with where to read the rest."""
    if line.startswith(_OURS):
        return ""  # it has said nothing
    return line if len(line) <= QUOTED else f"{line[:QUOTED]}…"


def _ended(process: subprocess.Popen[bytes], doubts: socket.socket, timeout: float) -> bool:
    """Wait for the process to end (True), a doubt, or `timeout` seconds."""
    assert process.stdout is not None
    end = process.stdout.fileno()
    heard = readable(end, doubts.fileno(), timeout=timeout)
    if doubts.fileno() in heard:
        doubts.recv(4096)
    return end in heard
