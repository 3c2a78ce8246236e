"""moto's server, which keeps all in memory: what people test against today."""

from __future__ import annotations

from contextlib import AbstractContextManager

from bench.process import serving_on
from tests.running import free_port


def running() -> AbstractContextManager[int]:
    """In a process of its own; gives the port."""
    port = free_port()
    return serving_on(port, "moto.server", ["-p", str(port)])
