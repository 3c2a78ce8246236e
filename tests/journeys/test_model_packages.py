"""Model packages that programs register, over plain boto3: registered, listed, changed, deployed, deleted [hosting.md]."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.products import put_product
from tests.running import Server
from tests.town import Town

from .client_errors import refused

IMAGE = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3"
SPECIFICATION = {
    "Containers": [{"Image": IMAGE, "ModelDataUrl": "s3://models/a/model.tar.gz"}],
    "SupportedContentTypes": ["text/csv"],
    "SupportedResponseMIMETypes": ["text/csv"],
    "SupportedTransformInstanceTypes": ["ml.m5.large"],
    "SupportedRealtimeInferenceInstanceTypes": ["ml.m4.xlarge"],
}


@pytest.fixture
def sagemaker(server: Server) -> Any:
    return server.client("sagemaker")


def registered(sagemaker: Any, **params: Any) -> str:
    return sagemaker.create_model_package(InferenceSpecification=SPECIFICATION, **params)["ModelPackageArn"]


@pytest.fixture
def group(sagemaker: Any, name: str) -> str:
    """The ARN of a group with three versions, the second of which is approved."""
    tags = [{"Key": "team", "Value": "kitchen"}]
    arn = sagemaker.create_model_package_group(
        ModelPackageGroupName=name, ModelPackageGroupDescription="spoons", Tags=tags
    )["ModelPackageGroupArn"]
    for status in ("PendingManualApproval", "Approved", "Rejected"):
        registered(sagemaker, ModelPackageGroupName=name, ModelApprovalStatus=status)
    return arn


def test_a_version_is_registered_approved_and_described(sagemaker: Any, group: str, name: str) -> None:
    first = f"{group.replace('-group/', '/')}/1"
    answer = sagemaker.update_model_package(
        ModelPackageArn=first,
        ModelApprovalStatus="Approved",
        ApprovalDescription="looked at it",
        CustomerMetadataProperties={"reviewer": "ann"},
    )
    description = sagemaker.describe_model_package(ModelPackageName=first)

    assert first == answer["ModelPackageArn"] == description["ModelPackageArn"]
    assert (name, 1) == (description["ModelPackageGroupName"], description["ModelPackageVersion"])
    assert ("Approved", "looked at it") == (
        description["ModelApprovalStatus"],
        description["ApprovalDescription"],
    )
    assert SPECIFICATION == description["InferenceSpecification"]
    assert {"reviewer": "ann"} == description["CustomerMetadataProperties"]
    assert ("Completed", {"ValidationStatuses": [], "ImageScanStatuses": []}) == (
        description["ModelPackageStatus"],
        description["ModelPackageStatusDetails"],
    )


def test_everything_that_is_said_of_a_package_is_told_again(sagemaker: Any, name: str) -> None:
    report = {"ContentType": "application/json", "S3Uri": "s3://models/report.json"}
    said = {
        "ModelPackageDescription": "finds spoons",
        "MetadataProperties": {"CommitId": "abc", "ProjectId": "p"},
        "ModelMetrics": {"Bias": {"Report": report}, "Explainability": {"Report": report}},
        "DriftCheckBaselines": {"ModelQuality": {"Statistics": report}},
        "CustomerMetadataProperties": {"a": "1"},
        "Domain": "COMPUTER_VISION",
        "Task": "OBJECT_DETECTION",
        "SamplePayloadUrl": "s3://models/payload.tar.gz",
        "SkipModelValidation": "All",
        "SecurityConfig": {"KmsKeyId": "alias/mine"},
        "ModelLifeCycle": {"Stage": "Development", "StageStatus": "Pending"},
        "AdditionalInferenceSpecifications": [{"Name": "small", "Containers": [{"Image": IMAGE}]}],
        "ModelCard": {"ModelCardContent": "{}", "ModelCardStatus": "Draft"},
    }
    arn = registered(sagemaker, ModelPackageName=name, CertifyForMarketplace=False, **said)

    description = sagemaker.describe_model_package(ModelPackageName=name)
    assert said == {member: description[member] for member in said}
    without_card = sagemaker.describe_model_package(ModelPackageName=arn, IncludedData="MetadataOnly")
    assert description.keys() - without_card.keys() == {"ModelCard"}


def test_the_client_token_of_a_retried_call_makes_one_version(sagemaker: Any, group: str, name: str) -> None:
    made = {registered(sagemaker, ModelPackageGroupName=group, ClientToken="once-" + name) for _ in range(2)}

    assert {f"{group.replace('-group/', '/')}/4"} == made
    refused(
        "ConflictException",
        "ClientToken was used with other parameters",
        sagemaker.create_model_package,
        ModelPackageGroupName=name,
        ClientToken="once-" + name,
    )


def test_names_that_are_taken_or_unknown_are_refused_in_awss_words(
    sagemaker: Any, group: str, name: str
) -> None:
    create = sagemaker.create_model_package
    arn = registered(sagemaker, ModelPackageName=name)
    whole = {"InferenceSpecification": SPECIFICATION}
    refused(
        "ValidationException", f"Model Package already exists: {arn}", create, ModelPackageName=name, **whole
    )
    refused(
        "ValidationException",
        f"Model Package Group already exists: {group}",
        sagemaker.create_model_package_group,
        ModelPackageGroupName=name,
    )
    refused(
        "ValidationException",
        f"ModelPackageGroup {group}x does not exist.",
        create,
        ModelPackageGroupName=name + "x",
        **whole,
    )
    refused(
        "ValidationException",
        "Cannot determine which one to use",
        create,
        ModelPackageName=name,
        ModelPackageGroupName=name,
    )
    refused("ValidationException", "Missing ARN", create, **whole)


def test_a_batch_describes_what_is_there_and_says_what_is_not(sagemaker: Any, group: str) -> None:
    package = group.replace("-group/", "/")
    answer = sagemaker.batch_describe_model_package(ModelPackageArnList=[f"{package}/2", f"{package}/9"])

    assert {f"{package}/2"} == set(answer["ModelPackageSummaries"])
    summary = answer["ModelPackageSummaries"][f"{package}/2"]
    assert (2, "Approved", SPECIFICATION) == (
        summary["ModelPackageVersion"],
        summary["ModelApprovalStatus"],
        summary["InferenceSpecification"],
    )
    assert {
        f"{package}/9": {
            "ErrorCode": "ValidationException",
            "ErrorResponse": f"ModelPackage {package}/9 does not exist.",
        }
    } == answer["BatchDescribeModelPackageErrorMap"]


# --- lists


def listed(sagemaker: Any, size: int = 2, **filters: Any) -> list[str]:
    """What stands behind `model-package/` in each ARN, over all pages."""
    pages = sagemaker.get_paginator("list_model_packages").paginate(
        **filters, PaginationConfig={"PageSize": size}
    )
    return [
        summary["ModelPackageArn"].partition("/")[2]
        for page in pages
        for summary in page["ModelPackageSummaryList"]
    ]


def test_lists_hold_what_the_filters_let_through(sagemaker: Any, group: str, name: str) -> None:
    registered(sagemaker, ModelPackageName=name)
    versions = [f"{name}/{number}" for number in (1, 2, 3)]

    assert versions[::-1] == listed(sagemaker, ModelPackageGroupName=name)
    assert versions == listed(sagemaker, ModelPackageGroupName=group, SortOrder="Ascending")
    assert [f"{name}/2"] == listed(sagemaker, ModelPackageGroupName=name, ModelApprovalStatus="Approved")
    assert [] == listed(sagemaker, ModelPackageGroupName=group.replace("us-east-1", "eu-west-1"))
    assert [] == listed(sagemaker, ModelPackageGroupName=name, ModelPackageType="Unversioned")
    assert [name] == listed(sagemaker, NameContains=name)
    assert versions[::-1] == listed(sagemaker, NameContains=name, ModelPackageType="Versioned")
    assert [name, *versions] == listed(
        sagemaker, NameContains=name, ModelPackageType="Both", SortBy="Name", SortOrder="Ascending"
    )
    assert [] == listed(
        sagemaker,
        NameContains=name,
        ModelPackageType="Both",
        CreationTimeBefore=datetime(2020, 1, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize("order", [{}, {"SortBy": "Name"}, {"SortBy": "Name", "SortOrder": "Ascending"}])
def test_products_and_packages_of_ones_own_are_paged_together(
    server: Server, sagemaker: Any, name: str, order: dict[str, str]
) -> None:
    own = server.client("secondlook")
    products = {
        own.subscribe(ProductId=product, AcceptLicense=True)["ModelPackageArn"].partition("/")[2]
        for product in ("fastestdet-coco", "ppocr-text")
    }
    mine = [f"{prefix}{name}" for prefix in ("a-", "G-", "q-")]
    for package in mine:
        registered(sagemaker, ModelPackageName=package)

    whole = listed(sagemaker, size=100, ModelPackageType="Both", **order)
    assert whole == listed(sagemaker, size=1, ModelPackageType="Both", **order)
    assert len(whole) == len(set(whole))
    assert products | set(mine) <= set(whole)


def test_pages_hold_while_packages_come_and_go(sagemaker: Any, name: str) -> None:
    for letter in "abcd":
        registered(sagemaker, ModelPackageName=f"{name}-{letter}")
    by_name = {"NameContains": name, "SortBy": "Name", "SortOrder": "Ascending", "MaxResults": 2}
    first = sagemaker.list_model_packages(**by_name)
    sagemaker.delete_model_package(ModelPackageName=f"{name}-b")
    sagemaker.delete_model_package(ModelPackageName=f"{name}-c")
    registered(sagemaker, ModelPackageName=f"{name}-aa")
    registered(sagemaker, ModelPackageName=f"{name}-e")
    second = sagemaker.list_model_packages(**by_name, NextToken=first["NextToken"])

    def names(page: dict[str, Any]) -> list[str]:
        return [summary["ModelPackageName"][-1] for summary in page["ModelPackageSummaryList"]]

    assert (["a", "b"], ["d", "e"]) == (names(first), names(second))
    assert "NextToken" not in second


def test_groups_are_listed_and_go_when_they_are_empty(sagemaker: Any, group: str, name: str) -> None:
    [summary] = sagemaker.list_model_package_groups(NameContains=name)["ModelPackageGroupSummaryList"]
    assert (group, "spoons", "Completed") == (
        summary["ModelPackageGroupArn"],
        summary["ModelPackageGroupDescription"],
        summary["ModelPackageGroupStatus"],
    )
    elsewhere = sagemaker.list_model_package_groups(CrossAccountFilterOption="CrossAccount")
    assert [] == elsewhere["ModelPackageGroupSummaryList"]
    refused(
        "ConflictException",
        f"{group} has model packages",
        sagemaker.delete_model_package_group,
        ModelPackageGroupName=name,
    )
    for package in listed(sagemaker, ModelPackageGroupName=name):
        sagemaker.delete_model_package(ModelPackageName=package)
    sagemaker.delete_model_package_group(ModelPackageGroupName=group)
    for call in (sagemaker.describe_model_package_group, sagemaker.delete_model_package_group):
        refused(
            "ValidationException",
            f"ModelPackageGroup {group} does not exist.",
            call,
            ModelPackageGroupName=name,
        )


@pytest.mark.parametrize("operation", ["get_model_package_group_policy", "delete_model_package_group_policy"])
def test_a_group_has_no_policy(sagemaker: Any, group: str, name: str, operation: str) -> None:
    refused(
        "ValidationException",
        f"Cannot find resource policy for: {group}",
        getattr(sagemaker, operation),
        ModelPackageGroupName=name,
    )


# --- deployed

SCRIPT = """
    import os

    def transform_fn(model, body, content_type, accept):
        return os.environ.get("GREETING", "nothing"), "text/plain"
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    data = tmp_path_factory.mktemp("packages") / "data"
    put_product(data, "script", SCRIPT, "text/plain")
    with Server(data) as server:
        yield Town(server.start())


def test_a_package_made_from_a_product_is_deployed_and_answers(town: Town, name: str) -> None:
    product = town.subscribe("script")
    arn = town.sagemaker.create_model_package(
        ModelPackageName=name,
        SourceAlgorithmSpecification={"SourceAlgorithms": [{"AlgorithmName": product}]},
    )["ModelPackageArn"]
    described = town.sagemaker.describe_model_package(ModelPackageName=name)
    town.deploy(name, arn)

    assert "prod-script" == described["InferenceSpecification"]["Containers"][0]["ProductId"]
    assert "nothing" == town.ask(name)
    town.sagemaker.delete_model_package(ModelPackageName=name)
    assert "nothing" == town.ask(name)
    town.sagemaker.delete_endpoint(EndpointName=name)
