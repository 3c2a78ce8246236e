"""A model server as a process on this machine: started, watched, restarted, stopped.

The process gets an environment built from nothing, an address space of its own and a pipe that tells it when we die
(`runtimes.lifeline`). It announces the port it chose on its standard output; what it prints goes to a bounded log.
One thread per process watches it: a death is followed by a restart, at once the first time, then ever later.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from secondlook.hosting import contract
from secondlook.hosting.log import Log

PING_EVERY = 10.0
MISSED_PINGS = 3
"""So many unanswered pings in a row, and a process that still lives is taken for dead."""

STEADY_SECONDS = 60.0
"""A process that lived this long begins anew with the shortest delay."""

DELAYS = (0.0, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds before the first, second, … restart in a row."""


class StartFailed(Exception):
    """The process did not become ready; the message says why, with the last line of its log."""


def runtime_command(runtime: str) -> list[str]:
    """The command of a built-in runtime. `-I` keeps the Python settings of our environment out, `-u` prints at once."""
    return [sys.executable, "-I", "-u", "-m", f"secondlook.hosting.runtimes.{runtime}"]


class LocalProcess:
    """One supervised model process. `address` is where it answers, None while it does not.

    `environment` is what the model asked for; the process gets that, the contract's variables and nothing of ours.
    `changed` is called, from the watching thread, whenever `address` has changed.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        model_dir: Path,
        log: Log,
        changed: Callable[[], None] = lambda: None,
        startup: float = contract.STARTUP_SECONDS,
    ) -> None:
        self.address: tuple[str, int] | None = None
        self.restarts = 0
        self._command = list(command)
        self._environment = _environment(environment, model_dir)
        self.log = log
        self._changed = changed
        self._startup = startup
        self._stopping = threading.Event()
        self._settled = threading.Event()
        self._failure: str | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._watch, name=f"watch {log.path.stem}", daemon=True)

    @property
    def pid(self) -> int | None:
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def wait_ready(self, timeout: float | None = None) -> None:
        """Until the first ping passes. Raises StartFailed when the first start does not get that far."""
        limit = self._startup + 5 if timeout is None else timeout
        if not self._settled.wait(limit):
            raise StartFailed(f"it was not ready after {limit:g} seconds")
        if self._failure is not None:
            raise StartFailed(self._failure)

    def stop(self, grace: float = contract.STOP_SECONDS) -> None:
        """SIGTERM, then SIGKILL after `grace` seconds; returns when the process is gone."""
        self._stopping.set()
        process = self._process
        if process is not None:
            _end(process, grace)
        if self._thread.is_alive():
            self._thread.join()
        self.log.close()

    def _watch(self) -> None:
        in_a_row = 0
        while not self._stopping.is_set():
            began = time.monotonic()
            reason = self._run_once()
            self._set_address(None)
            if not self._settled.is_set():
                last = self.log.last_line()
                self._failure = f"{reason} ({last})" if last else reason
                self._settled.set()
                return
            if self._stopping.is_set():
                return
            in_a_row = 0 if time.monotonic() - began > STEADY_SECONDS else in_a_row
            delay = DELAYS[min(in_a_row, len(DELAYS) - 1)]
            in_a_row += 1
            self.restarts += 1
            self.log.write(f"[supervisor] {reason}; starting again in {delay:g} s\n".encode())
            self._stopping.wait(delay)

    def _run_once(self) -> str:
        """Start the process and stay with it until it is gone. Answers why it is gone."""
        try:
            process = self._process = _started(self._command, self._environment)
        except OSError as error:
            return f"the process could not be started: {error}"
        pump = threading.Thread(target=_pump, args=(process.stderr, self.log), daemon=True)
        pump.start()
        try:
            reason = self._stay_with(process)
        finally:
            _end(process, contract.STOP_SECONDS if self._stopping.is_set() else 0)
            pump.join(1)
            for pipe in (process.stdin, process.stdout):
                assert pipe is not None
                pipe.close()
        return reason

    def _stay_with(self, process: subprocess.Popen[bytes]) -> str:
        deadline = time.monotonic() + self._startup
        port = _announced(process, deadline)
        if port is None:
            return _how_it_ended(process, "did not announce a port in time")
        while not ping(("127.0.0.1", port)):
            if process.poll() is not None or time.monotonic() > deadline or self._stopping.wait(0.05):
                return _how_it_ended(process, "did not pass the ping health check in time")
        self._set_address(("127.0.0.1", port))
        self._settled.set()
        missed = 0
        while missed < MISSED_PINGS:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(PING_EVERY)
                return _how_it_ended(process, "")
            missed = 0 if ping(("127.0.0.1", port)) else missed + 1
        return f"did not answer {MISSED_PINGS} pings in a row"

    def _set_address(self, address: tuple[str, int] | None) -> None:
        if self.address != address:
            self.address = address
            self._changed()


def ping(address: tuple[str, int]) -> bool:
    """Whether GET /ping answers 200 within its two seconds."""
    connection = http.client.HTTPConnection(*address, timeout=contract.PING_SECONDS)
    try:
        connection.request("GET", contract.PING)
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _environment(asked: Mapping[str, str], model_dir: Path) -> dict[str, str]:
    """Built from nothing: no setting, key or address of ours can leak into a model's process."""
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "OMP_NUM_THREADS": str(max(1, (os.cpu_count() or 1) // 2)),
        **asked,
        contract.MODEL_DIRECTORY: str(model_dir),
        contract.PORT: "0",
    }


def _started(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  (our own command, no shell)
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        cwd="/",
        start_new_session=True,
    )


def _announced(process: subprocess.Popen[bytes], deadline: float) -> int | None:
    """The port in the one line of JSON that the process writes; None when it ends or is too slow."""
    assert process.stdout is not None
    line = b""
    while not line.endswith(b"\n"):
        ready, _, _ = select.select([process.stdout], [], [], max(0.0, deadline - time.monotonic()))
        piece = os.read(process.stdout.fileno(), 4096) if ready else b""
        if not piece:
            return None
        line += piece
    try:
        return int(json.loads(line)["port"])
    except (ValueError, KeyError, TypeError):
        return None


def _how_it_ended(process: subprocess.Popen[bytes], otherwise: str) -> str:
    with contextlib.suppress(subprocess.TimeoutExpired):
        # Its output closes a moment before its death is known.
        code = process.wait(1)
        return (
            f"the process was ended by {signal.Signals(-code).name}"
            if code < 0
            else f"the process exited with {code}"
        )
    return otherwise


def _pump(stream: IO[bytes] | None, log: Log) -> None:
    assert stream is not None
    with stream, contextlib.suppress(ValueError):  # the log may be closed before the last words
        while text := os.read(stream.fileno(), 65536):
            log.write(text)


def _end(process: subprocess.Popen[bytes], grace: float) -> None:
    """End the process and whatever it started: they share a process group."""
    with contextlib.suppress(ProcessLookupError):
        if grace > 0:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(grace)
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
