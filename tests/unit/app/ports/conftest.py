"""The ports in a process of their own, with limits of the test's choice."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest


@dataclass
class Ports:
    """A running small_server.py."""

    port: int
    _stack: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def connect(self) -> socket.socket:
        return self._stack.enter_context(socket.create_connection(("127.0.0.1", self.port), 30))

    def ended(self) -> list[str]:
        """How the requests so far ended, as the application saw it."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/ended", timeout=30) as answer:
            return json.load(answer)


@pytest.fixture
def ports() -> Iterator[Callable[..., Ports]]:
    """Starts one with these limits."""
    with contextlib.ExitStack() as stack:

        def start(**limits: float) -> Ports:
            command = [sys.executable, str(Path(__file__).with_name("small_server.py")), json.dumps(limits)]
            process = stack.enter_context(
                subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
            )
            stack.callback(process.terminate)
            opened = Ports(int(process.stdout.readline()))
            stack.enter_context(opened._stack)
            return opened

        yield start
