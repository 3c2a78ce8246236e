"""What programs send to InvokeEndpoint: predictors of the SageMaker SDK 2, and what boto3 says besides the body."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from tests import sdks
from tests.asynchronous import AsyncTown
from tests.commandline import of
from tests.products import put_product
from tests.running import Server
from tests.town import Town

MIRROR = """
    def predict_fn(data, model):
        return data
    def model_fn(model_dir):
        return None
"""

STRICT = """
    def predict_fn(data, model):
        if data.shape == ():
            raise ValueError(f"no list: {data}")
        return data * 2
    def model_fn(model_dir):
        return None
"""

CONTEXT = """
    import json
    NAMES = ["Custom-Attributes", "Inference-Id", "Target-Variant"]
    def transform_fn(model, body, content_type, accept, context):
        seen = [context.get_request_header(0, f"X-Amzn-SageMaker-{name}") for name in NAMES]
        context.set_response_header(0, "X-Amzn-SageMaker-Custom-Attributes", "trace=9")
        return json.dumps(seen)
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    data = tmp_path_factory.mktemp("predictors") / "data"
    put_product(data, "mirror", MIRROR, "application/json")
    put_product(data, "context", CONTEXT, "application/json")
    put_product(data, "strict", STRICT, "application/json")
    with Server(data) as server:
        town = Town(server.start())
        for product in ("mirror", "context"):
            town.deploy(product, town.subscribe(product))
        yield town


@pytest.mark.slow
def test_each_serializer_of_the_sdk_is_read_and_each_deserializer_served(town: Town, tmp_path: Path) -> None:
    said = of(town.server, tmp_path).run("exec", "--", *sdks.two("predicting.py", "mirror"))

    assert json.loads(said.out.splitlines()[-1]) == {
        "json to json": [[1, 2.5], [3, 4]],
        "json to numpy": [[1, 2.5], [3, 4]],
        "json to numpy by csv": [[1, 2.5], [3, 4]],
        "json to text": '{"a": [1]}',
        "csv to csv": [["1.0", "2.5"], ["3.0", "4.0"]],
        "csv to json": [[1, "x, y"], [2, "z"]],
        "csv to pandas": {"a": {"0": "x, y"}, "b": {"0": 1}},
        "json to pandas": {"a": {"0": 1}},
        "numpy to numpy": [[1, 2.5], [3, 4]],
        "numpy to csv": [["1.0", "2.5"], ["3.0", "4.0"]],
        "identity to stream": ["application/json", "[1]"],
        "identity to bytes": "[1, 2]",
        "text to json": 415,
        "json lines to json": 415,
        "json to json lines": 406,
    }


@pytest.mark.slow
def test_async_predictors_of_the_sdk_wait_for_answers_and_hear_of_failures(
    town: Town, tmp_path: Path, name: str
) -> None:
    """They say nowhere but at the object what type it has."""
    asynchronous = AsyncTown(town.server)
    asynchronous.deploy_async(name, asynchronous.subscribe("strict"), name)

    said = of(town.server, tmp_path).run("exec", "--", *sdks.two("predicting_later.py", name, name))

    outcome = json.loads(said.out.splitlines()[-1])
    assert ([2, 4], [6]) == (outcome["waited"], outcome["looked"])
    assert "ValueError: no list: no such thing" in outcome["failed"]


def test_an_answer_without_a_byte_has_its_content_type(town: Town) -> None:
    answer = town.runtime.invoke_endpoint(
        EndpointName="mirror", Body=b"", ContentType="text/csv", Accept="text/csv"
    )

    assert (answer["Body"].read(), answer["ContentType"]) == (b"", "text/csv")


def test_custom_attributes_go_both_ways_and_ids_reach_the_model(town: Town) -> None:
    answer = town.runtime.invoke_endpoint(
        EndpointName="context",
        Body=b"",
        CustomAttributes="tenant=7",
        InferenceId="call-1",
        TargetVariant="AllTraffic",
    )

    assert json.loads(answer["Body"].read()) == ["tenant=7", "call-1", "AllTraffic"]
    assert (answer["CustomAttributes"], answer["InvokedProductionVariant"]) == ("trace=9", "AllTraffic")


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (
            {"TargetModel": "a.tar.gz"},
            "Endpoint context is not a multi-model endpoint and does not support target model header.",
        ),
        ({"TargetContainerHostname": "second"}, "is not a multi-container endpoint"),
        ({"InferenceComponentName": "part"}, "has no inference components"),
        ({"EnableExplanations": "`true`"}, "has no explainer"),
        ({"TargetVariant": "Nobody"}, "Variant Nobody of endpoint context not found; it has AllTraffic"),
    ],
)
def test_a_part_that_an_endpoint_does_not_have_is_refused_by_name(
    town: Town, header: dict[str, str], said: str
) -> None:
    with pytest.raises(ClientError, match=said) as error:
        town.runtime.invoke_endpoint(EndpointName="context", Body=b"", **header)

    assert error.value.response["Error"]["Code"] == "ValidationError"
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
