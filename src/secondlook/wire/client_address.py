"""Whose traffic an address is, for whoever counts by address."""

from __future__ import annotations

import ipaddress


def subscriber(address: str) -> str:
    """The address itself, or the /64 of an IPv6 address: one connection to the internet has that many addresses.

    What is no address (a Unix socket's peer has none) stands for itself.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or ipaddress.ip_network((parsed, 64), strict=False))
