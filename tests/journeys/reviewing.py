"""A review set up over plain boto3, and its worker, who comes through the portal's own pages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from secondlook.reviewer import Portal
from tests.running import Server, eventually

WORKER = "ana@example.org"


TEMPLATE = "<crowd-form><p>{{ task.input.text }}</p></crowd-form>"


class Worker(Portal):
    """A worker whose page also says what is wrong."""

    def report(self, number: int, message: str) -> None:
        """What the portal's script does with what a page reports."""
        headers = {"Content-Type": "application/json", "X-CSRF-Token": self._csrf}
        self._request(
            "POST", f"/tasks/{number}/report", body=json.dumps({"message": message}).encode(), headers=headers
        )


class Review:
    """Bucket, team, task UI and flow definition, all called `name`; by default one worker, one answer per loop."""

    def __init__(
        self,
        server: Server,
        name: str,
        workers: Sequence[str] = (WORKER,),
        answers: int = 1,
        template: str = TEMPLATE,
        conditions: dict[str, Any] | None = None,
        source: str | None = None,
    ) -> None:
        self.server, self.name = server, name
        server.client("s3").create_bucket(Bucket=name)
        team = server.client("secondlook").create_team(TeamName=name, Invite=list(workers))["WorkteamArn"]
        sagemaker = server.client("sagemaker")
        ui = sagemaker.create_human_task_ui(HumanTaskUiName=name, UiTemplate={"Content": template})
        self.arn = sagemaker.create_flow_definition(
            FlowDefinitionName=name,
            RoleArn="arn:aws:iam::123456789012:role/service-role/r",
            HumanLoopConfig={
                "WorkteamArn": team,
                "HumanTaskUiArn": ui["HumanTaskUiArn"],
                "TaskTitle": "Read",
                "TaskDescription": "Read it",
                "TaskCount": answers,
            },
            OutputConfig={"S3OutputPath": f"s3://{name}/out"},
            **_activation(conditions),
            **({"HumanLoopRequestSource": {"AwsManagedHumanLoopRequestSource": source}} if source else {}),
        )["FlowDefinitionArn"]

    @classmethod
    def existing(cls, server: Server, name: str) -> Review:
        """One that was set up before, by whichever release."""
        review = cls.__new__(cls)
        review.server, review.name = server, name
        review.arn = server.client("sagemaker").describe_flow_definition(FlowDefinitionName=name)[
            "FlowDefinitionArn"
        ]
        return review

    def start(self, loop: str) -> None:
        content = json.dumps({"text": loop})
        self.server.client("sagemaker-a2i-runtime").start_human_loop(
            HumanLoopName=loop, FlowDefinitionArn=self.arn, HumanLoopInput={"InputContent": content}
        )

    def describe(self, loop: str) -> dict[str, Any]:
        return self.server.client("sagemaker-a2i-runtime").describe_human_loop(HumanLoopName=loop)

    def completed(self, loop: str) -> dict[str, Any]:
        """The loop, once it is Completed."""
        return eventually(
            lambda: (loop_now := self.describe(loop))["HumanLoopStatus"] == "Completed" and loop_now
        )

    def output(self, loop: str) -> dict[str, Any]:
        uri = self.describe(loop)["HumanLoopOutput"]["OutputS3Uri"]
        bucket, _, key = uri.removeprefix("s3://").partition("/")
        return json.loads(self.server.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read())

    def worker(self, email: str = WORKER) -> Worker:
        return Worker(self.server.client("secondlook"), email)

    def taken(self, worker: Portal, loop: str) -> int:
        """The task of a loop in the worker's hands, as soon as it is offered."""
        return eventually(lambda: worker.take(self.name, loop))


def _activation(conditions: dict[str, Any] | None) -> dict[str, Any]:
    if conditions is None:
        return {}
    config = {"HumanLoopActivationConditions": json.dumps(conditions)}
    return {"HumanLoopActivationConfig": {"HumanLoopActivationConditionsConfig": config}}
