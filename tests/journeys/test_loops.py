"""Human loops over plain boto3: the wire, the names and the errors [api.md §2]."""

from __future__ import annotations

import json

import pytest
from botocore.exceptions import ClientError

from tests.running import Server, eventually

ROLE = "arn:aws:iam::123456789012:role/service-role/r"


class Review:
    """A bucket, a team, a task UI and a flow definition of the test's own."""

    def __init__(self, server: Server, name: str, template: str = "<crowd-form></crowd-form>") -> None:
        self.sagemaker = server.client("sagemaker")
        self.a2i = server.client("sagemaker-a2i-runtime")
        self.name = name
        server.client("s3").create_bucket(Bucket=name)
        team = server.client("secondlook").create_team(TeamName=name)["WorkteamArn"]
        ui = self.sagemaker.create_human_task_ui(HumanTaskUiName=name, UiTemplate={"Content": template})
        self.arn = self.sagemaker.create_flow_definition(
            FlowDefinitionName=name,
            RoleArn=ROLE,
            HumanLoopConfig={
                "WorkteamArn": team,
                "HumanTaskUiArn": ui["HumanTaskUiArn"],
                "TaskTitle": "Look again",
                "TaskDescription": "Correct the boxes",
                "TaskCount": 1,
            },
            OutputConfig={"S3OutputPath": f"s3://{name}/out"},
        )["FlowDefinitionArn"]

    def start(self, loop: str, content: object = None) -> str:
        text = content if isinstance(content, str) else json.dumps(content or {"a": 1})
        return self.a2i.start_human_loop(
            HumanLoopName=loop, FlowDefinitionArn=self.arn, HumanLoopInput={"InputContent": text}
        )["HumanLoopArn"]

    def describe(self, loop: str) -> dict:
        return self.a2i.describe_human_loop(HumanLoopName=loop)


@pytest.fixture
def review(server: Server, name: str) -> Review:
    return Review(server, name)


def test_a_loop_is_in_progress_with_its_output_already_named(review):
    arn = review.start(review.name)
    described = review.describe(review.name)
    created = described["CreationTime"].strftime("%Y/%m/%d/%H/%M/%S")

    assert (
        f"arn:aws:sagemaker:us-east-1:123456789012:human-loop/{review.name}"
        == arn
        == described["HumanLoopArn"]
    )
    assert "InProgress" == described["HumanLoopStatus"]
    assert (
        f"s3://{review.name}/out/{review.name}/{created}/{review.name}/output.json"
        == described["HumanLoopOutput"]["OutputS3Uri"]
    )


def test_the_same_start_again_answers_the_same_arn(review):
    assert review.start(review.name) == review.start(review.name)


def test_the_same_name_with_another_input_is_a_conflict(review):
    review.start(review.name)

    with pytest.raises(review.a2i.exceptions.ConflictException) as refused:
        review.start(review.name, {"a": 2})
    assert 409 == refused.value.response["ResponseMetadata"]["HTTPStatusCode"]


@pytest.mark.parametrize(
    ("members", "says"),
    [
        (
            {"HumanLoopName": "No_Good"},
            "at 'humanLoopName' failed to satisfy constraint: Member must satisfy regular expression",
        ),
        ({"HumanLoopName": "a" * 64}, "Member must have length less than or equal to 63"),
        ({"HumanLoopInput": {"InputContent": "{not json"}}, "InputContent must be valid JSON"),
        (
            {"FlowDefinitionArn": "arn:aws:sagemaker:us-east-1:123456789012:flow-definition/none"},
            "flow-definition/none' does not exist",
        ),
        ({"DataAttributes": {"ContentClassifiers": ["Nice"]}}, "Member must satisfy enum value set"),
    ],
)
def test_a_wrong_start_is_refused_by_name_and_nothing_is_started(review, members, says):
    plain = {
        "HumanLoopName": review.name,
        "FlowDefinitionArn": review.arn,
        "HumanLoopInput": {"InputContent": "{}"},
    }

    with pytest.raises(review.a2i.exceptions.ValidationException, match=r"(?s).*") as refused:
        review.a2i.start_human_loop(**{**plain, **members})
    assert says in str(refused.value)
    assert [] == review.a2i.list_human_loops(FlowDefinitionArn=review.arn)["HumanLoopSummaries"]


def test_stop_then_delete_and_the_name_is_free(review):
    review.start(review.name)
    with pytest.raises(review.a2i.exceptions.ValidationException, match="stop it first"):
        review.a2i.delete_human_loop(HumanLoopName=review.name)
    review.a2i.stop_human_loop(HumanLoopName=review.name)
    assert "Stopped" == review.describe(review.name)["HumanLoopStatus"]
    review.a2i.delete_human_loop(HumanLoopName=review.name)

    with pytest.raises(review.a2i.exceptions.ResourceNotFoundException):
        review.describe(review.name)
    review.start(review.name)


def test_lists_are_paged_newest_first(review):
    names = [f"{review.name}-{number}" for number in range(5)]
    for name in names:
        review.start(name)
    pages = review.a2i.get_paginator("list_human_loops").paginate(
        FlowDefinitionArn=review.arn, PaginationConfig={"PageSize": 2}
    )
    listed = [summary["HumanLoopName"] for page in pages for summary in page["HumanLoopSummaries"]]

    assert names[::-1] == listed


def test_a_template_that_does_not_render_fails_the_loop_with_the_reason(server, name):
    review = Review(
        server,
        name,
        template='<img src="{{ task.input.image | grant_read_access }}"><crowd-form></crowd-form>',
    )
    review.start(name, {"image": " "})
    described = eventually(
        lambda: (loop_now := review.describe(name))["HumanLoopStatus"] == "Failed" and loop_now
    )

    assert "ValidationError" == described["FailureCode"]
    assert (
        'Task failed to render: [ InvalidParameters: \'"grant_read_access" input is not a valid S3 URI: " " (line 1, column 33).\' ].'
        == described["FailureReason"]
    )


def test_a_deleted_flow_definition_takes_its_loops_along(review):
    review.start(review.name)
    review.sagemaker.delete_flow_definition(FlowDefinitionName=review.name)

    def gone():  # the last to go, after its loops
        try:
            review.sagemaker.describe_flow_definition(FlowDefinitionName=review.name)
        except review.sagemaker.exceptions.ResourceNotFound:
            return True
        return False

    assert eventually(gone)
    with pytest.raises(review.a2i.exceptions.ResourceNotFoundException):
        review.describe(review.name)


def test_a_wrong_secret_is_refused(sqlite_server):
    client = sqlite_server.client("sagemaker-a2i-runtime")
    client._request_signer._credentials.secret_key = "wrong"

    with pytest.raises(ClientError) as refused:
        client.describe_human_loop(HumanLoopName="x")
    assert "InvalidSignatureException" == refused.value.response["Error"]["Code"]
