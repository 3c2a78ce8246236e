"""InvokeEndpoint: a coroutine, so that a prediction costs no hop to a thread [hosting.md]."""

from __future__ import annotations

from secondlook.api.call import Call, Streamed
from secondlook.hosting.errors import NotInvokable

VARIANT = "x-amzn-invoked-production-variant"

NOT_THERE = {
    "TargetModel": "is not a multi-model endpoint and does not support target model header.",
    "TargetContainerHostname": "is not a multi-container endpoint and does not support TargetContainerHostname.",
    "InferenceComponentName": "has no inference components and does not support InferenceComponentName.",
    "EnableExplanations": "has no explainer and does not support EnableExplanations.",
}
"""Members that choose a part which no endpoint has here, and why not; the first in AWS's words (amazon-sagemaker-examples#1026)."""


async def invoke_endpoint(call: Call) -> Streamed:
    """Hand the body to one instance and its answer back, byte for byte; Accept passes through untouched.

    Raises NotInvokable, NotReady or ModelFailed.
    """
    for member, why in NOT_THERE.items():
        if member in call.params:
            raise NotInvokable(f"Endpoint {call.params['EndpointName']} {why}")
    answer = await call.services.fleet.invoker.invoke(
        call.params["EndpointName"],
        call.params.get("Body", b""),
        dict(call.request.headers),
        call.params.get("TargetVariant"),
    )
    return Streamed(200, [*answer.headers.items(), (VARIANT, answer.variant)], answer.body)
