"""Predictions judged by the conditions of a flow definition: of one object, recorded ones, and of whatever is tried."""

from __future__ import annotations

import json
from typing import Any

from anyio import to_thread
from sqlalchemy import Row

from secondlook.api.call import Call
from secondlook.api.listing import listed
from secondlook.hosting.contract import MAX_PAYLOAD
from secondlook.review import flow, record
from secondlook.review.decisions import conditions
from secondlook.review.errors import Invalid
from secondlook.store import tables
from secondlook.store.encryption import CUSTOMERS, is_customers
from secondlook.store.objects import Objects, Stored
from secondlook.together.human_loop_config import HumanLoopConfig
from secondlook.together.subject import Predicted, Subject


async def review_object(call: Call) -> dict[str, Any]:
    """Ask an endpoint about an object, judge its answer, and start a loop if in doubt; the same object is the same loop.

    Raises Invalid, NotInvokable, NotReady, ModelFailed, Conflict, or what storage says of the object.
    """
    params, reviews = call.params, call.services.reviews
    uri = params["InputUri"]
    config = HumanLoopConfig.of(
        {
            "FlowDefinitionArn": params["FlowDefinitionArn"],
            "HumanLoopName": params.get("HumanLoopName"),
            "InputUri": uri,
        }
    )
    bucket, _, key = uri.removeprefix("s3://").partition("/")
    call.caller.check_bucket(bucket)
    policy = await reviews.policy(config.flow_arn)
    stored, body = await to_thread.run_sync(_read, call.services.objects, bucket, key)
    content_type = params.get("ContentType") or stored.content_type
    subject = Subject.of(body, content_type, uri, stored.etag)
    headers = {"content-type": content_type, "accept": "application/json"}
    invocation = await call.services.fleet.invoker.invoke(params["EndpointName"], body, headers)
    predicted = Predicted(
        invocation.body, params["EndpointName"], invocation.variant, invocation.model_version
    )
    activation = await reviews.review(policy, config, subject, predicted, call.reviewer)
    output = activation.output(call.place)
    return {
        "PredictionId": activation.prediction_id,
        "Decision": activation.decision,
        "HumanLoopArn": output.get("HumanLoopArn"),
        "HumanLoopActivationReasons": output.get("HumanLoopActivationReasons", []),
        "Prediction": invocation.body.decode(errors="replace"),
    }


def list_predictions(call: Call) -> dict[str, Any]:
    """What was recorded of a flow definition, newest first; also of one that is deleted."""
    name = call.params["FlowDefinitionName"]
    query = record.of_flow(name)
    if decision := call.params.get("Decision"):
        query = query.where(tables.prediction.c.decision == decision.lower())
    columns = tables.prediction.c
    page = listed(call, query, "Predictions", _shown, created=columns.at, name=columns.id, by_name=True)
    if not page["Predictions"] and "NextToken" not in call.params:
        with call.store.read() as cx:
            if not record.has_any(cx, name):
                flow.find(cx, name)
    return page


def evaluate_conditions(call: Call) -> dict[str, Any]:
    """Try conditions on an answer: nothing is recorded, nothing starts. Sampling counts as not drawn."""
    params = call.params
    parsed = conditions.parse(
        params["HumanLoopActivationConditions"], params.get("AwsManagedHumanLoopRequestSource")
    )
    try:
        answer = json.loads(params["Prediction"])
    except (ValueError, RecursionError):
        answer = conditions.UNREADABLE
    evaluation = parsed.evaluate(answer, NOT_DRAWN)
    return {
        "EvaluationResult": evaluation.is_true,
        "Probability": evaluation.probability,
        "HumanLoopActivationReasons": list(evaluation.reasons),
        "HumanLoopActivationConditionsEvaluationResults": json.dumps(
            evaluation.results, separators=(",", ":")
        ),
    }


NOT_DRAWN = 1 - 2**-53
"""The coin that no sample below 100 % takes."""


def _read(objects: Objects, bucket: str, key: str) -> tuple[Stored, bytes]:
    with objects.get(bucket, key, None) as opened:
        if is_customers(opened.stored.encryption):
            raise Invalid(f"s3://{bucket}/{key} {CUSTOMERS}.")
        if opened.stored.size > MAX_PAYLOAD:
            raise Invalid(
                f"s3://{bucket}/{key} has {opened.stored.size:,} bytes; a model takes at most {MAX_PAYLOAD:,}."
            )
        return opened.stored, opened.all()


def _shown(row: Row[Any]) -> dict[str, Any]:
    return {
        "PredictionId": row.prediction_id,
        "InferenceId": row.inference_id,
        "FlowDefinitionName": row.flow,
        "PolicyVersion": row.policy_version,
        "EndpointName": row.endpoint,
        "VariantName": row.variant,
        "ModelVersion": row.model_version,
        "InputSha256": row.input_sha256,
        "InputUri": row.input_uri,
        "ContentType": row.content_type,
        "Group": row.unit_group,
        "Objects": [_object(each) for each in row.objects],
        "Coin": row.coin,
        "Probability": row.probability,
        "Decision": row.decision.capitalize(),
        "Reasons": row.reasons,
        "HumanLoopName": row.loop,
        "CreationTime": row.at,
    }


def _object(recorded: dict[str, Any]) -> dict[str, Any]:
    """A box in pixels is a Box, one in parts of the picture a BoundingBox."""
    return {
        "Label": recorded["label"],
        "Score": recorded["score"],
        "Box": _sides(recorded.get("box")),
        "BoundingBox": _sides(recorded.get("boundingBox")),
    }


def _sides(box: dict[str, float] | None) -> dict[str, float] | None:
    return {side.capitalize(): length for side, length in box.items()} if box else None
