"""Updates and deletions that meet a call of each kind: captured, streamed, asynchronous, and of a variant that sleeps. Plain boto3."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests import processes
from tests.asynchronous import AsyncTown
from tests.products import put_product
from tests.running import Server, eventually
from tests.town import ROLE

from .test_data_capture import CONFIG, captured

SCRIPT = """
    import os, pathlib, time

    def transform_fn(model, body, content_type, accept):
        order, _, folder = body.decode().partition(" ")
        print(f"begins: {order}", flush=True)
        return pieces(order, folder), "text/plain"

    def pieces(order, folder):
        yield os.environ["GREETING"]
        if folder:  # say there that the call has come, and wait until it may go on
            pathlib.Path(folder, "came").touch()
            while not pathlib.Path(folder, "may-go").exists():
                time.sleep(0.05)
        yield f" {order}"
"""
SERVERLESS = {"ServerlessConfig": {"MemorySizeInMB": 1024, "MaxConcurrency": 4}}
CONTENT_TYPES = {"CsvContentTypes": ["text/plain"]}
BYTES = "application/octet-stream"


class Changing(AsyncTown):
    """Endpoints that say the greeting of their config and what they were asked, and wait in between where they are told to."""

    def config(self, name: str, greeting: str, variant: dict[str, Any] | None = None, **members: Any) -> None:
        environment = {"GREETING": greeting, "SAGEMAKER_MODEL_SERVER_WORKERS": "4"}
        container = {"ModelPackageName": self.subscribe("greeter"), "Environment": environment}
        self.sagemaker.create_model(ModelName=name, ExecutionRoleArn=ROLE, PrimaryContainer=container)
        runs = variant or {"InstanceType": "ml.m4.xlarge", "InitialInstanceCount": 1}
        self.sagemaker.create_endpoint_config(
            EndpointConfigName=name,
            ProductionVariants=[{"VariantName": "AllTraffic", "ModelName": name, **runs}],
            **members,
        )

    def serve(self, name: str, greeting: str, variant: dict[str, Any] | None = None, **members: Any) -> None:
        self.config(name, greeting, variant, **members)
        self.sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name)
        self.wait(name)

    def say(self, name: str, order: str, folder: Path | str = "") -> str:
        return self.ask(name, f"{order} {folder}", ContentType=BYTES)

    @contextlib.contextmanager
    def stream(self, name: str, order: str, folder: Path) -> Iterator[Iterator[bytes]]:
        answer = self.runtime.invoke_endpoint_with_response_stream(
            EndpointName=name, ContentType=BYTES, Body=f"{order} {folder}".encode()
        )
        with closing(answer["Body"]) as events:
            yield (event["PayloadPart"]["Bytes"] for event in events)

    def delete(self, name: str) -> None:
        self.sagemaker.delete_endpoint(EndpointName=name)
        waiter = self.sagemaker.get_waiter("endpoint_deleted")
        waiter.wait(EndpointName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 60})

    def begun(self, name: str) -> Counter[str]:
        """How often the models of an endpoint were asked each order."""
        logs = (self.server.data / "logs" / "endpoints" / name).glob("*.log")
        lines = [line for log in logs for line in log.read_text().splitlines()]
        return Counter(line.partition("begins: ")[2] for line in lines if "begins: " in line)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Changing]:
    data = tmp_path_factory.mktemp("changing") / "data"
    put_product(data, "greeter", SCRIPT, BYTES)
    with Server(data, {"serverless_idle_seconds": "1"}) as server:
        town = Changing(server.start())
        town.s3.create_bucket(Bucket="captured")
        yield town


def _capture(prefix: str) -> dict[str, Any]:
    options = {"CaptureOptions": [{"CaptureMode": "Output"}], "CaptureContentTypeHeader": CONTENT_TYPES}
    return {"DataCaptureConfig": {**CONFIG, **options, "DestinationS3Uri": f"s3://captured/{prefix}"}}


def test_a_call_is_captured_as_the_config_says_that_it_began_under(
    town: Changing, name: str, tmp_path: Path
) -> None:
    town.serve(name, "old", **_capture(f"{name}/old"))
    town.config(f"{name}-new", "new", **_capture(f"{name}/new"))
    town.config(f"{name}-none", "none")
    assert town.say(name, "first") == "old first"
    folders = [tmp_path / each for each in ("long", "streamed")]
    for folder in folders:
        folder.mkdir()

    with ThreadPoolExecutor(1) as threads:
        long = threads.submit(town.say, name, "long", folders[0])
        eventually((folders[0] / "came").exists)
        town.update(name, f"{name}-new")
        assert town.say(name, "second") == "new second"
        with town.stream(name, "streamed", folders[1]) as pieces:
            assert next(pieces) == b"new"
            town.update(name, f"{name}-none")
            for folder in folders:
                (folder / "may-go").touch()
            assert b"".join(pieces) == b" streamed"
        assert long.result() == "old long"
    assert town.say(name, "third") == "none third"
    assert "DataCaptureConfig" not in town.describe(name)
    town.server.stop()
    town.server.start()
    town.connect()

    said = {config: _said(town, f"{name}/{config}/") for config in ("old", "new")}
    assert said == {"old": ["old first", "old long"], "new": ["new second", "new streamed"]}
    town.delete(name)


def _said(town: Changing, prefix: str) -> list[str]:
    events = captured(town.server, prefix)
    return [event["captureData"]["endpointOutput"]["data"] for event in events]


def test_a_stream_under_way_is_ended_by_the_old_model(town: Changing, name: str, tmp_path: Path) -> None:
    town.serve(name, "old")
    town.config(f"{name}-new", "new")

    with town.stream(name, "streamed", tmp_path) as pieces:
        assert next(pieces) == b"old"
        town.update(name, f"{name}-new")
        assert town.say(name, "meanwhile") == "new meanwhile"
        (tmp_path / "may-go").touch()
        assert b"".join(pieces) == b" streamed"
    town.delete(name)


def test_a_stream_under_way_comes_to_its_end_though_its_endpoint_is_deleted(
    town: Changing, name: str, tmp_path: Path
) -> None:
    before = len(processes.models(town.server.process.pid))
    town.serve(name, "old")

    with town.stream(name, "streamed", tmp_path) as pieces:
        assert next(pieces) == b"old"
        town.sagemaker.delete_endpoint(EndpointName=name)
        eventually(lambda: _is_refused(town, name))
        (tmp_path / "may-go").touch()
        assert b"".join(pieces) == b" streamed"
    eventually(lambda: len(processes.models(town.server.process.pid)) == before)


def _is_refused(town: Changing, name: str) -> bool:
    try:
        town.say(name, "late")
    except ClientError:
        return True
    return False


def _asynchronous(bucket: str) -> dict[str, Any]:
    paths = {"S3OutputPath": f"s3://{bucket}/out", "S3FailurePath": f"s3://{bucket}/failed"}
    alone = {"MaxConcurrentInvocationsPerInstance": 1}
    return {"AsyncInferenceConfig": {"OutputConfig": paths, "ClientConfig": alone}}


def test_asynchronous_calls_that_run_and_wait_are_each_answered_once(
    town: Changing, name: str, tmp_path: Path
) -> None:
    """What the old model still answers holds up nobody: the new one takes those that wait at once."""
    town.s3.create_bucket(Bucket=name)
    town.serve(name, "old", **_asynchronous(name))
    town.config(f"{name}-new", "new", **_asynchronous(name))
    long = town.call(name, f"long {tmp_path}")
    eventually((tmp_path / "came").exists)
    waiting = [town.call(name, f"waits-{number} ") for number in range(5)]

    town.update(name, f"{name}-new")
    answers = [eventually(lambda call=call: town.read(call["OutputLocation"]), 60) for call in waiting]
    assert answers == [f"new waits-{number}".encode() for number in range(5)]
    assert town.read(long["OutputLocation"]) is None
    (tmp_path / "may-go").touch()
    assert eventually(lambda: town.read(long["OutputLocation"]), 60) == b"old long"
    assert town.begun(name) == {"long": 1, **{f"waits-{number}": 1 for number in range(5)}}
    town.delete(name)


def test_more_instances_take_more_asynchronous_calls_while_others_run(
    town: Changing, name: str, tmp_path: Path
) -> None:
    town.s3.create_bucket(Bucket=name)
    town.serve(name, "hello", **_asynchronous(name))
    long = town.call(name, f"long {tmp_path}")
    eventually((tmp_path / "came").exists)
    waiting = [town.call(name, f"waits-{number} ") for number in range(5)]
    desired = {"VariantName": "AllTraffic", "DesiredInstanceCount": 2, "DesiredWeight": 7}

    town.sagemaker.update_endpoint_weights_and_capacities(
        EndpointName=name, DesiredWeightsAndCapacities=[desired]
    )
    town.wait(name)
    for number, call in enumerate(waiting):
        assert eventually(lambda call=call: town.read(call["OutputLocation"]), 60) == (
            f"hello waits-{number}".encode()
        )
    assert town.read(long["OutputLocation"]) is None
    (tmp_path / "may-go").touch()
    assert eventually(lambda: town.read(long["OutputLocation"]), 60) == b"hello long"
    assert town.begun(name) == {"long": 1, **{f"waits-{number}": 1 for number in range(5)}}
    town.delete(name)


def test_a_variant_that_sleeps_is_updated_and_no_call_fails(town: Changing, name: str) -> None:
    before = len(processes.models(town.server.process.pid))
    town.serve(name, "old", SERVERLESS)
    town.config(f"{name}-new", "new", SERVERLESS)
    assert town.say(name, "first") == "old first"
    eventually(lambda: len(processes.models(town.server.process.pid)) == before)

    town.sagemaker.update_endpoint(EndpointName=name, EndpointConfigName=f"{name}-new")
    seen = [town.say(name, "asked")]
    while seen[-1] == "old asked":
        seen.append(town.say(name, "asked"))
    town.wait(name)

    assert set(seen) <= {"old asked", "new asked"}
    eventually(lambda: len(processes.models(town.server.process.pid)) == before)
    assert town.say(name, "woken") == "new woken"
    town.delete(name)
