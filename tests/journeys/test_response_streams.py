"""InvokeEndpointWithResponseStream, read by plain boto3 from a running server and real model processes [hosting.md, Streaming]."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from botocore.exceptions import ClientError, EventStreamError

from tests.journeys.reviewing import Review
from tests.products import put_product
from tests.running import Server, eventually
from tests.town import Town

from .client_errors import refused

SCRIPT = """
    import json, os, time

    def input_fn(body, content_type):
        return json.loads(body)

    def predict_fn(data, model):
        for piece in data["says"]:
            if piece == "fail":
                raise ValueError("no such word")
            if piece == "die":
                os._exit(3)
            if piece == "large":
                piece = "x" * 6_291_457
            if piece == "forever":
                while True:
                    yield "x" * 4096
            if piece == "os":
                piece = str(os.getpid())
            yield piece

    def output_fn(prediction, accept, context):
        context.set_response_header(0, "X-Amzn-SageMaker-Custom-Attributes", context.get_request_header(0, "X-Amzn-SageMaker-Custom-Attributes") or "none")
        return prediction, accept
"""
CONDITIONS = {
    "Conditions": [
        {
            "ConditionType": "ConfidenceCheck",
            "ConditionParameters": {"ConfidenceLessThan": 0.9, "LabelName": "*"},
        }
    ]
}
TEXT = "text/plain"


class Talker(Town):
    """An endpoint that says what it is asked to, word by word."""

    def say(self, *says: str, name: str = "talker", **more: Any) -> dict[str, Any]:
        members = {"ContentType": "application/json", "Accept": TEXT, **more}
        return self.runtime.invoke_endpoint_with_response_stream(
            EndpointName=name, Body=json.dumps({"says": says}).encode(), **members
        )


def read(answer: dict[str, Any]) -> str:
    with closing(answer["Body"]) as events:
        return b"".join(event["PayloadPart"]["Bytes"] for event in events).decode()


@pytest.fixture(scope="module")
def talker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talker]:
    data = tmp_path_factory.mktemp("talker") / "data"
    put_product(data, "talker", SCRIPT, "application/json")
    with Server(data) as server:
        talker = Talker(server.start())
        talker.deploy("talker", talker.subscribe("talker"))
        yield talker


def test_an_answer_comes_in_parts_under_the_models_own_type(talker: Talker) -> None:
    answer = talker.say("one ", "two ", "three", CustomAttributes="trace=7")

    assert (answer["ContentType"], answer["InvokedProductionVariant"]) == (TEXT, "AllTraffic")
    assert answer["CustomAttributes"] == "trace=7"
    headers = answer["ResponseMetadata"]["HTTPHeaders"]
    assert headers["content-type"] == "application/vnd.amazon.eventstream"
    assert read(answer) == "one two three"


def test_invoke_endpoint_gets_the_same_answer_whole(talker: Talker) -> None:
    answer = talker.runtime.invoke_endpoint(
        EndpointName="talker", ContentType="application/json", Accept=TEXT, Body=b'{"says": ["one ", "two"]}'
    )

    assert (answer["Body"].read(), answer["ContentType"]) == (b"one two", TEXT)


def test_an_answer_larger_than_any_whole_one_comes_through(talker: Talker) -> None:
    assert len(read(talker.say("large", "large"))) == 2 * 6_291_457


def test_an_empty_answer_has_no_parts(talker: Talker) -> None:
    assert list(talker.say()["Body"]) == []


def test_an_error_before_the_first_part_is_an_ordinary_one(talker: Talker) -> None:
    call = talker.runtime.invoke_endpoint_with_response_stream
    asked = {"EndpointName": "talker", "ContentType": "application/json", "Body": b'{"says": ["fail"]}'}

    response = refused("ModelError", "no such word", call, **asked)
    assert (response["ResponseMetadata"]["HTTPStatusCode"], response["OriginalStatusCode"]) == (424, 500)
    for code, message, member in (
        ("ValidationError", "Endpoint nobody of account", {"EndpointName": "nobody"}),
        ("ValidationError", "Variant other of endpoint talker not found", {"TargetVariant": "other"}),
        ("ValidationError", "has no inference components", {"InferenceComponentName": "component"}),
    ):
        refused(code, message, call, **{**asked, **member})


@pytest.mark.parametrize("how", ["fail", "die"])
def test_an_error_after_it_ends_the_stream(talker: Talker, how: str) -> None:
    parts = []

    with (
        closing(talker.say("made ", how)["Body"]) as events,
        pytest.raises(EventStreamError, match="broke off in the middle of its answer") as error,
    ):
        parts.extend(event["PayloadPart"]["Bytes"] for event in events)

    assert error.value.response["Error"]["Code"] == "ModelStreamError"
    assert b"".join(parts) == b"made "
    assert eventually(lambda: _said(talker, "again")) == "again"


def _said(talker: Talker, word: str) -> str | None:
    """None while the model is being restarted."""
    try:
        return read(talker.say(word))
    except ClientError:
        return None


def test_a_caller_that_leaves_frees_the_model(talker: Talker) -> None:
    """It has one worker, which the endless answer holds."""
    with closing(talker.say("forever")["Body"]) as events:
        assert next(iter(events))["PayloadPart"]["Bytes"]

    assert read(talker.say("free")) == "free"


def test_the_whole_of_a_streamed_answer_is_judged(talker: Talker) -> None:
    review = Review(talker.server, "doubt", conditions=CONDITIONS)
    attributes = json.dumps(
        {"HumanLoopConfig": {"FlowDefinitionArn": review.arn, "HumanLoopName": "streamed"}}
    )

    assert read(talker.say('[{"id": "dog", ', '"score": 0.4}]', CustomAttributes=attributes))

    runtime = talker.server.client("sagemaker-a2i-runtime")
    assert runtime.describe_human_loop(HumanLoopName="streamed")["HumanLoopStatus"] in {
        "InProgress",
        "Completed",
    }
    [prediction] = talker.secondlook.list_predictions(FlowDefinitionName="doubt")["Predictions"]
    assert (prediction["Decision"], prediction["EndpointName"]) == ("Review", "talker")


def test_what_is_too_large_to_be_judged_is_not_taken_for_complete(talker: Talker) -> None:
    review = Review(talker.server, "long", conditions=CONDITIONS)
    attributes = json.dumps({"HumanLoopConfig": {"FlowDefinitionArn": review.arn}})

    with pytest.raises(EventStreamError, match="the most that the conditions of a flow definition judge"):
        read(talker.say("large", CustomAttributes=attributes))


def test_a_flow_definition_that_does_not_exist_is_said_before_the_model_is_asked(talker: Talker) -> None:
    attributes = json.dumps(
        {
            "HumanLoopConfig": {
                "FlowDefinitionArn": "arn:aws:sagemaker:us-east-1:123456789012:flow-definition/none"
            }
        }
    )

    with pytest.raises(ClientError, match="flow-definition/none"):
        talker.say("a", CustomAttributes=attributes)
