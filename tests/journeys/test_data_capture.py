"""DataCaptureConfig over plain boto3 with a real model process: what is asked and answered is found in the bucket, in AWS's layout."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests import sdks
from tests.commandline import of
from tests.products import put_product
from tests.running import Server, eventually
from tests.town import ROLE, Town

from .client_errors import refused

SCRIPT = """
    def transform_fn(model, body, content_type, accept):
        if body == "fail":
            raise ValueError("no such label")
        if body == "stream":
            return iter(["one,", "two"]), "text/csv"
        return body, content_type
"""
CONFIG = {
    "InitialSamplingPercentage": 100,
    "DestinationS3Uri": "s3://captured/live",
    "CaptureOptions": [{"CaptureMode": "Input"}, {"CaptureMode": "Output"}],
    "CaptureContentTypeHeader": {"CsvContentTypes": ["text/csv"], "JsonContentTypes": ["application/json"]},
}


class Monitored(Town):
    """A server with the model `echo`, and the bucket `captured`."""

    def configure(self, name: str, config: dict[str, Any] | None = None) -> dict[str, Any]:
        variant = {
            "VariantName": "all",
            "ModelName": "echo",
            "InstanceType": "ml.m4.xlarge",
            "InitialInstanceCount": 1,
        }
        return {
            "EndpointConfigName": name,
            "ProductionVariants": [variant],
            **({} if config is None else {"DataCaptureConfig": config}),
        }

    def serve(self, name: str, config: dict[str, Any]) -> None:
        self.sagemaker.create_endpoint_config(**self.configure(name, config))
        self.sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name)
        self.wait(name)

    def again(self) -> None:
        """Ended, which puts what was captured into its bucket, and started."""
        self.server.stop()
        self.server.start()
        self.connect()


def captured(server: Server, prefix: str) -> list[dict[str, Any]]:
    """The events below a prefix of the bucket `captured`."""
    s3 = server.client("s3")
    listed = s3.list_objects_v2(Bucket="captured", Prefix=prefix).get("Contents", [])
    bodies = [s3.get_object(Bucket="captured", Key=entry["Key"])["Body"].read() for entry in listed]
    assert all(body.endswith(b"\n") for body in bodies)
    return [json.loads(line) for body in bodies for line in body.splitlines()]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Monitored]:
    data = tmp_path_factory.mktemp("capture") / "data"
    put_product(data, "echo", SCRIPT, "text/csv")
    with Server(data) as server:
        town = Monitored(server.start())
        for bucket in ("captured", "elsewhere"):
            server.client("s3").create_bucket(Bucket=bucket)
        town.sagemaker.create_model(
            ModelName="echo",
            ExecutionRoleArn=ROLE,
            PrimaryContainer={"ModelPackageName": town.subscribe("echo")},
        )
        yield town


def test_calls_are_found_in_the_bucket_by_endpoint_variant_and_hour(town: Monitored) -> None:
    town.serve("monitored", {**CONFIG, "KmsKeyId": "alias/mine"})
    description = town.sagemaker.describe_endpoint(EndpointName="monitored")["DataCaptureConfig"]
    assert description == {
        "EnableCapture": True,
        "CaptureStatus": "Started",
        "CurrentSamplingPercentage": 100,
        "DestinationS3Uri": "s3://captured/live",
        "KmsKeyId": "alias/mine",
    }
    assert town.sagemaker.describe_endpoint_config(EndpointConfigName="monitored")["DataCaptureConfig"] == {
        **CONFIG,
        "KmsKeyId": "alias/mine",
    }

    assert town.ask(
        "monitored", "1,2", ContentType="text/csv", InferenceId="mine", CustomAttributes="trace=7"
    )
    assert town.ask("monitored", "stream", ContentType="text/csv") == "one,two"
    answer = town.runtime.invoke_endpoint_with_response_stream(
        EndpointName="monitored", ContentType="text/csv", Body=b"stream"
    )
    with closing(answer["Body"]) as events:
        assert b"".join(event["PayloadPart"]["Bytes"] for event in events) == b"one,two"
    refused(
        "ModelError",
        "no such label",
        town.runtime.invoke_endpoint,
        EndpointName="monitored",
        ContentType="text/csv",
        Body=b"fail",
    )
    town.again()

    first, second, third = captured(town.server, "live/monitored/all/")
    assert first["captureData"] == {
        "endpointInput": {
            "observedContentType": "text/csv",
            "mode": "INPUT",
            "data": "1,2",
            "encoding": "CSV",
        },
        "endpointOutput": {
            "observedContentType": "text/csv",
            "mode": "OUTPUT",
            "data": "1,2",
            "encoding": "CSV",
        },
    }
    assert first["eventVersion"] == "0"
    metadata = first["eventMetadata"]
    assert (metadata["inferenceId"], metadata["customAttributes"]) == ("mine", ["trace=7"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", metadata["inferenceTime"])
    assert [each["captureData"]["endpointOutput"]["data"] for each in (second, third)] == ["one,two"] * 2
    [entry] = town.server.client("s3").list_objects_v2(Bucket="captured", Prefix="live/monitored/")[
        "Contents"
    ]
    assert re.fullmatch(
        r"live/monitored/all/\d{4}/\d\d/\d\d/\d\d/\d\d-\d\d-\d{3}-[0-9a-f-]{36}\.jsonl", entry["Key"]
    )
    head = town.server.client("s3").head_object(Bucket="captured", Key=entry["Key"])
    assert (head["ServerSideEncryption"], head["SSEKMSKeyId"]) == ("aws:kms", "alias/mine")


def test_what_was_captured_when_the_server_was_killed_is_there_afterwards(town: Monitored) -> None:
    town.serve("killed", {**CONFIG, "CaptureOptions": [{"CaptureMode": "Output"}]})
    for number in range(20):
        town.ask("killed", str(number), ContentType="text/csv")
    spool = town.server.data / "captures"
    eventually(lambda: b'"19"' in b"".join(path.read_bytes() for path in spool.iterdir()))

    town.server.kill()
    town.server.start()
    town.connect()

    events = eventually(lambda: captured(town.server, "live/killed/"))
    assert [each["captureData"] for each in events] == [
        {
            "endpointOutput": {
                "observedContentType": "text/csv",
                "mode": "OUTPUT",
                "data": str(number),
                "encoding": "CSV",
            }
        }
        for number in range(20)
    ]


def test_no_call_fails_by_a_bucket_that_is_gone(town: Monitored) -> None:
    s3 = town.server.client("s3")
    s3.create_bucket(Bucket="gone")
    town.serve("lossy", {**CONFIG, "DestinationS3Uri": "s3://gone"})
    s3.delete_bucket(Bucket="gone")

    assert town.ask("lossy", "1", ContentType="text/csv") == "1"
    town.again()
    assert town.ask("lossy", "2", ContentType="text/csv") == "2"
    town.server.client("s3").create_bucket(Bucket="gone")
    town.again()

    s3 = town.server.client("s3")
    eventually(lambda: s3.list_objects_v2(Bucket="gone", Prefix="lossy/all/").get("KeyCount") == 2)


def test_capture_that_is_not_enabled_captures_nothing(town: Monitored) -> None:
    town.serve("quiet", {**CONFIG, "EnableCapture": False})
    assert town.ask("quiet", "1", ContentType="text/csv") == "1"
    description = town.sagemaker.describe_endpoint(EndpointName="quiet")["DataCaptureConfig"]
    town.again()

    assert (description["EnableCapture"], description["CaptureStatus"]) == (False, "Stopped")
    assert captured(town.server, "live/quiet/") == []


def test_asynchronous_calls_are_captured_unless_they_are_too_large(town: Monitored) -> None:
    s3 = town.server.client("s3")
    output = {"OutputConfig": {"S3OutputPath": "s3://elsewhere/out"}}
    config = {"AsyncInferenceConfig": output, **town.configure("later", CONFIG)}
    town.sagemaker.create_endpoint_config(**config)
    town.sagemaker.create_endpoint(EndpointName="later", EndpointConfigName="later")
    town.wait("later")
    s3.put_object(Bucket="elsewhere", Key="in/large", Body=bytes(6_291_457))
    asked = {"EndpointName": "later", "ContentType": "text/csv"}
    calls = [
        town.runtime.invoke_endpoint_async(**asked, InputLocation="s3://elsewhere/in/large"),
        town.runtime.invoke_endpoint_async(**asked, Body=b"1,2", InferenceId="mine"),
    ]
    for call in calls:
        key = call["OutputLocation"].removeprefix("s3://elsewhere/")
        eventually(lambda key=key: s3.list_objects_v2(Bucket="elsewhere", Prefix=key)["KeyCount"], 60)
    town.again()

    [event] = captured(town.server, "live/later/all/")
    data = event["captureData"]
    assert (data["endpointInput"]["data"], data["endpointOutput"]["data"]) == ("1,2", "1,2")
    assert event["eventMetadata"]["inferenceId"] == "mine"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"DestinationS3Uri": "s3://nowhere-at-all/x"}, "does not exist; create it first"),
        ({"DestinationS3Uri": "https://captured/x"}, "right is s3://BUCKET/PREFIX"),
        ({"DestinationS3Uri": "s3://secondlook-internal/x"}, "is this server's own"),
        ({"InitialSamplingPercentage": 101}, "nitialSamplingPercentage"),
    ],
)
def test_a_config_that_cannot_be_is_refused(town: Monitored, change: dict[str, Any], message: str) -> None:
    refused(
        "ValidationException",
        message,
        town.sagemaker.create_endpoint_config,
        **town.configure("wrong", {**CONFIG, **change}),
    )


def test_a_key_bound_to_buckets_captures_to_those_only(town: Monitored) -> None:
    key = town.server.key("bound", "requester", Buckets=["elsewhere"])
    client = town.server.client("sagemaker", key)
    town.sagemaker.create_endpoint_config(**town.configure("of-the-admin", CONFIG))

    refused(
        "ValidationException",
        "may not be used with this access key, which is bound to elsewhere",
        client.create_endpoint_config,
        **town.configure("of-the-bound", CONFIG),
    )
    refused(
        "ValidationException",
        "may not be used with this access key",
        client.create_endpoint,
        EndpointName="of-the-bound",
        EndpointConfigName="of-the-admin",
    )
    client.create_endpoint_config(
        **town.configure("of-the-bound", {**CONFIG, "DestinationS3Uri": "s3://elsewhere/mine"})
    )


@pytest.mark.slow
@pytest.mark.parametrize("version", ["two", "three"])
def test_the_sdk_captures_and_predicts(town: Monitored, tmp_path: Path, version: str) -> None:
    sdk = {"two": sdks.two, "three": sdks.three}[version]
    program = sdk("capturing.py", "echo", f"by-the-sdk-{version}", "s3://captured/sdk")

    said = of(town.server, tmp_path).run("exec", "--", *program)
    assert said.out.splitlines()[-1] == {"two": "[['1', '2']]", "three": "1,2"}[version]
    town.again()

    [line] = captured(town.server, f"sdk/by-the-sdk-{version}/AllTraffic/")
    assert line["eventMetadata"]["inferenceId"] == "by-the-sdk"
    assert {kind: payload["data"] for kind, payload in line["captureData"].items()} == {
        "endpointInput": "1,2",
        "endpointOutput": "1,2",
    }
