"""Reviews: started, looked at, read, stopped. Blocking calls.

What agents see of people is an opaque id and times; names, addresses and who somebody is elsewhere stay here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import Any

from botocore.exceptions import ClientError

from secondlook.agents import flows
from secondlook.agents.answers import answers_of
from secondlook.agents.flows import Permitted
from secondlook.agents.problems import NotPossible, is_missing
from secondlook.agents.records import Answer, OpenReview, OpenReviews, Status
from secondlook.client.errors import WrongParameter
from secondlook.client.failures import code, is_denied
from secondlook.client.service import Service

FINAL = frozenset({"Completed", "Failed", "Stopped"})
"""All three end a review [lifecycle.md]."""

OPEN = ("InProgress", "Stopping")

LARGEST_OUTPUT = 64 * 1024 * 1024
"""Bytes of output.json that are read to tell what is in it."""

MOST_SEARCHED = 1_000
"""Reviews of a flow definition among which open ones are looked for, where the key cannot ask for those alone."""

PREFIX = "ask-"
"""Of names that are derived from what is asked."""


@dataclass(frozen=True, slots=True)
class State:
    """How a review stands. The counts are None where the key may not know them."""

    name: str
    flow: str
    status: Status
    started_at: datetime
    output_uri: str
    failure: str | None = None
    given: int | None = None
    wanted: int | None = None
    at_work: int | None = None
    warnings: list[str] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        return self.status in FINAL


def start(
    service: Service, permitted: Permitted, flow: str, content: Mapping[str, Any], name: str | None
) -> State:
    """The review of this input, begun unless it is there already. Raises NotPossible, or ClientError."""
    permitted.check(flow)
    arn = flows.arn(service, flow)
    asked = derived_name(arn, content) if name is None else name
    try:
        service.client("sagemaker-a2i-runtime").start_human_loop(
            HumanLoopName=asked,
            FlowDefinitionArn=arn,
            HumanLoopInput={"InputContent": _json(content)},
        )
    except WrongParameter as error:
        if name is not None and error.value == name:
            raise NotPossible(f"name: {error.violation}.") from error
        raise
    except ClientError as error:
        if code(error) != "ConflictException":
            raise
        if name is not None:
            raise NotPossible(
                f"name: there is a review {name!r} already, of another input or ended. Read it with read_answer, or choose "
                "another name."
            ) from error
    return look(service, permitted, asked)


def derived_name(arn: str, content: Mapping[str, Any]) -> str:
    """The same for the same question, however its members are ordered: who asks again after a failure asks once."""
    canonical = json.dumps([arn, content], sort_keys=True, separators=(",", ":"))
    return PREFIX + sha256(canonical.encode()).hexdigest()[:40]


def _json(content: Mapping[str, Any]) -> str:
    try:
        return json.dumps(content, ensure_ascii=False, allow_nan=False)
    except ValueError as error:
        raise NotPossible(f"input: {error}; JSON has no such numbers.") from None


def look(service: Service, permitted: Permitted, name: str, *, closely: bool = True) -> State:
    """How a review stands; who looks closely is told the counts too. Raises NotPossible where there is none that this tool may know of."""
    missing = NotPossible(
        f"review: there is no {name!r} here. ask_for_review starts one and returns its name."
    )
    try:
        loop = service.client("sagemaker-a2i-runtime").describe_human_loop(HumanLoopName=name)
    except ClientError as error:
        if is_missing(error):
            raise missing from error
        raise
    flow = flows.name_of(loop["FlowDefinitionArn"])
    if flow not in permitted:
        raise missing
    return State(
        name=loop["HumanLoopName"],
        flow=flow,
        status=loop["HumanLoopStatus"],
        started_at=loop["CreationTime"],
        output_uri=loop["HumanLoopOutput"]["OutputS3Uri"],
        failure=loop.get("FailureReason"),
        **(_counts(service, name) if closely else {}),
    )


def _counts(service: Service, name: str) -> dict[str, Any]:
    """What A2I does not tell of a review, as far as the key reaches."""
    try:
        loop = service.own.describe_loop(HumanLoopName=name)["Loop"]
    except ClientError as error:
        if is_denied(error):
            return {}
        raise
    return {
        "given": loop["Answers"],
        "wanted": loop["TaskCount"],
        "at_work": loop.get("Working", 0),
        "warnings": list(loop.get("Warnings", ())),
    }


def read(service: Service, state: State) -> list[Answer]:
    """The answers of a review that is over; none where it ended without."""
    bucket, _, key = state.output_uri.removeprefix("s3://").partition("/")
    try:
        answer = service.client("s3").get_object(Bucket=bucket, Key=key)
    except ClientError as error:
        if is_missing(error):
            return []
        if is_denied(error):
            raise NotPossible(
                f"The access key that this tool was given may not read the bucket {bucket!r}, where the answers of "
                f"{state.flow} are kept."
            ) from error
        raise
    if answer["ContentLength"] > LARGEST_OUTPUT:
        answer["Body"].close()
        raise NotPossible(
            f"The answers have {answer['ContentLength']:,} bytes, too many to be read here: {state.output_uri}"
        )
    return answers_of(answer["Body"].read())


def stop(service: Service, permitted: Permitted, name: str) -> State:
    """Take a question back; who is at work on it may finish. Raises NotPossible where it is over."""
    state = look(service, permitted, name)
    if state.is_over:
        raise NotPossible(f"review: {name!r} is {state.status} already. read_answer shows what was answered.")
    service.client("sagemaker-a2i-runtime").stop_human_loop(HumanLoopName=name)
    return look(service, permitted, name)


def open_reviews(service: Service, permitted: Permitted, flow: str | None, limit: int) -> OpenReviews:
    """Those that people have still to answer, the newest first."""
    if flow is not None:
        permitted.check(flow)
    names: Sequence[str | None] = [flow] if flow else permitted.names or [None]
    found: list[OpenReview] = []
    for name in names:
        try:
            found += islice(_open(service, name), limit + 1)
        except ClientError as error:
            if flow is not None or not is_missing(
                error
            ):  # one that is permitted may not be there yet, or any more
                raise
    found.sort(key=lambda review: review.started_at, reverse=True)
    return OpenReviews(reviews=found[:limit], more=len(found) > limit)


def _open(service: Service, flow: str | None) -> Iterator[OpenReview]:
    of: dict[str, Any] = {"FlowDefinitionName": flow} if flow else {}
    try:
        for status in OPEN:
            for loop in service.every("secondlook", "list_loops", "Loops", Status=status, **of):
                yield _open_review(loop, loop["FlowDefinitionName"])
    except ClientError as error:
        if not is_denied(error):
            raise
        if flow is None:
            raise NotPossible(
                "flow: name a flow definition; the access key that this tool was given cannot list the reviews of all."
            ) from error
        for loop in _newest(service, flow):
            if loop["HumanLoopStatus"] in OPEN:
                yield _open_review(loop, flow)


def _newest(service: Service, flow: str) -> Iterator[dict[str, Any]]:
    arn = flows.arn(service, flow)
    return service.every(
        "sagemaker-a2i-runtime",
        "list_human_loops",
        "HumanLoopSummaries",
        MOST_SEARCHED,
        FlowDefinitionArn=arn,
    )


def _open_review(loop: Mapping[str, Any], flow: str) -> OpenReview:
    return OpenReview(
        review=loop["HumanLoopName"],
        flow=flow,
        status=loop["HumanLoopStatus"],
        started_at=loop["CreationTime"],
    )
