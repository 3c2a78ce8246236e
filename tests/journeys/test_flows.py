"""Flow definitions over plain boto3 [api.md §4]."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.running import Server, eventually

from .client_errors import refused

ROLE = "arn:aws:iam::123456789012:role/service-role/r"


class Ground:
    """What a flow definition stands on: a bucket, a team, a task UI."""

    def __init__(self, server: Server, name: str) -> None:
        self.sagemaker, self.name = server.client("sagemaker"), name
        server.client("s3").create_bucket(Bucket=name)
        self.team = server.client("secondlook").create_team(TeamName=name)["WorkteamArn"]
        self.ui = self.sagemaker.create_human_task_ui(
            HumanTaskUiName=name, UiTemplate={"Content": "<crowd-form></crowd-form>"}
        )["HumanTaskUiArn"]

    def request(self, name: str | None = None, **human: Any) -> dict[str, Any]:
        return {
            "FlowDefinitionName": name or self.name,
            "RoleArn": ROLE,
            "OutputConfig": {"S3OutputPath": f"s3://{self.name}/out"},
            "HumanLoopConfig": {
                "WorkteamArn": self.team,
                "HumanTaskUiArn": self.ui,
                "TaskTitle": "Look again",
                "TaskDescription": "Correct the boxes",
                "TaskCount": 1,
                **human,
            },
        }

    def create(self, name: str | None = None, **human: Any) -> str:
        return self.sagemaker.create_flow_definition(**self.request(name, **human))["FlowDefinitionArn"]


@pytest.fixture
def ground(server: Server, name: str) -> Ground:
    return Ground(server, name)


def test_a_flow_definition_is_active_and_echoes_its_request(ground):
    request = ground.request(TaskKeywords=["boxes"], TaskTimeLimitInSeconds=30)
    arn = ground.sagemaker.create_flow_definition(**request)["FlowDefinitionArn"]
    described = ground.sagemaker.describe_flow_definition(FlowDefinitionName=ground.name)
    described.pop("ResponseMetadata"), described.pop("CreationTime")

    assert f"arn:aws:sagemaker:us-east-1:123456789012:flow-definition/{ground.name}" == arn
    assert {**request, "FlowDefinitionArn": arn, "FlowDefinitionStatus": "Active"} == described


def test_a_name_that_is_taken_is_in_use(ground):
    ground.create()

    with pytest.raises(ground.sagemaker.exceptions.ResourceInUse, match=f"'{ground.name}' exists already"):
        ground.create()


@pytest.mark.parametrize("operation", ["describe_flow_definition", "delete_flow_definition"])
def test_an_unknown_flow_definition_is_not_found(ground, operation):
    with pytest.raises(ground.sagemaker.exceptions.ResourceNotFound, match=ground.name):
        getattr(ground.sagemaker, operation)(FlowDefinitionName=ground.name)


@pytest.mark.parametrize("wrong", ["-2", "account", "region"])
def test_a_team_that_is_not_here_is_refused_with_the_sentence_of_aws(ground, wrong):
    arn = _elsewhere(ground.team, wrong)

    refused(
        "ValidationException",
        f"The specified Workteam '{arn}' does not exist or you do not have access to it.",
        ground.sagemaker.create_flow_definition,
        **ground.request(WorkteamArn=arn),
    )


@pytest.mark.parametrize("wrong", ["-2", "account", "region"])
def test_a_task_ui_that_is_not_here_is_refused_by_its_arn(ground, wrong):
    arn = _elsewhere(ground.ui, wrong)

    refused(
        "ValidationException",
        f"The specified HumanTaskUi '{arn}' does not exist.",
        ground.sagemaker.create_flow_definition,
        **ground.request(HumanTaskUiArn=arn),
    )


def _elsewhere(arn: str, wrong: str) -> str:
    if wrong == "account":
        return arn.replace("123456789012", "210987654321")
    return arn.replace("us-east-1", "eu-west-1") if wrong == "region" else arn + wrong


def test_the_public_crowd_is_refused_by_name(ground):
    public = "arn:aws:sagemaker:us-east-1:394669845002:workteam/public-crowd/default"

    refused(
        "ValidationException",
        "The public workforce",
        ground.sagemaker.create_flow_definition,
        **ground.request(WorkteamArn=public),
    )


@pytest.mark.parametrize(
    ("path", "says"),
    [("s3://no-such-bucket-here/out", "'no-such-bucket-here'"), ("https://example.org/x", "s3://BUCKET")],
)
def test_an_output_path_that_cannot_be_written_is_refused(ground, path, says):
    request = {**ground.request(), "OutputConfig": {"S3OutputPath": path}}

    refused("ValidationException", says, ground.sagemaker.create_flow_definition, **request)


@pytest.mark.parametrize(
    ("human", "says"),
    [
        (
            {"TaskCount": 0},
            "at 'humanLoopConfig.taskCount' failed to satisfy constraint: Member must have value greater",
        ),
        (
            {"TaskCount": 4},
            "at 'humanLoopConfig.taskCount' failed to satisfy constraint: Member must have value less",
        ),
        ({"TaskTimeLimitInSeconds": 29}, "at 'humanLoopConfig.taskTimeLimitInSeconds'"),
        ({"TaskAvailabilityLifetimeInSeconds": 0}, "at 'humanLoopConfig.taskAvailabilityLifetimeInSeconds'"),
        (
            {"TaskTimeLimitInSeconds": 28_801},
            "constraint: Member must have value less than or equal to 28800",
        ),
        (
            {"TaskAvailabilityLifetimeInSeconds": 864_001},
            "constraint: Member must have value less than or equal to 864000",
        ),
        ({"TaskTitle": "a\x00b"}, "at 'humanLoopConfig.taskTitle' failed to satisfy constraint"),
    ],
)
def test_a_value_out_of_bounds_is_refused_by_its_path(server, ground, human, says):
    unchecked = server.client("sagemaker", parameter_validation=False)

    refused("ValidationException", says, unchecked.create_flow_definition, **ground.request(**human))


def activation(text: str) -> dict[str, Any]:
    return {"HumanLoopActivationConditionsConfig": {"HumanLoopActivationConditions": text}}


SAMPLE = (
    '{"Conditions": [{"ConditionType": "Sampling", "ConditionParameters": {"RandomSamplingPercentage": 5}}]}'
)


def test_a_flow_of_ones_own_may_have_activation_conditions(ground):
    ground.sagemaker.create_flow_definition(**ground.request(), HumanLoopActivationConfig=activation(SAMPLE))

    described = ground.sagemaker.describe_flow_definition(FlowDefinitionName=ground.name)

    assert activation(SAMPLE) == described["HumanLoopActivationConfig"]


def test_activation_conditions_that_are_wrong_are_refused_by_their_path(ground):
    refused(
        "ValidationException",
        "$.Conditions[0].ConditionParameters.RandomSamplingPercentage must be a number from 0.01 to 100; it is 0",
        ground.sagemaker.create_flow_definition,
        **ground.request(),
        HumanLoopActivationConfig=activation(SAMPLE.replace("5", "0")),
    )


def test_lists_are_paged_and_ordered_between_two_moments(ground):
    names = [f"{ground.name}-{number}" for number in range(5)]
    for name in names:
        ground.create(name)
    first = ground.sagemaker.describe_flow_definition(FlowDefinitionName=names[0])["CreationTime"]
    since = first - timedelta(microseconds=1000)

    def listed(**options: Any) -> list[str]:
        pages = ground.sagemaker.get_paginator("list_flow_definitions").paginate(
            **options, PaginationConfig={"PageSize": 2}
        )
        return [
            summary["FlowDefinitionName"]
            for page in pages
            for summary in page["FlowDefinitionSummaries"]
            if summary["FlowDefinitionName"] in names
        ]

    assert names[::-1] == listed(CreationTimeAfter=since)
    assert names == listed(CreationTimeAfter=since, SortOrder="Ascending")
    assert names[1:] == listed(CreationTimeAfter=first, SortOrder="Ascending")
    assert [] == listed(CreationTimeAfter=since, CreationTimeBefore=first)


def test_after_delete_it_is_gone_and_the_name_is_free(ground):
    ground.create()
    ground.sagemaker.delete_flow_definition(FlowDefinitionName=ground.name)

    def recreated() -> bool:
        try:
            ground.create()
        except ground.sagemaker.exceptions.ResourceInUse:
            return False
        return True

    assert eventually(recreated)
