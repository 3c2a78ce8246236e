"""Where connections for a URL may go, for a client that opens them itself."""

from __future__ import annotations

import ssl
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Way:
    """Addresses that were judged and may be connected to, in the system's order of preference.

    `host` is the name to greet and to check the certificate by; `path` ends without a slash; `tls` is there for https.
    """

    ips: tuple[str, ...]
    port: int
    host: str
    path: str
    tls: ssl.SSLContext | None
