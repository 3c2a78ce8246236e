"""The judgement of a prediction that InvokeEndpoint, or its kin, has made: who asked for it, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from secondlook.api.call import Call
from secondlook.api.sagemaker_runtime.review_config import review_config
from secondlook.hosting.invocation.invoke import Invocation
from secondlook.hosting.invocation.streamed import StreamedInvocation
from secondlook.together.human_loop_config import HumanLoopConfig
from secondlook.together.policy import Policy
from secondlook.together.predict_and_review import Activation
from secondlook.together.subject import Predicted, Subject


@dataclass(frozen=True, slots=True)
class Judgement:
    """By which conditions a call's prediction is to be judged."""

    config: HumanLoopConfig
    policy: Policy

    async def of(self, call: Call, answer: bytes, invocation: Invocation | StreamedInvocation) -> Activation:
        """Judge `answer`, record it, and start a loop if the conditions hold. Raises Invalid, Conflict."""
        subject = Subject.of(
            call.params.get("Body", b""),
            call.params.get("ContentType", ""),
            self.config.input_uri,
            group=self.config.group,
        )
        predicted = Predicted(
            answer,
            call.params["EndpointName"],
            invocation.variant,
            invocation.model_version,
            call.params.get("InferenceId"),
        )
        return await call.services.reviews.review(self.policy, self.config, subject, predicted, call.reviewer)


async def judgement(call: Call) -> Judgement | None:
    """As the caller says, else as the endpoint does; to be asked before the model is. Raises Invalid where no loop could start."""
    config = await review_config(call)
    return Judgement(config, await call.services.reviews.policy(config.flow_arn)) if config else None
