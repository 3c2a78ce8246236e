"""A human loop for the command line to work on."""

from __future__ import annotations

import json
from typing import Any

from tests.running import Server, eventually

FORM = """<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <p>{{ task.input.text }}</p>
  <input name="verdict" value="{{ task.input.guess }}">
  <input type="checkbox" name="flags" value="urgent">
</crowd-form>"""

BOXES = """<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <crowd-bounding-box name="boxes" src="{{ task.input.picture | grant_read_access }}" header="Check"
    labels="{{ task.input.labels }}" initial-value="{{ task.input.boxes }}"></crowd-bounding-box>
</crowd-form>"""


def start_loop(
    server: Server, name: str, template: str, content: dict[str, Any], team: str | None = None
) -> None:
    """A loop called `name` in a flow definition of that name; the clock has to try its page before it is offered."""
    sagemaker = server.client("sagemaker")
    server.client("s3").create_bucket(Bucket=name)
    page = sagemaker.create_human_task_ui(HumanTaskUiName=name, UiTemplate={"Content": template})
    flow = sagemaker.create_flow_definition(
        FlowDefinitionName=name,
        RoleArn="arn:aws:iam::123456789012:role/r",
        HumanLoopConfig={
            "WorkteamArn": f"arn:aws:sagemaker:us-east-1:123456789012:workteam/private-crowd/{team or name}",
            "HumanTaskUiArn": page["HumanTaskUiArn"],
            "TaskCount": 1,
            "TaskTitle": "Check",
            "TaskDescription": "Check this.",
        },
        OutputConfig={"S3OutputPath": f"s3://{name}/out"},
    )
    server.client("sagemaker-a2i-runtime").start_human_loop(
        HumanLoopName=name,
        FlowDefinitionArn=flow["FlowDefinitionArn"],
        HumanLoopInput={"InputContent": json.dumps(content)},
    )
    own = server.client("secondlook")
    eventually(lambda: own.describe_loop(HumanLoopName=name)["Loop"]["Ready"])


def answer_of(server: Server, loop: str) -> dict[str, Any]:
    """`answerContent` of the first answer, once the loop is Completed."""
    own = server.client("secondlook")
    loop_ended = eventually(
        lambda: (
            (ended := own.describe_loop(HumanLoopName=loop)["Loop"])["HumanLoopStatus"] == "Completed"
            and ended
        )
    )
    bucket, _, key = loop_ended["OutputS3Uri"].removeprefix("s3://").partition("/")
    document = json.load(server.client("s3").get_object(Bucket=bucket, Key=key)["Body"])
    content: dict[str, Any] = document["humanAnswers"][0]["answerContent"]
    return content
