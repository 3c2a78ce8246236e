"""Where a request comes from, when a proxy stands before us: the one place that believes a forwarding header, and whose.

`Forwarded` (RFC 7239) or `X-Forwarded-*` count only when the peer itself is a proxy of the settings. A chain is read from its end:
the first address that is no such proxy is the client, because everything before it came from outside. A proxy writes one of the two
kinds and passes the other on as it came, so where both are there nobody can tell which is its own, and neither is believed.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import Scope

_PAIR = re.compile(r'\s*([!#$%&\'*+.^_`|~\w-]+)=("(?:[^"\\]|\\.)*"|[^;,"]*)\s*(;|,|$)')
_OLDER = ("x-forwarded-for", "x-forwarded-proto", "x-forwarded-host")
_SCHEMES = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True)
class _Hop:
    """What one proxy says of who spoke to it; empty where it says nothing."""

    client: str = ""
    scheme: str = ""
    host: str = ""


class Proxies:
    """The proxies whose word is taken: addresses and networks (CIDR)."""

    def __init__(self, trusted: Iterable[str]) -> None:
        self._networks = [ipaddress.ip_network(network, strict=False) for network in trusted]

    def trusts(self, peer: str) -> bool:
        """Whether an address is one of them."""
        try:
            address = ipaddress.ip_address(peer)
        except ValueError:
            return False
        if isinstance(address, ipaddress.IPv6Address):
            address = address.ipv4_mapped or address
        return any(address in network for network in self._networks)

    def seen_through(self, scope: Scope) -> Scope:
        """The scope as it would be without proxies: `client`, `scheme` and the Host header are the visitor's own."""
        peer, port = scope.get("client") or ("", 0)
        if not self._networks or not self.trusts(peer):
            return scope
        hop, client = _Hop(), peer
        for hop in reversed(list(_hops(Headers(scope=scope)))):
            client = hop.client or client
            if not hop.client or not self.trusts(client):
                break
        through = {**scope, "client": (client, 0 if client != peer else port)}
        if hop.scheme:
            through["scheme"] = hop.scheme
        if hop.host:
            rest = [(name, value) for name, value in scope["headers"] if name != b"host"]
            through["headers"] = [(b"host", hop.host.encode("latin-1")), *rest]
        return through


def _hops(headers: Headers) -> Iterator[_Hop]:
    """What the proxies say, the farthest first; nothing is taken from a header that cannot be read."""
    if "forwarded" in headers:
        if not any(name in headers for name in _OLDER):
            yield from _forwarded(",".join(headers.getlist("forwarded")))
        return
    clients = [_address(client) for client in _listed(headers, "x-forwarded-for")]
    # Proxies replace these two far more often than they add to them: the last word is the nearest proxy's.
    scheme = next(reversed(_listed(headers, "x-forwarded-proto")), "").lower()
    host = next(reversed(_listed(headers, "x-forwarded-host")), "")
    nearest = scheme if scheme in _SCHEMES else ""
    yield from (_Hop(client, nearest, host) for client in clients or [""])


def _forwarded(header: str) -> Iterator[_Hop]:
    pairs: dict[str, str] = {}
    at = 0
    while at < len(header):
        match = _PAIR.match(header, at)
        if match is None or match.end() == at:
            return
        name, value, end = match.groups()
        pairs[name.lower()] = re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value.strip()
        at = match.end()
        if end != ";":
            scheme = pairs.get("proto", "").lower()
            yield _Hop(
                _address(pairs.get("for", "")), scheme if scheme in _SCHEMES else "", pairs.get("host", "")
            )
            pairs = {}


def _address(node: str) -> str:
    """The address of a node: without port and brackets; empty for `unknown`, a hidden name or nonsense."""
    node = node.strip()
    bare = node[1:].partition("]")[0] if node.startswith("[") else node
    if bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        return str(ipaddress.ip_address(bare))
    except ValueError:
        return ""


def _listed(headers: Headers, name: str) -> list[str]:
    return [part.strip() for part in ",".join(headers.getlist(name)).split(",") if part.strip()]
