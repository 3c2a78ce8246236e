"""A real server, a worker signed in, and a review whose templates and objects are hostile."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.running import Server, eventually

WORKER = "wanda@example.org"
"""Stands on every portal page that she sees: whoever reads one has this."""


@dataclass
class Site:
    server: Server
    bucket: str

    def link(
        self, key: str, body: str, content_type: str, *, signature: str = "s3v4", **overrides: str
    ) -> str:
        """A signed link to an object with this body."""
        self.server.client("s3").put_object(
            Bucket=self.bucket, Key=key, Body=body.encode(), ContentType=content_type
        )
        signer = self.server.client("s3", signature_version=signature)
        return signer.generate_presigned_url(
            "get_object", Params={"Bucket": self.bucket, "Key": key, **overrides}
        )

    def task(self, template: str, content: Any = None) -> str:
        """A loop with this template, ready to be taken; the name of its flow definition."""
        name = f"s-{uuid.uuid4().hex[:12]}"
        sagemaker = self.server.client("sagemaker")
        ui = sagemaker.create_human_task_ui(HumanTaskUiName=name, UiTemplate={"Content": template})
        arn = sagemaker.create_flow_definition(
            FlowDefinitionName=name,
            RoleArn="arn:aws:iam::123456789012:role/r",
            HumanLoopConfig={
                "WorkteamArn": "arn:aws:sagemaker:us-east-1:123456789012:workteam/private-crowd/watched",
                "HumanTaskUiArn": ui["HumanTaskUiArn"],
                "TaskTitle": name,
                "TaskDescription": "hostile",
                "TaskCount": 1,
            },
            OutputConfig={"S3OutputPath": f"s3://{self.bucket}/out"},
        )["FlowDefinitionArn"]
        self.server.client("sagemaker-a2i-runtime").start_human_loop(
            HumanLoopName=name,
            FlowDefinitionArn=arn,
            HumanLoopInput={"InputContent": json.dumps(content or {})},
        )
        own = self.server.client("secondlook")
        eventually(lambda: own.describe_loop(HumanLoopName=name)["Loop"]["Ready"])
        return name


@pytest.fixture(scope="session")
def site(_sqlite_server: Server) -> Site:
    _sqlite_server.client("s3").create_bucket(Bucket="hostile")
    _sqlite_server.client("secondlook").create_team(TeamName="watched", Invite=[WORKER])
    return Site(_sqlite_server, "hostile")


@pytest.fixture
def worker(site: Site, chromium: Browser) -> Iterator[Page]:
    """Wanda's browser, at her list of tasks."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(site.server.client("secondlook").issue_sign_in_link(Email=WORKER, NextPath="/work")["Url"])
    page.get_by_role("button").first.click()
    page.wait_for_url("**/work")
    assert WORKER in page.content()
    yield page
    context.close()


def start(worker: Page, flow: str) -> None:
    """Take the task of a flow definition."""
    worker.goto(worker.url.split("/work")[0].split("/tasks")[0] + "/work")
    worker.locator(f'form[action$="/work/{flow}"] button').click()
    worker.wait_for_url("**/tasks/*")
