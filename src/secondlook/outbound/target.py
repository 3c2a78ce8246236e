"""The URLs that can be gone to at all. Pure: what a name resolves to is judged later, by its number.

A host is refused here whose text a resolver would read as something else: C libraries take `127.1`, `0x7f.1` and
`2130706433` for 127.0.0.1, and the encoding of international names turns `①②⑦.0.0.1` into it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import SplitResult, urlsplit

from secondlook.outbound.address import Address
from secondlook.outbound.errors import NotAllowed

PORTS = {"http": 80, "https": 443}

LONGEST_NAME = 253
"""Characters of a host name (RFC 1035)."""

_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f]")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", re.IGNORECASE | re.ASCII)
_BESIDE_BRACKETS = re.compile(r"[^@]\[|\][^:]")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Target:
    """A URL's parts; `host` in ASCII. `address` is there where the host is one in numbers."""

    parts: SplitResult
    host: str
    port: int
    address: Address | None


def target(url: str) -> Target:
    """The parts of an http or https URL; raises NotAllowed saying what is wrong with it."""
    if _UNPRINTABLE.search(url):
        raise NotAllowed(
            f"{url!r} is not a URL: it holds a space or a control character; write %20 for a space"
        )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise NotAllowed(f"{url!r} is not a URL: {error}") from None
    if parts.scheme not in PORTS:
        raise NotAllowed(
            f"{url!r} must be an http or https address: it does not begin with http:// or https://"
        )
    if _BESIDE_BRACKETS.search(parts.netloc):
        raise NotAllowed(
            f"{url!r} is not a URL: between the brackets of an IPv6 address and its port stands more"
        )
    if not parts.hostname:
        raise NotAllowed(f"{url!r} names no host")
    if parts.username is not None or parts.password is not None:
        raise NotAllowed(
            f"the URL of {parts.hostname} carries a user name or password, which would end up in logs"
        )
    if port == 0:
        raise NotAllowed(f"{url!r} names port 0, and nobody can listen there")
    try:
        host, address = _host(parts.hostname, is_ipv6=parts.netloc.startswith("["))
    except ValueError as error:
        raise NotAllowed(f"{url!r} cannot be reached: {parts.hostname!r} is no host name, {error}") from None
    return Target(parts, host, port or PORTS[parts.scheme], address)


def _host(text: str, *, is_ipv6: bool) -> tuple[str, Address | None]:
    """The host as it is resolved, and its address if it is one in numbers; ValueError says why it is neither."""
    if is_ipv6:
        return text, _ipv6(text)
    labels = [_ascii(label) for label in text.split(".")]
    for label in labels:
        if not label:
            raise ValueError("a part of it is empty: two dots, or one at an end")
        if not _LABEL.fullmatch(label):
            raise ValueError(f"its part {label!r} is not 1 to 63 letters, digits, and hyphens inside")
    name = ".".join(labels)
    if len(name) > LONGEST_NAME:
        raise ValueError(f"it is longer than {LONGEST_NAME} characters")
    return name, _ipv4(name) if _NUMBER.fullmatch(labels[-1]) else None


def _ascii(label: str) -> str:
    """A part of an international name in its ASCII form."""
    if label.isascii():
        return label
    try:
        encoded = label.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise ValueError(f"its part {label!r} has no ASCII form ({error})") from None
    if not encoded.startswith("xn--") or "." in encoded:
        raise ValueError(f"its part {label!r} is another spelling of {encoded!r}: write that")
    return encoded


def _ipv4(text: str) -> IPv4Address:
    try:
        return IPv4Address(text)
    except AddressValueError:
        raise ValueError("it ends in a number, so it is an address: write four decimal numbers") from None


def _ipv6(text: str) -> IPv6Address:
    if "%" in text:
        raise ValueError("the name of an interface means something on one machine only")
    try:
        return IPv6Address(text)
    except AddressValueError as error:
        raise ValueError(f"it is no IPv6 address either ({error})") from None
