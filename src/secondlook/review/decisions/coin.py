"""The coin of a unit: thrown once, before anybody looks at what a model says of it. Pure [statistics, §1]."""

from __future__ import annotations

import hashlib
import hmac

_SIDES = 2**53
"""As many values as a float tells apart in [0, 1)."""


def coin(key: bytes, flow: str, unit: str) -> float:
    """A number in [0, 1), the same for the same unit of a flow definition however often it is asked for.

    `key` is the server's own: nobody can choose an input for its coin. `unit` is the group that the caller names, else
    the hash of the input.
    """
    digest = hmac.digest(key, f"{flow}\n{unit}".encode("utf-8", "surrogatepass"), hashlib.sha256)
    return (int.from_bytes(digest[:8]) >> 11) / _SIDES
