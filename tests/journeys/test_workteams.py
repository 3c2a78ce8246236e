"""Work teams over plain boto3 [api.md §5, workforce.md]."""

from __future__ import annotations

from typing import Any

import pytest

from tests.running import Server

from .client_errors import refused

MEMBERS = [
    {"CognitoMemberDefinition": {"UserPool": "us-east-1_abc", "UserGroup": "crew", "ClientId": "client"}}
]


@pytest.fixture
def sagemaker(server: Server) -> Any:
    return server.client("sagemaker")


def create(sagemaker: Any, name: str, **more: Any) -> str:
    request = {"Description": "Reads closely", "MemberDefinitions": MEMBERS, **more}
    return sagemaker.create_workteam(WorkteamName=name, **request)["WorkteamArn"]


def test_a_team_is_described_with_what_was_given_and_what_the_service_fills_in(server, sagemaker, name):
    arn = create(sagemaker, name)
    workteam = sagemaker.describe_workteam(WorkteamName=name)["Workteam"]
    created = workteam.pop("CreateDate")

    assert f"arn:aws:sagemaker:us-east-1:123456789012:workteam/private-crowd/{name}" == arn
    assert created == workteam.pop("LastUpdatedDate")
    assert {
        "WorkteamName": name,
        "WorkteamArn": arn,
        "WorkforceArn": "arn:aws:sagemaker:us-east-1:123456789012:workforce/default",
        "MemberDefinitions": MEMBERS,
        "Description": "Reads closely",
        "SubDomain": f"127.0.0.1:{server.tls_port}",
        "NotificationConfiguration": {},
        "WorkerAccessConfiguration": {
            "S3Presign": {"IamPolicyConstraints": {"SourceIp": "Disabled", "VpcSourceIp": "Disabled"}}
        },
    } == workteam


def test_a_name_that_is_taken_is_in_use(sagemaker, name):
    create(sagemaker, name)

    with pytest.raises(sagemaker.exceptions.ResourceInUse, match=name):
        create(sagemaker, name)


@pytest.mark.parametrize("operation", ["describe_workteam", "update_workteam", "delete_workteam"])
def test_an_unknown_team_is_a_validation_error_that_begins_as_terraform_expects(sagemaker, name, operation):
    answer = refused("ValidationException", name, getattr(sagemaker, operation), WorkteamName=name)

    assert answer["Error"]["Message"].startswith("The work team")
    assert 400 == answer["ResponseMetadata"]["HTTPStatusCode"]


def test_a_team_of_another_workforce_is_refused_by_name(sagemaker, name):
    create(sagemaker, name)

    refused(
        "ValidationException",
        "No workforce found with name other",
        sagemaker.create_workteam,
        WorkteamName=f"{name}-2",
        WorkforceName="other",
        Description="x",
        MemberDefinitions=MEMBERS,
    )


def test_update_changes_what_is_given_and_nothing_else(sagemaker, name):
    create(sagemaker, name)
    topic = {"NotificationTopicArn": "arn:aws:sns:us-east-1:123456789012:topic"}
    changed = sagemaker.update_workteam(
        WorkteamName=name, Description="New", NotificationConfiguration=topic
    )["Workteam"]

    assert ("New", topic, MEMBERS) == (
        changed["Description"],
        changed["NotificationConfiguration"],
        changed["MemberDefinitions"],
    )
    assert changed["LastUpdatedDate"] > changed["CreateDate"]
    assert changed == sagemaker.describe_workteam(WorkteamName=name)["Workteam"]


def test_delete_answers_success_and_the_name_is_free(sagemaker, name):
    create(sagemaker, name)

    assert True is sagemaker.delete_workteam(WorkteamName=name)["Success"]
    refused("ValidationException", "The work team", sagemaker.describe_workteam, WorkteamName=name)
    create(sagemaker, name)


def test_lists_go_by_name_or_creation_and_are_paged(sagemaker, name):
    names = [f"{name}-{letter}" for letter in "bca"]
    for workteam in names:
        create(sagemaker, workteam)

    def listed(**options: Any) -> list[str]:
        pages = sagemaker.get_paginator("list_workteams").paginate(
            NameContains=name, **options, PaginationConfig={"PageSize": 2}
        )
        return [workteam["WorkteamName"] for page in pages for workteam in page["Workteams"]]

    assert names == listed()
    assert names[::-1] == listed(SortOrder="Descending")
    assert sorted(names) == listed(SortBy="Name")
    assert sorted(names)[::-1] == listed(SortBy="Name", SortOrder="Descending")
    assert [] == sagemaker.list_workteams(NameContains="no-such-team")["Workteams"]


def test_what_is_searched_for_is_no_pattern(sagemaker):
    refused("ValidationException", "at 'nameContains'", sagemaker.list_workteams, NameContains="%")
