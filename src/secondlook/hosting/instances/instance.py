"""An instance: something behind an endpoint that speaks SageMaker's container contract over HTTP, wherever it runs."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

HTTP, HTTPS = 80, 443


@dataclass(frozen=True, slots=True)
class Address:
    """Where an instance answers. `ips` are tried in their order; `host` and `path` are what its URL says.

    A process of this machine answers at a `socket`, a path, and at no address of the network.
    """

    ips: tuple[str, ...]
    port: int
    host: str
    path: str = ""
    tls: ssl.SSLContext | None = None
    socket: Path | None = None

    @property
    def authority(self) -> str:
        """For the header Host: without the port that the scheme means anyway, as proxies in front of servers expect it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (HTTPS if self.tls else HTTP) else f"{host}:{self.port}"


def unix(path: Path) -> Address:
    """A Unix socket of this machine."""
    return Address((), HTTP, "localhost", socket=path)


class Instance(Protocol):
    """One instance. It looks after itself: it is asked, or started again, until it is stopped."""

    @property
    def address(self) -> Address | None:
        """Where it answers; None while it does not."""

    @property
    def log_name(self) -> str:
        """The file in the endpoint's log directory that says what happens to it."""

    @property
    def is_settled(self) -> bool:
        """Whether `ready` says at once what came of the start."""

    def start(self) -> None:
        """Begin; returns at once. Raises RuntimeError when there are as many threads as there can be."""

    def ready(self, timeout: float | None = None) -> None:
        """Wait until its first ping has passed, or `timeout` seconds. Raises StartFailed when it does not get that far."""

    def doubt(self, address: Address) -> None:
        """A call to `address` broke off: it is not given out again before a ping has passed."""

    def stop(self, grace: float) -> None:
        """End it; returns when it is gone, or `grace` seconds later."""
