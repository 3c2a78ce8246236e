"""One object before the model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from secondlook.client import inputs
from secondlook.client.batch.patience import Patience
from secondlook.client.batch.source import Thing
from secondlook.client.service import Service

ANSWERED_WITHIN = 120
"""Seconds: a model has 60, and objects may be large."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about each object."""

    flow_arn: str
    endpoint: str
    content_type: str | None = None


class Asker:
    """Asks about one object at a time, on as many threads as you like. Both methods raise as `Patience.call` does."""

    def __init__(self, service: Service, question: Question, patience: Patience) -> None:
        self._own = service.client("secondlook", read_timeout=ANSWERED_WITHIN)
        self._s3 = service.client("s3")
        self._question = question
        self._patience = patience

    def version(self, thing: Thing) -> Thing:
        """The object with its ETag, which is asked for where the source does not say it."""
        if thing.etag is not None:
            return thing
        bucket, key = inputs.bucket_and_key(thing.uri)
        return Thing(thing.uri, self._patience.call(self._s3.head_object, Bucket=bucket, Key=key)["ETag"])

    def ask(self, thing: Thing) -> dict[str, Any]:
        """What ReviewObject answers."""
        optional = {"ContentType": self._question.content_type} if self._question.content_type else {}
        return self._patience.call(
            self._own.review_object,
            FlowDefinitionArn=self._question.flow_arn,
            EndpointName=self._question.endpoint,
            InputUri=thing.uri,
            **optional,
        )
