"""A body on its way to the S3 behind us; boto3 may read it twice, so it is bytes or a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from secondlook.store.incoming import Incoming


def with_body(body: bytes | Incoming, send: Callable[[Any], Any]) -> Any:
    """Call `send` with the bytes, or with the open file that holds them, which is gone then."""
    if isinstance(body, bytes):
        return send(body)
    try:
        with body.path.open("rb") as file:
            return send(file)
    finally:
        body.discard()
