"""HumanLoopConfig of Textract and Rekognition: people look again at what these answer where a flow definition's conditions hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from anyio import to_thread

from secondlook.api.call import Call
from secondlook.api.pictures import Picture, invalid
from secondlook.hosting.invocation.invoke import Invocation
from secondlook.review.errors import ReviewError
from secondlook.together.built_in.input_content import input_content
from secondlook.together.human_loop_config import MEMBER, HumanLoopConfig
from secondlook.together.policy import Policy
from secondlook.together.subject import Predicted, Subject

REASON = "ConditionsEvaluation"
"""The first of HumanLoopActivationReasons; those that people can read follow."""


@dataclass(frozen=True, slots=True)
class Review:
    """A flow definition of the service's task type, and what the caller says of its loop."""

    call: Call
    config: HumanLoopConfig
    policy: Policy

    async def output(
        self, picture: Picture, response: Mapping[str, Any], endpoint: str, invocation: Invocation
    ) -> dict[str, Any]:
        """HumanLoopActivationOutput of a response that is about to be given; the loop, if any, is recorded then."""
        call = self.call
        uri = f"s3://{'/'.join(picture.place)}" if picture.place else None
        answer = await to_thread.run_sync(lambda: json.dumps(response).encode())
        subject = await to_thread.run_sync(Subject.of, picture.body, picture.media_type, uri, picture.etag)
        predicted = Predicted(answer, endpoint, invocation.variant, invocation.model_version)
        with in_aws_words():
            activation = await call.services.reviews.review(
                self.policy,
                self.config,
                subject,
                predicted,
                call.reviewer,
                lambda evaluation, place: input_content(call.params, response, evaluation, place),
            )
        output = activation.output(call.place)
        if activation.loop_name is not None:
            output["HumanLoopActivationReasons"] = [REASON, *output["HumanLoopActivationReasons"]]
        return output


async def review_of(call: Call, source: str) -> Review | None:
    """What the caller asks for, None for nothing. To be asked before the model is: no loop could start in the wrong flow definition.

    `source` is the AwsManagedHumanLoopRequestSource of the operation.
    """
    if MEMBER not in call.params:
        return None
    with in_aws_words():
        config = HumanLoopConfig.of(call.params[MEMBER])
        policy = await call.services.reviews.policy(config.flow_arn)
    if policy.source != source:
        others = f"has the task type {policy.source}" if policy.source else "has no HumanLoopRequestSource"
        raise invalid(
            f"{MEMBER}: the flow definition {config.flow_arn!r} {others}; {call.operation} starts human loops in those with "
            f"AwsManagedHumanLoopRequestSource {source} only."
        )
    return Review(call, config, policy)


@contextmanager
def in_aws_words() -> Iterator[None]:
    """Textract and Rekognition have one code for whatever is wrong with a flow definition or a loop [issue aws-sdk-js-v3#3306]."""
    try:
        yield
    except ReviewError as error:
        raise invalid(_named(str(error))) from error


def _named(message: str) -> str:
    return message if message.startswith(MEMBER) else f"{MEMBER}: {message}"
