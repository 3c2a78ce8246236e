"""Calls that are made again while the server or the model has no time for them, and given up when they cannot be answered."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from botocore.exceptions import (
    ClientError,
    ConnectionError,  # noqa: A004  (botocore's)
    HTTPClientError,
)

from secondlook.client import failures
from secondlook.client.errors import NoServer

WAITED_FOR = frozenset(
    {
        "ModelNotReadyException",
        "RequestLimitExceeded",
        "ServiceUnavailable",
        "ServiceUnavailableException",
        "SlowDown",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
    }
)
"""Refusals that mean: later. They are waited out."""

TRIES = 4
"""For what may pass and may not: a fault of the server, a model that broke off."""

SHORTEST, LONGEST = 0.2, 20.0
"""Seconds up to which a first and a late pause may last: each is drawn at random, so that many who wait do not come back at once."""

SERVER_FAULT = 500


class Abandoned(Exception):
    """The batch is to stop; this object is left for the next run."""


class Patience:
    """Waits up to so many `seconds` for each call, on as many threads as you like. `stop` ends all waiting."""

    def __init__(self, seconds: float, stop: threading.Event | None = None) -> None:
        self._seconds = seconds
        self._stop = stop or threading.Event()

    def call(self, operation: Callable[..., Any], **params: Any) -> dict[str, Any]:
        """What an operation answers.

        Raises ClientError where it is refused for good, NoServer where the server has not answered all the time, and Abandoned.
        """
        ends = time.monotonic() + self._seconds
        tries = 0
        for pause in _pauses():
            try:
                answer: dict[str, Any] = operation(**params)
            except ClientError as error:
                tries += 1
                if not _may_pass(error, tries) or time.monotonic() >= ends:
                    raise
                pause = max(pause, _retry_after(error))  # noqa: PLW2901
            except (ConnectionError, HTTPClientError) as error:
                if time.monotonic() >= ends:
                    raise NoServer(failures.words(error, "{data}")) from error
            else:
                return answer
            if self._stop.wait(pause):
                raise Abandoned
        raise AssertionError


def _pauses() -> Iterator[float]:
    longest = SHORTEST
    while True:
        yield random.uniform(0, longest)  # noqa: S311  (nobody gains by guessing it)
        longest = min(2 * longest, LONGEST)


def _may_pass(error: ClientError, tries: int) -> bool:
    """Whether the same call may be answered otherwise."""
    if failures.code(error) in WAITED_FOR:
        return True
    if failures.code(error) == "ModelError":
        return not error.response.get("OriginalStatusCode") and tries < TRIES
    return _status(error) >= SERVER_FAULT and tries < TRIES


def _status(error: ClientError) -> int:
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def _retry_after(error: ClientError) -> float:
    headers = error.response.get("ResponseMetadata", {}).get("HTTPHeaders", {})
    try:
        return min(float(headers.get("retry-after", 0)), LONGEST)
    except ValueError:
        return 0.0
