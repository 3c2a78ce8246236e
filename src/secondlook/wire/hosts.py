"""Which names this server answers to, and which of them name a bucket.

A page of another site may point its own name at our address (DNS rebinding) and would then be same-origin with us; so names that
nobody configured are refused to people. An address literal cannot be rebound and is always fine. In virtual-hosted style a bucket
stands before one of the server's names, as in `pictures.localhost:8700`; AWS's labels may stand between (`pictures.s3.localhost`,
`pictures.s3.us-east-1.localhost`).
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from secondlook.names import is_bucket_name
from secondlook.settings import Settings
from secondlook.wire.errors import AwsError

_HOST = re.compile(r"(?:\[(?P<literal>[0-9a-f:.]+)\]|(?P<name>[a-z0-9._-]+))(?::[0-9]{0,5})?", re.IGNORECASE)


class Hosts:
    """The host names that the settings mention, and localhost. Hosts are taken as Host headers write them."""

    def __init__(self, settings: Settings) -> None:
        urls = (settings.public_url, settings.advertise)
        named = {urlsplit(url).hostname or "" for url in urls if url}
        allowed = {name.lower() for name in settings.allowed_hosts}
        self._names = frozenset({"localhost", settings.host.lower(), *named, *allowed} - {""})
        names = [name for name in self._names if not is_address(name)]
        labels = (f"s3.{settings.region}.", "s3.", "")
        self._suffixes = tuple(
            f".{label}{name}" for label in labels for name in sorted(names, key=len, reverse=True)
        )

    def knows(self, host: str) -> bool:
        """Whether a host is this server itself: a name of the settings, any address, a name of loopback that is no bucket."""
        name = name_of(host)
        if name in self._names or is_address(name):
            return True
        return name.endswith(".localhost") and not self.bucket(host)

    def bucket(self, host: str) -> str:
        """The bucket that a host names before one of ours; empty where it names none."""
        name = name_of(host)
        if name in self._names or f".{name}" in self._suffixes:
            return ""
        suffix = next((suffix for suffix in self._suffixes if name.endswith(suffix)), "")
        bucket = name.removesuffix(suffix)
        return bucket if suffix and is_bucket_name(bucket) else ""

    def check(self, host: str) -> None:
        """Raise InvalidHostHeader where a host may name a bucket before a name that is none of ours.

        Its path would be taken for bucket and key, and an empty PUT would make a bucket that is called as the object.
        """
        name = name_of(host)
        label, dot, _ = name.partition(".")
        if dot and is_bucket_name(label) and not self.bucket(host) and not self.knows(host):
            raise AwsError(
                "InvalidHostHeader",
                f"{name!r} is none of this server's names, so nobody can tell whether it begins with a bucket. Send the request "
                "to a name of the server, with the bucket in the path (path style: addressing_style 'path' in boto3, "
                "forcePathStyle in JavaScript); or whoever runs it can add the name with --allowed-hosts.",
                400,
            )


def name_of(host: str) -> str:
    """The name in a Host header: in lower case, without port, brackets and final dot; empty if it is no host and port (RFC
    9110, 7.2).
    """
    match = _HOST.fullmatch(host)
    if match is None:
        return ""
    literal: str | None = match["literal"]
    return (literal if literal is not None else match["name"].removesuffix(".")).lower()


def is_address(name: str) -> bool:
    """Whether a name is the literal of an address."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
