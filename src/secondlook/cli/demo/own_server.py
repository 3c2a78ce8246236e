"""A server for the demo alone: a child process with a data directory of its own, gone when the demo ends."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from botocore.exceptions import ConnectionError as NoConnection

from secondlook.cli import service
from secondlook.cli.errors import CommandError, explain
from secondlook.client import access, client_file
from secondlook.client.errors import NoServer
from secondlook.client.service import Service
from secondlook.settings import SettingError, Settings
from secondlook.store.incoming import private

explain(SettingError)

FOLDER = Path("demo-data")
"""Where a demo without a running server keeps its data, and every demo its picture."""

LONGEST_START = 60.0
"""Seconds; a first start makes a database and a certificate."""

GRACE = 15.0

ASKED_EVERY = 0.1


def running(data: Path | None) -> Service | None:
    """A server that answers already: the one named, else the usual one, else that of an earlier demo."""
    for folder in [data] if data else [None, FOLDER]:
        with contextlib.suppress(NoConnection, NoServer):
            server = service.at(access.find(folder))
            server.own.get_server()
            return server
    return None


@contextlib.contextmanager
def started(data: Path) -> Iterator[Service]:
    """A server of our own, on the port of the settings or else a free one.

    Raises CommandError with what it said if it does not start, SettingError for a port that is none.
    """
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    log, port = data / "demo-server.log", free_port(Settings.load().port)
    client = data / client_file.NAME
    client.unlink(missing_ok=True)
    command = [sys.executable, "-m", "secondlook.cli", "serve", "--data", str(data), "--port", str(port)]
    with open(log, "w", opener=private) as out:
        # A session of its own: Ctrl-C is for the demo, which still has to tidy up.
        child = subprocess.Popen(  # noqa: S603
            [*command, "--tls-port", "0", "--undo-seconds", "0"],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            env=_environment(),
            start_new_session=True,
        )
    try:
        with _ending_orderly():
            yield _first_answer(child, data, log)
    finally:
        child.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(GRACE)
        child.kill()
        child.wait()


@contextlib.contextmanager
def _ending_orderly() -> Iterator[None]:
    """A closed terminal and SIGTERM end the demo as Ctrl-C does, so that nothing of it is left running.

    What it was started to ignore, as `nohup` does, it goes on ignoring.
    """

    def leave(number: int, _: object) -> None:
        sys.exit(128 + number)

    before = {number: signal.getsignal(number) for number in (signal.SIGHUP, signal.SIGTERM)}
    heeded = {number: handler for number, handler in before.items() if handler is not signal.SIG_IGN}
    for number in heeded:
        signal.signal(number, leave)
    try:
        yield
    finally:
        for number, handler in heeded.items():
            signal.signal(number, handler)


def free_port(wanted: int) -> int:
    """The wanted port if it is free, else any that is."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return int(probe.getsockname()[1])
    raise CommandError("No port is free on 127.0.0.1.")


def _environment() -> dict[str, str]:
    """Ours without the settings of another server; where models come from is the user's to say."""
    kept = {"SECONDLOOK_MIRROR", "SECONDLOOK_ALLOW_OUTBOUND"}
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("SECONDLOOK_") or name in kept
    }


def _first_answer(child: subprocess.Popen[bytes], data: Path, log: Path) -> Service:
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until:
        if child.poll() is not None:
            lines = log.read_text().strip().splitlines() or ["it said nothing"]
            raise CommandError(f"The demo's server did not start: {lines[-1].removeprefix('Error: ')}")
        with contextlib.suppress(NoConnection, NoServer):
            server = service.at(client_file.read(data))
            server.own.get_server()
            return server
        time.sleep(ASKED_EVERY)
    raise CommandError(f"The demo's server did not answer within {LONGEST_START:.0f} s; its log is {log}.")
