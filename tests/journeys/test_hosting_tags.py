"""Tags of models, endpoint configs, endpoints, packages and groups: told as they were given, changed, gone with the resource."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.products import put_product
from tests.running import Server, eventually
from tests.town import ROLE, Town

from .client_errors import refused

GIVEN = [{"Key": "Team", "Value": "kitchen"}, {"Key": "env", "Value": ""}]
SCRIPT = """
    def transform_fn(model, body, content_type, accept):
        return "", "text/plain"
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    data = tmp_path_factory.mktemp("tags") / "data"
    put_product(data, "script", SCRIPT, "text/plain")
    with Server(data) as server:
        yield Town(server.start())


class Resources:
    """Makes and deletes one resource of each kind by its name."""

    def __init__(self, town: Town, name: str) -> None:
        self.sagemaker, self.name = town.sagemaker, name
        self.package = town.subscribe("script")

    def create(self, kind: str, **tags: Any) -> str:
        operation = getattr(self.sagemaker, f"create_{kind}")
        answer = operation(**{self.name_member(kind): self.name}, **self.members(kind), **tags)
        return next(value for member, value in answer.items() if member.endswith("Arn"))

    def members(self, kind: str) -> dict[str, Any]:
        match kind:
            case "model":
                return {
                    "ExecutionRoleArn": ROLE,
                    "PrimaryContainer": {"ModelPackageName": self.package},
                }
            case "endpoint_config":
                variant = {"VariantName": "v", "ModelName": self.name, "InstanceType": "ml.m4.xlarge"}
                return {"ProductionVariants": [{**variant, "InitialInstanceCount": 1}]}
            case "endpoint":
                return {"EndpointConfigName": self.name}
            case "model_package":
                source = {"SourceAlgorithms": [{"AlgorithmName": self.package}]}
                return {"SourceAlgorithmSpecification": source}
        return {}

    def delete(self, kind: str) -> None:
        getattr(self.sagemaker, f"delete_{kind}")(**{self.name_member(kind): self.name})
        if kind == "endpoint":
            eventually(lambda: not self.sagemaker.list_endpoints(NameContains=self.name)["Endpoints"])

    @staticmethod
    def name_member(kind: str) -> str:
        return f"{kind.title().replace('_', '')}Name"


NEEDS = {
    "model": (),
    "endpoint_config": ("model",),
    "endpoint": ("model", "endpoint_config"),
    "model_package": (),
    "model_package_group": (),
}


@pytest.mark.parametrize("kind", NEEDS)
def test_tags_are_the_given_ones_and_go_with_the_resource(town: Town, name: str, kind: str) -> None:
    resources, sagemaker = Resources(town, name), town.sagemaker
    for need in NEEDS[kind]:
        resources.create(need, Tags=[{"Key": "of", "Value": need}])
    arn = resources.create(kind, Tags=GIVEN)

    def tags() -> list[dict[str, str]]:
        told = sagemaker.get_paginator("list_tags").paginate(ResourceArn=arn)
        return [pair for page in told for pair in page["Tags"]]

    assert GIVEN == tags()
    changed = sagemaker.add_tags(ResourceArn=arn, Tags=[{"Key": "env", "Value": "prod"}])["Tags"]
    assert [GIVEN[0], {"Key": "env", "Value": "prod"}] == changed == tags()
    sagemaker.delete_tags(ResourceArn=arn, TagKeys=["Team"])
    assert [{"Key": "env", "Value": "prod"}] == tags()

    resources.delete(kind)
    refused("ValidationException", arn, sagemaker.list_tags, ResourceArn=arn)
    assert arn == resources.create(kind)
    assert [] == tags()
    for made in (kind, *reversed(NEEDS[kind])):
        resources.delete(made)


def test_a_version_has_the_tags_of_its_group(town: Town, name: str) -> None:
    sagemaker = town.sagemaker
    group = sagemaker.create_model_package_group(ModelPackageGroupName=name, Tags=GIVEN)[
        "ModelPackageGroupArn"
    ]
    source = {"SourceAlgorithms": [{"AlgorithmName": town.subscribe("script")}]}
    versioned = {"ModelPackageGroupName": name, "SourceAlgorithmSpecification": source}
    arn = sagemaker.create_model_package(**versioned)["ModelPackageArn"]

    assert GIVEN == sagemaker.list_tags(ResourceArn=arn)["Tags"]
    for call, members in (
        (sagemaker.add_tags, {"ResourceArn": arn, "Tags": GIVEN}),
        (sagemaker.delete_tags, {"ResourceArn": arn, "TagKeys": ["env"]}),
    ):
        refused("ValidationException", f"has the tags of its group: change those of {group}", call, **members)
    refused(
        "ValidationException",
        "has the tags of its group",
        sagemaker.create_model_package,
        **versioned,
        Tags=GIVEN,
    )
