"""`secondlook work`: a scripted reviewer."""

from __future__ import annotations

import pytest
from PIL import Image

from tests.commandline import CommandLine
from tests.journeys.cli.loop import BOXES, FORM, answer_of, start_loop
from tests.running import Server


def test_a_scripted_reviewer_accepts_what_the_page_says(
    sqlite_server: Server, command: CommandLine, name: str, worker: str
) -> None:
    start_loop(sqlite_server, name, FORM, {"text": "Where is my delivery?", "guess": "angry & tired"})

    said = command.run("work", "--as", worker, "--accept")

    assert f"answered  {name}  ({name})\n" == said.out
    assert {"verdict": "angry & tired", "flags": {"urgent": False}} == answer_of(sqlite_server, name)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "BMP"])
def test_a_scripted_reviewer_reads_the_size_of_any_picture(
    sqlite_server: Server, command: CommandLine, name: str, worker: str, kind: str
) -> None:
    picture = command.cwd / "picture"
    Image.new("RGB", (123, 45), "grey").save(picture, kind)
    s3 = sqlite_server.client("s3")
    s3.create_bucket(Bucket=f"{name}-in")
    s3.put_object(Bucket=f"{name}-in", Key="a b.x", Body=picture.read_bytes())
    boxes = [{"label": "car", "left": 1, "top": 2, "width": 30, "height": 20}]

    start_loop(
        sqlite_server, name, BOXES, {"picture": f"s3://{name}-in/a b.x", "labels": ["car"], "boxes": boxes}
    )
    command.run("work", "--as", worker, "--loop", name, "--accept")

    expected = {
        "boundingBoxes": boxes,
        "initialValueModified": False,
        "inputImageProperties": {"height": 45, "width": 123},
    }
    assert {"boxes": expected} == answer_of(sqlite_server, name)


def test_a_scripted_reviewer_submits_a_given_answer(
    sqlite_server: Server, command: CommandLine, name: str, worker: str
) -> None:
    start_loop(sqlite_server, name, FORM, {"text": "x", "guess": "y"})

    command.run("work", "--as", worker, "--team", name, "--answer", "-", said='{"verdict": "calm"}')

    assert {"verdict": "calm"} == answer_of(sqlite_server, name)


def test_a_work_team_of_others_is_said(command: CommandLine, name: str, worker: str) -> None:
    command.run("team", "create", f"{name}-2")
    said = command.run("work", "--as", worker, "--accept", "--team", f"{name}-2", code=1).err

    assert (
        f"{worker} is not in the work team {name}-2: secondlook team create {name}-2 --invite {worker}"
        in said
    )


def test_a_page_that_only_a_person_can_answer_is_given_back(
    sqlite_server: Server, command: CommandLine, name: str, worker: str
) -> None:
    start_loop(sqlite_server, name, FORM.replace('value="{{ task.input.guess }}"', "required"), {"text": "x"})

    said = command.run("work", "--as", worker, "--accept", code=1)

    assert '<input name="verdict"> is required and empty, so a person has to fill it in.' in said.err
    assert 0 == sqlite_server.client("secondlook").describe_loop(HumanLoopName=name)["Loop"]["Working"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--as", "nobody@example.org", "--accept"], 1, "Nobody here has the address 'nobody@example.org'"),
        (["--as", "WORKER"], 2, "either --answer FILE or --accept"),
        (["--as", "WORKER", "--accept"], 1, "Nothing is waiting for"),
        (["--as", "WORKER", "--answer", "-"], 1, "holds no JSON"),
        (["--as", "WORKER", "--accept", "--team", "nope"], 1, "The work team"),
    ],
)
def test_work_that_cannot_be_done_says_why(
    command: CommandLine, worker: str, arguments: list[str], code: int, message: str
) -> None:
    said = command.run(
        "work", *[worker if argument == "WORKER" else argument for argument in arguments], code=code
    )

    assert message in said.err
