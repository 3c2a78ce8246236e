"""Asking until there is an answer, as people and programs do whose server went away meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeAlias, TypeVar

import urllib3
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    EndpointConnectionError,
    IncompleteReadError,
    ResponseStreamingError,
)

from secondlook.reviewer import PortalError

AGAIN = 0.05
"""Seconds until somebody who got no answer asks again."""

PATIENCE = 120
"""Seconds in which something has to be confirmed, whatever is stopped, frozen or full meanwhile."""

UNAVAILABLE = 503

BROKEN = (
    EndpointConnectionError,
    ConnectionClosedError,
    IncompleteReadError,
    ResponseStreamingError,
    urllib3.exceptions.NewConnectionError,
    urllib3.exceptions.ProtocolError,
)
"""What a server leaves behind that dies. A time-out is not among them: who waits for long has found a fault."""

ERRORS = (ClientError, PortalError)

RequestError: TypeAlias = ClientError | PortalError

Answer = TypeVar("Answer")


def confirmed(
    ask: Callable[[], Answer],
    *,
    already: Callable[[RequestError], bool] = lambda _: False,
    doubted: Callable[[], None] = lambda: None,
) -> Answer | None:
    """The first answer that is neither silence nor 503; every other error is raised.

    `doubted` is called whenever nobody knows whether the question arrived. None when a later error says, by `already`,
    that it did.
    """
    end, doubts = time.monotonic() + PATIENCE, 0
    while True:
        try:
            return ask()
        except (*BROKEN, *ERRORS) as error:
            if isinstance(error, ERRORS) and status(error) != UNAVAILABLE:
                if doubts and already(error):
                    return None
                raise
            doubts += 1
            doubted()
            if time.monotonic() > end:
                raise AssertionError(f"nothing was confirmed within {PATIENCE} seconds") from error
        threading.Event().wait(AGAIN)


def code(error: RequestError) -> str:
    """AWS's word for what went wrong; the portal has none."""
    return "" if isinstance(error, PortalError) else str(error.response["Error"]["Code"])


def status(error: RequestError) -> int:
    """HTTP's."""
    if isinstance(error, PortalError):
        return error.status
    return int(error.response["ResponseMetadata"]["HTTPStatusCode"])
