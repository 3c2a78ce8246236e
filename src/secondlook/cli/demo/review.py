"""Asking a person: team, task page, flow definition, loop, and the answer.

All but the loop keep their names, so that a second demo finds them and makes nothing twice.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from secondlook import reviewer
from secondlook.cli import watching
from secondlook.cli.demo.subject import Subject
from secondlook.cli.errors import CommandError
from secondlook.cli.reviewing import portal_of
from secondlook.cli.step import Step
from secondlook.client.service import Service

TEAM = "demo-reviewers"
BUCKET = "secondlook-demo"


@dataclass(frozen=True, slots=True)
class Flow:
    """A flow definition that takes loops."""

    name: str
    arn: str


def team(server: Service, email: str) -> str:
    """The ARN of the demo's work team, with this person in it."""
    own = server.own
    response = own.create_team(TeamName=TEAM, Organization="secondlook demo")
    members = own.list_members(TeamName=TEAM)["Members"]
    if email not in {member["Email"] for member in members}:
        own.create_team(TeamName=TEAM, Invite=[email])
    return str(response["WorkteamArn"])


def upload(server: Service, subject: Subject) -> str:
    """Put the picture where the task page can show it from; its `s3://` URI."""
    s3 = server.client("s3")
    try:
        s3.head_bucket(Bucket=BUCKET)
    except ClientError:
        s3.create_bucket(Bucket=BUCKET)
    s3.put_object(
        Bucket=BUCKET, Key=subject.picture.name, Body=subject.picture.read_bytes(), ContentType="image/jpeg"
    )
    return f"s3://{BUCKET}/{subject.picture.name}"


def flow(server: Service, subject: Subject, workteam: str, role: str) -> Flow:
    """The flow definition that asks about this subject; made anew when its template has changed."""
    sagemaker = server.client("sagemaker")
    name = f"demo-{subject.product}-{hashlib.sha256(subject.template.encode()).hexdigest()[:8]}"
    try:
        response = sagemaker.describe_flow_definition(FlowDefinitionName=name)
    except ClientError:
        return _make_flow(sagemaker, subject, workteam, role, name)
    return Flow(name, response["FlowDefinitionArn"])


def _make_flow(sagemaker: Any, subject: Subject, workteam: str, role: str, name: str) -> Flow:
    page = sagemaker.create_human_task_ui(HumanTaskUiName=name, UiTemplate={"Content": subject.template})
    response = sagemaker.create_flow_definition(
        FlowDefinitionName=name,
        RoleArn=role,
        HumanLoopConfig={
            "WorkteamArn": workteam,
            "HumanTaskUiArn": page["HumanTaskUiArn"],
            "TaskCount": 1,
            "TaskTitle": subject.title,
            "TaskDescription": "A model was not sure. Correct what it got wrong.",
        },
        OutputConfig={"S3OutputPath": f"s3://{BUCKET}/answers"},
    )
    with Step("Setting up the review") as step:
        watching.until_active(sagemaker, name, step.now)
    return Flow(name, response["FlowDefinitionArn"])


def start(server: Service, flow: Flow, loop: str, question: Mapping[str, Any]) -> None:
    server.client("sagemaker-a2i-runtime").start_human_loop(
        HumanLoopName=loop,
        FlowDefinitionArn=flow.arn,
        HumanLoopInput={"InputContent": json.dumps(question)},
    )


def link(server: Service, email: str, ends: bool) -> str:
    """A link that signs the reviewer in with one click and shows the work, in pages that know whether the server ends with the demo."""
    path = "/work?demo" if ends else "/work"
    return str(server.own.issue_sign_in_link(Email=email, NextPath=path)["Url"])


def accept(server: Service, email: str, flow: Flow, loop: str) -> None:
    """Let the scripted reviewer submit what the page says untouched."""
    portal = portal_of(server, email)
    number = watching.until_taken(lambda: portal.take(flow.name, loop), server.own, loop)
    reviewer.answer(portal, number, None, warn=lambda _: None)


def wait(server: Service, loop: str) -> tuple[dict[str, Any], str]:
    """The document `output.json` of the loop and its URI, once somebody has submitted; CommandError if nobody ever will."""
    with Step("Waiting for the answer") as step:
        ended = watching.until_final(server.own, loop, step.now)["Loop"]
    if ended["HumanLoopStatus"] != "Completed":
        raise CommandError(
            f"{loop} is {ended['HumanLoopStatus']}: {ended.get('FailureReason') or 'somebody stopped it'}"
        )
    uri = str(ended["OutputS3Uri"])
    bucket, _, key = uri.removeprefix("s3://").partition("/")
    document: dict[str, Any] = json.load(server.client("s3").get_object(Bucket=bucket, Key=key)["Body"])
    return document, uri
