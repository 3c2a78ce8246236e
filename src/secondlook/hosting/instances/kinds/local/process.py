"""Starting, hearing and ending one model process: what is supervised, as plain functions."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from secondlook.hosting import contract
from secondlook.hosting.instances.instance import Address
from secondlook.hosting.logs.log import Log


@dataclass(frozen=True, slots=True)
class Launch:
    """What it takes to start. `environment` is what the model asked for."""

    command: Sequence[str]
    environment: Mapping[str, str]
    model_dir: Path


def runtime_command(runtime: str, python: Path | str = sys.executable) -> list[str]:
    """The command of a built-in runtime. `-I` keeps the Python settings of our environment out, `-u` prints at once."""
    return [str(python), "-I", "-u", "-m", f"secondlook.hosting.runtimes.{runtime}"]


def ping(address: Address) -> bool:
    """Whether GET /ping answers 200 within its two seconds."""
    connection = http.client.HTTPConnection(address.host, address.port, timeout=contract.PING_SECONDS)
    try:
        connection.request("GET", contract.PING)
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _environment(variables: Mapping[str, str], model_dir: Path) -> dict[str, str]:
    """Built from nothing: no setting, key or address of ours can leak into a model's process."""
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "OMP_NUM_THREADS": str(max(1, (os.cpu_count() or 1) // 2)),
        **variables,
        contract.MODEL_DIRECTORY: str(model_dir),
        contract.PORT: "0",
    }


def start(launch: Launch) -> subprocess.Popen[bytes]:
    """The process, with pipes to its three streams and a process group of its own. Raises OSError."""
    return subprocess.Popen(  # noqa: S603  (our own command, no shell)
        launch.command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(launch.environment, launch.model_dir),
        cwd="/",
        start_new_session=True,
    )


def announced_port(process: subprocess.Popen[bytes], deadline: float) -> int | None:
    """The port in the one line of JSON that the process writes; None when it ends or is too slow.

    The process keeps its end of the pipe open for as long as it lives.
    """
    assert process.stdout is not None
    line = b""
    while not line.endswith(b"\n"):
        ready = readable(process.stdout.fileno(), timeout=max(0.0, deadline - time.monotonic()))
        piece = os.read(process.stdout.fileno(), 4096) if ready else b""
        if not piece:
            return None
        line += piece
    try:
        return int(json.loads(line)["port"])
    except (ValueError, KeyError, TypeError):
        return None


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
        return (
            f"the process was ended by {signal.Signals(-code).name}"
            if code < 0
            else f"the process exited with {code}"
        )
    return otherwise


def pump(stream: IO[bytes] | None, log: Log) -> None:
    """Everything the process says goes to its log, until it has no more to say."""
    assert stream is not None
    with stream, contextlib.suppress(ValueError):  # the log may be closed before the last words
        while text := os.read(stream.fileno(), 65536):
            log.write(text)
        log.end_line()


def end(process: subprocess.Popen[bytes], grace: float) -> None:
    """End the process and whatever it started: they share a process group."""
    with contextlib.suppress(ProcessLookupError):
        if grace > 0:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(grace)
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
