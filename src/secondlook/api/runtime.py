"""SageMaker runtime: InvokeEndpoint. A coroutine, so that a prediction costs no hop to a thread [hosting.md]."""

from __future__ import annotations

from secondlook.api.call import Call, Streamed

VARIANT = "x-amzn-invoked-production-variant"


async def invoke_endpoint(call: Call) -> Streamed:
    """Hand the body to one instance and its answer back, byte for byte; Accept passes through untouched."""
    answer = await call.house.fleet.invoker.invoke(
        call.params["EndpointName"],
        call.params.get("Body", b""),
        dict(call.request.headers),
        call.params.get("TargetVariant"),
    )
    return Streamed(200, [*answer.headers.items(), (VARIANT, answer.variant)], answer.body)
