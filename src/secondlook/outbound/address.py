"""Which addresses may be reached: decided on numbers, never on names.

Sources: the IANA registries of special-purpose IPv4 and IPv6 addresses (RFC 6890), and what clouds serve credentials at.
The tables stand here, because Python's own differ from release to release.
"""

from __future__ import annotations

import socket
from collections.abc import Collection, Iterable, Iterator
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from secondlook.outbound.errors import NotAllowed

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

NEVER: tuple[Network, ...] = (
    *map(
        ip_network,
        (
            "0.0.0.0/8",
            "169.254.0.0/16",  # link-local, and the metadata service of most clouds
            "100.100.100.200/32",  # the metadata service of Alibaba Cloud
            "168.63.129.16/32",  # the platform service of Azure
            "192.0.0.0/24",  # protocol assignments, and the metadata service of Oracle Cloud
            "192.88.99.0/24",  # relays of 6to4
            "224.0.0.0/4",
            "255.255.255.255/32",
            "64:ff9b:1::/48",  # NAT64 of the local network: where it leads is known there only
            "100::/64",  # discard
            "2001::/32",  # Teredo: leads to an IPv4 address through somebody's relay
            "fe80::/10",
            "fec0::/10",  # site-local
            "fd00:ec2::254/128",  # the metadata service of AWS over IPv6
            "ff00::/8",
        ),
    ),
    # IPv4 addresses in the spelling `::10.0.0.1`, all but loopback, which is private like 127.0.0.1.
    *IPv6Network("::/96").address_exclude(IPv6Network("::1/128")),
)
"""Addresses that no setting opens."""

PRIVATE: tuple[Network, ...] = tuple(
    map(
        ip_network,
        (
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "172.16.0.0/12",
            "192.0.2.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "240.0.0.0/4",
            "2001::/23",
            "2001:db8::/32",
            "3fff::/20",
        ),
    )
)
"""Addresses that `allow_outbound` opens. So it does all IPv6 outside `PUBLIC_IPV6`."""

PUBLIC_IPV6 = IPv6Network("2000::/3")
"""All of IPv6 that is given out for the Internet; the rest is of local use, or of none yet."""

_NAT64 = IPv6Network("64:ff9b::/96")


class Gate:
    """Judges addresses.

    `allow` are the private ranges that may be reached (setting `allow_outbound`, CIDRs); ValueError names one that is
    no range. `own_ports` are ports of this machine that are never reached; the collection is read each time, so
    it may grow.
    """

    def __init__(self, allow: Iterable[str] = (), own_ports: Collection[int] = ()) -> None:
        self._allow = tuple(_network(text) for text in allow)
        self._own_ports = own_ports

    def judge(self, url: str, address: Address, port: int) -> None:
        """Raise NotAllowed, naming `url` and the reason, unless the address may be connected to."""
        for face in _faces(address):
            if _within(face, NEVER):
                raise NotAllowed(f"{url} leads to {address}, which is never reached from here")
            if _is_private(face) and not _within(face, self._allow):
                raise NotAllowed(
                    f"{url} leads to the private address {address}; an administrator can allow it with "
                    f"--allow-outbound {face}/{face.max_prefixlen}"
                )
            if port in self._own_ports and _is_ours(face):
                raise NotAllowed(f"{url} leads back to this server itself (port {port})")


def parse(text: str) -> Address:
    """The address in a resolver's answer, without an interface's name (`fe80::1%eth0`)."""
    return ip_address(text.partition("%")[0])


def _network(text: str) -> Network:
    try:
        return ip_network(text, strict=False)
    except ValueError:
        raise ValueError(f"{text!r} is not an address range; write it like 10.0.0.0/8 or fd00::/8") from None


def _within(address: Address, networks: Iterable[Network]) -> bool:
    return any(address in network for network in networks)


def _is_private(address: Address) -> bool:
    return _within(address, PRIVATE) or (isinstance(address, IPv6Address) and address not in PUBLIC_IPV6)


def _faces(address: Address) -> Iterator[Address]:
    """The address, or the IPv4 address that an IPv6 one carries inside: both spellings reach the same place."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is not None:
            yield inner
            return
    yield address


def _is_ours(address: Address) -> bool:
    """Whether this machine has the address: then, and only then, a socket can be bound to it."""
    family = socket.AF_INET if isinstance(address, IPv4Address) else socket.AF_INET6
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        try:
            probe.bind((str(address), 0))
        except OSError:
            return False
    return True
