"""Which addresses may be reached: decided on numbers, never on names."""

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

from secondlook.outbound.errors import Refused

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

NEVER = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",
        "169.254.0.0/16",  # link-local, and the metadata service of most clouds
        "100.100.100.200/32",  # the metadata service of Alibaba Cloud
        "168.63.129.16/32",  # the platform service of Azure
        "192.0.0.192/32",  # the metadata service of Oracle Cloud
        "224.0.0.0/4",
        "255.255.255.255/32",
        "::/128",
        "fe80::/10",
        "fd00:ec2::254/128",  # the metadata service of AWS over IPv6
        "ff00::/8",
    )
)
"""Addresses that no setting opens."""

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
        """Raise Refused, naming `url` and the reason, unless the address may be connected to."""
        for face in _faces(address):
            if any(face in network for network in NEVER):
                raise Refused(f"{url} leads to {address}, which is never reached from here")
            if not face.is_global and not any(face in network for network in self._allow):
                raise Refused(
                    f"{url} leads to the private address {address}; an administrator can allow it with "
                    f"--allow-outbound {face}/{face.max_prefixlen}"
                )
            if port in self._own_ports and _is_ours(face):
                raise Refused(f"{url} leads back to this server itself (port {port})")


def parse(text: str) -> Address:
    """The address in a resolver's answer, without an interface's name (`fe80::1%eth0`)."""
    return ip_address(text.partition("%")[0])


def _network(text: str) -> Network:
    try:
        return ip_network(text, strict=False)
    except ValueError:
        raise ValueError(f"{text!r} is not an address range; write it like 10.0.0.0/8 or fd00::/8") from None


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
