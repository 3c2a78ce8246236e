"""InvokeEndpoint: a coroutine, so that a prediction costs no hop to a thread [hosting.md]."""

from __future__ import annotations

from secondlook.api.call import Call, Streamed
from secondlook.api.sagemaker_runtime import choices
from secondlook.api.sagemaker_runtime.activation import attributes
from secondlook.api.sagemaker_runtime.reviewed import judgement

VARIANT = "x-amzn-invoked-production-variant"
CUSTOM_ATTRIBUTES = "x-amzn-sagemaker-custom-attributes"


async def invoke_endpoint(call: Call) -> Streamed:
    """Hand the body to one instance and its answer back, byte for byte; Accept passes through untouched.

    Where the caller or the endpoint names a flow definition, its conditions judge the answer, and people look again if they hold:
    CustomAttributes say what came of it. Raises NotInvokable, NotReady, ModelFailed, Invalid or Conflict.
    """
    choices.check(call.params)
    judged = await judgement(call)
    invocation = await call.services.fleet.invoker.invoke(
        call.params["EndpointName"],
        call.params.get("Body", b""),
        dict(call.request.headers),
        call.params.get("TargetVariant"),
    )
    headers = dict(invocation.headers)
    if judged:
        activation = await judged.of(call, invocation.body, invocation)
        output = {"Decision": activation.decision, **activation.output(call.place)}
        headers[CUSTOM_ATTRIBUTES] = attributes(output, headers.get(CUSTOM_ATTRIBUTES))
    return Streamed(200, [*headers.items(), (VARIANT, invocation.variant)], invocation.body)
