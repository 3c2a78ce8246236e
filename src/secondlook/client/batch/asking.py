"""One object before the model: asked again while the server or the model has no time for it, given up when it cannot be."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import (
    ClientError,
    ConnectionError,  # noqa: A004  (botocore's)
    HTTPClientError,
)

from secondlook.client import failures, inputs
from secondlook.client.batch.source import Thing
from secondlook.client.errors import NoServer
from secondlook.client.service import Service

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


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about each object."""

    flow_arn: str
    endpoint: str
    content_type: str | None = None


class Asker:
    """Asks for one object at a time, on as many threads as you like. `stop` ends all waiting."""

    def __init__(self, service: Service, question: Question, patience: float, stop: threading.Event) -> None:
        self._own = service.own
        self._s3 = service.client("s3")
        self._question = question
        self._patience = patience
        self._stop = stop

    def version(self, thing: Thing) -> Thing:
        """The object with its ETag, which is asked for where the source does not say it. Raises as `ask` does."""
        if thing.etag is not None:
            return thing
        bucket, key = inputs.bucket_and_key(thing.uri)
        return Thing(thing.uri, self._patiently(lambda: self._s3.head_object(Bucket=bucket, Key=key))["ETag"])

    def ask(self, thing: Thing) -> dict[str, Any]:
        """What ReviewObject answers.

        Raises ClientError where the object cannot be judged, NoServer where the server has not answered for all the patience there
        is, and Abandoned.
        """
        optional = {"ContentType": self._question.content_type} if self._question.content_type else {}
        return self._patiently(
            lambda: self._own.review_object(
                FlowDefinitionArn=self._question.flow_arn,
                EndpointName=self._question.endpoint,
                InputUri=thing.uri,
                **optional,
            )
        )

    def _patiently(self, call: Any) -> dict[str, Any]:
        ends = time.monotonic() + self._patience
        tries = 0
        for pause in _pauses():
            try:
                answer: dict[str, Any] = call()
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
