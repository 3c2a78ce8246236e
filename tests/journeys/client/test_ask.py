"""`secondlook.ask`: an input before a model and people, or before people alone, and what they answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

import secondlook
from secondlook.client.errors import NoServer, Refused, SecondlookError
from secondlook.client.review import NotYet, Unanswered
from tests.journeys.client.conftest import answered, put
from tests.journeys.reviewing import Review
from tests.pictures.making import saved
from tests.town import Town

BOX = {"label": "bicycle", "left": 10, "top": 20, "width": 100, "height": 200}
SEEN = [{"id": "bicycle", "score": 0.5, "left": 10, "top": 20, "right": 110, "bottom": 220}]
SAMPLE = {"ConditionType": "Sampling", "ConditionParameters": {"RandomSamplingPercentage": 99.999}}


def test_what_a_model_is_sure_of_is_accepted_and_nobody_is_asked(review: Review) -> None:
    asked = secondlook.ask(review.name, {"score": 0.97}, endpoint="detector")

    assert ("Accept", None, (), "Accepted") == (asked.decision, asked.loop, asked.reasons, asked.status)
    assert 0.97 == asked.prediction[0]["score"]
    assert [] == asked.wait(timeout=0).answers
    with pytest.raises(Unanswered, match="Nobody was asked"):
        _ = asked.output


def test_what_it_is_not_sure_of_goes_to_people_who_answer(review: Review) -> None:
    asked = secondlook.ask(review.name, {"score": 0.75}, endpoint="detector")
    assert ("Review", ("bicycle 0.75 is under 0.90",)) == (asked.decision, asked.reasons)
    with pytest.raises(NotYet, match="Wait for it"):
        _ = asked.answers
    heard: list[str] = []
    with pytest.raises(NotYet, match=r"is not answered after 0\.5 s"):
        asked.wait(0.5, heard.append)
    assert [f"{asked.loop} is InProgress"] == heard

    answered(review, asked.loop, {"boxes": {"boundingBoxes": [BOX]}})

    [answer] = asked.wait(30).answers
    assert {"boxes": {"boundingBoxes": [BOX]}} == answer.content
    assert 16 == len(answer.worker_id)
    assert [{**BOX, "score": 0.75}] == asked.input_content["initialValue"]
    assert asked.loop == asked.output["humanLoopName"]


def test_asking_again_is_the_same_loop(review: Review, town: Town) -> None:
    put(town, review.name, {"in/a": {"score": 0.5}})
    inputs = [{"score": 0.31}, b'{"score": 0.32}', f"s3://{review.name}/in/a"]

    first = [secondlook.ask(review.arn, given, endpoint="detector").loop for given in inputs]
    second = [secondlook.ask(review.name, given, endpoint="detector").loop for given in inputs]

    assert first == second
    assert 3 == len(set(first))


def test_a_file_is_sent_as_what_it_is(review: Review, tmp_path: Path, town: Town) -> None:
    path = tmp_path / "photo.png"
    path.write_bytes(picture())

    asked = secondlook.ask(review.name, path, endpoint="detector")

    [recorded] = town.secondlook.list_predictions(FlowDefinitionName=review.name)["Predictions"]
    assert "image/png" == recorded["ContentType"]
    assert recorded["InputUri"] == asked.input_uri


def test_an_object_is_read_by_the_server(review: Review, town: Town) -> None:
    put(town, review.name, {"in/sure": {"score": 0.95}, "in/doubt": {"score": 0.2}})

    asked = [
        secondlook.ask(review.name, f"s3://{review.name}/in/{key}", endpoint="detector", name=name)
        for key, name in (("sure", None), ("doubt", f"{review.name}-named"))
    ]

    assert [("Accept", None), ("Review", f"{review.name}-named")] == [
        (each.decision, each.loop) for each in asked
    ]
    assert 0.2 == asked[1].prediction[0]["score"]


def test_what_only_a_sample_asks_for_is_an_audit(town: Town, name: str) -> None:
    review = Review(town.server, name, conditions={"Conditions": [SAMPLE]})

    assert "Audit" == secondlook.ask(name, {"score": 0.99}, endpoint="detector").decision
    put(town, review.name, {"a": {"score": 0.99}})
    assert "Audit" == secondlook.ask(name, f"s3://{name}/a", endpoint="detector").decision


def test_without_an_endpoint_people_are_asked_at_once(review: Review) -> None:
    asked = secondlook.ask(review.name, {"text": "Good."})

    assert ("Review", "InProgress") == (asked.decision, asked.status)
    assert asked.loop == secondlook.ask(review.name, {"text": "Good."}).loop
    assert {"text": "Good."} == asked.input_content


def test_a_prediction_of_one_s_own_begins_the_task(review: Review, town: Town) -> None:
    asked = secondlook.ask(review.name, picture(), prediction=SEEN, name=f"{review.name}-own")

    said = town.secondlook.describe_loop(HumanLoopName=f"{review.name}-own")
    content = json.loads(said["InputContent"])
    assert content == asked.input_content
    assert ([{**BOX, "score": 0.5}], ["bicycle"], SEEN) == (
        content["initialValue"],
        content["labels"],
        content["prediction"],
    )
    bucket, _, key = content["taskObject"].removeprefix("s3://").partition("/")
    stored = town.server.client("s3").get_object(Bucket=bucket, Key=key)
    assert (picture(), "image/png") == (stored["Body"].read(), stored["ContentType"])
    assert "data:image/png;base64," in asked.draw().svg
    town.server.client("s3").delete_object(Bucket=bucket, Key=key)
    assert "bicycle 0.50 · predicted" in asked.draw().svg
    assert "<image" not in asked.draw().svg


def test_a_loop_that_failed_says_why_there_are_no_answers(town: Town, name: str) -> None:
    Review(town.server, name, template="<crowd-form><crowd-nothing></crowd-nothing></crowd-form>")
    asked = secondlook.ask(name, {"text": "x"}).wait(30)

    assert "Failed" == asked.status
    assert "Failed" in asked._repr_html_()
    with pytest.raises(Unanswered, match="crowd-nothing"):
        _ = asked.answers


def test_a_loop_that_was_stopped_has_no_answers(review: Review, town: Town) -> None:
    asked = secondlook.ask(review.name, {"text": "x"})
    town.server.client("sagemaker-a2i-runtime").stop_human_loop(HumanLoopName=asked.loop)

    with pytest.raises(Unanswered, match="stopped before anybody answered"):
        _ = asked.wait(30).answers


@pytest.mark.parametrize(
    ("arguments", "kind", "message"),
    [
        ({}, SecondlookError, "There is no input"),
        ({"input": "nowhere.jpg"}, SecondlookError, "'nowhere.jpg' cannot be read"),
        ({"input": "s3://bucket"}, SecondlookError, "write s3://BUCKET/KEY"),
        ({"input": [1]}, SecondlookError, "not a list"),
        ({"input": {"a": float("nan")}}, SecondlookError, "cannot be written as JSON"),
        (
            {"input": {"score": 1}, "endpoint": "e", "prediction": 1},
            SecondlookError,
            "endpoint or prediction",
        ),
        ({"input": {"score": 1}, "endpoint": "nowhere"}, Refused, "nowhere"),
        ({"input": {"score": None}, "endpoint": "detector"}, Refused, "no score"),
        ({"input": {"text": "x"}, "name": "Not A Name"}, SecondlookError, "cannot be a name"),
    ],
)
def test_what_is_wrong_is_said(review: Review, arguments, kind, message) -> None:
    with pytest.raises(kind, match=message):
        secondlook.ask(review.name, **arguments)


def test_a_flow_definition_that_is_not_there_is_named() -> None:
    for endpoint in (None, "detector"):
        with pytest.raises(Refused, match="nowhere-at-all"):
            secondlook.ask("nowhere-at-all", {"score": 0.1}, endpoint=endpoint)


def test_waiting_for_a_flow_definition_ends_with_its_last_loop(review: Review) -> None:
    first = [secondlook.ask(review.name, {"text": str(number)}) for number in range(2)]
    heard: list[str] = []
    with pytest.raises(NotYet, match=f"{review.name} are still open"):
        secondlook.wait(review.name, timeout=0, progress=heard.append)
    with pytest.raises(NotYet, match="0 of 2 are done"):
        secondlook.wait(first, timeout=0)

    for asked in first:
        answered(review, asked.loop, {"said": "yes"})
    secondlook.wait(review.name, timeout=30)
    secondlook.wait(first, timeout=30, progress=heard.append)

    assert [f"2 open in {review.name}", "0 of 2 done", "1 of 2 done", "2 of 2 done"] == heard


def test_a_key_for_the_runtime_alone_is_enough_to_ask_and_to_read(
    review: Review, town: Town, tmp_path: Path
) -> None:
    put(town, review.name, {"in/a": {"score": 0.2}, "in/b": {"score": 0.97}})
    key_id, secret = town.server.key(review.name, "runtime", Buckets=[review.name])
    here = secondlook.connect(url=town.server.url, access_key_id=key_id, secret_access_key=secret)

    asked = secondlook.ask(review.name, {"score": 0.3}, endpoint="detector", connection=here)
    batch = secondlook.run_batch(
        review.name,
        "detector",
        f"s3://{review.name}/in/",
        progress_file=tmp_path / "progress",
        connection=here,
    )
    answered(review, asked.loop, {"said": "yes"})

    assert [{"said": "yes"}] == [answer.content for answer in asked.wait(30).answers]
    assert "said" in asked._repr_html_()
    assert (1, 1, 0) == (batch.accepted, batch.reviewed, batch.failures)


def test_a_server_that_is_gone_says_so(tmp_path: Path) -> None:
    here = secondlook.connect(
        url="http://127.0.0.1:1", access_key_id="AKIAXXXXXXXXXXXXXXXX", secret_access_key="s"
    )

    with pytest.raises(NoServer, match=r"No server answers at http://127\.0\.0\.1:1"):
        secondlook.ask("flow", {"text": "x"}, connection=here)


def picture() -> bytes:
    """A PNG of 8 by 6 pixels."""
    return saved("PNG", Image.new("RGB", (8, 6), "blue"))
