"""Reviews on a running server: a requester starts them by plain boto3, a worker takes them in a real browser."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.running import Server, eventually


@dataclass
class Reviews:
    """A bucket for objects and results, and a team of one worker, known by her address."""

    server: Server
    bucket: str
    team: str
    worker: str

    @classmethod
    def opened(cls, server: Server, bucket: str, team: str, worker: str) -> Self:
        """With that bucket and that team, which are made."""
        server.client("s3").create_bucket(Bucket=bucket)
        server.client("secondlook").create_team(TeamName=team, Invite=[worker])
        return cls(server, bucket, team, worker)

    def put(self, key: str, body: bytes, content_type: str) -> None:
        self.server.client("s3").put_object(Bucket=self.bucket, Key=key, Body=body, ContentType=content_type)

    def task(self, template: str, content: Any = None) -> str:
        """A loop with this template, ready to be taken, and final once submitted; its name and that of its flow definition."""
        name = f"s-{uuid.uuid4().hex[:12]}"
        sagemaker, own = self.server.client("sagemaker"), self.server.client("secondlook")
        ui = sagemaker.create_human_task_ui(HumanTaskUiName=name, UiTemplate={"Content": template})
        arn = sagemaker.create_flow_definition(
            FlowDefinitionName=name,
            RoleArn="arn:aws:iam::123456789012:role/r",
            HumanLoopConfig={
                "WorkteamArn": f"arn:aws:sagemaker:us-east-1:123456789012:workteam/private-crowd/{self.team}",
                "HumanTaskUiArn": ui["HumanTaskUiArn"],
                "TaskTitle": name,
                "TaskDescription": "Look again",
                "TaskCount": 1,
            },
            OutputConfig={"S3OutputPath": f"s3://{self.bucket}/out"},
        )["FlowDefinitionArn"]
        own.update_flow(FlowDefinitionName=name, UndoSeconds=0)
        self.server.client("sagemaker-a2i-runtime").start_human_loop(
            HumanLoopName=name,
            FlowDefinitionArn=arn,
            HumanLoopInput={"InputContent": json.dumps(content or {})},
        )
        loop = eventually(
            lambda: self._once(name, lambda loop: loop["Ready"] or loop["HumanLoopStatus"] != "InProgress")
        )
        assert loop["HumanLoopStatus"] == "InProgress", loop
        return name

    def describe(self, name: str) -> dict[str, Any]:
        """What `secondlook loops show` knows of it."""
        described: dict[str, Any] = self.server.client("secondlook").describe_loop(HumanLoopName=name)
        return described

    def _once(self, name: str, condition: Callable[[dict[str, Any]], bool]) -> dict[str, Any] | None:
        loop = self.describe(name)["Loop"]
        return loop if condition(loop) else None

    def reports(self, name: str) -> list[str]:
        """What the pages of this loop have told the requester."""
        return [report["Message"] for report in self.describe(name)["Reports"]]

    def answer(self, name: str) -> Any:
        """The answer of the one worker, from `output.json` as soon as it is written."""
        loop = eventually(lambda: self._once(name, lambda loop: loop["HumanLoopStatus"] == "Completed"))
        place = urlsplit(loop["OutputS3Uri"])
        body = self.server.client("s3").get_object(Bucket=place.netloc, Key=place.path[1:])["Body"]
        (answer,) = json.load(body)["humanAnswers"]
        return answer["answerContent"]

    def sign_in(self, page: Page) -> None:
        """The worker's browser, at her list of tasks."""
        link = self.server.client("secondlook").issue_sign_in_link(Email=self.worker, NextPath="/work")
        page.goto(link["Url"])
        page.get_by_role("button").first.click()
        page.wait_for_url("**/work")


def start(worker: Page, flow: str) -> None:
    """Take the task of a flow definition."""
    worker.goto(worker.url.split("/work")[0].split("/tasks")[0] + "/work")
    worker.locator(f'form[action$="/work/{flow}"] button').click()
    worker.wait_for_url("**/tasks/*")
