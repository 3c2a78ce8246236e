"""Serverless variants over plain boto3: the model runs while somebody calls, and is woken by the next [hosting.md, Serverless]."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
import pytest
from botocore.exceptions import ClientError

from tests.journeys.client_errors import refused
from tests.products import put_product
from tests.running import Server, eventually
from tests.town import Town

SCRIPT = """
    import os, time

    def transform_fn(model, body, content_type, accept):
        if body.startswith(b"sleep "):
            time.sleep(float(body.split()[1]))
        while body.startswith(b"hold ") and not os.path.exists(body[5:]):
            time.sleep(0.02)
        return str(os.getpid()), "text/plain"
"""

BROKEN = """
    raise RuntimeError("no weights")
"""


class ServerlessTown(Town):
    def deploy_serverless(
        self, name: str, product: str = "sleeper", wait: bool = True, **config: int
    ) -> None:
        self.sagemaker.create_model(
            ModelName=name, PrimaryContainer={"ModelPackageName": self.subscribe(product)}
        )
        self.sagemaker.create_endpoint_config(
            EndpointConfigName=name,
            ProductionVariants=[
                {
                    "VariantName": "AllTraffic",
                    "ModelName": name,
                    "ServerlessConfig": {"MemorySizeInMB": 2048, "MaxConcurrency": 2, **config},
                }
            ],
        )
        self.sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name)
        if wait:
            self.wait(name)

    def started(self, name: str) -> list[int]:
        """The processes that the endpoint's log says were started."""
        log = self.server.data / "logs" / "endpoints" / name / "AllTraffic-1.log"
        return [
            int(line.split("process ")[1].split()[0])
            for line in log.read_text().splitlines()
            if "answers at" in line
        ]

    def processes(self, name: str) -> set[int]:
        """Those of them that live."""
        return set(filter(psutil.pid_exists, self.started(name)))

    def together(self, name: str, count: int, most: int, go_on: Path) -> list[str]:
        """What so many calls at once are told. The model holds those that it gets until all over `most` were refused."""

        def call() -> str:
            try:
                return self.ask(name, f"hold {go_on}")
            except ClientError as error:
                answer = error.response
                assert 400 == answer["ResponseMetadata"]["HTTPStatusCode"]
                assert "Rate exceeded" in answer["Error"]["Message"]
                return answer["Error"]["Code"]

        with ThreadPoolExecutor(count) as callers:
            calls = [callers.submit(call) for _ in range(count)]
            try:
                eventually(lambda: count - most == sum(call.done() for call in calls))
            finally:
                go_on.touch()
        return [call.result() for call in calls]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerlessTown]:
    data = tmp_path_factory.mktemp("serverless") / "data"
    put_product(data, "sleeper", SCRIPT, "text/plain")
    put_product(data, "broken", BROKEN, "text/plain")
    with Server(data, {"serverless_idle_seconds": "1"}) as server:
        yield ServerlessTown(server.start())


def test_the_model_sleeps_when_nobody_calls_and_wakes_for_the_next_call(
    town: ServerlessTown, name: str
) -> None:
    town.deploy_serverless(name)
    eventually(lambda: not town.processes(name))

    first = int(town.ask(name))
    eventually(lambda: not town.processes(name))
    second = int(town.ask(name))
    assert [first, second] == town.started(name)[1:]  # the one before was there when the endpoint was made
    town.sagemaker.delete_endpoint(EndpointName=name)


def test_an_endpoint_shows_what_is_serverless(town: ServerlessTown, name: str) -> None:
    town.deploy_serverless(name)

    [variant] = town.sagemaker.describe_endpoint(EndpointName=name)["ProductionVariants"]
    config = {"MemorySizeInMB": 2048, "MaxConcurrency": 2}
    assert config == variant["CurrentServerlessConfig"] == variant["DesiredServerlessConfig"]
    assert "CurrentInstanceCount" not in variant
    town.sagemaker.delete_endpoint(EndpointName=name)


def test_what_cannot_load_is_never_in_service(town: ServerlessTown, name: str) -> None:
    town.deploy_serverless(name, "broken", wait=False)

    description = eventually(lambda: _settled(town, name))
    assert "Failed" == description["EndpointStatus"]
    assert "no weights" in description["FailureReason"]
    town.sagemaker.delete_endpoint(EndpointName=name)


def _settled(town: Town, name: str) -> dict[str, Any] | None:
    description = town.sagemaker.describe_endpoint(EndpointName=name)
    return None if description["EndpointStatus"] == "Creating" else description


def test_more_calls_than_it_takes_are_throttled_and_the_others_answered(
    town: ServerlessTown, name: str, tmp_path: Path
) -> None:
    town.deploy_serverless(name)

    said = town.together(name, 6, 2, tmp_path / "go-on")

    assert 4 == said.count("ThrottlingException")
    assert 1 == len(set(said) - {"ThrottlingException"})
    town.sagemaker.delete_endpoint(EndpointName=name)


def test_provisioned_concurrency_keeps_it_awake(town: ServerlessTown, name: str) -> None:
    town.deploy_serverless(name, ProvisionedConcurrency=1)
    sleeper = f"{name}-sleeper"
    town.deploy_serverless(sleeper)
    before = town.processes(name)
    eventually(lambda: not town.processes(sleeper))

    assert before == town.processes(name) == {int(town.ask(name))}
    for endpoint in (name, sleeper):
        town.sagemaker.delete_endpoint(EndpointName=endpoint)


def test_its_concurrency_is_updated_and_its_number_is_none(
    town: ServerlessTown, name: str, tmp_path: Path
) -> None:
    town.deploy_serverless(name)
    change = town.sagemaker.update_endpoint_weights_and_capacities
    update = {"VariantName": "AllTraffic", "ServerlessUpdateConfig": {"MaxConcurrency": 5}}

    change(EndpointName=name, DesiredWeightsAndCapacities=[update])
    town.wait(name)
    [variant] = town.sagemaker.describe_endpoint(EndpointName=name)["ProductionVariants"]
    assert {"MemorySizeInMB": 2048, "MaxConcurrency": 5} == variant["CurrentServerlessConfig"]
    said = town.together(name, 6, 5, tmp_path / "go-on")
    assert 1 == said.count("ThrottlingException")
    assert 1 == len(set(said) - {"ThrottlingException"})
    refused(
        "ValidationException",
        "is serverless and has no DesiredInstanceCount",
        change,
        EndpointName=name,
        DesiredWeightsAndCapacities=[{"VariantName": "AllTraffic", "DesiredInstanceCount": 2}],
    )
    refused(
        "ValidationException",
        "may be its MaxConcurrency, 5, at most",
        change,
        EndpointName=name,
        DesiredWeightsAndCapacities=[{**update, "ServerlessUpdateConfig": {"ProvisionedConcurrency": 6}}],
    )
    town.sagemaker.delete_endpoint(EndpointName=name)


def test_a_real_time_variant_does_not_become_serverless_but_the_other_way_is_open(
    town: ServerlessTown, name: str
) -> None:
    town.deploy_serverless(name)
    real = {
        "VariantName": "AllTraffic",
        "ModelName": name,
        "InstanceType": "ml.m4.xlarge",
        "InitialInstanceCount": 1,
    }
    town.sagemaker.create_endpoint_config(EndpointConfigName=f"{name}-real", ProductionVariants=[real])
    town.sagemaker.update_endpoint(EndpointName=name, EndpointConfigName=f"{name}-real")
    town.wait(name)
    [variant] = town.sagemaker.describe_endpoint(EndpointName=name)["ProductionVariants"]
    assert 1 == variant["CurrentInstanceCount"]

    refused(
        "ValidationException",
        "is real-time and cannot be made serverless by an update",
        town.sagemaker.update_endpoint,
        EndpointName=name,
        EndpointConfigName=name,
    )
    town.sagemaker.delete_endpoint(EndpointName=name)


def test_a_body_over_4_mib_is_refused(town: ServerlessTown, name: str) -> None:
    town.deploy_serverless(name)

    refused(
        "ValidationError",
        "at most 4,194,304",
        town.runtime.invoke_endpoint,
        EndpointName=name,
        Body=bytes(4_194_305),
    )
    town.sagemaker.delete_endpoint(EndpointName=name)


def test_it_does_not_go_with_asynchronous_inference(town: ServerlessTown, name: str) -> None:
    town.server.client("s3").create_bucket(Bucket="answers")
    town.sagemaker.create_model(
        ModelName=name, PrimaryContainer={"ModelPackageName": town.subscribe("sleeper")}
    )
    refused(
        "ValidationException",
        "ServerlessConfig, which does not go with AsyncInferenceConfig",
        town.sagemaker.create_endpoint_config,
        EndpointConfigName=name,
        ProductionVariants=[
            {
                "VariantName": "v",
                "ModelName": name,
                "ServerlessConfig": {"MemorySizeInMB": 1024, "MaxConcurrency": 1},
            }
        ],
        AsyncInferenceConfig={"OutputConfig": {"S3OutputPath": "s3://answers/out"}},
    )
