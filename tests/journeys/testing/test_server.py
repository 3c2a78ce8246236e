"""The server of a test: what is made on it, what programs see of it, and what is left of it."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from PIL import Image

import secondlook
from secondlook.cli.errors import CommandError
from secondlook.settings import SettingError
from secondlook.testing import Server
from tests.pictures.making import saved

CONDITIONS = {
    "Conditions": [{"ConditionType": "ConfidenceCheck", "ConditionParameters": {"ConfidenceLessThan": 0.9}}]
}


def predict(server: Server, body: bytes = b"{}", content_type: str = "application/json") -> Any:
    runtime = server.client("sagemaker-runtime")
    return runtime.invoke_endpoint(EndpointName="model", Body=body, ContentType=content_type)


def test_the_code_under_test_finds_it_by_its_environment(
    secondlook_environment: dict[str, str], secondlook_server: Server
) -> None:
    flow = secondlook_server.flow()
    boto3.client("sagemaker-a2i-runtime").start_human_loop(
        HumanLoopName="by-itself", FlowDefinitionArn=flow.arn, HumanLoopInput={"InputContent": '{"a": 1}'}
    )

    (loop,) = secondlook_server.loops()
    assert (loop.name, loop.flow, loop.input, loop.status) == ("by-itself", "review", {"a": 1}, "InProgress")
    assert (
        secondlook_environment["AWS_ENDPOINT_URL"] == secondlook_server.url == os.environ["AWS_ENDPOINT_URL"]
    )


@pytest.mark.parametrize("word", ["yes", "no"])
@pytest.mark.usefixtures("secondlook_environment")
def test_programs_in_python_find_the_server_of_each_test(secondlook_server: Server, word: str) -> None:
    secondlook_server.flow()
    review = secondlook.ask("review", {"question": word})
    secondlook_server.reviewer(lambda task: {"answer": task.input["question"]}).work()

    assert review.wait(timeout=10).output["humanAnswers"][0]["answerContent"] == {"answer": word}


def test_a_program_may_do_what_a_requesters_key_may(secondlook_server: Server) -> None:
    with pytest.raises(ClientError, match="AccessDenied"):
        secondlook_server.client("secondlook", secondlook_server.requester).list_keys()
    assert secondlook_server.client("secondlook").list_keys()["Keys"]


def test_loops_are_told_oldest_first_of_all_flow_definitions_or_of_one(secondlook_server: Server) -> None:
    cats, dogs = secondlook_server.flow("cats"), secondlook_server.flow("dogs")
    names = [flow.start({}).name for flow in (cats, dogs, cats)]

    assert [loop.name for loop in secondlook_server.loops()] == names == ["cats-1", "dogs-1", "cats-2"]
    assert [loop.name for loop in secondlook_server.loops("cats")] == ["cats-1", "cats-2"]


def test_more_loops_than_one_page_holds_are_told(secondlook_server: Server) -> None:
    flow = secondlook_server.flow()
    names = [flow.start({}).name for _ in range(120)]

    assert [loop.name for loop in secondlook_server.loops()] == names


def test_a_loop_that_cannot_be_shown_says_why(secondlook_server: Server) -> None:
    flow = secondlook_server.flow(template="<crowd-form>{{ task.input.a | nonsense }}</crowd-form>")

    assert "nonsense" in str(flow.start({}).failure)


def test_a_flow_definition_keeps_what_it_is_told(secondlook_server: Server) -> None:
    secondlook_server.flow(
        "told", conditions=CONDITIONS, task_count=3, time_limit=60, lifetime=120, title="Look"
    )
    described = secondlook_server.client("sagemaker").describe_flow_definition(FlowDefinitionName="told")

    human = described["HumanLoopConfig"]
    assert (human["TaskCount"], human["TaskTimeLimitInSeconds"], human["TaskTitle"]) == (3, 60, "Look")
    assert human["TaskAvailabilityLifetimeInSeconds"] == 120
    config = described["HumanLoopActivationConfig"]["HumanLoopActivationConditionsConfig"]
    assert json.loads(config["HumanLoopActivationConditions"]) == CONDITIONS


def test_what_a_model_is_in_doubt_about_is_reviewed_by_the_call_that_asks_it(
    secondlook_server: Server,
) -> None:
    box = {"left": 10, "top": 20, "right": 40, "bottom": 60}
    secondlook_server.endpoint("model", lambda body, _: [{"id": "cup", "score": int(body) / 100, **box}])
    flow = secondlook_server.flow(template="boxes", conditions=CONDITIONS)
    config = json.dumps({"HumanLoopConfig": {"FlowDefinitionArn": flow.arn}})
    for score in (b"95", b"45"):
        secondlook_server.client("sagemaker-runtime").invoke_endpoint(
            EndpointName="model", Body=score, ContentType="text/plain", CustomAttributes=config
        )
    secondlook_server.reviewer(lambda task: {"objects": task.input["initialValue"]}).work()

    (loop,) = secondlook_server.loops("review")
    cup = {"label": "cup", "left": 10, "top": 20, "width": 30, "height": 40, "score": 0.45}
    assert loop.answers == [{"objects": [cup]}]


def test_what_a_detector_is_in_doubt_about_fits_the_example_for_boxes(secondlook_server: Server) -> None:
    box = {"left": 1, "top": 2, "right": 4, "bottom": 8}
    secondlook_server.endpoint("model", lambda *_: [{"id": "<b>cup", "score": 0.45, **box}])
    flow = secondlook_server.flow(template="image-boxes", conditions=CONDITIONS)
    secondlook_server.client("sagemaker-runtime").invoke_endpoint(
        EndpointName="model",
        ContentType="image/png",
        Body=saved("PNG", Image.new("RGB", (10, 10))),
        CustomAttributes=json.dumps({"HumanLoopConfig": {"FlowDefinitionArn": flow.arn}}),
    )
    (task,) = secondlook_server.reviewer().work()

    assert "<li>&lt;b&gt;cup 0.45 is under 0.90</li>" in task.html
    (loop,) = secondlook_server.loops("review")
    [answer] = loop.answers
    assert answer["objects"]["boundingBoxes"] == [
        {"label": "<b>cup", "left": 1, "top": 2, "width": 3, "height": 6}
    ]


def test_a_template_that_nobody_has_is_named_with_the_likeliest(secondlook_server: Server) -> None:
    with pytest.raises(CommandError, match="There is no example image-boxs; did you mean image-boxes"):
        secondlook_server.template("page", "image-boxs")


def test_a_model_is_a_function_of_the_test(secondlook_server: Server) -> None:
    endpoint = secondlook_server.endpoint("model", lambda body, kind: {"bytes": len(body), "type": kind})

    answer = predict(secondlook_server, b"abc", "text/plain")
    assert (json.load(answer["Body"]), answer["ContentType"]) == (
        {"bytes": 3, "type": "text/plain"},
        "application/json",
    )
    assert endpoint.calls == [(b"abc", "text/plain")]


@pytest.mark.parametrize(
    ("answer", "body", "content_type"),
    [
        (b"\x00\x01", b"\x00\x01", "application/octet-stream"),
        ("yes", b"yes", "text/plain; charset=utf-8"),
        (None, b"null", "application/json"),
        (("a,b", "text/csv"), b"a,b", "text/csv"),
        (([1], "application/jsonlines"), b"[1]", "application/jsonlines"),
    ],
)
def test_it_answers_text_bytes_and_json(secondlook_server: Server, answer, body, content_type) -> None:
    endpoint = secondlook_server.endpoint("model", lambda *_: {})
    endpoint.answer = lambda *_: answer

    got = predict(secondlook_server)
    assert (got["Body"].read(), got["ContentType"]) == (body, content_type)


def test_a_name_of_an_endpoint_is_taken_once(secondlook_server: Server) -> None:
    secondlook_server.endpoint("model", lambda *_: {})

    with pytest.raises(ValueError, match="There is an endpoint model already; to change what it answers"):
        secondlook_server.endpoint("model", lambda *_: {})


def test_what_the_function_raises_is_the_models_error(secondlook_server: Server, caplog) -> None:
    secondlook_server.endpoint("model", lambda *_: {"label": "cup"}["labels"])

    with pytest.raises(ClientError, match="KeyError: 'labels'") as caught:
        predict(secondlook_server)
    assert caught.value.response["OriginalStatusCode"] == 500
    assert "the function of the endpoint model raised" in caplog.text


def test_nothing_of_it_is_left(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        with Server.started(tmp_path / "data") as server:
            server.endpoint("model", lambda *_: {})
            predict(server)
            server.flow().start({})
            server.reviewer().work()
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(before)
    assert [
        thread.name for thread in threading.enumerate() if thread.name in {"secondlook", "clock", "fleet"}
    ] == []


def test_it_goes_on_where_it_ended(tmp_path: Path) -> None:
    with Server.started(tmp_path / "data") as server:
        server.flow().start({})
    with Server.started(tmp_path / "data") as server:
        assert [loop.name for loop in server.loops()] == ["review-1"]


class TestSettings:
    @pytest.fixture
    def secondlook_settings(self) -> dict[str, Any]:
        return {"undo_seconds": 0, "region": "eu-central-1"}

    def test_a_test_chooses_its_servers_settings(self, secondlook_server: Server) -> None:
        flow = secondlook_server.flow()

        assert flow.arn.startswith("arn:aws:sagemaker:eu-central-1:")
        assert (
            secondlook_server.client("secondlook").describe_flow(FlowDefinitionName="review")["Flow"][
                "UndoSeconds"
            ]
            == 0
        )


def test_an_option_that_nobody_knows_is_named_with_the_likeliest(secondlook_server: Server) -> None:
    with pytest.raises(TypeError, match="A flow definition has no 'time_limits'; did you mean time_limit"):
        secondlook_server.flow(time_limits=60)  # type: ignore[call-arg]
    with pytest.raises(
        TypeError, match="A reviewer has no 'colour'; it has skill, wrong, seed, seconds, can_undo"
    ):
        secondlook_server.reviewer(colour="red")  # type: ignore[call-arg]


def test_a_setting_that_is_none_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(SettingError, match=r"'colour'.*docs/settings\.md"),
        Server.started(tmp_path, colour="red"),
    ):
        pass
