"""Which host a visitor came by, and whether this server answers to that name.

A page of another site may point its own name at our address (DNS rebinding) and would then be same-origin with
us; so names that nobody configured are refused. An address literal cannot be rebound and is always fine.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from secondlook.settings import Settings


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a request reached us: the base URL the visitor typed, and the visitor's address."""

    scheme: str
    host: str  # with its port unless it is the scheme's own
    client: str

    @property
    def base_url(self) -> str:
        return f"{self.scheme}://{self.host}"


def arrival(scope: Scope, trusted_proxy: str | None) -> Arrival:
    """The arrival of a request; X-Forwarded-* count only when the trusted proxy itself speaks to us."""
    headers = Headers(scope=scope)
    peer = (scope.get("client") or ("", 0))[0]
    scheme, host, client = scope.get("scheme", "http"), headers.get("host", ""), peer
    if trusted_proxy and _is_within(peer, trusted_proxy):
        scheme = _last(headers.get("x-forwarded-proto")) or scheme
        host = _last(headers.get("x-forwarded-host")) or host
        client = _last(headers.get("x-forwarded-for")) or client
    return Arrival("https" if scheme in {"https", "wss"} else "http", host.lower(), client)


class KnownHosts:
    """ASGI: answers 421 to a host name nobody configured, and hands the Arrival on in `scope['arrival']`."""

    def __init__(self, inner: ASGIApp, settings: Settings) -> None:
        self._inner = inner
        self._trusted_proxy = settings.trusted_proxy
        self._names = known_names(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        came = arrival(scope, self._trusted_proxy)
        if not is_known(came.host, self._names):
            refusal = PlainTextResponse(
                f"This server does not answer to the name {name_of(came.host)!r}. Whoever runs it can add the name "
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
    return name in names or name.endswith(".localhost") or _is_address(name)


def name_of(host: str) -> str:
    """The name in a Host header: without port, brackets and final dot."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].removesuffix(".")


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_within(address: str, network: str) -> bool:
    try:
        return ipaddress.ip_address(address) in ipaddress.ip_network(network, strict=False)
    except ValueError:
        return False


def _last(header: str | None) -> str:
    """What the nearest proxy added: the last of a list; what stands before it came from outside."""
    return header.rsplit(",", 1)[-1].strip() if header else ""
