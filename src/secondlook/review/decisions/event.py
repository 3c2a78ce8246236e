"""Events as EventBridge carries them: that a human loop has ended, and what AWS has no event for. Pure [events.md]."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from secondlook.names import Place, milliseconds, seconds

SOURCE = "aws.sagemaker"
DETAIL_TYPE = "SageMaker A2I HumanLoop Status Change"

OWN_SOURCE = "secondlook"
TASK_DECLINED = "secondlook HumanLoop Task Declined"
PAGE_PROBLEM = "secondlook HumanLoop Page Problem"
INFERENCE_RESULT = "secondlook Asynchronous Inference Result"

ENDPOINT_STATE_CHANGE = "SageMaker Endpoint State Change"


def loop_status_change(
    place: Place,
    *,
    loop_name: str,
    flow_name: str,
    status: str,
    failure_code: str | None,
    failure_reason: str | None,
    created_at: datetime,
    output_uri: str,
    now: datetime,
    is_rewritten: bool = False,
) -> dict[str, Any]:
    """The whole document. Made once, when it is owed, and sent unchanged however often.

    `status` is Completed, Failed or Stopped; keys of `detail` are camelCase and what is null is present. The
    id follows from the loop and its creation time: a loop ends once, and its name may be used again later. Only a
    loop whose output could not be written and then was (`is_rewritten`) has a second event.
    """
    detail = {
        **_of_loop(place, loop_name, flow_name, created_at),
        "failureCode": failure_code,
        "failureReason": failure_reason,
        "humanLoopOutput": {"outputS3Uri": output_uri},
        "humanLoopStatus": status,
    }
    occasion = ("rewritten",) if is_rewritten else ()
    return _document(place, SOURCE, DETAIL_TYPE, detail, occasion, now)


def task_declined(
    place: Place,
    *,
    loop_name: str,
    flow_name: str,
    created_at: datetime,
    worker_id: str,
    reason: str | None,
    now: datetime,
) -> dict[str, Any]:
    """A worker has declined a task, which happens once; `reason` in their own words."""
    detail = {
        **_of_loop(place, loop_name, flow_name, created_at),
        "reason": reason,
        "workerId": worker_id,
    }
    return _document(place, OWN_SOURCE, TASK_DECLINED, detail, ("declined", worker_id), now)


def page_problem(
    place: Place,
    *,
    loop_name: str,
    flow_name: str,
    created_at: datetime,
    worker_id: str | None,
    message: str,
    now: datetime,
) -> dict[str, Any]:
    """Something went wrong in the page of a task, as it was on a worker's screen, or (None) as the server sees it."""
    detail = {
        **_of_loop(place, loop_name, flow_name, created_at),
        "message": message,
        "workerId": worker_id,
    }
    return _document(place, OWN_SOURCE, PAGE_PROBLEM, detail, ("reported", worker_id or "", message), now)


def inference_result(
    place: Place, message: dict[str, Any], *, endpoint: str, topic: str, call_id: str, now: datetime
) -> dict[str, Any]:
    """An asynchronous inference has ended: `detail` is the message that SageMaker would publish to the SNS topic, as it is."""
    return {
        "version": "0",
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{place.arn('endpoint', endpoint)} {call_id}")),
        "detail-type": INFERENCE_RESULT,
        "source": OWN_SOURCE,
        "account": place.account,
        "time": seconds(now),
        "region": place.region,
        "resources": [place.arn("endpoint", endpoint), topic],
        "detail": message,
    }


def endpoint_state_change(place: Place, state: Mapping[str, Any], tags: Mapping[str, str]) -> dict[str, Any]:
    """An endpoint has come into another status; `state` is what `hosting.endpoints.telling` told.

    Keys of `detail` are PascalCase, the status is in capitals, and times there are milliseconds of the epoch; that of the
    document is a time as in all other events, though the guide's example has milliseconds there too.
    """
    arn = place.arn("endpoint", state["name"])
    detail = {
        "EndpointName": state["name"],
        "EndpointArn": arn,
        "EndpointConfigName": state["config"],
        "ProductionVariants": state["variants"],
        "EndpointStatus": re.sub(r"(?<=[a-z])(?=[A-Z])", "_", state["status"]).upper(),
        **({"FailureReason": state["reason"]} if state["reason"] else {}),
        "CreationTime": _epoch(state["created_at"]),
        "LastModifiedTime": _epoch(state["modified_at"]),
        "Tags": dict(tags),
    }
    return {
        "version": "0",
        "id": state["id"],
        "detail-type": ENDPOINT_STATE_CHANGE,
        "source": SOURCE,
        "account": place.account,
        "time": seconds(datetime.fromisoformat(state["time"])),
        "region": place.region,
        "resources": [arn],
        "detail": detail,
    }


def _epoch(time: str) -> float:
    return round(datetime.fromisoformat(time).timestamp() * 1000, 3)


def is_for_all(document: dict[str, Any]) -> bool:
    """Whether it is one that every target gets: A2I's own. Others are for those that ask for all events."""
    return document.get("source") != OWN_SOURCE and document.get("detail-type") != ENDPOINT_STATE_CHANGE


def topic(document: dict[str, Any]) -> str | None:
    """The ARN of the SNS topic that an event would have been published to on AWS."""
    return document["resources"][-1] if document.get("detail-type") == INFERENCE_RESULT else None


def happened(document: dict[str, Any]) -> str:
    """What an event tells, in a word or two: the status of a loop that has ended, `Task Declined`, `Page Problem`, `Inference Failed`,
    `Endpoint IN_SERVICE`.
    """
    detail = document["detail"]
    if document["detail-type"] == ENDPOINT_STATE_CHANGE:
        return f"Endpoint {detail['EndpointStatus']}"
    status: str | None = detail.get("humanLoopStatus")
    if document["detail-type"] == INFERENCE_RESULT:
        status = f"Inference {detail['invocationStatus']}"
    return status or document["detail-type"].removeprefix("secondlook HumanLoop ")


def about(document: dict[str, Any]) -> str:
    """The name of the loop or endpoint, or the id of the inference, that an event tells of."""
    names = {INFERENCE_RESULT: "inferenceId", ENDPOINT_STATE_CHANGE: "EndpointName"}
    name: str = document["detail"][names.get(document["detail-type"], "humanLoopName")]
    return name


def _of_loop(place: Place, loop_name: str, flow_name: str, created_at: datetime) -> dict[str, Any]:
    return {
        "creationTime": milliseconds(created_at),
        "flowDefinitionArn": place.arn("flow-definition", flow_name),
        "humanLoopArn": place.arn("human-loop", loop_name),
        "humanLoopName": loop_name,
    }


def _document(
    place: Place, source: str, kind: str, detail: dict[str, Any], occasion: tuple[str, ...], now: datetime
) -> dict[str, Any]:
    arn = detail["humanLoopArn"]
    subject = " ".join((arn, detail["creationTime"], *occasion))
    return {
        "version": "0",
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, subject)),
        "detail-type": kind,
        "source": source,
        "account": place.account,
        "time": seconds(now),
        "region": place.region,
        "resources": [arn],
        "detail": dict(sorted(detail.items())),
    }
