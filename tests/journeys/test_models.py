"""Model packages, models and endpoint configs over plain boto3, up to where a process starts [hosting.md]."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.running import Server

from .client_errors import refused

ROLE = "arn:aws:iam::123456789012:role/r"
PRODUCTS = ("fastestdet-coco", "ppocr-text")


@pytest.fixture
def sagemaker(server: Server) -> Any:
    return server.client("sagemaker")


@pytest.fixture
def packages(server: Server) -> list[str]:
    """ARNs of both products, subscribed to."""
    own = server.client("secondlook")
    return [own.subscribe(ProductId=product, AcceptLicense=True)["ModelPackageArn"] for product in PRODUCTS]


def test_packages_subscribed_to_are_listed_in_pages(sagemaker, packages):
    def listed(**filters: Any) -> list[str]:
        pages = sagemaker.get_paginator("list_model_packages").paginate(
            **filters, PaginationConfig={"PageSize": 1}
        )
        arns = [summary["ModelPackageArn"] for page in pages for summary in page["ModelPackageSummaryList"]]
        return [arn for arn in arns if ":123456789012:" not in arn]  # which other tests registered

    assert set(packages) == set(listed())
    assert listed()[::-1] == listed(SortOrder="Ascending")
    assert sorted(packages) == listed(SortBy="Name", SortOrder="Ascending")
    assert [packages[0]] == listed(NameContains="fastestdet")
    assert [] == listed(CreationTimeBefore=datetime(2020, 1, 1, tzinfo=UTC))
    assert [] == listed(ModelPackageType="Versioned")
    refused("ValidationException", "NextToken", sagemaker.list_model_packages, NextToken="none")


def test_an_unknown_package_is_a_validation_error(sagemaker):
    refused(
        "ValidationException", "does not exist", sagemaker.describe_model_package, ModelPackageName="none"
    )


def test_models_are_made_listed_and_deleted(sagemaker, packages, name):
    arn = sagemaker.create_model(
        ModelName=name, ExecutionRoleArn=ROLE, PrimaryContainer={"ModelPackageName": packages[1]}
    )["ModelArn"]

    assert f"arn:aws:sagemaker:us-east-1:123456789012:model/{name}" == arn
    assert arn == sagemaker.describe_model(ModelName=name)["ModelArn"]
    assert [name] == [model["ModelName"] for model in sagemaker.list_models(NameContains=name)["Models"]]
    refused(
        "ValidationException",
        f'Cannot create already existing model "{arn}".',
        sagemaker.create_model,
        ModelName=name,
        PrimaryContainer={"ModelPackageName": packages[1]},
    )
    sagemaker.delete_model(ModelName=name)
    refused("ValidationException", f'Could not find model "{arn}".', sagemaker.describe_model, ModelName=name)
    refused("ValidationException", f'Could not find model "{arn}".', sagemaker.delete_model, ModelName=name)


@pytest.mark.parametrize(
    "operation",
    ["describe_endpoint_config", "delete_endpoint_config", "describe_endpoint", "delete_endpoint"],
)
def test_what_is_not_there_cannot_be_found(sagemaker, name, operation):
    member = "EndpointConfigName" if operation.endswith("config") else "EndpointName"
    answer = refused(
        "ValidationException", "Could not find endpoint", getattr(sagemaker, operation), **{member: name}
    )

    assert 400 == answer["ResponseMetadata"]["HTTPStatusCode"]
