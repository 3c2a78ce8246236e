"""InvokeEndpointAsync: the call is kept, and answered when its turn comes [hosting.md, Asynchronous]."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from anyio import to_thread

from secondlook.api.call import Call
from secondlook.api.sagemaker_runtime.review_config import review_config
from secondlook.hosting.asynchronous import invocation, locations
from secondlook.hosting.asynchronous.config import AsyncConfig, bucket_and_key
from secondlook.hosting.endpoints import endpoint
from secondlook.hosting.errors import NotInvokable
from secondlook.review.decisions.rights import INTERNAL_BUCKET
from secondlook.store.objects import About

PLACING = ("S3OutputPathExtension", "Filename")
"""Members by which a caller says where an answer lies."""


async def invoke_endpoint_async(call: Call) -> dict[str, Any]:
    """Keep the call and say where its answer will be.

    A key that is bound to buckets may name an input, and a place for the answer, in these only. Raises NotInvokable, Invalid.
    """
    name, params = call.params["EndpointName"], call.params
    inline: bytes = params.get("Body") or b""
    if bool(inline) == ("InputLocation" in params):
        raise NotInvokable(
            "The input is either the Body or the object at InputLocation: give one of them, not both or none."
        )
    if len(inline) > invocation.LONGEST_INLINE:
        raise NotInvokable(
            f"The body has {len(inline):,} bytes; at most {invocation.LONGEST_INLINE:,} are taken: put it into S3 and give InputLocation."
        )
    if "InputLocation" in params:
        bucket, key = bucket_and_key(params["InputLocation"])
        if not key:
            raise NotInvokable(
                f"InputLocation {params['InputLocation']!r} names no object: s3://BUCKET/KEY does."
            )
        call.caller.check_bucket(bucket)
    await call.services.fleet.invoker.choose(name, None, asynchronous=True)
    config = await review_config(call)
    flow_arn = None if config is None else config.flow_arn
    if flow_arn is not None:
        await call.services.reviews.policy(flow_arn)
    return await to_thread.run_sync(_kept, call, inline, flow_arn)


def _kept(call: Call, inline: bytes, flow_arn: str | None) -> dict[str, Any]:
    params, number = call.params, str(uuid.uuid4())
    with call.store.read() as cx:
        row = endpoint.find(cx, call.place, params["EndpointName"])
    if not row.asynchronous:
        raise NotInvokable(
            f"Endpoint {row.name} of account {call.place.account} does not support this inference type."
        )
    config = AsyncConfig.from_json(row.asynchronous)
    if any(member in params for member in PLACING):
        for bucket in config.buckets:
            call.caller.check_bucket(bucket)
    place = params.get("S3OutputPathExtension"), params.get("Filename")
    output, failure = (where(config, number, *place) for where in (locations.output, locations.failure))
    members = {name: value for name, value in params.items() if name != "Body"}
    source = params.get("InputLocation") or f"s3://{INTERNAL_BUCKET}/async/{number}"
    inference_id = params.get("InferenceId") or number
    values = {
        "inference_id": inference_id,
        "request": {
            "id": number,
            "endpoint": row.name,
            "members": members,
            "config": row.asynchronous,
            "flow": flow_arn,
            "caller": _caller(call),
        },
        "input_location": source,
        "output_location": output,
        "failure_location": failure or "",
    }
    keep = None
    if inline:
        about = About(params.get("ContentType") or "application/octet-stream")
        keep = call.services.objects.stage(*bucket_and_key(source), inline, about, call.now)
    ttl = timedelta(seconds=params.get("RequestTTLSeconds", invocation.TTL_SECONDS))
    with call.store.write() as cx:
        if keep is not None:
            keep(cx)
        invocation.add(cx, row, values, call.now, call.now + ttl)
    answer = {"InferenceId": inference_id, "OutputLocation": output}
    return {**answer, "FailureLocation": failure} if failure else answer


def _caller(call: Call) -> dict[str, Any]:
    """On whose behalf the answer is reviewed, when it is there."""
    actor = call.actor
    return {
        "buckets": None if call.caller.buckets is None else sorted(call.caller.buckets),
        "key": actor.access_key,
        "origin": actor.origin,
    }
