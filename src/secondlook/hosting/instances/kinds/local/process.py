"""Starting, hearing and ending one model process: what is supervised, as plain functions."""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from secondlook.hosting import contract
from secondlook.hosting.instances.instance import Address
from secondlook.hosting.instances.kinds.local.confinement import Confinement, usage
from secondlook.hosting.instances.kinds.local.socket_directory import SocketDirectory
from secondlook.hosting.logs.log import Log
from secondlook.hosting.runtimes import lifeline

OUTPUT_RATE = 4 << 20
"""Bytes a second that are taken of what a model says: endless output must not keep this server busy."""

_BY_SIGNAL = 128
"""What is added to the number of a signal where one process ends as another has."""

_KILL_SECONDS = 5.0

_PASSED = re.compile(rb"HTTP/1\.[01] 200(?= |\r)")
_STATUS_LINE = 1024  # bytes


@dataclass(frozen=True, slots=True)
class Launch:
    """What it takes to start. `environment` is what the model asked for."""

    command: Sequence[str]
    environment: Mapping[str, str]
    model_dir: Path
    confinement: Confinement | None = None


def runtime_command(runtime: str, python: Path | str = sys.executable) -> list[str]:
    """The command of a built-in runtime. `-I` keeps the Python settings of our environment out, `-u` prints at once."""
    return [str(python), "-I", "-u", "-m", f"secondlook.hosting.runtimes.{runtime}"]


def ping(address: Address) -> bool:
    """Whether GET /ping answers 200 within its two seconds, however slowly it is said. Only the status counts."""
    request = f"GET {contract.PING} HTTP/1.1\r\nHost: {address.host}\r\nConnection: close\r\n\r\n"
    deadline = time.monotonic() + contract.PING_SECONDS
    said = b""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(contract.PING_SECONDS)
            connection.connect(str(address.socket))
            connection.sendall(request.encode())
            while b"\r\n" not in said and len(said) < _STATUS_LINE:
                connection.settimeout(max(0.001, deadline - time.monotonic()))
                piece = connection.recv(_STATUS_LINE)
                if not piece or time.monotonic() > deadline:
                    return False
                said += piece
    except OSError:
        return False
    return _PASSED.match(said) is not None


def _environment(launch: Launch, listener: int, directory: SocketDirectory) -> dict[str, str]:
    """Built from nothing: no setting, key or address of ours can leak into a model's process."""
    own = launch.confinement.environment(directory) if launch.confinement else {}
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "OMP_NUM_THREADS": str(max(1, (os.cpu_count() or 1) // 2)),
        **own,
        **launch.environment,
        contract.MODEL_DIRECTORY: str(launch.model_dir),
        contract.LISTENER: str(listener),
    }


def start(launch: Launch, listener: socket.socket, directory: SocketDirectory) -> subprocess.Popen[bytes]:
    """The process, with `listener`, pipes to its three streams and a process group of its own. Raises OSError."""
    confinement, command = launch.confinement, launch.command
    return subprocess.Popen(  # noqa: S603  (our own command, no shell)
        confinement.around(command, launch.model_dir, directory) if confinement else command,
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(launch, listener.fileno(), directory),
        pass_fds=[listener.fileno()],
        cwd="/",
        start_new_session=True,
    )


def announced(process: subprocess.Popen[bytes], deadline: float) -> bool:
    """Whether the process has written its one line, before it ended or `deadline`; what that says is not believed.

    The process keeps its end of the pipe open for as long as it lives.
    """
    assert process.stdout is not None
    piece = b""
    while not piece.endswith(b"\n"):
        left = deadline - time.monotonic()
        ready = left > 0 and readable(process.stdout.fileno(), timeout=left)
        piece = os.read(process.stdout.fileno(), 4096) if ready else b""
        if not piece:
            return False
    return True


def readable(*descriptors: int, timeout: float) -> set[int]:
    """Those with something to read, or at their end, within `timeout` seconds. Takes descriptors over 1023 too."""
    poll = select.poll()
    for descriptor in descriptors:
        poll.register(descriptor, select.POLLIN)
    return {descriptor for descriptor, _ in poll.poll(timeout * 1000)}


def how_it_ended(process: subprocess.Popen[bytes], otherwise: str) -> str:
    """In words, how the process ended; `otherwise` if it has not."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        # Its output closes a moment before its death is known.
        code = process.wait(1)
        number = -code if code < 0 else code - _BY_SIGNAL
        with contextlib.suppress(ValueError):
            return f"the process was ended by {signal.Signals(number).name}"
        return f"the process exited with {code}"
    return otherwise


def pump(stream: IO[bytes] | None, log: Log) -> None:
    """Everything the process says goes to its log, until it has no more to say; who says too much has to wait."""
    assert stream is not None
    with stream, contextlib.suppress(ValueError):  # the log may be closed before the last words
        while text := os.read(stream.fileno(), 65536):
            log.write(text)
            time.sleep(len(text) / OUTPUT_RATE)
        log.end_line()


def end(process: subprocess.Popen[bytes], grace: float, confinement: Confinement | None = None) -> None:
    """End the process and whatever it started: they share a process group, or namespaces."""
    with contextlib.suppress(ProcessLookupError):
        if grace > 0:
            _ask_to_end(process, confinement)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(grace)
        if confinement is not None:
            _end_confined(process, confinement)
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _ask_to_end(process: subprocess.Popen[bytes], confinement: Confinement | None) -> None:
    if confinement is None:
        process.terminate()
        return
    # The process that we know is not the model's own, and would end without telling it.
    assert process.stdin is not None
    with contextlib.suppress(OSError, ValueError):
        process.stdin.write(lifeline.END)


def _end_confined(process: subprocess.Popen[bytes], confinement: Confinement) -> None:
    """End what is inside: the first process of its namespaces, or all that its keeper knows. The process outside, which we know,
    is gone once everything is.
    """
    if confinement.has_namespaces:
        init = usage.init_of(process.pid)
        if init is None or process.poll() is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(init, signal.SIGKILL)
    else:
        process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_KILL_SECONDS)
