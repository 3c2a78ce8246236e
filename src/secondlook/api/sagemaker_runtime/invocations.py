"""InvokeEndpoint: a coroutine, so that a prediction costs no hop to a thread [hosting.md]."""

from __future__ import annotations

from secondlook.api.call import Call, Streamed
from secondlook.api.sagemaker_runtime.activation import attributes
from secondlook.api.sagemaker_runtime.review_config import review_config
from secondlook.hosting.errors import NotInvokable
from secondlook.hosting.invocation.invoke import Invocation
from secondlook.together.human_loop_config import HumanLoopConfig
from secondlook.together.policy import Policy
from secondlook.together.predict_and_review import Activation
from secondlook.together.subject import Predicted, Subject

VARIANT = "x-amzn-invoked-production-variant"
CUSTOM_ATTRIBUTES = "x-amzn-sagemaker-custom-attributes"

NOT_THERE = {
    "TargetModel": "is not a multi-model endpoint and does not support target model header.",
    "TargetContainerHostname": "is not a multi-container endpoint and does not support TargetContainerHostname.",
    "InferenceComponentName": "has no inference components and does not support InferenceComponentName.",
    "EnableExplanations": "has no explainer and does not support EnableExplanations.",
}
"""Members that choose a part which no endpoint has here, and why not; the first in AWS's words (amazon-sagemaker-examples#1026)."""


async def invoke_endpoint(call: Call) -> Streamed:
    """Hand the body to one instance and its answer back, byte for byte; Accept passes through untouched.

    Where the caller or the endpoint names a flow definition, its conditions judge the answer, and people look again if they hold:
    CustomAttributes say what came of it. Raises NotInvokable, NotReady, ModelFailed, Invalid or Conflict.
    """
    for member, why in NOT_THERE.items():
        if member in call.params:
            raise NotInvokable(f"Endpoint {call.params['EndpointName']} {why}")
    config = await review_config(call)
    policy = await call.services.reviews.policy(config.flow_arn) if config else None
    invocation = await call.services.fleet.invoker.invoke(
        call.params["EndpointName"],
        call.params.get("Body", b""),
        dict(call.request.headers),
        call.params.get("TargetVariant"),
    )
    headers = dict(invocation.headers)
    if config and policy:
        activation = await _reviewed(call, config, policy, invocation)
        output = {"Decision": activation.decision, **activation.output(call.place)}
        headers[CUSTOM_ATTRIBUTES] = attributes(output, headers.get(CUSTOM_ATTRIBUTES))
    return Streamed(200, [*headers.items(), (VARIANT, invocation.variant)], invocation.body)


async def _reviewed(
    call: Call, config: HumanLoopConfig, policy: Policy, invocation: Invocation
) -> Activation:
    subject = Subject.of(
        call.params.get("Body", b""),
        call.params.get("ContentType", ""),
        config.input_uri,
        group=config.group,
    )
    predicted = Predicted(
        invocation.body,
        call.params["EndpointName"],
        invocation.variant,
        invocation.model_version,
        call.params.get("InferenceId"),
    )
    return await call.services.reviews.review(policy, config, subject, predicted, call.reviewer)
