"""What SageMaker tells an SNS topic of an asynchronous call. Pure [hosting.md, Asynchronous]."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from secondlook.hosting.asynchronous.config import ERROR, SUCCESS
from secondlook.hosting.asynchronous.invocation import Invocation
from secondlook.names import milliseconds

MOST_INCLUDED = 128_000
"""Bytes of an answer that may come in the message itself; AWS says 128 KB."""

ELSEWHERE = "Check S3 path location(if configured) or Cloudwatch for additional details."
"""AWS's sentence beside an answer, whole or left out."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a call ended. `reason` says why it failed; `body` is what was answered, None where it is too long to be included.

    `attributes` are what the caller of InvokeEndpoint would have read in CustomAttributes.
    """

    content_type: str = ""
    reason: str | None = None
    body: bytes | None = None
    attributes: str | None = None

    @property
    def is_success(self) -> bool:
        return self.reason is None


def topic(call: Invocation, outcome: Outcome) -> str | None:
    """The ARN of the topic that hears of it, if one does."""
    return call.config.success_topic if outcome.is_success else call.config.error_topic


def message(call: Invocation, outcome: Outcome, region: str, now: datetime) -> dict[str, Any]:
    """The document whose text is the Message of SNS's notification."""
    members = {"accept": "Accept", "contentType": "ContentType"}
    parameters = {name: call.request[member] for name, member in members.items() if member in call.request}
    parameters["endpointName"] = call.endpoint_name
    if "InputLocation" in call.request:
        parameters["inputLocation"] = call.request["InputLocation"]
    said: dict[str, Any] = {
        "awsRegion": region,
        "eventTime": milliseconds(now),
        "receivedTime": milliseconds(call.created_at),
        "invocationStatus": "Completed" if outcome.is_success else "Failed",
        "requestParameters": parameters,
    }
    if outcome.is_success:
        said["responseParameters"] = {
            "contentType": outcome.content_type,
            "outputLocation": call.output_location,
        }
        if outcome.attributes:
            said["responseParameters"]["customAttributes"] = outcome.attributes
    else:
        said["failureReason"] = f"ClientError: {outcome.reason}"
        if call.failure_location:
            said["responseParameters"] = {"failureLocation": call.failure_location}
    if (SUCCESS if outcome.is_success else ERROR) in call.config.includes:
        said["responseBody"] = _body(outcome)
    return {
        **said,
        "inferenceId": call.inference_id,
        "eventVersion": "1.0",
        "eventSource": "aws:sagemaker",
        "eventName": "InferenceResult",
    }


def _body(outcome: Outcome) -> Mapping[str, str]:
    if outcome.body is None or len(outcome.body) > MOST_INCLUDED:
        return {"message": ELSEWHERE}
    return {
        "content": base64.b64encode(outcome.body).decode(),
        "message": ELSEWHERE,
        "encoding": "BASE64",
    }
