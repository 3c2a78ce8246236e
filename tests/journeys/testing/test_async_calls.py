"""Asynchronous calls on a server whose time is moved: what waits for too long fails, and says so to whoever listens."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from secondlook.testing.server import Server

PATHS = {"S3FailurePath": "s3://secondlook-test/failed"}


@pytest.fixture
def server(tmp_path: Path) -> Any:
    with Server.started(tmp_path / "data") as server:
        yield server


def deploy(server: Server, name: str, output: dict[str, Any] | None = None) -> Any:
    """The model of the endpoint `name`, a function that answers the length, behind an asynchronous endpoint too."""
    endpoint = server.endpoint(name, lambda body, _: {"bytes": len(body)})
    sagemaker = server.client("sagemaker")
    variant = {
        "VariantName": "v",
        "ModelName": name,
        "InstanceType": "ml.m4.xlarge",
        "InitialInstanceCount": 1,
    }
    sagemaker.create_endpoint_config(
        EndpointConfigName=f"{name}-async",
        ProductionVariants=[variant],
        AsyncInferenceConfig={
            "OutputConfig": {"S3OutputPath": f"s3://{server.bucket}/out", **PATHS, **(output or {})}
        },
    )
    sagemaker.create_endpoint(EndpointName=f"{name}-async", EndpointConfigName=f"{name}-async")
    server.settle()
    return endpoint


def results(server: Server) -> list[dict[str, Any]]:
    """The events that tell what became of calls."""
    logged = [json.loads(event["Body"]) for event in server.client("secondlook").list_events()["Events"]]
    return [document for document in logged if "Inference" in document["detail-type"]]


def read(server: Server, location: str) -> bytes:
    bucket, _, key = location.removeprefix("s3://").partition("/")
    return server.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read()


def test_an_answer_is_there_once_the_server_has_settled(server: Server) -> None:
    deploy(server, "length")

    call = server.client("sagemaker-runtime").invoke_endpoint_async(
        EndpointName="length-async", InputLocation=server.put("in", b"12345")
    )
    server.settle()

    assert {"bytes": 5} == json.loads(read(server, call["OutputLocation"]))


def test_a_call_that_found_no_model_in_its_time_fails(server: Server) -> None:
    topic = "arn:aws:sns:us-east-1:123456789012:failed"
    deploy(server, "gone", {"NotificationConfig": {"ErrorTopic": topic}})
    server._models.close()  # the model's machine is away

    runtime = server.client("sagemaker-runtime")
    call = runtime.invoke_endpoint_async(EndpointName="gone-async", Body=b"x", RequestTTLSeconds=120)
    server.clock.advance(seconds=100)
    assert not results(server)

    server.clock.advance(seconds=30)
    reason = read(server, call["FailureLocation"]).decode()
    assert "it was not processed within its RequestTTLSeconds, 120" in reason
    assert "No instance of endpoint gone-async answers just now." in reason
    (document,) = results(server)
    assert topic in document["resources"]
    assert f"ClientError: {reason}" == document["detail"]["failureReason"]
