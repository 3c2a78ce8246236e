"""InvokeEndpointWithResponseStream: the answer while the model makes it, as an event stream [hosting.md, Streaming].

Headers have gone when the answer is known, so nobody hears there what its judgement was: it follows the last part, and what it
comes to is recorded as for any prediction (docs/behaviour.md).
"""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing

from secondlook.api.call import Call, Streamed
from secondlook.api.errors import explained
from secondlook.api.sagemaker_runtime import choices
from secondlook.api.sagemaker_runtime.invocations import CUSTOM_ATTRIBUTES, VARIANT
from secondlook.api.sagemaker_runtime.reviewed import Judgement, judgement
from secondlook.hosting.contract import MAX_PAYLOAD
from secondlook.hosting.errors import StreamFailed
from secondlook.hosting.invocation.streamed import StreamedInvocation
from secondlook.wire import event_stream

CONTENT_TYPE = "x-amzn-sagemaker-content-type"
"""Where the model's own content type stands: Content-Type is that of the event stream."""

MOST_MESSAGE = 2048

log = logging.getLogger("secondlook.api")

Judge = Callable[[bytes], Awaitable[None]]


async def invoke_endpoint_with_response_stream(call: Call) -> Streamed:
    """Hand the body to one instance, and what it answers on in parts as they come, cut wherever they were cut on the way.

    Until the first part all errors are those of InvokeEndpoint; then the stream ends with ModelStreamError or InternalStreamFailure.
    """
    choices.check(call.params)
    judged = await judgement(call)
    headers = {name: value for name, value in call.request.headers if name.lower() != "accept"}
    if accept := call.params.get("Accept"):  # the header Accept itself is about the event stream
        headers["accept"] = accept
    invocation = await call.services.fleet.invoker.stream(
        call.params["EndpointName"], call.params.get("Body", b""), headers, call.params.get("TargetVariant")
    )
    seen = [("content-type", event_stream.CONTENT_TYPE), (VARIANT, invocation.variant)]
    for name, of_model in ((CONTENT_TYPE, "content-type"), (CUSTOM_ATTRIBUTES, CUSTOM_ATTRIBUTES)):
        if of_model in invocation.headers:
            seen.append((name, invocation.headers[of_model]))
    return Streamed(200, seen, _frames(invocation, _judge(call, judged, invocation)))


async def _frames(invocation: StreamedInvocation, judge: Judge | None) -> AsyncGenerator[bytes]:
    """The stream. What is to be judged is kept until it is whole."""
    whole = bytearray()
    try:
        async with aclosing(invocation.pieces()) as pieces:
            async for piece in pieces:
                if judge is not None:
                    whole += piece
                    _check_size(len(whole))
                yield event_stream.part("PayloadPart", piece)
        if judge is not None:
            await judge(bytes(whole))
    except StreamFailed as failed:
        members = {"Message": str(failed)[:MOST_MESSAGE], "ErrorCode": failed.code}
        yield event_stream.exception("ModelStreamError", members)
    except Exception as error:  # noqa: BLE001  (whatever it was, the caller must not take the answer for complete)
        members = {"Message": _reason(error)[:MOST_MESSAGE]}
        yield event_stream.exception("InternalStreamFailure", members)


def _judge(call: Call, judged: Judgement | None, invocation: StreamedInvocation) -> Judge | None:
    """None where nobody judges it; then nothing here holds on to the call and its body."""
    if judged is None:
        return None

    async def judge(answer: bytes) -> None:
        await judged.of(call, answer, invocation)

    return judge


def _check_size(size: int) -> None:
    if size > MAX_PAYLOAD:
        raise StreamFailed(
            "StreamBroken",
            f"The answer has more than {MAX_PAYLOAD:,} bytes, the most that the conditions of a flow definition judge.",
        )


def _reason(error: Exception) -> str:
    told = explained(error, None)
    if told is None:
        log.error("a stream failed", exc_info=error)
        return "The server failed in the middle of the stream; its log has the reason."
    return told.message
