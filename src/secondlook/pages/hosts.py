"""Which host a visitor came by, and whether this server answers to that name.

A page of another site may point its own name at our address (DNS rebinding) and would then be same-origin with
us; so names that nobody configured are refused. An address literal cannot be rebound and is always fine.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from secondlook.settings import Settings

_HOST = re.compile(r"(?:\[(?P<literal>[0-9a-f:.]+)\]|(?P<name>[a-z0-9._-]+))(?::[0-9]{1,5})?", re.IGNORECASE)


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
            or (_is_address(name) and ipaddress.ip_address(name).is_loopback)
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
    """ASGI: answers 421 to a host name nobody configured, and hands the Arrival on in `scope['arrival']`."""

    def __init__(self, inner: ASGIApp, settings: Settings) -> None:
        self._inner = inner
        self._names = known_names(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        came = arrival(scope)
        if not is_known(came.host, self._names):
            refusal = PlainTextResponse(
                f"This server does not answer to the name {name_of(came.host) or came.host!r}. Whoever runs it can add the name "
                "with --allowed-hosts, or --public-url.\n",
                421,
            )
            await refusal(scope, receive, send)
            return
        await self._inner({**scope, "arrival": came}, receive, send)


def known_names(settings: Settings) -> frozenset[str]:
    """Every host name that the settings mention, and localhost."""
    urls = (settings.public_url, settings.advertise)
    named = {urlsplit(url).hostname or "" for url in urls if url}
    return frozenset(
        {"localhost", settings.host.lower(), *named, *(one.lower() for one in settings.allowed_hosts)}
    )


def is_known(host: str, names: frozenset[str]) -> bool:
    name = name_of(host)
    return bool(name) and (name in names or name.endswith(".localhost") or _is_address(name))


def name_of(host: str) -> str:
    """The name in a Host header: without port, brackets and final dot; empty if it is no host and port (RFC 9110, 7.2)."""
    match = _HOST.fullmatch(host)
    if match is None:
        return ""
    literal: str | None = match["literal"]
    return literal if literal is not None else match["name"].removesuffix(".")


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
