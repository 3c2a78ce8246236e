"""From an archive to a package to an endpoint: by plain boto3, and by programs of the SageMaker SDKs 2 and 3."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from tests import sdks
from tests.own_models import SCIKIT, archive, deploy
from tests.running import Server
from tests.town import ROLE

from .client_errors import refused

SCRIPT = """
    import os

    def model_fn(model_dir):
        with open(os.path.join(model_dir, "greeting")) as greeting:
            return greeting.read()

    def transform_fn(greeting, body, content_type, accept):
        return greeting + os.environ.get("NAME", ""), "text/plain"
"""


class Registry:
    """A server whose models may bring code, and a key that may."""

    def __init__(self, server: Server) -> None:
        self.server = server
        made = server.client("secondlook").create_key(Name="registry", BringsCode=True)
        self.keys = made["AccessKeyId"], made["SecretAccessKey"]
        self.sagemaker = server.client("sagemaker", self.keys)
        self.runtime = server.client("sagemaker-runtime", self.keys)
        self.s3 = server.client("s3", self.keys)
        self.s3.create_bucket(Bucket="models")

    def put(self, name: str, greeting: str) -> str:
        """Where the archive of a model lies that greets so."""
        body = archive(**{"greeting": greeting.encode(), "code/inference.py": SCRIPT})
        self.s3.put_object(Bucket="models", Key=f"{name}/model.tar.gz", Body=body)
        return f"s3://models/{name}/model.tar.gz"

    def register(self, name: str, greeting: str, **variables: str) -> str:
        container = {"Image": SCIKIT, "ModelDataUrl": self.put(f"{name}-{greeting}", greeting)}
        specification = {"Containers": [{**container, "Environment": variables}]}
        return self.sagemaker.create_model_package(
            ModelPackageGroupName=name, InferenceSpecification=specification
        )["ModelPackageArn"]

    def approve(self, arn: str) -> None:
        self.sagemaker.update_model_package(ModelPackageArn=arn, ModelApprovalStatus="Approved")

    def model(self, name: str, arn: str, **more: Any) -> None:
        container = {"ModelPackageName": arn, **more}
        self.sagemaker.create_model(ModelName=name, ExecutionRoleArn=ROLE, PrimaryContainer=container)

    def ask(self, name: str) -> str:
        waiter = self.sagemaker.get_waiter("endpoint_in_service")
        waiter.wait(EndpointName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
        answer = self.runtime.invoke_endpoint(EndpointName=name, ContentType="text/plain", Body=b"")
        return answer["Body"].read().decode()

    def run(self, program: Sequence[str]) -> dict[str, Any]:
        """What a program prints last."""
        key_id, secret = self.keys
        done = subprocess.run(
            program,
            env={**self.server.environment, "AWS_ACCESS_KEY_ID": key_id, "AWS_SECRET_ACCESS_KEY": secret},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-4000:]
        said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return said


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    with Server(tmp_path_factory.mktemp("registry") / "data", {"allow_model_code": "yes"}) as server:
        yield Registry(server.start())


def test_an_approved_version_is_deployed_and_outlives_its_package(registry: Registry, name: str) -> None:
    sagemaker = registry.sagemaker
    sagemaker.create_model_package_group(ModelPackageGroupName=name)
    first, second = (registry.register(name, greeting, NAME=", Ann") for greeting in ("hello", "good day"))
    registry.approve(second)
    refused(
        "ValidationException",
        f"{first} is PendingManualApproval",
        sagemaker.create_model,
        ModelName=name,
        PrimaryContainer={"ModelPackageName": first},
    )
    registry.model(name, second)
    registry.model(f"{name}-eve", f"{name}/2", Environment={"NAME": ", Eve"})
    sagemaker.delete_model_package(ModelPackageName=second)
    for model in (name, f"{name}-eve"):
        deploy(sagemaker, model, model)

    assert "good day, Ann" == registry.ask(name)
    assert "good day, Eve" == registry.ask(f"{name}-eve")
    [version] = sagemaker.list_model_packages(ModelPackageGroupName=name)["ModelPackageSummaryList"]
    assert (first, "PendingManualApproval") == (version["ModelPackageArn"], version["ModelApprovalStatus"])
    for endpoint in (name, f"{name}-eve"):
        sagemaker.delete_endpoint(EndpointName=endpoint)


def test_a_key_that_may_not_bring_code_registers_and_makes_no_model(registry: Registry, name: str) -> None:
    requester = registry.server.client("sagemaker", registry.server.key(name, "requester"))
    requester.create_model_package_group(ModelPackageGroupName=name)
    container = {"Image": SCIKIT, "ModelDataUrl": registry.put(name, "hello")}
    arn = requester.create_model_package(
        ModelPackageGroupName=name,
        ModelApprovalStatus="Approved",
        InferenceSpecification={"Containers": [container]},
    )["ModelPackageArn"]

    refused(
        "AccessDeniedException",
        "may not make models that run code or files of their own",
        requester.create_model,
        ModelName=name,
        PrimaryContainer={"ModelPackageName": arn},
    )


def test_an_instance_type_that_a_package_does_not_list_is_refused(registry: Registry, name: str) -> None:
    sagemaker = registry.sagemaker
    container = {"Image": SCIKIT, "ModelDataUrl": registry.put(name, "hello")}
    arn = sagemaker.create_model_package(
        ModelPackageName=name,
        InferenceSpecification={
            "Containers": [container],
            "SupportedRealtimeInferenceInstanceTypes": ["ml.m4.xlarge"],
        },
    )["ModelPackageArn"]
    registry.model(name, arn)

    refused(
        "ValidationException",
        f"ml.m5.large is not supported by the model package {arn}. Supported instance types: ml.m4.xlarge.",
        deploy,
        sagemaker=sagemaker,
        name=name,
        model=name,
    )


@pytest.mark.slow
def test_the_sdk_2_registers_versions_and_deploys_one(registry: Registry, name: str) -> None:
    data = registry.put(name, "hello from two")
    said = registry.run(sdks.two("registering.py", name, data, SCIKIT, ROLE))

    arn = f"arn:aws:sagemaker:us-east-1:123456789012:model-package/{name}"
    assert {
        "versions": [f"{arn}/1", f"{arn}/2"],
        "alone": f"{arn}-alone",
        "newest": f"{arn}/2",
        "isolated": False,
    } == said
    first, second = (
        registry.sagemaker.describe_model_package(ModelPackageName=version) for version in said["versions"]
    )
    assert ("Rejected", "not this one") == (first["ModelApprovalStatus"], first["ApprovalDescription"])
    assert ("Approved", {"b": "2"}) == (second["ModelApprovalStatus"], second["CustomerMetadataProperties"])
    assert ["ml.m5.large"] == second["InferenceSpecification"]["SupportedTransformInstanceTypes"]
    assert "hello from two" == registry.ask(name)
    registry.sagemaker.delete_endpoint(EndpointName=name)


@pytest.mark.slow
def test_the_sdk_3_registers_a_version_and_deploys_it(registry: Registry, name: str) -> None:
    data = registry.put(name, "hello from three")
    said = registry.run(sdks.three("registering.py", name, data, SCIKIT, ROLE))

    arn = f"arn:aws:sagemaker:us-east-1:123456789012:model-package/{name}/1"
    assert {
        "missing": "'ModelPackageName'",
        "group": ["spoons", "Completed"],
        "version": 1,
        "statuses": ["PendingManualApproval", "Approved", "Completed"],
        "image": SCIKIT,
        "batch": [[arn], [f"{arn}0"]],
        "listed": [name],
        "answer": "hello from three",
    } == said
    registry.sagemaker.delete_endpoint(EndpointName=name)
