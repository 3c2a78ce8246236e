"""Tags over plain boto3 [api.md §6]."""

from __future__ import annotations

from typing import Any

import pytest

from tests.running import Server

from .client_errors import refused

PACKAGE = "arn:aws:sagemaker:us-east-1:123456789012:model-package/none"


@pytest.fixture
def sagemaker(server: Server) -> Any:
    return server.client("sagemaker")


@pytest.fixture
def arn(sagemaker: Any, name: str) -> str:
    template = {"Content": "<crowd-form></crowd-form>"}
    return sagemaker.create_human_task_ui(HumanTaskUiName=name, UiTemplate=template)["HumanTaskUiArn"]


def tag(key: str, value: str = "") -> dict[str, str]:
    return {"Key": key, "Value": value}


def test_tags_are_added_changed_and_taken_away(sagemaker, arn):
    assert [tag("a", "1"), tag("b")] == sagemaker.add_tags(ResourceArn=arn, Tags=[tag("b"), tag("a", "1")])[
        "Tags"
    ]
    assert [tag("a", "2"), tag("b")] == sagemaker.add_tags(ResourceArn=arn, Tags=[tag("a", "2")])["Tags"]
    answer = sagemaker.delete_tags(ResourceArn=arn, TagKeys=["b", "never"])
    assert {"ResponseMetadata"} == set(answer)
    assert [tag("a", "2")] == sagemaker.list_tags(ResourceArn=arn)["Tags"]


def test_fifty_tags_fit_and_one_more_leaves_them_as_they_were(sagemaker, arn):
    fifty = [tag(f"k{number:02}") for number in range(50)]
    sagemaker.add_tags(ResourceArn=arn, Tags=fifty)

    with pytest.raises(sagemaker.exceptions.ResourceLimitExceeded, match="at most 50 tags"):
        sagemaker.add_tags(ResourceArn=arn, Tags=[tag("one-more")])
    assert fifty == sagemaker.list_tags(ResourceArn=arn, MaxResults=50)["Tags"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("123456789012", "210987654321"),
        ("us-east-1", "eu-west-1"),
        ("/t-", "/u-"),
        ("task-ui/", "task-ui/x/"),
    ],
)
def test_a_resource_that_is_not_here_cannot_be_tagged(sagemaker, arn, old, new):
    wrong = arn.replace(old, new)

    for call, members in ((sagemaker.add_tags, {"Tags": [tag("a")]}), (sagemaker.list_tags, {})):
        answer = refused("ValidationException", "", call, ResourceArn=wrong, **members)
        assert 400 == answer["ResponseMetadata"]["HTTPStatusCode"]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("arn:aws:sagemaker:us-east-1:123456789012:human-loop/x", "Invalid resource type: human-loop"),
        ("arn:aws:sagemaker:us-east-1:123456789012:workforce/default", "Invalid resource type: workforce"),
        (PACKAGE, f"ModelPackage {PACKAGE} does not exist."),
    ],
)
def test_what_takes_no_tags_is_named(sagemaker, wrong, says):
    refused("ValidationException", says, sagemaker.list_tags, ResourceArn=wrong)
