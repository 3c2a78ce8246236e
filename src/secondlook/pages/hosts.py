"""Which host a visitor came by; names that this server does not answer to (`wire/hosts.py`) are refused with a page."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from secondlook.wire.hosts import Hosts, is_address, name_of


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a request reached us: the base URL the visitor typed, and the visitor's address."""

    scheme: str
    host: str  # with its port unless it is the scheme's own
    client: str

    @property
    def is_loopback(self) -> bool:
        """Whether the name that was typed is this machine's for itself."""
        name = name_of(self.host)
        return (
            name == "localhost"
            or name.endswith(".localhost")
            or (is_address(name) and ipaddress.ip_address(name).is_loopback)
        )

    @property
    def base_url(self) -> str:
        return f"{self.scheme}://{self.host}"


def arrival(scope: Scope) -> Arrival:
    """The arrival of a request; a repeated Host header is nobody's."""
    hosts = Headers(scope=scope).getlist("host")
    client, _ = scope.get("client") or ("", 0)
    return Arrival(scope.get("scheme", "http"), hosts[0].lower() if len(hosts) == 1 else "", client)


class KnownHosts:
    """ASGI: answers with `misdirected` whoever came by a name that nobody configured, and hands the Arrival on in `scope['arrival']`.

    Our static files are nobody's secret, and the answer is a page that needs them.
    """

    def __init__(self, inner: ASGIApp, hosts: Hosts, misdirected: Callable[[Scope], Response]) -> None:
        self._inner = inner
        self._hosts = hosts
        self._misdirected = misdirected

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        came = arrival(scope)
        if self._hosts.knows(came.host) or scope["path"].startswith("/static/"):
            await self._inner({**scope, "arrival": came}, receive, send)
        else:
            await self._misdirected(scope)(scope, receive, send)
