"""Asynchronous calls whose answers are judged: the input is kept, the loop starts, and the answer says so. Plain boto3."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.asynchronous import WORKER, AsyncTown
from tests.journeys.client_errors import refused
from tests.journeys.reviewing import Review
from tests.neighbours import receiving
from tests.products import put_product
from tests.running import Server, eventually

from .test_predict_and_review import CONDITIONS

TOPIC = "arn:aws:sns:us-east-1:123456789012:judged"


class Judged(AsyncTown):
    """The endpoint `judged`, whose config names the flow definition `doubt`: it looks at what is under 0.90."""

    def __init__(self, server: Server) -> None:
        super().__init__(server)
        self.review = Review(server, "doubt", conditions=CONDITIONS)
        self.deploy_async(
            "judged",
            self.subscribe("worker"),
            "judged",
            tags=[{"Key": "secondlook:flow-definition-arn", "Value": self.review.arn}],
            output={"NotificationConfig": {"SuccessTopic": TOPIC}},
        )

    def recorded(self, inference: str) -> dict:
        listed = self.secondlook.list_predictions(FlowDefinitionName="doubt")["Predictions"]
        (prediction,) = [each for each in listed if each.get("InferenceId") == inference]
        return prediction


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judged]:
    data = tmp_path_factory.mktemp("judged") / "data"
    put_product(data, "worker", WORKER, "application/octet-stream")
    with Server(data, {"allow_outbound": "127.0.0.0/8"}) as server:
        yield Judged(server.start())


def test_in_doubt_a_loop_starts_on_the_object_that_was_asked_about(judged: Judged, name: str) -> None:
    with receiving() as receiver:
        number = judged.secondlook.create_webhook(Url=receiver.url, TopicArn=TOPIC)["WebhookId"]
        source = judged.put("judged", name, b"score 0.5")
        call = judged.call("judged", InputLocation=source, InferenceId=name)

        assert 0.5 == judged.answer(call)[0]["score"]
        metadata = judged.head(call["OutputLocation"])["Metadata"]
        loop = judged.server.client("sagemaker-a2i-runtime").describe_human_loop(
            HumanLoopName=metadata["human-loop-arn"].rpartition("/")[2]
        )
        prediction = judged.recorded(name)
        assert ("Review", "Review") == (metadata["human-loop-decision"], prediction["Decision"])
        assert (loop["HumanLoopName"], source) == (prediction["HumanLoopName"], prediction["InputUri"])
        assert prediction["PredictionId"] == metadata["prediction-id"]

        (event,) = eventually(lambda: receiver.events)
        attributes = json.loads(json.loads(event["Message"])["responseParameters"]["customAttributes"])
        assert {
            "Decision": "Review",
            "HumanLoopArn": loop["HumanLoopArn"],
            "PredictionId": prediction["PredictionId"],
        } == attributes["HumanLoopActivationOutput"]
        judged.secondlook.delete_webhook(WebhookId=number)


def test_an_input_that_came_with_the_call_is_kept_for_the_reviewers(judged: Judged, name: str) -> None:
    call = judged.call("judged", f"score 0.25 {name}", InferenceId=name)
    judged.answer(call)

    prediction = judged.recorded(name)
    assert prediction["InputUri"].startswith("s3://doubt/out/doubt/inputs/")
    assert f"score 0.25 {name}".encode() == judged.read(prediction["InputUri"])


def test_what_is_sure_is_recorded_and_starts_nothing(judged: Judged, name: str) -> None:
    call = judged.call("judged", f"score 0.95 {name}", InferenceId=name)
    judged.answer(call)

    metadata = judged.head(call["OutputLocation"])["Metadata"]
    assert "Accept" == metadata["human-loop-decision"] == judged.recorded(name)["Decision"]
    assert "human-loop-arn" not in metadata


def test_the_caller_may_name_the_loop_and_a_name_that_is_taken_is_a_failure(
    judged: Judged, name: str
) -> None:
    config = {"FlowDefinitionArn": judged.review.arn, "HumanLoopName": name}
    attributes = json.dumps({"HumanLoopConfig": config})
    first = judged.call("judged", f"score 0.1 {name}", CustomAttributes=attributes)
    judged.answer(first)
    assert judged.head(first["OutputLocation"])["Metadata"]["human-loop-arn"].endswith(f"/{name}")

    second = judged.call("judged", f"score 0.2 {name}", CustomAttributes=attributes)
    assert "The prediction could not be reviewed, so it is not delivered" in judged.failure(second)
    assert judged.read(second["OutputLocation"]) is None


def test_a_flow_definition_that_is_not_there_is_refused_at_the_call(judged: Judged) -> None:
    config = {"FlowDefinitionArn": judged.review.arn + "-not"}
    refused(
        "ValidationError",
        "doubt-not",
        judged.runtime.invoke_endpoint_async,
        EndpointName="judged",
        Body=b"score 1",
        CustomAttributes=json.dumps({"HumanLoopConfig": config}),
    )
