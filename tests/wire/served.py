"""The operations that the server serves: each of them is tested on the wire."""

from __future__ import annotations

from secondlook.api import operations

SERVED = operations.SERVICES

OPERATIONS = [(service, name) for service in SERVED for name in sorted(operations.served(service))]
