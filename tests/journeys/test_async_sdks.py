"""Asynchronous inference with data capture by the SageMaker SDK itself, in environments of its versions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import sdks
from tests.commandline import of
from tests.products import put_product
from tests.running import Server
from tests.town import ROLE, Town

SCRIPT = """
    def transform_fn(model, body, content_type, accept):
        if body == "fail":
            raise ValueError("no such label")
        return body + ",seen", content_type
"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    data = tmp_path_factory.mktemp("sdks") / "data"
    put_product(data, "seeing", SCRIPT, "text/csv")
    with Server(data) as server:
        yield Town(server.start())


def test_the_sdk_2_deploys_a_package_that_answers_later(town: Town, name: str, tmp_path: Path) -> None:
    program = sdks.two("deploying_later.py", town.subscribe("seeing"), name, name, ROLE)
    said = of(town.server, tmp_path).run("exec", "--", *program)

    outcome = json.loads(said.out.splitlines()[-1])
    assert outcome.pop("output").startswith(f"s3://{name}/async-endpoint-outputs/")
    _assert_answered_and_captured(town, name, outcome)


def test_the_sdk_3_makes_an_endpoint_that_answers_later(town: Town, name: str, tmp_path: Path) -> None:
    container = {"ModelPackageName": town.subscribe("seeing")}
    town.sagemaker.create_model(ModelName=name, ExecutionRoleArn=ROLE, PrimaryContainer=container)
    town.server.client("s3").create_bucket(Bucket=name)
    program = sdks.three("deploying_later.py", name, name, name)
    said = of(town.server, tmp_path).run("exec", "--", *program)

    outcome = json.loads(said.out.splitlines()[-1])
    assert f"s3://{name}/out" == outcome.pop("output")
    _assert_answered_and_captured(town, name, outcome)


def _assert_answered_and_captured(town: Town, name: str, outcome: dict[str, Any]) -> None:
    assert "ValueError: no such label" in outcome.pop("failure")
    assert {"at once": 2, "capture": "Started", "id": "1,2", "answer": "1,2,seen"} == outcome
    town.server.stop()  # by which what was captured is put into its bucket
    town.server.start()
    town.connect()
    s3 = town.server.client("s3")
    (entry,) = s3.list_objects_v2(Bucket=name, Prefix=f"captured/{name}/AllTraffic/")["Contents"]
    (line,) = s3.get_object(Bucket=name, Key=entry["Key"])["Body"].read().splitlines()
    event = json.loads(line)
    data = {kind: payload["data"] for kind, payload in event["captureData"].items()}
    assert ({"endpointInput": "1,2", "endpointOutput": "1,2,seen"}, "1,2") == (
        data,
        event["eventMetadata"]["inferenceId"],
    )
