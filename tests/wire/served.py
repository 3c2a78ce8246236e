"""The operations that the server serves: each of them is tested on the wire."""

from __future__ import annotations

from secondlook.api import operations
from secondlook.wire import specs

SERVED = tuple(operations.SERVED)

OPERATIONS = [
    (service, name)
    for service, functions in operations.SERVED.items()
    for name in sorted(specs.load(service))
    if operations.spelled(name) in functions
]
