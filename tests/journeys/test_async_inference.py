"""InvokeEndpointAsync over plain boto3: answers are objects, failures too, and nobody's call keeps another's [hosting.md]."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.asynchronous import WORKER, AsyncTown
from tests.databases import BOTH, Postgres
from tests.journeys.client_errors import refused
from tests.neighbours import Receiver, receiving
from tests.products import put_product
from tests.running import Server, eventually

UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
TOPIC = "arn:aws:sns:us-east-1:123456789012:"


@pytest.fixture(scope="module", params=BOTH)
def town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AsyncTown]:
    data = tmp_path_factory.mktemp("async") / "data"
    put_product(data, "worker", WORKER, "application/octet-stream")
    settings = {"allow_outbound": "127.0.0.0/8"}
    if request.param == "postgresql":
        postgres: Postgres = request.getfixturevalue("postgres")
        settings["database"] = postgres.url(postgres.create())
    with Server(data, settings) as server:
        town = AsyncTown(server.start())
        town.deploy_async("shared", town.subscribe("worker"), "shared")
        yield town


def test_the_answer_to_an_object_is_an_object(town: AsyncTown) -> None:
    call = town.call(
        "shared", InputLocation=town.put("shared", "in/one.txt", b"hello"), Accept="application/json"
    )

    assert 202 == call["ResponseMetadata"]["HTTPStatusCode"]
    assert re.fullmatch(f"s3://shared/out/{UUID}.out", call["OutputLocation"])
    assert re.fullmatch(f"s3://shared/failed/{UUID}-error.out", call["FailureLocation"])
    assert re.fullmatch(UUID, call["InferenceId"])
    answer = town.answer(call)
    assert ("hello", 5) == (answer["order"], answer["bytes"])
    assert ("application/octet-stream", "application/json") == (answer["type"], answer["accept"])
    assert "application/json" == town.head(call["OutputLocation"])["ContentType"]
    assert town.read(call["FailureLocation"]) is None


def test_a_small_body_comes_with_the_call_and_is_kept_no_longer_than_needed(town: AsyncTown) -> None:
    call = town.call("shared", "inline", InferenceId="mine-7")

    assert "mine-7" == call["InferenceId"]
    assert "inline" == town.answer(call)["order"]
    refused("AccessDenied", "", town.s3.list_objects_v2, Bucket="secondlook-internal")


def test_the_caller_may_name_the_place(town: AsyncTown) -> None:
    call = town.call("shared", "named", S3OutputPathExtension="2026/11", Filename="first.json")

    assert "s3://shared/out/2026/11/first.json" == call["OutputLocation"]
    assert "s3://shared/failed/2026/11/first.json-error.out" == call["FailureLocation"]
    assert "named" == town.answer(call)["order"]


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (
            "fail",
            'Received server error (500) from primary with message "ValueError: no such label (code/inference.py',
        ),
        ("die", "The model broke off before it answered"),
    ],
)
def test_an_error_of_the_model_is_a_failure(town: AsyncTown, order: str, said: str) -> None:
    call = town.call("shared", order)

    assert said in town.failure(call)
    assert town.read(call["OutputLocation"]) is None


def test_an_input_that_is_not_there_is_a_failure(town: AsyncTown) -> None:
    call = town.call("shared", InputLocation="s3://shared/nothing/here")

    assert "The input at s3://shared/nothing/here cannot be read" in town.failure(call)


def test_a_call_that_takes_too_long_is_a_failure_and_the_model_goes_on(town: AsyncTown) -> None:
    call = town.call("shared", "sleep 600", InvocationTimeoutSeconds=1)

    assert "Your invocation timed out while waiting for a response" in town.failure(call)
    assert "next" == town.answer(town.call("shared", "next"))["order"]


def test_a_model_that_is_busy_is_asked_again(town: AsyncTown) -> None:
    assert "busy" == town.answer(town.call("shared", "busy"))["order"]


def test_who_wants_json_gets_the_failure_in_it(town: AsyncTown) -> None:
    call = town.call("shared", "fail", Accept="application/json")

    assert "no such label" in json.loads(town.failure(call))["message"]
    assert "application/json" == town.head(call["FailureLocation"])["ContentType"]


def test_the_model_is_told_the_type_of_the_object_where_the_caller_says_none(town: AsyncTown) -> None:
    town.s3.put_object(Bucket="shared", Key="typed", Body=b"typed", ContentType="image/tiff")
    call = town.runtime.invoke_endpoint_async(EndpointName="shared", InputLocation="s3://shared/typed")

    assert "image/tiff" == town.answer(call)["type"]


def test_without_a_failure_path_nobody_is_told_one(town: AsyncTown, name: str) -> None:
    config = town.sagemaker.describe_endpoint_config(EndpointConfigName="shared")
    town.sagemaker.create_endpoint_config(
        EndpointConfigName=name,
        ProductionVariants=config["ProductionVariants"],
        AsyncInferenceConfig={"OutputConfig": {"S3OutputPath": "s3://shared/plain"}},
    )
    town.sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name)
    town.wait(name)

    failed, answered = town.call(name, "fail"), town.call(name, "goes on")
    assert "FailureLocation" not in failed
    assert "goes on" == town.answer(answered)["order"]
    assert town.read(failed["OutputLocation"]) is None
    town.sagemaker.delete_endpoint(EndpointName=name)


def test_large_bodies_go_both_ways(town: AsyncTown) -> None:
    """Larger than anything in real time: 40 MiB there, 20 MiB back."""
    size = 20 << 20
    body = f"many {size} ".encode() + bytes(40 << 20)
    call = town.call("shared", InputLocation=town.put("shared", "in/large", body))

    answer = eventually(lambda: town.read(call["OutputLocation"]), 60)
    assert size == len(answer)
    assert {ord("x")} == set(answer)


def test_each_kind_of_endpoint_takes_its_own_calls(town: AsyncTown, name: str) -> None:
    town.deploy(name, town.subscribe("worker"))

    for endpoint, call in (
        ("shared", town.runtime.invoke_endpoint),
        (name, town.runtime.invoke_endpoint_async),
    ):
        answer = refused(
            "ValidationError",
            f"Endpoint {endpoint} of account 123456789012 does not support this inference type.",
            call,
            EndpointName=endpoint,
            Body=b"x",
        )
        assert 400 == answer["ResponseMetadata"]["HTTPStatusCode"]
    town.sagemaker.delete_endpoint(EndpointName=name)


def test_what_cannot_be_called_is_refused_at_once(town: AsyncTown) -> None:
    invoke = town.runtime.invoke_endpoint_async
    refused("ValidationError", "not found", invoke, EndpointName="nobody", Body=b"x")
    refused("ValidationError", "either the Body or the object", invoke, EndpointName="shared")
    refused(
        "ValidationError",
        "either the Body or the object",
        invoke,
        EndpointName="shared",
        Body=b"x",
        InputLocation="s3://shared/a",
    )
    refused("ValidationError", "names no object", invoke, EndpointName="shared", InputLocation="s3://shared")
    with pytest.raises(ClientError, match="128000"):
        invoke(EndpointName="shared", Body=bytes(128_001))
    with pytest.raises(ClientError, match="21600"):
        invoke(EndpointName="shared", Body=b"x", RequestTTLSeconds=30_000)


def test_an_endpoint_shows_its_config(town: AsyncTown) -> None:
    for description in (
        town.sagemaker.describe_endpoint(EndpointName="shared"),
        town.sagemaker.describe_endpoint_config(EndpointConfigName="shared"),
    ):
        assert "s3://shared/failed" == description["AsyncInferenceConfig"]["OutputConfig"]["S3FailurePath"]


def test_a_key_that_is_bound_to_buckets_reaches_no_other(town: AsyncTown, name: str) -> None:
    town.s3.create_bucket(Bucket=name)
    town.put(name, "mine", b"mine")
    bound = town.server.client("sagemaker-runtime", town.server.key(name, "runtime", Buckets=[name]))
    call = bound.invoke_endpoint_async(EndpointName="shared", InputLocation=f"s3://{name}/mine")
    assert "mine" == town.answer(call)["order"]

    invoke = bound.invoke_endpoint_async
    secret = town.put("shared", "secret", b"secret")
    refused("AccessDeniedException", "may use", invoke, EndpointName="shared", InputLocation=secret)
    refused("AccessDeniedException", "may use", invoke, EndpointName="shared", Body=b"x", Filename="theirs")
    requester = town.server.key(f"{name}-2", "requester", Buckets=[name])
    for output in (
        {"S3OutputPath": "s3://shared/x"},
        {"S3OutputPath": f"s3://{name}/x", "S3FailurePath": "s3://shared/x"},
        {"S3OutputPath": "s3://secondlook-internal/x"},
    ):
        refused(
            "AccessDeniedException",
            "",
            town.server.client("sagemaker", requester).create_endpoint_config,
            EndpointConfigName=name,
            ProductionVariants=[
                {
                    "VariantName": "v",
                    "ModelName": "shared",
                    "InstanceType": "ml.m4.xlarge",
                    "InitialInstanceCount": 1,
                }
            ],
            AsyncInferenceConfig={"OutputConfig": output},
        )


def test_a_bucket_of_answers_must_be_there(town: AsyncTown, name: str) -> None:
    variant = {
        "VariantName": "v",
        "ModelName": "shared",
        "InstanceType": "ml.m4.xlarge",
        "InitialInstanceCount": 1,
    }
    for output in (
        {"S3OutputPath": "s3://nowhere-at-all/x"},
        {"S3OutputPath": "s3://shared/x", "S3FailurePath": "s3://nowhere-at-all/x"},
    ):
        refused(
            "ValidationException",
            "The bucket 'nowhere-at-all' that AsyncInferenceConfig names does not exist; create it first.",
            town.sagemaker.create_endpoint_config,
            EndpointConfigName=name,
            ProductionVariants=[variant],
            AsyncInferenceConfig={"OutputConfig": output},
        )


def test_no_instance_has_more_calls_than_it_takes_whoever_waits(town: AsyncTown, name: str) -> None:
    """200 wait for two instances, and those of another endpoint do not wait for them."""
    town.deploy_async(
        name, town.subscribe("worker"), name, instances=2, MaxConcurrentInvocationsPerInstance=1
    )
    calls = [town.call(name, f"sleep 0.02 {number}") for number in range(200)]
    other = town.call("shared", "other")

    assert "other" == town.answer(other)["order"]
    answers = [town.answer(call) for call in calls]
    assert [f"sleep 0.02 {number}" for number in range(200)] == [answer["order"] for answer in answers]
    assert {1} == {answer["most"] for answer in answers}
    town.sagemaker.delete_endpoint(EndpointName=name)


def test_calls_of_an_endpoint_that_is_deleted_fail(town: AsyncTown, name: str) -> None:
    town.deploy_async(name, town.subscribe("worker"), name)
    town.call(name, "sleep 600", InvocationTimeoutSeconds=3600)
    waiting = [town.call(name, f"waits {number}") for number in range(3)]
    town.sagemaker.delete_endpoint(EndpointName=name)

    for call in waiting:
        assert f"Endpoint {name} was deleted before the request was processed." == town.failure(call)


def test_calls_go_on_over_an_update(town: AsyncTown, name: str) -> None:
    """What is under way is ended by the old instance, what waits goes to the new one; none fails. It stays asynchronous."""
    town.deploy_async(name, town.subscribe("worker"), name)
    calls = [town.call(name, f"sleep 0.5 {number}") for number in range(8)]
    town.sagemaker.update_endpoint(EndpointName=name, EndpointConfigName=name)
    calls += [town.call(name, f"sleep 0.1 {number}") for number in range(8, 16)]

    town.wait(name)
    answers = [town.answer(call) for call in calls]
    assert list(range(16)) == [int(answer["order"].split()[2]) for answer in answers]
    variants = town.sagemaker.describe_endpoint_config(EndpointConfigName=name)["ProductionVariants"]
    town.sagemaker.create_endpoint_config(EndpointConfigName=f"{name}-real", ProductionVariants=variants)
    refused(
        "ValidationException",
        f"Endpoint {name} is asynchronous and cannot be made real-time by an update",
        town.sagemaker.update_endpoint,
        EndpointName=name,
        EndpointConfigName=f"{name}-real",
    )
    town.sagemaker.delete_endpoint(EndpointName=name)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def _subscribed(town: AsyncTown, receiver: Receiver, topic: str) -> int:
    return town.secondlook.create_webhook(Url=receiver.url, TopicArn=topic)["WebhookId"]


def test_subscribers_of_a_topic_are_told_as_by_sns(town: AsyncTown, name: str, receiver: Receiver) -> None:
    topics = {"SuccessTopic": f"{TOPIC}{name}-done", "ErrorTopic": f"{TOPIC}{name}-failed"}
    include = {"IncludeInferenceResponseIn": ["SUCCESS_NOTIFICATION_TOPIC"]}
    town.deploy_async(
        name, town.subscribe("worker"), name, output={"NotificationConfig": {**topics, **include}}
    )
    webhooks = [_subscribed(town, receiver, topic) for topic in topics.values()]

    source = town.put(name, "in", b"hello")
    done = town.call(name, InputLocation=source, Accept="application/json", InferenceId="one")
    answer = town.answer(done)
    (body,) = eventually(lambda: receiver.events)
    headers = receiver.seen[0][0]
    message = json.loads(body["Message"])
    assert {"Type", "MessageId", "TopicArn", "Message", "Timestamp"} == body.keys()
    assert ("Notification", topics["SuccessTopic"]) == (body["Type"], body["TopicArn"])
    assert topics["SuccessTopic"] == headers["x-amz-sns-topic-arn"]
    assert headers["webhook-signature"].startswith("v1,")
    assert {
        "awsRegion": "us-east-1",
        "eventTime": body["Timestamp"],
        "receivedTime": message["receivedTime"],
        "invocationStatus": "Completed",
        "requestParameters": {
            "accept": "application/json",
            "contentType": "application/octet-stream",
            "endpointName": name,
            "inputLocation": source,
        },
        "responseParameters": {"contentType": "application/json", "outputLocation": done["OutputLocation"]},
        "responseBody": message["responseBody"],
        "inferenceId": "one",
        "eventVersion": "1.0",
        "eventSource": "aws:sagemaker",
        "eventName": "InferenceResult",
    } == message
    assert "BASE64" == message["responseBody"]["encoding"]
    assert answer == json.loads(base64.b64decode(message["responseBody"]["content"]))

    failed = town.call(name, "fail", InferenceId="two")
    reason = town.failure(failed)
    _, body = eventually(lambda: len(receiver.events) == 2 and receiver.events)
    message = json.loads(body["Message"])
    assert topics["ErrorTopic"] == body["TopicArn"]
    assert ("Failed", "two", f"ClientError: {reason}") == (
        message["invocationStatus"],
        message["inferenceId"],
        message["failureReason"],
    )
    assert "responseBody" not in message
    logged = [json.loads(event["Body"]) for event in town.secondlook.list_events()["Events"]]
    assert message in [event["detail"] for event in logged]
    for number in webhooks:
        town.secondlook.delete_webhook(WebhookId=number)
    town.sagemaker.delete_endpoint(EndpointName=name)


@pytest.mark.parametrize("shadow", ["ShadowProductionVariants", "ExplainerConfig"])
def test_what_is_not_served_is_refused_by_name(town: AsyncTown, name: str, shadow: str) -> None:
    variant = {
        "VariantName": "v",
        "ModelName": "shared",
        "InstanceType": "ml.m4.xlarge",
        "InitialInstanceCount": 1,
    }
    more: dict[str, Any] = {
        "ShadowProductionVariants": [variant],
        "ExplainerConfig": {
            "ClarifyExplainerConfig": {"ShapConfig": {"ShapBaselineConfig": {"ShapBaseline": "1"}}}
        },
    }
    refused(
        "ValidationException",
        f"{shadow} is not served here: leave it out.",
        town.sagemaker.create_endpoint_config,
        EndpointConfigName=name,
        ProductionVariants=[variant],
        **{shadow: more[shadow]},
    )
