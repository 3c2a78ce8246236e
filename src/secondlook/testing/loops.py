"""A human loop as a test asks about it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from secondlook.review.decisions.output import bucket_and_prefix
from secondlook.testing.reach import Reach


@dataclass(frozen=True, slots=True)
class Loop:
    """A human loop. What it says is what it is now, once the server has done what is due.

    Raises botocore's ClientError where there is no such loop.
    """

    reach: Reach = field(repr=False, compare=False)
    name: str

    @property
    def description(self) -> dict[str, Any]:
        """What DescribeLoop of our own service says: status, counts, where the output goes, what is wrong."""
        self.reach.clock.settle()
        loop: dict[str, Any] = self.reach.own.describe_loop(HumanLoopName=self.name)["Loop"]
        return loop

    @property
    def status(self) -> str:
        """InProgress, Completed, Stopping, Stopped or Failed."""
        return str(self.description["HumanLoopStatus"])

    @property
    def failure(self) -> str | None:
        """Why it is Failed, as `Code: reason`; None where it is not."""
        description = self.description
        if "FailureCode" not in description:
            return None
        return f"{description['FailureCode']}: {description.get('FailureReason', '')}"

    @property
    def flow(self) -> str:
        """The name of its flow definition."""
        return str(self.description["FlowDefinitionName"])

    @property
    def input(self) -> Any:
        """What people are asked about: the InputContent that it was started with."""
        return json.loads(self.reach.own.describe_loop(HumanLoopName=self.name)["InputContent"])

    @property
    def output(self) -> dict[str, Any] | None:
        """`output.json`; None until it is written."""
        self.reach.clock.settle()
        described = self.reach.client("sagemaker-a2i-runtime").describe_human_loop(HumanLoopName=self.name)
        if "HumanLoopOutput" not in described:
            return None
        bucket, key = bucket_and_prefix(described["HumanLoopOutput"]["OutputS3Uri"])
        body = self.reach.client("s3").get_object(Bucket=bucket, Key=key)["Body"]
        document: dict[str, Any] = json.load(body)
        return document

    @property
    def answers(self) -> list[dict[str, Any]]:
        """The `answerContent` of each answer in the output, in order of submission; empty until it is written."""
        output = self.output
        return [answer["answerContent"] for answer in output["humanAnswers"]] if output else []


def every(reach: Reach, flow: str | None) -> list[Loop]:
    """The loops of a flow definition, or of all, oldest first."""
    reach.clock.settle()
    wanted = {"FlowDefinitionName": flow} if flow else {}
    page = reach.own.list_loops(**wanted)
    found = list(page["Loops"])
    while token := page.get("NextToken"):
        page = reach.own.list_loops(**wanted, NextToken=token)
        found += page["Loops"]
    return [Loop(reach, loop["HumanLoopName"]) for loop in reversed(found)]
