"""`secondlook review export`: what a model and people said, joined from a running server."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import secondlook
from tests.commandline import CommandLine, of
from tests.formats import manifest
from tests.journeys.reviewing import Review
from tests.products import put_product
from tests.running import Server, eventually
from tests.town import Town

DETECTOR = """
    import json
    def transform_fn(model, body, content_type, accept):
        score = int.from_bytes(body[16:20], "big") / 100  # as wide a PNG is, in percent
        return json.dumps([{"id": "cup", "score": score, "left": 1, "top": 2, "right": 31, "bottom": 42}]), "application/json"
"""

CONDITIONS = {
    "Conditions": [{"ConditionType": "ConfidenceCheck", "ConditionParameters": {"ConfidenceLessThan": 0.9}}]
}

HEIGHT = 60

FOUND = {"label": "cup", "left": 1, "top": 2, "width": 30, "height": 40}
MUG = {"label": "mug", "left": 2, "top": 2, "width": 28, "height": 39}
PEN = {"label": "pen", "left": 50, "top": 0, "width": 5, "height": 60}


class Cups(Town):
    """A flow definition, a team and a bucket called `name`, and a detector that asks people about what is under 0.90."""

    def __init__(self, server: Server, name: str) -> None:
        super().__init__(server)
        self.review = Review(server, name, conditions=CONDITIONS)

    def put(self, key: str, width: int) -> None:
        """A picture as wide as the detector will be sure, in percent."""
        file = io.BytesIO()
        Image.new("RGB", (width, HEIGHT)).save(file, "PNG")
        s3 = self.server.client("s3")
        s3.put_object(Bucket=self.review.name, Key=key, Body=file.getvalue(), ContentType="image/png")

    def ask(self, key: str, width: int) -> None:
        """A picture before the detector; if in doubt, its loop is called as it is."""
        self.put(f"day/{key}.png", width)
        uri = f"s3://{self.review.name}/day/{key}.png"
        self.secondlook.review_object(
            FlowDefinitionArn=self.review.arn, EndpointName="detector", InputUri=uri, HumanLoopName=key
        )

    def start(self, name: str, content: dict[str, Any]) -> None:
        self.server.client("sagemaker-a2i-runtime").start_human_loop(
            HumanLoopName=name,
            FlowDefinitionArn=self.review.arn,
            HumanLoopInput={"InputContent": json.dumps(content)},
        )

    def answer(self, loop: str, content: dict[str, Any]) -> None:
        worker = self.review.worker()
        worker.submit(self.review.taken(worker, loop), content)
        self.review.completed(loop)

    def replace_output(self, loop: str, body: bytes) -> None:
        uri = self.review.describe(loop)["HumanLoopOutput"]["OutputS3Uri"]
        bucket, _, key = uri.removeprefix("s3://").partition("/")
        self.server.client("s3").put_object(Bucket=bucket, Key=key, Body=body)


def boxes(*drawn: dict[str, Any], width: int) -> dict[str, Any]:
    size = {"width": width, "height": HEIGHT}
    return {"annotatedResult": {"boundingBoxes": list(drawn), "inputImageProperties": size}}


@pytest.fixture(scope="module")
def detector(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("cups") / "data"
    put_product(data, "detector", DETECTOR, "image/png")
    with Server(data) as server:
        town = Town(server.start())
        town.deploy("detector", town.subscribe("detector"))
        yield server


@pytest.fixture(scope="module")
def cups(detector: Server) -> Cups:
    """Pictures that the model was sure of, in doubt of and answered, in doubt of and open; and loops without a model."""
    cups = Cups(detector, "cups")
    for key, width in (("sure", 97), ("doubt", 75), ("open", 80)):
        cups.ask(key, width)
    cups.put("day/plain.png", 64)
    drawn = {"taskObject": "s3://cups/day/plain.png", "initialValue": [PEN], "labels": ["pen", "mug"]}
    cups.start("plain", drawn)
    cups.start("text", {"taskObject": "Ada met Bob"})
    cups.answer("doubt", boxes(MUG, width=75))
    cups.answer("plain", boxes(PEN, MUG, width=64))
    cups.answer("text", {"verdict": {"label": "fine"}})
    return cups


@pytest.fixture
def command(detector: Server, tmp_path: Path) -> CommandLine:
    return of(detector, tmp_path)


def lines(place: Path) -> dict[str, dict[str, Any]]:
    """By the name of their object."""
    read = [json.loads(line) for line in place.read_text(encoding="utf-8").splitlines()]
    return {line.get("uri", "text").rpartition("/")[2]: line for line in read}


def test_json_lines_join_predictions_with_answers_and_loops_without_a_model(
    cups: Cups, command: CommandLine
) -> None:
    said = command.run("review", "export", "--flow", "cups", "--format", "jsonl", "out.jsonl")
    read = lines(command.cwd / "out.jsonl")

    assert "out.jsonl: 4 written\n" == said.out
    assert "1 left out: whose human loop is under way" in said.err
    assert {"sure.png", "doubt.png", "plain.png", "text"} == set(read)
    sure, doubt, plain, text = (read[name] for name in ("sure.png", "doubt.png", "plain.png", "text"))
    assert ("prediction", "accept", 0) == (sure["source"], sure["decision"], sure["probability"])
    assert [{"kind": "box", **FOUND, "score": 0.97}] == sure["annotations"]
    assert "detector" == sure["about"]["EndpointName"]
    assert ("worker", "review", 1) == (doubt["source"], doubt["decision"], doubt["probability"])
    assert [{"kind": "box", **MUG}] == doubt["annotations"]
    assert [{"kind": "box", **FOUND, "score": 0.75}] == doubt["prediction"]["annotations"]
    assert ["cup 0.75 is under 0.90"] == doubt["reasons"]
    assert boxes(MUG, width=75) == doubt["answer"]["answerContent"]
    assert {"kind": "box", **PEN} == plain["prediction"]["annotations"][0]
    assert "decision" not in plain
    assert "Ada met Bob" == text["text"]


def test_a_program_exports_and_sees_what_was_left_out(cups: Cups, tmp_path: Path) -> None:
    here = secondlook.connect(cups.server.data)

    tally = secondlook.export(
        cups.review.arn, "voc", tmp_path / "out", decision="Review", since="2001-01-01", connection=here
    )

    assert (1, {"whose human loop is under way": 1}) == (tally.written, tally.left_out)
    assert ["doubt"] == [sheet.name.rpartition("-")[0] for sheet in (tmp_path / "out/Annotations").iterdir()]
    with pytest.raises(secondlook.SecondlookError, match="There is no decision 'sure'"):
        secondlook.export("cups", "voc", tmp_path / "other", decision="sure", connection=here)
    with pytest.raises(secondlook.SecondlookError, match="nowhere"):
        secondlook.export("nowhere", "voc", tmp_path / "other", connection=here)


def test_coco_has_the_pictures_and_the_sizes_that_no_answer_has(cups: Cups, command: CommandLine) -> None:
    said = command.run("review", "export", "--flow", "cups", "--format", "coco", "--images", "out")
    read = json.loads((command.cwd / "out/annotations.json").read_text())
    sizes = {
        image["coco_url"].rpartition("/")[2]: (image["width"], image["height"]) for image in read["images"]
    }

    assert {"sure.png": (97, 60), "doubt.png": (75, 60), "plain.png": (64, 60)} == sizes
    assert "1 left out: COCO cannot hold chosen labels" in said.err
    for image in read["images"]:
        with Image.open(command.cwd / "out/images" / image["file_name"]) as picture:
            assert (image["width"], image["height"]) == picture.size


def test_a_manifest_says_who_annotated(cups: Cups, command: CommandLine) -> None:
    command.run("review", "export", "--flow", "cups", "--format", "manifest", "out")
    read = {
        line.get("source-ref", "text").rpartition("/")[2]: line for line in manifest.read(command.cwd / "out")
    }

    assert "no" == read["sure.png"]["cups-metadata"]["human-annotated"]
    assert "yes" == read["doubt.png"]["cups-metadata"]["human-annotated"]
    assert "fine" == read["text"]["cups-class-metadata"]["class-name"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--decision", "accept"], {"sure.png"}),
        (["--decision", "accept,review"], {"sure.png", "doubt.png"}),
        (["--answers", "prediction"], {"sure.png", "doubt.png", "open.png", "plain.png", "text"}),
        (["--since", "2100-01-01"], set()),
        (["--until", "2001-01-01"], set()),
        (["--since", "2001-01-01", "--until", "2100-01-01T10:00"], {"sure.png", "doubt.png", "plain.png", "text"}),
    ],
)  # fmt: skip
def test_what_is_exported_can_be_said(
    cups: Cups, command: CommandLine, options: list[str], expected: set[str]
) -> None:
    command.run("review", "export", "--flow", "cups", "--format", "jsonl", "out.jsonl", *options)

    assert expected == set(lines(command.cwd / "out.jsonl"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--flow", "nowhere", "--format", "jsonl", "out"], "nowhere"),
        (["--flow", "cups", "--format", "jsonl", "--images", "out"], "jsonl has no place for pictures"),
        (["--flow", "cups", "--format", "jsonl", "--decision", "sure", "out"], "There is no decision 'sure'"),
        (["--flow", "cups", "--format", "jsonl", "there"], "there is there already: name another place"),
        (["--flow", "cups", "--format", "parquet", "out"], "pip install 'secondlook[export]'"),
    ],
)
def test_what_cannot_be_exported_is_said_and_leaves_nothing(
    cups: Cups, command: CommandLine, arguments: list[str], message: str
) -> None:
    (command.cwd / "there").mkdir()

    said = command.run("review", "export", *arguments, code=1)

    assert message in said.err
    assert ["there"] == [path.name for path in command.cwd.iterdir()]


HOSTILE_OUTPUT = b"""{"humanAnswers": [{"workerId": 7, "acceptanceTime": 1, "submissionTime": [], "timeSpentInSeconds": "?",
"answerContent": {"big": 1e400, "odd": NaN, "half": "\\ud800", "boxes": {"boundingBoxes": [
{"label": "\\u0000", "left": -1e308, "top": 0, "width": 1.7e308, "height": 1e308}],
"inputImageProperties": {"width": 70, "height": 60}}}}]}"""


def test_any_output_that_somebody_has_put_in_its_place_is_exported(
    detector: Server, command: CommandLine, name: str
) -> None:
    cups = Cups(detector, name)
    cups.ask("replaced", 70)
    cups.answer("replaced", boxes(MUG, width=70))
    cups.replace_output("replaced", HOSTILE_OUTPUT)

    for form in ("jsonl", "coco", "yolo", "voc", "manifest"):
        said = command.run("review", "export", "--flow", name, "--format", form, form)

        assert f"{form}: 1 written\n" == said.out

    replaced = lines(command.cwd / "jsonl")["replaced.png"]
    assert {"big": None, "odd": None, "half": "\ufffd"} == replaced["members"]
    assert "7" == replaced["answer"]["workerId"]


def test_why_nobody_answered_is_said(detector: Server, command: CommandLine, name: str) -> None:
    cups = Cups(detector, name)
    runtime = detector.client("sagemaker-a2i-runtime")
    for loop in ("stopped", "deleted", "unreadable"):
        cups.ask(loop, 70)
    cups.answer("unreadable", boxes(MUG, width=70))
    cups.replace_output("unreadable", b"[")
    for loop in ("stopped", "deleted"):
        runtime.stop_human_loop(HumanLoopName=loop)
        eventually(lambda loop=loop: cups.review.describe(loop)["HumanLoopStatus"] == "Stopped")
    runtime.delete_human_loop(HumanLoopName="deleted")

    said = command.run("review", "export", "--flow", name, "--format", "voc", "out").err

    assert "1 left out: whose human loop has ended without an answer: it failed, or was stopped" in said
    assert "1 left out: whose human loop is deleted" in said
    assert "1 left out: whose output.json cannot be read" in said
